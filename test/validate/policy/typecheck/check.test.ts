import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkTypes } from '#validate/policy/typecheck/check.ts';
import { openStore } from '#validate/schema/store.ts';
import { LOADED, POLICIES } from '../shipped-policies.ts';

const store = openStore('1.34', (file) => JSON.parse(fs.readFileSync(`imports/schemas/${file}`, 'utf8')));

const RULE =
  '{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments, daemonsets] }';

const policy = (
  validations: string,
  { rules = RULE, more = '' } = {},
): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: tides }
spec:
  matchConstraints: { resourceRules: [${rules}] }
${more}  validations:
${validations}---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: tides }
spec: { policyName: tides, validationActions: [Deny] }
`;

function findingsOf(text: string): readonly Finding[] {
  const { value = [], documents, derived, findings } = loadPolicies([{ file: 'tides.yaml', text }]);
  expect(findings).toEqual([]);
  return checkTypes(value, [...documents, ...derived])(store);
}

const one = (expression: string, settings?: Parameters<typeof policy>[1]) =>
  findingsOf(policy(`    - expression: ${JSON.stringify(expression)}\n`, settings));

describe('policies that are known to fit some schemas', () => {
  const { value = [], documents } = loadPolicies([
    { file: 'tides.yaml', text: policy("    - expression: object.spec.imagee == ''\n") },
  ]);
  const newer = openStore('1.35', (file) => JSON.parse(fs.readFileSync(`imports/schemas/${file}`, 'utf8')));

  it('are believed for the very same schemas, and checked against any others', () => {
    const check = checkTypes(value, documents, (version) => (version === '1.34' ? store : undefined));
    expect(check(store)).toEqual([]);
    expect(check(newer)).toMatchObject([{ code: 'policy-field-unknown' }]);
    expect(check(store)).toEqual([]);
    const again = openStore('1.34', (file) => JSON.parse(fs.readFileSync(`imports/schemas/${file}`, 'utf8')));
    expect(check(again)).toMatchObject([{ code: 'policy-field-unknown' }]);
  });
});

describe('types of policies', () => {
  it('has nothing against the shipped ones', () => {
    expect(checkTypes(POLICIES, [...LOADED.documents, ...LOADED.derived])(store)).toEqual([]);
  });

  it('finds the very word, in a folded expression, and what was meant', () => {
    const validations = `    - expression: >-
        object.spec.template.spec.containers.all(c,
          has(c.image)
          && has(c.imagee))
`;
    expect(findingsOf(policy(validations))).toMatchObject([
      {
        code: 'policy-field-unknown',
        severity: 'error',
        origin: { file: 'tides.yaml', line: 10, column: 20 },
        args: {
          policy: 'tides',
          part: 'validations[0].expression',
          field: 'imagee',
          meant: 'image',
          kinds: ['apps/v1 DaemonSet', 'apps/v1 Deployment'],
          of: 2,
          isHidden: false,
        },
      },
    ]);
  });

  it('only warns where some kinds have it, or the policy concerns other kinds too', () => {
    expect(one('object.spec.replicas > 1')).toMatchObject([
      { severity: 'warning', args: { field: 'replicas', kinds: ['apps/v1 DaemonSet'], of: 2 } },
    ]);
    const rules = `${RULE}, { apiGroups: ["*"], apiVersions: [v1], operations: [CREATE], resources: [berths] }`;
    expect(one('object.spec.replicaz > 1', { rules })).toMatchObject([
      { severity: 'warning', args: { field: 'replicaz' } },
    ]);
    expect(one('object.spec.replicaz > 1', { rules: RULE.replace('[apps]', '["*"]') })).toEqual([]);
  });

  it('only warns of what the schema hides', () => {
    expect(one("object.spec.template.spec.containers.all(c, 'cpu' in c.resources.limits)")).toMatchObject([
      { severity: 'warning', args: { field: 'limits', isHidden: true } },
    ]);
    expect(one("object.spec.template.spec.containers.all(c, 'cpu' in dyn(c.resources).limits)")).toEqual([]);
  });

  it('finds what a type does not allow', () => {
    expect(one("object.metadata.generation > '3'")).toMatchObject([
      {
        code: 'policy-type-mismatch',
        severity: 'warning',
        args: { problem: "found no matching overload for '_>_' applied to '(int, string)'" },
      },
    ]);
  });

  it('looks at variables, conditions, messages and audit annotations', () => {
    const more = `  variables: [{ name: spec, expression: object.spek }]
  matchConditions: [{ name: named, expression: has(object.metadata.nam) }]
  auditAnnotations: [{ key: tide, valueExpression: string(object.kindd) }]
`;
    const validations = `    - expression: "true"
      messageExpression: string(object.metadata.nickname)
`;
    const parts = findingsOf(policy(validations, { more })).map(({ args }) =>
      'part' in args ? args.part : '',
    );
    expect(parts.sort()).toEqual([
      'auditAnnotations[0].valueExpression',
      'matchConditions[0].expression',
      'validations[0].messageExpression',
      'variables[0].expression',
    ]);
  });

  it('knows params, and that variables forget what objects are', () => {
    const more = `  paramKind: { apiVersion: v1, kind: ConfigMap }
  variables: [{ name: meta, expression: object.metadata }]
`;
    const findings = one("params.dataa['tide'] == '' || variables.meta.nothing == 1", { more });
    expect(findings).toMatchObject([{ args: { field: 'dataa', meant: 'data' } }]);
  });

  describe('for the templates of pods', () => {
    const onPods = (expression: string) =>
      findingsOf(
        policy(`    - expression: ${JSON.stringify(expression)}\n`, {
          rules: '{ apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods] }',
        }).replace('{ name: tides }', "{ name: tides, annotations: { plimsoll.dev/pod-templates: 'true' } }"),
      );

    it('says once what is wrong with pods and with every template', () => {
      expect(onPods('!has(object.spec.hostNetwok)')).toMatchObject([
        { code: 'policy-field-unknown', args: { policy: 'tides', field: 'hostNetwok', kinds: ['v1 Pod'] } },
      ]);
    });

    it('finds what only a template does not have, at the line that somebody wrote', () => {
      expect(onPods("object.kind == 'Pod' || object.spec == oldObject.spec")).toEqual([]);
      expect(onPods('object == oldObject')).toEqual([]);
      expect(onPods("[object].all(pod, pod.spec.nodeName == '')")).toMatchObject([]);
    });
  });
});
