import { describe, expect, it } from 'vitest';
import { resourcesOf } from '#cli/checking.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { unjudgedOperations } from '#validate/policy/operations.ts';
import { checkPolicies, type PolicyOptions } from '#validate/policy/policy.ts';
import { store } from '../schemas.ts';
import { manifestOf } from './shipped-policies.ts';

const resourceOf = resourcesOf(store());

interface Written {
  readonly operations?: readonly string[];
  readonly expression?: string;
  readonly resources?: readonly string[];
  readonly versions?: readonly string[];
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly bindings?: readonly Readonly<Record<string, unknown>>[];
}

const ANY = ['CREATE', 'UPDATE', 'DELETE'];

function load({ operations = ANY, expression = 'false', spec, bindings = [{}], ...rule }: Written) {
  const { resources = ['configmaps'], versions = ['v1'] } = rule;
  const apiGroups = resources[0] === 'horizontalpodautoscalers' ? ['autoscaling'] : [''];
  const documents = [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'tides' },
      spec: {
        matchConstraints: { resourceRules: [{ apiGroups, apiVersions: versions, operations, resources }] },
        validations: [{ expression, messageExpression: 'request.operation' }],
        ...spec,
      },
    },
    ...bindings.map((fields, index) => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `tides-${index}` },
      spec: { policyName: 'tides', validationActions: ['Deny'], ...fields },
    })),
  ];
  const text = documents.map((document) => JSON.stringify(document)).join('\n---\n');
  const loaded = loadPolicies([{ file: 'tides.yaml', text }]);
  expect(loaded.findings).toEqual([]);
  return loaded.value ?? [];
}

const berths = (count: string, name = 'berths'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'harbour' },
  data: { count },
});

function check(
  written: Written,
  objects: readonly KubernetesObject[],
  options: Partial<PolicyOptions> = {},
): readonly Finding[] {
  const { findings } = checkPolicies(load(written), objects.map(manifestOf), { resourceOf, ...options });
  return findings.filter(({ code }) => code !== 'policy-namespace-unknown');
}

/** As what a document was judged. */
const judgedAs = (findings: readonly Finding[]): readonly string[] =>
  findings.map((finding) => (finding.code === 'policy-violated' ? finding.args.message : finding.code));

const was = (object: KubernetesObject) => ({ previous: () => object });

describe('what a document becomes', () => {
  it.each<[string, readonly string[], Partial<PolicyOptions>, readonly string[]]>([
    ['a new one is created', ANY, {}, ['CREATE']],
    ['an unchanged one is judged as it was created', ANY, was(berths('2')), ['CREATE']],
    [
      'one whose fields are in another order is unchanged',
      ANY,
      was({ ...berths('2'), kind: 'ConfigMap' }),
      ['CREATE'],
    ],
    ['a changed one is updated', ANY, was(berths('1')), ['UPDATE']],
    ['a new one, by a policy on updates, as an update that changes nothing', ['UPDATE'], {}, ['UPDATE']],
    ['an unchanged one likewise', ['UPDATE'], was(berths('2')), ['UPDATE']],
    [
      'a changed one, by a policy on creations, as in a new cluster',
      ['CREATE'],
      was(berths('1')),
      ['CREATE'],
    ],
    ['one that is there is never deleted', ['DELETE'], was(berths('1')), []],
  ])('%s', (_, operations, options, expected) => {
    expect(judgedAs(check({ operations }, [berths('2')], options))).toEqual(expected);
  });

  it('what changes is judged against what it was, and the field that changed is blamed', () => {
    const written = { expression: 'oldObject == null || object.data.count >= oldObject.data.count' };
    const [finding, ...others] = check(written, [berths('2')], was(berths('3')));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'policy-violated',
      pointer: '/data/count',
      args: { operation: 'UPDATE' },
    });
    expect(check(written, [berths('4')], was(berths('3')))).toEqual([]);
    expect(check(written, [berths('3')], was(berths('3')))).toEqual([]);
  });

  it('what is no more is judged as a deletion, by what it was', () => {
    const deleted = [berths('0', 'old'), berths('7', 'older')].map(manifestOf);
    const findings = check({ expression: "object != null || oldObject.data.count == '0'" }, [berths('2')], {
      deleted,
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      subject: { name: 'older' },
      pointer: '/data/count',
      args: { operation: 'DELETE', message: 'DELETE' },
    });
  });

  it('a deletion is judged by the labels that its namespace had', () => {
    const harbour = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'harbour', labels: { tide: 'high' } },
    };
    const written = {
      bindings: [{ matchResources: { namespaceSelector: { matchLabels: { tide: 'high' } } } }],
    };
    const deleted = [harbour, berths('2')].map(manifestOf);
    expect(judgedAs(check(written, [], { deleted }))).toEqual(['DELETE']);
  });
});

