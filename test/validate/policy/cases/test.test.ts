import { describe, expect, it } from 'vitest';
import { missingAnnotations } from '#validate/policy/cases/annotations.ts';
import { caseJudge } from '#validate/policy/cases/judge.ts';
import { readCases } from '#validate/policy/cases/read.ts';
import { strayCases, testPolicies } from '#validate/policy/cases/test.ts';
import { loadPolicies } from '#validate/policy/load.ts';

const resourceOf = (_group: string, _version: string, kind: string) => ({
  plural: `${kind.toLowerCase()}s`,
  namespaced: true,
});

const policy = (validations: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-crane }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods] }]
  validations:
${validations}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-crane }
spec: { policyName: no-crane, validationActions: [Warn] }
`;

const TWO = `    - { expression: "object.spec.load <= 10", message: too heavy }
    - { expression: "!has(object.spec.crane) || !object.spec.crane", message: a crane }`;

function run(validations: string, cases: string) {
  const loaded = loadPolicies([{ file: 'no-crane.yaml', text: policy(validations) }]);
  const read = readCases({
    file: 'no-crane.cases.yaml',
    text: `policy: no-crane
object: { apiVersion: v1, kind: Pod, metadata: { name: a, namespace: harbour }, spec: { load: 1 } }
cases:
${cases}`,
  });
  expect([...loaded.findings, ...read.findings]).toEqual([]);
  const [tested] = testPolicies(
    loaded.value ?? [],
    read.cases === undefined ? [] : [read.cases],
    caseJudge(resourceOf),
  );
  return tested;
}

const ALL = `  - { name: a light one, allowed: true }
  - { name: a heavy one, like: a light one, set: { /spec/load: 11 }, denied: [too heavy] }
  - { name: a crane, like: a light one, set: { /spec/crane: true }, denied: [a crane] }
  - { name: both, like: a crane, set: { /spec/load: 11 }, denied: [too heavy, a crane] }
`;

describe('testing a policy', () => {
  it('is content with a case for everything', () => {
    expect(run(TWO, ALL)).toMatchObject({ cases: 4, allowed: 1, denied: 3, unmatched: 0, findings: [] });
  });

  it.each([
    ['another verdict', 'set: { /spec/load: 12 }, allowed: true'],
    ['another message', 'set: { /spec/load: 12 }, denied: [far too heavy]'],
    ['messages in another order', 'set: { /spec/load: 12, /spec/crane: true }, denied: [a crane, too heavy]'],
    ['one message of two', 'set: { /spec/load: 12, /spec/crane: true }, denied: [too heavy]'],
    ['a match', 'matched: false'],
    ['an error', 'remove: [/spec/load], allowed: true'],
    ['an error that is no message', 'remove: [/spec/load], denied: [too heavy]'],
  ])('finds %s', (_, expected) => {
    const tested = run(TWO, `${ALL}  - { name: odd, like: a light one, ${expected} }\n`);
    expect(tested?.findings).toMatchObject([
      { code: 'policy-case-failed', origin: { file: 'no-crane.cases.yaml', line: 8 }, args: { case: 'odd' } },
    ]);
  });

  it('knows what the policy does not concern', () => {
    const service = 'object: { apiVersion: v1, kind: Service, metadata: { name: a, namespace: harbour } }';
    expect(run(TWO, `${ALL}  - { name: a Service, ${service}, matched: false }\n`)?.findings).toEqual([]);
    expect(run(TWO, `${ALL}  - { name: a Service, ${service}, allowed: true }\n`)?.findings).toHaveLength(1);
  });

  it('asks for a passing case', () => {
    const heavy =
      '  - { name: heavy, set: { /spec/load: 11, /spec/crane: true }, denied: [too heavy, a crane] }\n';
    const findings = run(TWO, heavy)?.findings;
    expect(findings).toMatchObject([{ code: 'policy-case-missing', args: { policy: 'no-crane' } }]);
    expect(findings?.[0]?.args).not.toHaveProperty('validation');
  });

  it('asks for a failing case of each validation, and knows one that would do', () => {
    const findings = run(TWO, '  - { name: light, allowed: true }\n')?.findings;
    expect(findings).toMatchObject([
      { code: 'policy-case-missing', args: { validation: 0, change: '/spec/load = 1000000' } },
      { code: 'policy-case-missing', args: { validation: 1, change: '/spec/crane = true' } },
    ]);
  });

  it.each([
    ['what is always true', "has(object.metadata.name) || object.kind == 'Pod'"],
    ['what its own match excludes', "object.kind != 'Service'"],
  ])('finds that nothing can break %s', (_, expression) => {
    const findings = run(
      `    - { expression: "${expression}", message: never }`,
      '  - { name: a, allowed: true }\n',
    )?.findings;
    expect(findings).toMatchObject([
      { code: 'policy-validation-dead', args: { validation: 0, message: 'never' } },
    ]);
  });

  it('ends, whatever there is to change', () => {
    const wide = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field${index}`, 'x']));
    const cases = `  - { name: a, object: { apiVersion: v1, kind: Pod, metadata: { name: a, namespace: b }, spec: ${JSON.stringify(wide)} }, allowed: true }\n`;
    const findings = run('    - { expression: "true", message: never }', cases)?.findings;
    expect(findings).toMatchObject([{ code: 'policy-validation-dead' }]);
    const [finding] = findings ?? [];
    if (finding?.code !== 'policy-validation-dead') throw new Error('another code');
    expect(finding.args.tried).toBeGreaterThan(100);
    expect(finding.args.tried).toBeLessThan(1_000);
  });
});

describe('around the cases', () => {
  it('finds cases of no policy', () => {
    const { cases } = readCases({
      file: 'x.cases.yaml',
      text: 'policy: no-crain\ncases:\n  - { name: a, object: {apiVersion: v1, kind: Pod, metadata: {name: a}}, allowed: true }\n',
    });
    if (cases === undefined) throw new Error('no cases');
    expect(strayCases([cases], ['no-crane'])).toMatchObject([
      { code: 'policy-case-stray', origin: { line: 1, column: 9 }, args: { suggestion: 'no-crane' } },
    ]);
    expect(strayCases([cases], ['no-crain'])).toEqual([]);
  });

  it('finds annotations that are missing or mean nothing', () => {
    const { documents } = loadPolicies([{ file: 'no-crane.yaml', text: policy(TWO) }]);
    expect(missingAnnotations(documents)).toMatchObject([
      {
        code: 'policy-annotation-missing',
        severity: 'warning',
        args: {
          annotations: ['title', 'why', 'severity', 'standard', 'mend'].map((name) => `plimsoll.dev/${name}`),
        },
      },
    ]);
    const text = policy(TWO).replace(
      '{ name: no-crane }\nspec:\n  match',
      `{ name: no-crane, annotations: { plimsoll.dev/title: a, plimsoll.dev/why: b, plimsoll.dev/severity: bad, plimsoll.dev/standard: c, plimsoll.dev/mend: d } }\nspec:\n  match`,
    );
    const given = (severity: string) =>
      missingAnnotations(loadPolicies([{ file: 'x', text: text.replace('bad', severity) }]).documents);
    expect(given('high')).toEqual([]);
    expect(given('bad')).toMatchObject([{ args: { annotations: ['plimsoll.dev/severity'] } }]);
  });
});
