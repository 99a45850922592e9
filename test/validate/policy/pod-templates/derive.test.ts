import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { creationOf, updateOf } from '#validate/policy/admission-request.ts';
import { judgeRequest } from '#validate/policy/judge-request.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { manifestOf, resourceOf } from '../shipped-policies.ts';

type Fields = Record<string, unknown>;

const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };

const policyOf = (spec: Fields = {}, name = 'no-host-pid'): Fields => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name, annotations: { 'plimsoll.dev/pod-templates': 'true', 'plimsoll.dev/title': 'No PID' } },
  spec: {
    matchConstraints: { resourceRules: [RULE] },
    validations: [
      {
        expression: '!has(object.spec.hostPID) || !object.spec.hostPID',
        messageExpression: '"the processes of the host, of " + object.metadata.name',
      },
    ],
    ...spec,
  },
});
const bindingOf = (spec: Fields = {}, name = 'no-host-pid'): Fields => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: { policyName: name, validationActions: ['Deny'], ...spec },
});

const load = (...documents: Fields[]) =>
  loadPolicies([{ file: 'policies/pods.yaml', text: documents.map((one) => stringify(one)).join('---\n') }]);

const template = (spec: Fields) => ({ metadata: { labels: { app: 'web' } }, spec });
const named = (apiVersion: string, kind: string, spec: Fields, metadata: Fields = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'tideline', ...metadata },
  spec,
});
const workloads = (spec: Fields): readonly KubernetesObject[] => [
  named('v1', 'Pod', spec),
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) =>
    named('apps/v1', kind, { template: template(spec) }),
  ),
  named('batch/v1', 'Job', { template: template(spec) }),
  named('batch/v1', 'CronJob', { jobTemplate: { spec: { template: template(spec) } } }),
];
const BAD = { hostPID: true, containers: [] };

const judged = (loaded: ReturnType<typeof load>, object: KubernetesObject, oldObject?: KubernetesObject) => {
  const [policy] = loaded.value ?? [];
  if (policy === undefined) throw new Error('no policy');
  return judgeRequest(policy, oldObject === undefined ? creationOf(object) : updateOf(oldObject, object), {
    resourceOf,
  });
};

describe('one policy on pods', () => {
  const loaded = load(policyOf(), bindingOf());

  it('makes two more, with bindings, for the cluster', () => {
    expect(loaded.findings).toEqual([]);
    expect(loaded.value).toHaveLength(1);
    expect(loaded.documents).toHaveLength(2);
    expect(loaded.derived.map(({ value }) => value)).toMatchObject(
      ['no-host-pid-templates', 'no-host-pid-cronjobs'].flatMap((name) => [
        {
          kind: 'ValidatingAdmissionPolicy',
          metadata: {
            name,
            annotations: { 'plimsoll.dev/title': 'No PID', 'plimsoll.dev/derived-from': 'no-host-pid' },
          },
        },
        {
          kind: 'ValidatingAdmissionPolicyBinding',
          metadata: { name },
          spec: { policyName: name, validationActions: ['Deny'] },
        },
      ]),
    );
    for (const { value } of loaded.derived)
      expect(JSON.stringify(value)).not.toContain('plimsoll.dev/pod-templates');
  });

  it.each(workloads(BAD))('judges a $kind', (object) => {
    expect(judged(loaded, object).failures.map(({ message }) => message)).toEqual([
      'the processes of the host, of web',
    ]);
  });

  it.each(workloads({ containers: [] }))('lets a $kind pass that keeps it', (object) => {
    expect(judged(loaded, object)).toMatchObject({ matched: true, failures: [], errors: [] });
  });

  it('judges a template whenever it is written, a pod when it is created', () => {
    for (const object of workloads(BAD)) {
      const isPod = object.kind === 'Pod';
      expect(judged(loaded, object, object).failures, object.kind).toHaveLength(isPod ? 0 : 1);
    }
  });

  it('leaves alone what is on its way out, and what a judged workload made', () => {
    const spec = { template: template(BAD) };
    const owners = (kind: string, controller = true) => ({
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'web', uid: '1', controller }],
    });
    const gone = named('apps/v1', 'Deployment', spec, { deletionTimestamp: '2026-11-23T00:00:00Z' });
    expect(judged(loaded, gone).matched).toBe(false);
    expect(judged(loaded, named('apps/v1', 'ReplicaSet', spec, owners('Deployment'))).matched).toBe(false);
    expect(judged(loaded, named('batch/v1', 'Job', spec, owners('CronJob'))).matched).toBe(false);
    expect(judged(loaded, named('batch/v1', 'Job', spec, owners('Voyage'))).failures).toHaveLength(1);
    expect(judged(loaded, named('batch/v1', 'Job', spec, owners('CronJob', false))).failures).toHaveLength(1);
  });

  it('blames the field in the template, in the name of the policy that somebody wrote', () => {
    const [, ...templates] = workloads(BAD);
    const { findings, covered } = checkPolicies(loaded.value ?? [], templates.map(manifestOf), {
      resourceOf,
    });
    expect(covered.size).toBe(6);
    const violated = findings.filter(({ code }) => code === 'policy-violated');
    expect(violated.map(({ pointer }) => pointer)).toEqual([
      ...Array.from({ length: 5 }, () => '/spec/template/spec/hostPID'),
      '/spec/jobTemplate/spec/template/spec/hostPID',
    ]);
    for (const { args } of violated) expect(args).toMatchObject({ policy: 'no-host-pid', validation: 0 });
  });
});

