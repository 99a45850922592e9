import { describe, expect, it } from 'vitest';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { manifestOf, resourceOf } from './shipped-policies.ts';

const policyOf = (expression: string): string =>
  JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'storm' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
        ],
      },
      validations: [{ expression }],
    },
  });
const BINDING = JSON.stringify({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'storm' },
  spec: { policyName: 'storm', validationActions: ['Deny'] },
});
const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'log', namespace: 'tideline' } };

function judge(expression: string, data: Readonly<Record<string, string>> = {}) {
  const text = `${policyOf(expression)}\n---\n${BINDING}\n---\n`;
  const { value = [], findings } = loadPolicies([{ file: 'storm.yaml', text }]);
  const manifests = [manifestOf({ ...CONFIG, data })];
  return [...findings, ...checkPolicies(value, manifests, { resourceOf }).findings];
}

const LIST = `[${Array.from({ length: 300 }, (_, index) => index).join(', ')}]`;

describe('a policy that goes wild', () => {
  // What the API server refuses of these, is refused here.
  it.each([
    ['nested too deeply', `${'('.repeat(3_000)}true${')'.repeat(3_000)}`],
    ['too long', `'${'a'.repeat(120_000)}' == ''`],
    ['a pattern that is none in RE2', "object.metadata.name.matches('(?=a)b')"],
    ['a pattern that repeats a million times', "'a'.matches('((a{1000}){1000}){1000}')"],
    ['open', '((true'],
  ])('is refused where it stands: %s', (_, expression) => {
    const started = performance.now();
    expect(judge(expression)).toMatchObject([
      { code: 'policy-expression-invalid', severity: 'error', origin: { file: 'storm.yaml', line: 1 } },
    ]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('is given up, of which the policy and each document are told', () => {
    const started = performance.now();
    const findings = judge(`${LIST}.all(a, ${LIST}.all(b, ${LIST}.all(c, a + b + c >= 0)))`);
    expect(findings.map(({ code, origin }) => [code, origin?.file])).toEqual([
      ['policy-evaluation-failed', expect.stringMatching(/^at /)],
      ['policy-cost-exceeded', 'storm.yaml'],
    ]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('never is a pass where its text would not fit into memory', () => {
    const findings = judge("object.data.a.replace('a', object.data.a).size() > 0", {
      a: 'a'.repeat(100_000),
    });
    expect(findings).toMatchObject([{ severity: 'error' }]);
  });

  it.each(['^(a+)+$', '(x+x+)+y', '(a|aa)*b', '(.*)*(.*)*c'])('matches %s in linear time', (pattern) => {
    const started = performance.now();
    const findings = judge(`!object.data.a.matches('${pattern}')`, { a: `${'a'.repeat(50_000)}!` });
    expect(findings.map(({ code }) => code)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
