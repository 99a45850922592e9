import type { Scope } from './custom-kind.ts';
import type { Fetched } from './fetch.ts';
import { failed, type Outcome, type Problem } from './problem.ts';
import { fromEntries, isObject, type JsonObject, mapSchema, without } from './strip.ts';

/** apiVersion -> kind -> where its schema is; the form of `schemas/kubernetes/<minor>/index.json`. */
export type KubernetesIndex = {
  readonly [apiVersion: string]: {
    readonly [kind: string]: { readonly definition: string; readonly plural: string; readonly scope: Scope };
  };
};

/** The built-in API of one Kubernetes minor: every definition once, and which kinds there are. */
export interface KubernetesApi {
  readonly index: KubernetesIndex;
  readonly definitions: JsonObject;
}

const REFERENCE = '#/components/schemas/';
const GROUP_VERSION_KIND = 'x-kubernetes-group-version-kind';

/**
 * Merges the OpenAPI v3 documents of one minor, one for each group version. The same definition comes in many of
 * them; where two differ, the source is unusable.
 */
export function mergeKubernetesApi(documents: readonly Fetched[]): Outcome<KubernetesApi> {
  const definitions = new Map<string, string>();
  const index = new Map<string, Map<string, KubernetesIndex[string][string]>>();
  const problems: Problem[] = [];
  for (const { file, text } of documents) {
    const unusable = (reason: string) => problems.push({ code: 'source-unusable', file: file.file, reason });
    const document = parse(text);
    const components = isObject(document?.['components']) ? document['components'] : {};
    const { schemas } = components;
    if (!isObject(schemas) || !isObject(document?.['paths'])) {
      unusable('it is no OpenAPI v3 document with paths and schemas');
      continue;
    }
    for (const [name, schema] of Object.entries(schemas)) {
      const reduced = JSON.stringify(reduce(schema));
      if ((definitions.get(name) ?? reduced) !== reduced) unusable(`${name} differs from another document's`);
      definitions.set(name, reduced);
    }
    for (const { apiVersion, kind, ...entry } of kindsOf(document['paths'], schemas)) {
      const kinds = index.get(apiVersion) ?? new Map();
      // The path with a namespace decides: `/api/v1/pods` lists the pods of all namespaces.
      if (entry.scope === 'Namespaced' || !kinds.has(kind)) kinds.set(kind, entry);
      index.set(apiVersion, kinds);
    }
  }
  if (problems.length > 0) return failed(...problems);
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    value: {
      index: Object.fromEntries(
        sorted(index).map(([name, kinds]) => [name, Object.fromEntries(sorted(kinds))]),
      ),
      definitions: fromEntries(sorted(definitions).map(([name, schema]) => [name, JSON.parse(schema)])),
    },
    problems: [],
  };
}

function parse(text: string): JsonObject | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** What has a collection of its own and can so be applied, from paths such as `/apis/apps/v1/namespaces/{namespace}/deployments`. */
const COLLECTION = /^\/(?:api|apis\/[^/]+)\/[^/]+\/(namespaces\/\{namespace\}\/)?([a-z]+)$/;

function* kindsOf(paths: JsonObject, schemas: JsonObject) {
  const names = definitionNames(schemas);
  for (const [path, operations] of Object.entries(paths)) {
    const [, namespaced, plural] = COLLECTION.exec(path) ?? [];
    const kind = isObject(operations) ? groupVersionKind(operations) : undefined;
    const definition = kind === undefined ? undefined : names.get(kind.key);
    if (plural === undefined || kind === undefined || definition === undefined) continue;
    const scope: Scope = namespaced === undefined ? 'Cluster' : 'Namespaced';
    yield { apiVersion: kind.apiVersion, kind: kind.kind, definition, plural, scope };
  }
}

/** Group, version and kind -> the definition's name. */
function definitionNames(schemas: JsonObject): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, schema] of Object.entries(schemas)) {
    const listed = isObject(schema) ? schema[GROUP_VERSION_KIND] : undefined;
    // A definition of many kinds (DeleteOptions, WatchEvent) is the schema of none.
    if (!Array.isArray(listed) || listed.length !== 1) continue;
    const read = readGroupVersionKind(listed[0]);
    if (read !== undefined) names.set(read.key, name);
  }
  return names;
}

function groupVersionKind(operations: JsonObject) {
  const operation = operations['post'] ?? operations['get'];
  return isObject(operation) ? readGroupVersionKind(operation[GROUP_VERSION_KIND]) : undefined;
}

function readGroupVersionKind(value: unknown) {
  if (!isObject(value)) return undefined;
  const { group, version, kind } = value;
  if (typeof group !== 'string' || typeof version !== 'string' || typeof kind !== 'string') return undefined;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return { apiVersion, kind, key: `${apiVersion} ${kind}` };
}

const UNWANTED = new Set(['description', 'externalDocs', 'example', GROUP_VERSION_KIND]);

/** Without prose and zero defaults, with short references. */
function reduce(schema: unknown): unknown {
  return mapSchema(schema, (one) => {
    const kept = without(one, (key, value) => UNWANTED.has(key) || (key === 'default' && isZero(value)));
    const alone = Object.keys(kept).length === 1 && Array.isArray(kept['allOf']) ? kept['allOf'] : [];
    return shortReference(alone.length === 1 && isObject(alone[0]) ? alone[0] : kept);
  });
}

/** Go's zero values are no API defaults: the server would add nothing. */
const isZero = (value: unknown): boolean =>
  value === '' || value === 0 || value === false || (isObject(value) && Object.keys(value).length === 0);

function shortReference(schema: JsonObject): JsonObject {
  const reference = schema['$ref'];
  return typeof reference === 'string' && reference.startsWith(REFERENCE)
    ? { ...schema, $ref: `#/definitions/${reference.slice(REFERENCE.length)}` }
    : schema;
}
