import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isKubernetesObject, type KubernetesObject } from '#manifests/manifest.ts';
import { admissionOf, surroundings } from '#validate/policy/cases/judge.ts';
import { judgeRequest } from '#validate/policy/judge-request.ts';
import { store } from '../../change/sample.ts';
import { type Answer, apply, ask, collection, define, KUBECONFIG } from '../api-server.ts';
import { loaded, policies, type Question, questions } from './corpus.ts';

/**
 * The API server's admission as the oracle: every case of every policy, and what is made of them, gets the same verdict,
 * the same failing validations and the same messages. Bindings only warn here, so that one request tells what all
 * policies say of it, and so that what is denied can be there to be changed and deleted.
 */
const known = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'known-disagreements.json'), 'utf8'));
const knownNames = new Map<string, string>(Object.entries(known.disagreements));
/** Cases that can't be put to an API server, with what stands in the way. */
const unaskable = new Map<string, string>(Object.entries(known.unaskable));

const resourceOf = (group: string, version: string, kind: string) => {
  const schema = store.find(group === '' ? version : `${group}/${version}`, kind);
  // Kinds of providers that are not among the imported definitions.
  return schema === undefined
    ? { plural: `${kind.toLowerCase()}s`, namespaced: group.includes('.m.') }
    : { plural: schema.plural, namespaced: schema.scope === 'Namespaced' };
};

function resource({ apiVersion, kind }: KubernetesObject) {
  const slash = apiVersion.indexOf('/');
  return resourceOf(apiVersion.slice(0, Math.max(slash, 0)), apiVersion.slice(slash + 1), kind);
}

