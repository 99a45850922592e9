import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetInSource } from '#validate/policy/expression-place.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { FILES } from './shipped-policies.ts';

const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: no-night-sailing
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }
  validations:
    - expression: >-
        has(object.data)
        && has(object.data.departure)
`;
const BINDING = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-night-sailing }
spec: { policyName: no-night-sailing, validationActions: [Deny] }
`;
const load = (...texts: string[]) => {
  const { value, findings } = loadPolicies([{ file: 'night.yaml', text: texts.join('---\n') }]);
  return {
    names: value?.map(({ name }) => name),
    value,
    found: findings.map(({ code, origin }) => `${code} ${origin?.line}:${origin?.column}`),
    findings,
  };
};

describe('loading policies', () => {
  it('takes a policy and its binding from one file or two', () => {
    expect(load(POLICY, BINDING)).toMatchObject({ names: ['no-night-sailing'], found: [] });
    const apart = loadPolicies([
      { file: 'binding.yaml', text: BINDING },
      { file: 'policy.yaml', text: `# A comment before it.\n${POLICY}` },
    ]);
    expect(apart.findings).toEqual([]);
    expect(apart.value?.[0]?.origin).toEqual({ file: 'policy.yaml', line: 5, column: 9 });
  });

  it.each<[string, string, string, string]>([
    ['a policy without a binding', POLICY, '', 'policy-unbound 4:9'],
    [
      'an operation that there is not',
      POLICY.replace('[CREATE]', '[CREATE, SAIL]'),
      BINDING,
      'policy-field-invalid 8:68',
    ],
    [
      'a binding without actions',
      POLICY,
      BINDING.replace(', validationActions: [Deny]', ''),
      'policy-field-invalid 17:7',
    ],
    [
      'a binding that denies and warns',
      POLICY,
      BINDING.replace('[Deny]', '[Deny, Warn]'),
      'policy-field-invalid 17:58',
    ],
    [
      'no rules for resources',
      POLICY.replace('resourceRules:', 'excludeResourceRules:'),
      BINDING,
      'policy-field-invalid 7:5',
    ],
    ['a binding without a policy', '', BINDING, 'policy-binding-dangling 4:21'],
    [
      'a field that does not exist',
      POLICY.replace('has(object.data)', 'has(obejct.data)'),
      BINDING,
      'policy-expression-invalid 11:13',
    ],
    [
      'a mistake on the second line of a folded text',
      POLICY.replace('object.data.departure)', 'object.data.departure))'),
      BINDING,
      'policy-expression-invalid 12:38',
    ],
    [
      'a function of the cluster',
      POLICY.replace('has(object.data.departure)', "authorizer.path('/').check('get').allowed()"),
      BINDING,
      'policy-expression-unsupported 12:12',
    ],
    [
      'a name and a selector of params',
      POLICY.replace('spec:', 'spec:\n  paramKind: { apiVersion: v1, kind: ConfigMap }'),
      BINDING.replace(
        'spec: {',
        'spec: { paramRef: { name: a, selector: {}, parameterNotFoundAction: Deny },',
      ),
      'policy-field-invalid 18:19',
    ],
    [
      'params without what happens when there are none',
      POLICY,
      BINDING.replace('spec: {', 'spec: { paramRef: { name: a },'),
      'policy-field-invalid 17:19',
    ],
    [
      'params that the policy does not take',
      POLICY.replace('has(object.data)', 'has(params.data)'),
      BINDING,
      'policy-expression-invalid 11:13',
    ],
    [
      'a variable that does not exist',
      POLICY.replace('has(object.data)', 'variables.tide'),
      BINDING,
      'policy-expression-invalid 11:18',
    ],
    [
      'what is neither true nor false',
      POLICY.replace(/has\(object.data\)[\s\S]*/, 'object.data\n'),
      BINDING,
      'policy-expression-invalid 11:9',
    ],
    [
      'another kind',
      POLICY.replace('ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'),
      BINDING,
      'policy-kind-unsupported 2:7',
    ],
    [
      'another group',
      POLICY.replace('admissionregistration.k8s.io/v1', 'kyverno.io/v1'),
      BINDING,
      'policy-kind-unsupported 2:7',
    ],
    [
      'a number where text is expected',
      POLICY.replace('name: no-night', 'name: 7 #'),
      BINDING,
      'policy-field-invalid 4:9',
    ],
    [
      'an unknown failure policy',
      POLICY.replace('spec:', 'spec:\n  failurePolicy: Shrug'),
      BINDING,
      'policy-field-invalid 6:18',
    ],
    [
      'an unknown operator',
      POLICY.replace(
        'matchConstraints:',
        'matchConstraints:\n    objectSelector: { matchExpressions: [{ key: a, operator: Like }] }',
      ),
      BINDING,
      'policy-field-invalid 7:62',
    ],
    ['no YAML', `${POLICY}  - : {`, BINDING, 'policy-unreadable 13:1'],
    ['a list', '- one\n', BINDING, 'policy-unreadable 1:1'],
  ])('%s is found at its place', (_, policy, binding, found) => {
    expect(load(...[policy, binding].filter((text) => text !== '')).found).toContain(found);
  });

  it('keeps the others where one is bad', () => {
    const bad = POLICY.replaceAll('no-night-sailing', 'broken').replace('has(object.data)', 'has(');
    const { names, found } = load(bad, BINDING.replaceAll('no-night-sailing', 'broken'), POLICY, BINDING);
    expect(names).toEqual(['no-night-sailing']);
    expect(found).toHaveLength(1);
  });

  it('takes the first of two with one name', () => {
    const { names, found } = load(POLICY, POLICY, BINDING, BINDING);
    expect(names).toEqual(['no-night-sailing']);
    expect(found).toEqual(['policy-duplicate 17:9', 'policy-duplicate 34:19']);
  });

  it('reads nothing from an empty file', () => {
    expect(load('# nothing\n')).toMatchObject({ names: [], found: [] });
  });

  it('never throws, whatever a file holds', () => {
    const shipped = FILES.at(-1)?.text ?? '';
    fc.assert(
      fc.property(
        fc.nat(shipped.length),
        fc.nat(200),
        fc.string({ unit: 'binary', maxLength: 30 }),
        (at, length, other) => {
          const text = shipped.slice(0, at) + other + shipped.slice(at + length);
          const { findings } = loadPolicies([{ file: 'mutant.yaml', text }]);
          for (const { origin } of findings) expect(origin?.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the place of an expression', () => {
  it.each([
    ['object.x', 'object.x', 7, 7],
    ['"object.x"', 'object.x', 7, 8],
    ['>-\n    a &&\n    b', 'a && b', 5, 16],
    ['| # why\n    a &&\n      b\n', 'a &&\n  b\n', 7, 23],
    ['"a\\tbc"', 'a\tbc', 3, 0],
  ])('%j', (source, value, offset, expected) => {
    expect(offsetInSource(source, value, offset)).toBe(expected);
  });
});