it('makes nothing of a policy that does not ask for it', () => {
  const plain = policyOf();
  const { derived, value } = load({ ...plain, metadata: { name: 'no-host-pid' } }, bindingOf());
  expect(derived).toEqual([]);
  expect(value?.[0]?.templates).toBeUndefined();
});

it('keeps names within what the API server takes', () => {
  const long = `${'a'.repeat(243)}.${'b'.repeat(9)}`;
  const { derived, findings } = load(policyOf({}, long), bindingOf({}, long));
  expect(findings).toEqual([]);
  for (const { value } of derived) {
    const { name } = value['metadata'] as { readonly name: string };
    expect(name.length).toBeLessThanOrEqual(253);
    expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
  }
});

it('does not make what is there already', () => {
  const { findings } = load(
    policyOf(),
    bindingOf(),
    policyOf({}, 'no-host-pid-templates'),
    bindingOf({}, 'no-host-pid-templates'),
  );
  expect(findings.filter(({ code }) => code === 'policy-duplicate')).toMatchObject([
    { origin: { line: 4 }, args: { name: 'no-host-pid-templates' } },
    { origin: { line: 26 }, args: { name: 'no-host-pid-templates' } },
  ]);
});

describe('what can not be asked of a template is a finding, and the policy on pods stays', () => {
  it.each([
    [
      'labels',
      policyOf({ matchConstraints: { resourceRules: [RULE], objectSelector: { matchLabels: { a: 'b' } } } }),
    ],
    ['names', policyOf({ matchConstraints: { resourceRules: [{ ...RULE, resourceNames: ['web'] }] } })],
    [
      'other kinds',
      policyOf({ matchConstraints: { resourceRules: [RULE, { ...RULE, resources: ['services'] }] } }),
    ],
    ['deletions', policyOf({ matchConstraints: { resourceRules: [{ ...RULE, operations: ['DELETE'] }] } })],
  ])('%s', (_, policy) => {
    const { findings, derived, value } = load(policy, bindingOf());
    expect(findings.map(({ code }) => code)).toEqual(['policy-field-invalid']);
    expect(derived).toEqual([]);
    expect(value).toHaveLength(1);
  });

  it('of a binding', () => {
    const { findings } = load(
      policyOf(),
      bindingOf({ matchResources: { objectSelector: { matchLabels: { a: 'b' } } } }),
    );
    expect(findings).toMatchObject([
      {
        code: 'policy-field-invalid',
        args: { policy: 'no-host-pid', field: 'spec.matchResources.objectSelector' },
      },
    ]);
  });
});

it('leaves out a binding on nothing but subresources, which without rules would bind everything', () => {
  const debuggers = { ...RULE, operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] };
  const { derived, findings } = load(
    policyOf({ matchConstraints: { resourceRules: [RULE, debuggers] } }),
    bindingOf({ matchResources: { resourceRules: [debuggers] } }),
  );
  expect(findings).toEqual([]);
  expect(derived).toEqual([]);
});

it('tells once, at the original line, what is wrong with an expression', () => {
  const expression =
    '!has(object.metadata.labels) || authorizer.group("").resource("pods").check("get").allowed()';
  const { findings } = load(policyOf({ validations: [{ expression, message: 'no' }] }), bindingOf());
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ code: 'policy-expression-unsupported' });
});
