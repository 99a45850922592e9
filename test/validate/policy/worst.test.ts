import { describe, expect, it } from 'vitest';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { manifestOf, resourceOf } from './shipped-policies.ts';

/**
 * Messages that could cost too much are evaluated though nothing fails, as in the API server, and none is taken for
 * alike with one that is smaller.
 */
const MANY = 12;
const PAIRS = "object.data.names.split(',').map(a, object.data.names.split(',').map(b, a + b).join()).join()";
const [POLICY, BINDING] = [
  {
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
        ],
      },
      validations: Array.from({ length: MANY }, () => ({
        expression: 'has(object.data)',
        messageExpression: PAIRS,
      })),
    },
  },
  {
    kind: 'ValidatingAdmissionPolicyBinding',
    spec: { policyName: 'manifest-of-passengers', validationActions: ['Deny'] },
  },
].map((document) =>
  JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    metadata: { name: 'manifest-of-passengers' },
    ...document,
  }),
);
const { value: policies = [] } = loadPolicies([{ file: 'policy.yaml', text: `${POLICY}\n---\n${BINDING}` }]);

const passengers = (count: number, name: string) =>
  manifestOf({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'tideline' },
    data: { names: Array.from({ length: count }, () => 'Ada').join(',') },
  });

describe('messages of a policy that nothing breaks', () => {
  it('spend its budget where a document is large, whatever was said of smaller ones', () => {
    const small = Array.from({ length: 20 }, (_, index) => passengers(2, `ferry-${index}`));
    const large = passengers(400, 'liner');
    const alone = checkPolicies(policies, [large], { resourceOf }).findings;
    expect(alone.map(({ code }) => code)).toContain('policy-evaluation-failed');
    expect(checkPolicies(policies, small, { resourceOf }).findings).toEqual([]);
    expect(checkPolicies(policies, [...small, large], { resourceOf }).findings).toEqual(alone);
  });
});
