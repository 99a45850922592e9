import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import type { Resource } from '#validate/policy/match.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { manifestOf } from './shipped-policies.ts';

type Fields = Readonly<Record<string, unknown>>;

const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] };
const berth = (namespace: string | undefined, labels: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'berths', labels, ...(namespace !== undefined && { namespace }) },
  data: { one: '1' },
});
const harbour: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'harbour', labels: { stage: 'production' } },
};

interface Setting {
  readonly constraints?: Fields;
  readonly spec?: Fields;
  readonly binding?: Fields;
  readonly expression?: string;
}

/** What the schemas would know. */
const resourceOf = (_group: string, _version: string, kind: string): Resource | undefined =>
  kind === 'ConfigMap' ? { plural: 'configmaps', namespaced: true } : undefined;

/** Judges by one policy that everything breaks, unless it says otherwise. */
function findingsOf(setting: Setting, ...objects: KubernetesObject[]): readonly Finding[] {
  const documents = [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'closed' },
      spec: {
        matchConstraints: { resourceRules: [RULE], ...setting.constraints },
        validations: [{ expression: setting.expression ?? 'false', message: 'closed' }],
        ...setting.spec,
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'closed' },
      spec: { policyName: 'closed', validationActions: ['Deny'], ...setting.binding },
    },
  ];
  const text = documents.map((document) => JSON.stringify(document)).join('\n---\n');
  const loaded = loadPolicies([{ file: 'closed.yaml', text }]);
  const { findings } = checkPolicies(loaded.value ?? [], objects.map(manifestOf), {
    resourceOf,
  });
  return [...loaded.findings, ...findings];
}

const isJudged = (setting: Setting, ...objects: KubernetesObject[]): boolean =>
  findingsOf(setting, ...objects).some(({ code }) => code === 'policy-violated');

const namespaceSelector = (matchLabels: Fields) => ({ namespaceSelector: { matchLabels } });
const expressions = (...matchExpressions: Fields[]) => ({ namespaceSelector: { matchExpressions } });

