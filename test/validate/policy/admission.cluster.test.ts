import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { apply, ask, collection, define, KUBECONFIG } from '../../cluster/api-server.ts';
import { DEFINITIONS, staged } from './admission.ts';
import { ADMISSION_CASES } from './admission-cases.ts';

/** The API server as the oracle: what is expected of plimsoll is what it says, word for word. */
const CASES = ADMISSION_CASES.map((one, index) => ({ ...one, stage: staged(one, index) }));

const PLURALS: Readonly<Record<string, readonly [string, boolean]>> = {
  Namespace: ['namespaces', false],
  ConfigMap: ['configmaps', true],
  ClusterRole: ['clusterroles', false],
  Crane: ['cranes', true],
  Tide: ['tides', false],
  ValidatingAdmissionPolicy: ['validatingadmissionpolicies', false],
  ValidatingAdmissionPolicyBinding: ['validatingadmissionpolicybindings', false],
};

async function install(object: KubernetesObject): Promise<void> {
  const [plural = '', isNamespaced = false] = PLURALS[object.kind] ?? [];
  const { isAccepted, message } = await apply(object, plural, isNamespaced, false);
  if (!isAccepted) throw new Error(`${object.metadata.name}: ${message}`);
}

async function remove({ kind, apiVersion, metadata }: KubernetesObject): Promise<void> {
  const [plural = ''] = PLURALS[kind] ?? [];
  await ask('DELETE', `${collection({ apiVersion, metadata }, plural, false)}/${metadata.name}`);
}

const SENTINEL = CASES.find(({ name }) => name === 'no message');

function request({ stage }: (typeof CASES)[number]) {
  const { operation, object, oldObject } = stage.request;
  const about = object ?? oldObject;
  const [plural = '', isNamespaced = false] = PLURALS[about.kind] ?? [];
  const at = collection(about, plural, isNamespaced);
  if (operation === 'CREATE') return ask('POST', `${at}?dryRun=All`, object);
  const one = `${at}/${oldObject.metadata.name}?dryRun=All`;
  return operation === 'UPDATE' ? ask('PUT', one, object) : ask('DELETE', one);
}

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(async () => {
    // What an earlier run left would refuse what this one installs.
    for (const { stage } of CASES) await remove(stage.policy);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await define(DEFINITIONS);
    for (const { stage } of CASES) {
      await install(stage.namespace);
      for (const param of stage.params) await install(param);
      if (stage.request.oldObject !== null) await install(stage.request.oldObject);
    }
    for (const { stage } of CASES) {
      await install(stage.policy);
      for (const binding of stage.bindings) await install(binding);
    }
    // The server takes up policies within seconds.
    for (let tries = 0; SENTINEL && tries < 100; tries += 1) {
      if (!(await request(SENTINEL)).isAccepted) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }, 120_000);

  it.each(CASES)('$name', async (one) => {
    const { isAccepted, message, warnings } = await request(one);
    const said = / denied request: ([\s\S]*)$/.exec(message)?.[1];
    expect(isAccepted ? undefined : (said ?? message)).toBe(one.denied);
    const warned = warnings.map((text) => /with binding '[^']*': ([\s\S]*)"$/.exec(text)?.[1] ?? text);
    // What is denied anyway is said once.
    if (isAccepted) expect(warned).toEqual(one.warned ?? []);
  });
});
