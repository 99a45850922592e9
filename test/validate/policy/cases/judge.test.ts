import { describe, expect, it } from 'vitest';
import { caseJudge } from '#validate/policy/cases/judge.ts';
import { readCases } from '#validate/policy/cases/read.ts';
import { testPolicies } from '#validate/policy/cases/test.ts';
import { loadPolicies } from '#validate/policy/load.ts';

const resourceOf = (_group: string, _version: string, kind: string) => ({
  plural: `${kind.toLowerCase()}s`,
  namespaced: kind !== 'Namespace',
});

/** In production a volume stays, and only grows; on quays that are closed nothing is asked. */
const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: volumes-stay }
spec:
  paramKind: { apiVersion: v1, kind: ConfigMap }
  matchConstraints:
    resourceRules:
      - { apiGroups: [tideline.example], apiVersions: [v1], operations: [UPDATE, DELETE], resources: [volumes] }
  validations:
    - expression: "request.operation != 'DELETE' || params.data.stage != 'production'"
      message: a volume of production is deleted
    - expression: "request.operation != 'UPDATE' || object.spec.size >= oldObject.spec.size"
      message: a volume shrinks
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: volumes-stay }
spec:
  policyName: volumes-stay
  paramRef: { name: environment, namespace: plimsoll-system, parameterNotFoundAction: Deny }
  validationActions: [Deny]
  matchResources: { namespaceSelector: { matchExpressions: [{ key: closed, operator: DoesNotExist }] } }
`;

const HEAD = `policy: volumes-stay
params: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: environment, namespace: plimsoll-system }, data: { stage: production } }]
object: { apiVersion: tideline.example/v1, kind: Volume, metadata: { name: charts, namespace: quay }, spec: { size: 10 } }
cases:
`;

function findingsOf(cases: string) {
  const loaded = loadPolicies([{ file: 'volumes-stay.yaml', text: POLICY }]);
  const { cases: file, findings } = readCases({ file: 'volumes-stay.cases.yaml', text: `${HEAD}${cases}` });
  if (file === undefined) throw new Error(JSON.stringify(findings));
  expect([...loaded.findings, ...findings]).toEqual([]);
  return testPolicies(loaded.value ?? [], [file], caseJudge(resourceOf)).flatMap((tested) => tested.findings);
}

const CASES = `  - { name: it grows, setOld: { /spec/size: 9 }, allowed: true }
  - { name: it shrinks, setOld: { /spec/size: 11 }, denied: [a volume shrinks] }
  - { name: it goes, like: it grows, object: null, denied: [a volume of production is deleted] }
`;

describe('a case is judged', () => {
  it('as the update or the deletion that it is, with its params', () => {
    expect(findingsOf(CASES)).toEqual([]);
  });

  it('among its Namespace', () => {
    const closed =
      '  - { name: closed, like: it shrinks, namespace: { labels: { closed: yes it is } }, matched: false }\n';
    expect(findingsOf(`${CASES}${closed}`)).toEqual([]);
    expect(findingsOf(`${CASES}${closed.replace('closed: yes', 'open: yes')}`)).toMatchObject([
      { code: 'policy-case-failed', args: { case: 'closed' } },
    ]);
  });

  it('as an error where its params are missing', () => {
    const lost = '  - { name: lost, like: it grows, params: [], allowed: true }\n';
    expect(findingsOf(`${CASES}${lost}`)).toMatchObject([
      {
        code: 'policy-case-failed',
        args: { case: 'lost', actual: expect.stringContaining('no params found') },
      },
    ]);
  });

  it('and a change of its params can break it', () => {
    const staging = CASES.replace(
      'object: null, denied: [a volume of production is deleted]',
      'object: null, params: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: environment, namespace: plimsoll-system }, data: { stage: staging } }], allowed: true',
    );
    expect(findingsOf(staging)).toMatchObject([
      {
        code: 'policy-case-missing',
        args: { validation: 0, change: expect.stringContaining('params[0]') },
      },
    ]);
  });
});