describe('what a policy concerns', () => {
  it.each<[string, Setting, boolean]>([
    ['its own kind', {}, true],
    ['every resource', { constraints: { resourceRules: [{ ...RULE, resources: ['*'] }] } }, true],
    [
      'every resource and subresource',
      { constraints: { resourceRules: [{ ...RULE, resources: ['*/*'] }] } },
      true,
    ],
    [
      'every group and version',
      { constraints: { resourceRules: [{ ...RULE, apiGroups: ['*'], apiVersions: ['*'] }] } },
      true,
    ],
    ['another resource', { constraints: { resourceRules: [{ ...RULE, resources: ['secrets'] }] } }, false],
    [
      'a subresource',
      { constraints: { resourceRules: [{ ...RULE, resources: ['configmaps/status'] }] } },
      false,
    ],
    ['another group', { constraints: { resourceRules: [{ ...RULE, apiGroups: ['apps'] }] } }, false],
    [
      'another version, which nobody but the API server converts to',
      { constraints: { resourceRules: [{ ...RULE, apiVersions: ['v2'] }] } },
      false,
    ],
    [
      'another version, exactly',
      { constraints: { matchPolicy: 'Exact', resourceRules: [{ ...RULE, apiVersions: ['v2'] }] } },
      false,
    ],
    ['a deletion', { constraints: { resourceRules: [{ ...RULE, operations: ['DELETE'] }] } }, false],
    [
      'an update that changes nothing',
      { constraints: { resourceRules: [{ ...RULE, operations: ['UPDATE'] }] } },
      true,
    ],
    [
      'itself with all its subresources',
      { constraints: { resourceRules: [{ ...RULE, resources: ['configmaps/*'] }] } },
      true,
    ],
    ['every operation', { constraints: { resourceRules: [{ ...RULE, operations: ['*'] }] } }, true],
    ['its name', { constraints: { resourceRules: [{ ...RULE, resourceNames: ['berths'] }] } }, true],
    ['another name', { constraints: { resourceRules: [{ ...RULE, resourceNames: ['cranes'] }] } }, false],
    ['its scope', { constraints: { resourceRules: [{ ...RULE, scope: 'Namespaced' }] } }, true],
    ['another scope', { constraints: { resourceRules: [{ ...RULE, scope: 'Cluster' }] } }, false],
    ['what is excluded', { constraints: { excludeResourceRules: [RULE] } }, false],
    ['labels that it has', { constraints: { objectSelector: { matchLabels: { pier: 'east' } } } }, true],
    ['labels that it lacks', { constraints: { objectSelector: { matchLabels: { pier: 'west' } } } }, false],
    ['a namespace with the label', { constraints: namespaceSelector({ stage: 'production' }) }, true],
    ['a namespace without the label', { constraints: namespaceSelector({ stage: 'staging' }) }, false],
    [
      'a namespace by its name',
      { constraints: namespaceSelector({ 'kubernetes.io/metadata.name': 'harbour' }) },
      true,
    ],
    ['In', { constraints: expressions({ key: 'stage', operator: 'In', values: ['production'] }) }, true],
    [
      'NotIn',
      { constraints: expressions({ key: 'stage', operator: 'NotIn', values: ['production'] }) },
      false,
    ],
    [
      'NotIn without the label',
      { constraints: expressions({ key: 'tide', operator: 'NotIn', values: ['low'] }) },
      true,
    ],
    ['Exists', { constraints: expressions({ key: 'tide', operator: 'Exists' }) }, false],
    ['DoesNotExist', { constraints: expressions({ key: 'tide', operator: 'DoesNotExist' }) }, true],
    [
      'a binding that narrows',
      { binding: { matchResources: namespaceSelector({ stage: 'staging' }) } },
      false,
    ],
    ['a binding that says the same', { binding: { matchResources: { resourceRules: [RULE] } } }, true],
    [
      'a condition that holds',
      { spec: { matchConditions: [{ name: 'a', expression: 'has(object.data)' }] } },
      true,
    ],
    [
      'a condition that fails',
      { spec: { matchConditions: [{ name: 'a', expression: 'has(object.binaryData)' }] } },
      false,
    ],
    [
      'a condition that fails beside one that ends in an error',
      {
        spec: {
          matchConditions: [
            { name: 'a', expression: 'object.gone' },
            { name: 'b', expression: 'false' },
          ],
        },
      },
      false,
    ],
    [
      'the request',
      { expression: "request.operation != 'CREATE' || request.resource.resource != 'configmaps'" },
      true,
    ],
    ['the namespace', { expression: "namespaceObject.metadata.labels['stage'] != 'production'" }, true],
    ['what was before', { expression: 'oldObject != null' }, true],
  ])('%s', (_, setting, expected) => {
    expect(isJudged(setting, harbour, berth('harbour', { pier: 'east' }))).toBe(expected);
  });

  it('what cannot be judged of one document is not forgotten for the next', () => {
    const spec = {
      matchConditions: [
        { name: 'cluster', expression: "authorizer.group('').resource('pods').check('get').allowed()" },
        { name: 'not-moored', expression: "object.metadata.name != 'moored'" },
      ],
    };
    const moored = { ...berth('harbour'), metadata: { name: 'moored', namespace: 'harbour' } };
    const found = findingsOf({ spec }, harbour, moored, berth('harbour')).map(({ code }) => code);
    expect(found).toContain('policy-expression-unsupported');
    expect(findingsOf({ spec }, harbour, moored).map(({ code }) => code)).not.toContain('policy-violated');
  });

  it('a document that names no namespace lies in default', () => {
    const constraints = namespaceSelector({ 'kubernetes.io/metadata.name': 'default' });
    expect(isJudged({ constraints }, berth(undefined))).toBe(true);
    const elsewhere = namespaceSelector({ 'kubernetes.io/metadata.name': 'harbour' });
    expect(isJudged({ constraints: elsewhere }, berth(undefined))).toBe(false);
  });

  it('a Namespace is selected by its own labels, and what has no namespace by none', () => {
    const rule = { ...RULE, apiGroups: ['*'], resources: ['*'] };
    const constraints = { resourceRules: [rule], ...namespaceSelector({ stage: 'staging' }) };
    expect(isJudged({ constraints }, harbour)).toBe(false);
    const storage: KubernetesObject = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'gp3' },
    };
    expect(isJudged({ constraints }, storage)).toBe(true);
  });
});