/** Definitions that take anything: what is asked here is admission by policy alone. */
function definitionsOf(objects: readonly KubernetesObject[]) {
  const versions = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    const key = `${object.apiVersion.split('/')[0]} ${object.kind}`;
    const known = versions.get(key) ?? [];
    versions.set(key, known);
    if (!known.some(({ apiVersion }) => apiVersion === object.apiVersion)) known.push(object);
  }
  return [...versions.values()].flatMap((same) => {
    const [object] = same;
    if (object === undefined) return [];
    const [group = ''] = object.apiVersion.split('/');
    const { kind } = object;
    const { plural, namespaced } = resource(object);
    const served = same
      .map(({ apiVersion }) => apiVersion.slice(group.length + 1))
      .sort()
      .map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      }));
    return [
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${group}` },
        spec: {
          group,
          names: { kind, plural, singular: kind.toLowerCase() },
          scope: namespaced ? 'Namespaced' : 'Cluster',
          versions: served,
        },
      },
    ];
  });
}

const isBuiltIn = (apiVersion: string): boolean =>
  !/\.(io|dev|com|aws)\//.test(apiVersion) ||
  (/\.k8s\.io\//.test(apiVersion) && !apiVersion.startsWith('elbv2'));

const pluralOf = ({ kind }: KubernetesObject): string =>
  kind === 'ValidatingAdmissionPolicyBinding'
    ? 'validatingadmissionpolicybindings'
    : 'validatingadmissionpolicies';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const at = (object: KubernetesObject): string => {
  const { plural, namespaced } = resource(object);
  return `${collection(object, plural, namespaced)}`;
};

async function send({ object, oldObject }: Question['request']): Promise<Answer | undefined> {
  if (oldObject === undefined) {
    return object === undefined ? undefined : ask('POST', `${at(object)}?dryRun=All`, object);
  }
  const one = `${at(oldObject)}/${encodeURIComponent(oldObject.metadata.name)}`;
  const made = await ask('POST', at(oldObject), oldObject);
  // What can't be there can't be changed: the object itself is refused, not by a policy.
  if (!made.isAccepted) return made.status === 409 ? undefined : made;
  const answer =
    object === undefined
      ? await ask('DELETE', `${one}?dryRun=All`)
      : await ask('PUT', `${one}?dryRun=All`, withVersion(object, made.body));
  const gone = await ask('DELETE', `${one}?gracePeriodSeconds=0`);
  if (!gone.isAccepted) throw new Error(`${one} stays: ${gone.message}`);
  // Nobody is here to take away what the API server itself has put on claims of volumes.
  if (oldObject.kind === 'PersistentVolumeClaim')
    await ask('PATCH', one, { metadata: { finalizers: null } }, 'application/merge-patch+json');
  return answer;
}

/** A change names the version that it changes. */
function withVersion(object: KubernetesObject, made: Record<string, unknown>): KubernetesObject {
  const metadata = made['metadata'];
  const version =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'resourceVersion') : '';
  return { ...object, metadata: { ...object.metadata, resourceVersion: version } };
}

/** The cluster gets the derived policies, too. */
const installed = [...loaded.documents, ...loaded.derived];
const names = new Set(policies.map(({ name }) => name));

/** What is derived speaks for the policy that it is derived from. */
function originalOf(policy: string): string {
  const original = policy.replace(/-(templates|cronjobs)$/, '');
  return names.has(original) ? original : policy;
}

const WARNING = /^Validation failed for ValidatingAdmissionPolicy '([^']+)' with binding '[^']+': ([\s\S]*)$/;

/** `policy: message`, sorted, from the warnings of the answer. */
function saidBy({ warnings }: Answer): readonly string[] {
  return warnings
    .map((header) => Buffer.from(header, 'latin1').toString('utf8'))
    .flatMap((header) =>
      [...header.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1')),
    )
    .flatMap((text) => {
      const [, policy, message = ''] = WARNING.exec(text) ?? [];
      return policy === undefined || policy === 'probe' ? [] : [`${originalOf(policy)}: ${message}`];
    })
    .sort();
}

/** A warning is a header: the server leaves out what holds a line break. */
const isSaid = (message: string): boolean => !/\p{Cc}/u.test(message);

function expectedOf({ request }: Question): readonly string[] {
  const admission = admissionOf(request);
  if (admission === undefined) return [];
  const around = { ...surroundings(request), resourceOf };
  return policies
    .flatMap((policy) => {
      const { failures, errors } = judgeRequest(policy, admission, around);
      return [...failures, ...errors].map(({ message }) => `${policy.name}: ${message}`);
    })
    .filter(isSaid)
    .sort();
}

interface Difference {
  readonly name: string;
  readonly server: readonly string[];
  readonly ours: readonly string[];
}

describe.runIf(KUBECONFIG !== '')('admission by policy', () => {
  const asked = questions();
  const groups = new Map<string, Question[]>();
  for (const question of asked) {
    const { namespaceLabels, params, object, oldObject } = question.request;
    const namespace = (object ?? oldObject)?.metadata.namespace ?? '';
    const key = JSON.stringify([namespace, namespaceLabels, params]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(question);
  }

  let definitions: ReturnType<typeof definitionsOf> = [];

  beforeAll(async () => {
    const objects = asked.flatMap(({ request }) =>
      [request.object, request.oldObject].filter((one) => one !== undefined),
    );
    const custom = objects.filter(({ apiVersion }) => !isBuiltIn(apiVersion));
    definitions = definitionsOf(custom);
    await define(definitions);
    const system = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'plimsoll-system' } };
    await apply(system, 'namespaces', false, false);
    for (const { value } of installed) {
      const object = structuredClone(value);
      if (!isKubernetesObject(object)) continue;
      if (object.kind === 'ValidatingAdmissionPolicyBinding')
        Object.assign(object['spec'] ?? {}, { validationActions: ['Warn'] });
      const { isAccepted, message, warnings } = await apply(object, pluralOf(object), false, false);
      expect(isAccepted, message).toBe(true);
      expect(warnings).toEqual([]);
    }
    for (const object of PROBE) await apply(object, pluralOf(object), false, false);
    await wait(4_000);
  }, 240_000);

  // Later suites have definitions and policies of their own.
  afterAll(async () => {
    for (const object of [...installed.map(({ value }) => value), ...PROBE].filter(isKubernetesObject)) {
      const plural = pluralOf(object);
      await ask('DELETE', `/apis/admissionregistration.k8s.io/v1/${plural}/${object.metadata.name}`);
    }
    for (const { metadata } of definitions)
      await ask('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}`);
    await ask('DELETE', '/api/v1/namespaces/plimsoll-system/configmaps/environment');
    await wait(2_000);
  }, 120_000);

  it(
    'says the same of every request',
    async () => {
      const differences: Difference[] = [];
      const refused = new Map<string, number>();
      const unasked: string[] = [];
      const counts = { asked: 0, cases: 0, undecided: 0, warned: 0 };
      for (const group of groups.values()) {
        await settle(group[0]);
        for (const question of group) {
          const answer = await send(question.request);
          if (answer === undefined || !answer.isAccepted) {
            counts.undecided += 1;
            if (question.isCase && !unaskable.has(question.name))
              unasked.push(`${question.name}: ${answer?.message ?? 'could not be asked'}`);
            note(refused, (answer?.message ?? 'could not be asked').replace(/"[^"]*"/g, '*').slice(0, 90));
            continue;
          }
          const [server, ours] = [saidBy(answer), expectedOf(question)];
          counts.asked += 1;
          if (question.isCase) counts.cases += 1;
          if (server.length > 0) counts.warned += 1;
          if (JSON.stringify(server) !== JSON.stringify(ours))
            differences.push({ name: question.name, server, ours });
        }
      }
      const unexplained = differences.filter(({ name }) => !knownNames.has(name));
      report({ ...counts, disagree: differences.length, unexplained: unexplained.length });
      fs.mkdirSync('.plimsoll/agreement', { recursive: true });
      fs.writeFileSync(
        '.plimsoll/agreement/policies.json',
        JSON.stringify({ differences, unasked, refused: Object.fromEntries(refused) }, null, 2),
      );
      expect(counts.asked).toBeGreaterThanOrEqual(1_000);
      expect(unexplained).toEqual([]);
      expect(unasked).toEqual([]);
      // What agrees by now needs no explanation any more.
      const names = new Set(differences.map(({ name }) => name));
      expect([...knownNames.keys()].filter((name) => !names.has(name))).toEqual([]);
    },
    30 * 60_000,
  );
});