describe('params', () => {
  const spec = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
  const ref = (name: string, parameterNotFoundAction = 'Deny') => ({
    paramRef: { name, namespace: 'harbour', parameterNotFoundAction },
  });
  const expression = "object.metadata.name != 'berths' || object.data.count <= params.data.count";

  it('are found among the documents, and each failure is said once', () => {
    const written = {
      spec,
      expression,
      bindings: [ref('most'), { ...ref('most'), validationActions: ['Warn'] }],
    };
    const findings = check(written, [berths('9'), berths('5', 'most')]);
    expect(findings).toMatchObject([
      { severity: 'error', pointer: '/data/count', subject: { name: 'berths' } },
    ]);
    expect(check(written, [berths('3'), berths('5', 'most')])).toEqual([]);
  });

  it('each judge for themselves', () => {
    const written = {
      spec: { ...spec, validations: [{ expression, messageExpression: 'string(params.metadata.name)' }] },
      bindings: [ref('most'), ref('least')],
    };
    const documents = [berths('9'), berths('5', 'most'), berths('1', 'least')];
    expect(judgedAs(check(written, documents))).toEqual(['most', 'least']);
  });

  it.each<[string, boolean, string, string, readonly string[]]>([
    ['missing in the whole cluster', true, 'Deny', 'Fail', ['policy-params-missing error']],
    ['missing there, of a policy that fails open', true, 'Deny', 'Ignore', ['policy-params-missing warning']],
    ['missing there, and may be', true, 'Allow', 'Fail', []],
    ['missing among documents that are not all', false, 'Deny', 'Fail', ['policy-params-unknown warning']],
    ['missing there, and may be', false, 'Allow', 'Fail', ['policy-params-unknown warning']],
  ])('%s (%j, %s, %s)', (_, isWhole, action, failurePolicy, expected) => {
    const written = { spec: { ...spec, failurePolicy }, bindings: [ref('gone', action)] };
    const { findings, covered, unsettled } = checkPolicies(
      load(written),
      [berths('1'), berths('2', 'others')].map(manifestOf),
      { resourceOf, isWhole },
    );
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(expected);
    for (const { args } of findings) expect(args).toMatchObject({ binding: 'tides-0', documents: 2 });
    expect(covered.size).toBe(0);
    expect(unsettled.size).toBe(2);
  });

  it('lie beside the policies, too', () => {
    const written = { spec, expression, bindings: [ref('most')] };
    expect(judgedAs(check(written, [berths('9')], { params: [berths('5', 'most')] }))).toEqual(['CREATE']);
  });

  it.each<[string, Written, string]>([
    [
      'of a kind that nobody knows',
      { spec: { paramKind: { apiVersion: 'tideline.example/v1', kind: 'Wave' } }, bindings: [ref('most')] },
      'error',
    ],
    [
      'in a namespace, for what lies in none',
      {
        spec,
        resources: ['namespaces'],
        bindings: [{ paramRef: { name: 'most', parameterNotFoundAction: 'Deny' } }],
      },
      'error',
    ],
  ])('%s', (_, written, severity) => {
    const harbour = { apiVersion: 'v1', kind: 'ClusterRole', metadata: { name: 'harbour' } };
    const findings = check(
      written.resources === undefined ? written : { ...written, resources: ['*'], spec: { ...spec } },
      written.resources === undefined ? [berths('1')] : [{ ...harbour, kind: 'PersistentVolume' }],
      { isWhole: true },
    );
    expect(findings).toMatchObject([{ code: 'policy-params-unconfigured', severity }]);
  });
});

describe('versions', () => {
  it('of Kubernetes itself are converted by nobody but the API server, and that is said once', () => {
    const scaler = (name: string): KubernetesObject => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, namespace: 'harbour' },
    });
    const written = { resources: ['horizontalpodautoscalers'], versions: ['v1'] };
    const findings = check(written, [scaler('api'), scaler('web')]);
    expect(findings).toMatchObject([{ code: 'policy-version-unconverted', args: { version: 'v1' } }]);
    expect(judgedAs(check({ ...written, versions: ['v2'] }, [scaler('api')]))).toEqual(['CREATE']);
  });
});

describe('operations that no document becomes', () => {
  it.each<[readonly string[], readonly string[], boolean, boolean]>([
    [['DELETE'], ['configmaps'], false, true],
    [['DELETE'], ['configmaps'], true, false],
    [['CREATE', 'DELETE'], ['configmaps'], false, false],
    [['CONNECT'], ['pods/exec'], true, true],
    [['UPDATE'], ['pods/status'], true, true],
    [['*'], ['pods/*'], false, false],
  ])('%j of %j, with a base %j', (operations, resources, isBaseKnown, isTold) => {
    const findings = unjudgedOperations(load({ operations, resources }), isBaseKnown);
    expect(findings.map(({ code }) => code)).toEqual(isTold ? ['policy-operation-unjudged'] : []);
  });
});
