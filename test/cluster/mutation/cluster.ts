import { DIGEST, type definitions } from '../definitions.ts';
import { nameOf } from './corpus.ts';
import { isJsonObject, type JsonObject } from './places.ts';
import type { Server } from './server.ts';

/** What a cluster needs before it can judge mutants. */

/** Whoever applies owns everything, and nothing passes that the cluster would drop. */
export const MANAGER = 'fieldManager=tideline&force=true&fieldValidation=Strict';
export const APPLY = 'application/apply-patch+yaml';

/** Makes the namespaces. */
export async function prepare(server: Server, namespaces: readonly string[]): Promise<void> {
  for (const name of namespaces) {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    await server.ask('PATCH', `/api/v1/namespaces/${name}?${MANAGER}`, JSON.stringify(namespace), APPLY);
  }
}

/** Brings the definitions that the server has not taken yet, and waits until it serves them all. */
export async function define(server: Server, definitions: readonly Definition[]): Promise<void> {
  const collection = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const known = async () => {
    const { items } = (await server.ask('GET', collection)).body;
    return new Map((Array.isArray(items) ? items : []).filter(isJsonObject).map((one) => [nameOf(one), one]));
  };
  const before = await known();
  const missing = definitions.filter(
    ({ metadata }) => digestOf(before.get(metadata.name)) !== metadata.annotations[DIGEST],
  );
  for (const one of missing) {
    const path = `${collection}/${one.metadata.name}?${MANAGER}`;
    const { status, body } = await server.ask('PATCH', path, JSON.stringify(one), APPLY);
    if (status >= 300) throw new Error(`${one.metadata.name}: ${body['message']}`);
  }
  for (let wait = 0; wait < 120; wait++) {
    const now = await known();
    if (definitions.every(({ metadata }) => isServed(now.get(metadata.name)))) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the server does not serve all definitions');
}

type Definition = ReturnType<typeof definitions>[number];

const objectIn = (object: JsonObject | undefined, field: string): JsonObject => {
  const value = object?.[field];
  return isJsonObject(value) ? value : {};
};

const digestOf = (definition: JsonObject | undefined) =>
  objectIn(objectIn(definition, 'metadata'), 'annotations')[DIGEST];

function isServed(definition: JsonObject | undefined): boolean {
  const { conditions } = objectIn(definition, 'status');
  const all = Array.isArray(conditions) ? conditions.filter(isJsonObject) : [];
  return all.some(({ type, status }) => type === 'Established' && status === 'True');
}