const note = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Tells by a warning which parameters and which namespace the server judges by: its caches take a moment. */
const PROBE = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'probe' },
    spec: {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['configmaps'],
            resourceNames: ['probe'],
          },
        ],
      },
      validations: [
        {
          expression: 'false',
          messageExpression:
            "params.data.marker + ' ' + string(size(namespaceObject.metadata.labels)) + ' ' + (has(namespaceObject.metadata.annotations) && 'marker' in namespaceObject.metadata.annotations ? namespaceObject.metadata.annotations.marker : '')",
        },
      ],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'probe' },
    spec: {
      policyName: 'probe',
      validationActions: ['Warn'],
      paramRef: { name: 'environment', namespace: 'plimsoll-system', parameterNotFoundAction: 'Deny' },
    },
  },
];

let groupsSettled = 0;

/** Sets the namespace and the parameters that these requests are judged among, and waits until the server knows. */
async function settle(question: Question | undefined): Promise<void> {
  if (question === undefined) return;
  const { namespace, params } = surroundings(question.request);
  groupsSettled += 1;
  const marker = `group-${groupsSettled}`;
  const home = namespace?.metadata.name ?? 'plimsoll-system';
  if (namespace !== undefined)
    await replace({ ...namespace, metadata: { ...namespace.metadata, annotations: { marker } } });
  for (const param of params) {
    const isProbed = param.kind === 'ConfigMap' && param.metadata.name === 'environment';
    const data = param['data'];
    await ask('DELETE', `${at(param)}/${param.metadata.name}`);
    const made = await ask(
      'POST',
      at(param),
      isProbed ? { ...param, data: { ...(typeof data === 'object' ? data : {}), marker } } : param,
    );
    if (!made.isAccepted) throw new Error(`${param.metadata.name}: ${made.message}`);
  }
  const probe = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace: home } };
  for (let trial = 0; trial < 100; trial++) {
    const { warnings } = await ask('POST', `${at(probe)}?dryRun=All`, probe);
    const said = warnings.join(' ');
    if (said.includes(`${marker} `) && (namespace === undefined || said.includes(` ${marker}"`))) return;
    await wait(100);
  }
  throw new Error(`the server does not take up the parameters of ${marker}`);
}

/** With exactly these labels. */
async function replace(namespace: KubernetesObject): Promise<void> {
  const path = '/api/v1/namespaces';
  const { name } = namespace.metadata;
  const made = await ask('POST', path, namespace);
  if (made.isAccepted) return;
  const before = await ask('GET', `${path}/${name}`);
  await ask('PUT', `${path}/${name}`, withVersion(namespace, before.body));
}

function report(figures: Readonly<Record<string, number>>): void {
  process.stdout.write(
    `policies: ${Object.entries(figures)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}\n`,
  );
}
