import { describe, expect, it } from 'vitest';
import type { Manifest, Source } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { type ValidationOptions, validate } from '#validate/validate.ts';
import type { Verdict, Verdicts } from '#validate/verdicts.ts';
import { resourceOf } from './policy/shipped-policies.ts';
import { store } from './schemas.ts';

/** Verdicts in memory, with what was asked of them. */
function memory() {
  const clusters = new Map<string, Map<string, Verdict>>();
  const hits: Source[] = [];
  const verdicts: Verdicts = {
    within: (circumstances) => {
      const known = clusters.get(circumstances) ?? new Map<string, Verdict>();
      clusters.set(circumstances, known);
      return {
        get: (source) => {
          const verdict = known.get(`${source.digest} ${source.index}`);
          if (verdict !== undefined) hits.push(source);
          return verdict;
        },
        set: ({ digest, index }, verdict) => known.set(`${digest} ${index}`, verdict),
      };
    },
  };
  return { verdicts, hits, size: () => [...clusters.values()].reduce((sum, { size }) => sum + size, 0) };
}

/** Manifests of a text, as if the text were its own digest. */
const read = (...documents: readonly string[]): readonly Manifest[] =>
  documents.flatMap((text, index) => readManifestText(text, `${index}.yaml`, text).manifests);

/** Asks of every service account what its namespace is. */
const policy = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: quay }
spec:
  failurePolicy: Fail
  matchConstraints:
    namespaceSelector: { matchExpressions: [{ key: tier, operator: NotIn, values: [pier] }] }
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [serviceaccounts] }]
  validations: [{ expression: object.metadata.name != 'stowaway' }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: quay }
spec: { policyName: quay, validationActions: [Deny] }
`;
const policies = loadPolicies([{ file: 'quay.yaml', text: policy }]).value ?? [];

const options: ValidationOptions = {
  store: store(),
  checks: ['schema', 'cel', 'builtin', 'graph', 'policy'],
  policy: (manifests, _, extent) => checkPolicies(policies, manifests, { resourceOf, ...extent }),
};

const told = (manifests: readonly Manifest[], verdicts?: Verdicts) =>
  validate(manifests, verdicts ? { ...options, verdicts } : options).map(({ check, findings, covered }) => ({
    check,
    findings,
    covered: manifests.map((manifest) => covered.has(manifest)),
  }));

const account = (name: string, more = '') =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: harbour\n${more}`;
const harbour = (labels = '') =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: harbour\n  labels: { ${labels} }\n`;

describe('verdicts of earlier runs', () => {
  it('spare documents that are clean, and change nothing of what is told', () => {
    const { verdicts, hits } = memory();
    const manifests = read(harbour(), account('pilot'), account('crane'));
    const alone = told(manifests);
    expect(told(manifests, verdicts)).toEqual(alone);
    expect(hits).toEqual([]);
    expect(told(manifests, verdicts)).toEqual(alone);
    expect(hits).toHaveLength(3);
  });

  it('are believed', () => {
    const clean: Verdicts = { within: () => ({ get: () => 0b1111, set: () => {} }) };
    const manifests = read(account('pilot', 'wrong: true\n'));
    expect(told(manifests).flatMap(({ findings }) => findings)).toMatchObject([
      { code: 'schema-unknown-field' },
      { code: 'policy-namespace-unknown' },
    ]);
    expect(told(manifests, clean)).toMatchObject([
      { check: 'schema', findings: [], covered: [true] },
      { check: 'cel', findings: [], covered: [true] },
      { check: 'builtin', findings: [], covered: [true] },
      { check: 'graph', covered: [true] },
      { check: 'policy', findings: [], covered: [true] },
    ]);
  });

  it('are not kept of documents with findings', () => {
    const { verdicts, size } = memory();
    const manifests = read(account('pilot', 'wrong: true\n'), account('crane'));
    const alone = told(manifests);
    expect(told(manifests, verdicts)).toEqual(alone);
    expect(size()).toBe(1);
    expect(told(manifests, verdicts)).toEqual(alone);
  });

  it('tell again of a namespace that is not among the documents', () => {
    const { verdicts, hits } = memory();
    const manifests = read(account('pilot'));
    const alone = told(manifests);
    expect(alone.flatMap(({ findings }) => findings)).toMatchObject([{ code: 'policy-namespace-unknown' }]);
    told(manifests, verdicts);
    expect(told(manifests, verdicts)).toEqual(alone);
    expect(hits).toHaveLength(1);
  });

  it('are those of a namespace with the same labels', () => {
    const { verdicts } = memory();
    const codes = (labels: string) =>
      told(read(harbour(labels), account('stowaway')), verdicts).flatMap(({ findings }) =>
        findings.map(({ code }) => code),
      );
    expect(codes('tier: pier')).toEqual([]);
    expect(codes('tier: quay')).toEqual(['policy-violated']);
    expect(codes('tier: pier')).toEqual([]);
  });

  it('are those of documents beside the same namespaces and definitions', () => {
    const { verdicts, hits } = memory();
    told(read(harbour(), account('pilot')), verdicts);
    told(read(harbour('tier: quay'), account('pilot')), verdicts);
    expect(hits).toEqual([]);
    const definition = (type: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ships.tideline.example }
spec:
  group: tideline.example
  scope: Namespaced
  names: { kind: Ship, plural: ships, singular: ship, listKind: ShipList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { masts: { type: ${type} } } } }
`;
    const ship =
      'apiVersion: tideline.example/v1\nkind: Ship\nmetadata: { name: aurora, namespace: harbour }\nmasts: 3\n';
    const sound = read(harbour(), definition('integer'), ship);
    told(sound, verdicts);
    expect(told(sound, verdicts)).toEqual(told(sound));
    expect(hits).toHaveLength(3);
    const unsound = read(harbour(), definition('string'), ship);
    expect(told(unsound, verdicts)).toEqual(told(unsound));
    expect(told(unsound).flatMap(({ findings }) => findings)).toMatchObject([{ code: 'schema-type' }]);
  });

  it('are nothing where a namespace was made, not read', () => {
    const { verdicts, size } = memory();
    const [namespace] = readManifestText(harbour(), 'made.yaml').manifests;
    if (namespace === undefined) throw new Error('no namespace');
    told([namespace, ...read(account('pilot'))], verdicts);
    expect(size()).toBe(0);
  });

  it('are not asked where changes are judged', () => {
    const { verdicts, size } = memory();
    validate(read(harbour(), account('pilot')), { ...options, verdicts, previous: () => undefined });
    expect(size()).toBe(0);
  });
});