describe('what becomes of a verdict', () => {
  it.each<[readonly string[], string]>([
    [['Deny'], 'error'],
    [['Warn'], 'warning'],
    [['Audit'], 'info'],
    [['Audit', 'Warn'], 'warning'],
  ])('%j is of severity %s', (validationActions, severity) => {
    const [finding] = findingsOf({ binding: { validationActions } }, berth('default'));
    expect(finding?.severity).toBe(severity);
  });

  it('an error refuses the document, or lets it pass, as the policy says', () => {
    const expression = 'object.gone == 1';
    const codes = (failurePolicy: string) =>
      findingsOf({ expression, spec: { failurePolicy } }, berth('default')).map(({ code }) => code);
    expect(codes('Fail')).toEqual(['policy-evaluation-failed']);
    expect(codes('Ignore')).toEqual([]);
  });

  it.each(['object.data', '1 + 1'])('%s, which may be neither true nor false, is refused', (expression) => {
    expect(findingsOf({ expression }, berth('default'))[0]?.code).toBe('policy-expression-invalid');
  });

  it('what cannot be judged offline is said once, not for each document', () => {
    const refused = findingsOf(
      { expression: "authorizer.path('/').check('get').allowed()" },
      berth('default'),
      berth('default'),
    );
    expect(refused.map(({ code }) => code)).toEqual(['policy-expression-unsupported']);
    const met = findingsOf(
      { expression: "dyn(request).userInfo.username == 'harbour-master'" },
      berth('default'),
      berth('default'),
    );
    expect(met.map(({ code }) => code)).toEqual(['policy-expression-unsupported']);
  });

  it("what Kubernetes' own libraries say is judged", () => {
    const equal = (one: string) => ({
      expression: `quantity(object.data.?one.orValue('0')).isGreaterThan(quantity('${one}'))`,
    });
    expect(isJudged(equal('1'), berth('default'))).toBe(true);
    expect(isJudged(equal('900m'), berth('default'))).toBe(false);
  });

  it('what costs more than an API server allows follows the failure policy', () => {
    const expression = `[${Array.from({ length: 300 }, (_, at) => at).join(', ')}]`;
    const costly = `${expression}.all(a, ${expression}.all(b, ${expression}.all(c, a + b + c >= 0)))`;
    const codes = (failurePolicy: string) =>
      findingsOf({ expression: costly, spec: { failurePolicy } }, berth('default')).map(({ code }) => code);
    expect(codes('Fail')).toEqual(['policy-evaluation-failed', 'policy-cost-exceeded']);
    expect(codes('Ignore')).toEqual([]);
  });

  it.each<[string, Fields, string]>([
    ['the message', { message: ' closed today ' }, 'closed today'],
    [
      'the expression for a message',
      { message: 'closed', messageExpression: "'closed: ' + object.data.one" },
      'closed: 1',
    ],
    [
      'the message where its expression fails',
      { message: 'closed', messageExpression: 'string(object.gone)' },
      'closed',
    ],
    [
      'the message where its expression gives several lines',
      { message: 'closed', messageExpression: "'a\\nb'" },
      'closed',
    ],
    ['the expression itself where there is nothing else', {}, 'failed expression: false'],
  ])('%s is what people read', (_, fields, message) => {
    const [finding] = findingsOf(
      { spec: { validations: [{ expression: 'false', ...fields }] } },
      berth('default'),
    );
    expect(finding?.code === 'policy-violated' && finding.args.message).toBe(message);
  });

  it('a namespace that is not among the documents is noted once', () => {
    const constraints = namespaceSelector({ 'kubernetes.io/metadata.name': 'harbour' });
    const findings = findingsOf({ constraints }, berth('harbour'), berth('harbour', { pier: 'east' }));
    expect(findings.map(({ code }) => code)).toEqual([
      'policy-violated',
      'policy-violated',
      'policy-namespace-unknown',
    ]);
    expect(findings.at(-1)?.severity).toBe('info');
    expect(findingsOf({}, berth('harbour')).map(({ code }) => code)).toEqual(['policy-violated']);
  });

  it('covers what it judged and nothing else', () => {
    const secret: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'berths', namespace: 'default' },
    };
    expect(isJudged({}, secret)).toBe(false);
  });
});
