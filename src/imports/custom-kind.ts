import { type Document, parseAllDocuments } from 'yaml';
import type { Fetched } from './fetch.ts';
import { failed, type Outcome } from './problem.ts';
import { isObject, type JsonObject, stripProse } from './strip.ts';

export type Scope = 'Namespaced' | 'Cluster';

/** One kind of a CustomResourceDefinition, without prose; the form of `schemas/crds/<group>/<kind>.json`. */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: Scope;
  readonly versions: readonly CustomVersion[];
}

export interface CustomVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  /** openAPIV3Schema, a structural schema: no references. */
  readonly schema: JsonObject;
}

/** Names that become paths and class names, as the API server demands them. */
const GROUP = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
const PLURAL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const VERSION = /^v[0-9][a-z0-9]{0,20}$/;

/** Reads a CustomResourceDefinition (apiextensions.k8s.io/v1), one document a file. */
export function readCustomKind({ file, text }: Fetched): Outcome<CustomKind> {
  const unusable = (reason: string) => failed({ code: 'source-unusable', file: file.file, reason });
  let objects: readonly JsonObject[];
  try {
    objects = parseDocuments(text);
  } catch (error) {
    return unusable(firstLine(error));
  }
  const [definition] = objects;
  if (definition === undefined || objects.length > 1) return unusable('it must hold exactly one document');
  if (
    definition['kind'] !== 'CustomResourceDefinition' ||
    definition['apiVersion'] !== 'apiextensions.k8s.io/v1'
  ) {
    return unusable('it is no CustomResourceDefinition of apiextensions.k8s.io/v1');
  }
  return readDefinition(definition, unusable);
}

/** The parser's message without its excerpt of the text. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split(/:?\n/)[0] ?? '';

/** No definition needs an alias, and a bomb is made of them. Throws on what is no YAML. */
function parseDocuments(text: string): readonly JsonObject[] {
  const documents: readonly Document[] = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) throw error;
  return documents.map((document): unknown => document.toJS({ maxAliasCount: 0 })).filter(isObject);
}

/** The same from an object: a definition that was derived, not downloaded. Named by its origin in problems. */
export function readCustomKindObject(definition: unknown, origin: string): Outcome<CustomKind> {
  const unusable = (reason: string) => failed({ code: 'source-unusable', file: origin, reason });
  return isObject(definition) ? readDefinition(definition, unusable) : unusable('it is no object');
}

function readDefinition(
  definition: JsonObject,
  unusable: (reason: string) => Outcome<never>,
): Outcome<CustomKind> {
  const spec = isObject(definition['spec']) ? definition['spec'] : {};
  const names = isObject(spec['names']) ? spec['names'] : {};
  const { group, scope } = spec;
  const { kind, plural } = names;
  if (typeof group !== 'string' || !GROUP.test(group)) return unusable('spec.group is no DNS name');
  if (typeof kind !== 'string' || !KIND.test(kind)) return unusable('spec.names.kind is no kind');
  if (typeof plural !== 'string' || !PLURAL.test(plural))
    return unusable('spec.names.plural is no DNS label');
  if (scope !== 'Namespaced' && scope !== 'Cluster')
    return unusable('spec.scope is neither Namespaced nor Cluster');
  const listed = Array.isArray(spec['versions']) ? spec['versions'] : [];
  const versions = listed.map(readVersion).filter((version) => version !== undefined);
  if (versions.length !== listed.length || versions.length === 0)
    return unusable('a version has no name or no schema');
  return { value: { group, kind, plural, scope, versions }, problems: [] };
}

function readVersion(version: unknown): CustomVersion | undefined {
  if (!isObject(version) || typeof version['name'] !== 'string' || !VERSION.test(version['name']))
    return undefined;
  const holder = version['schema'];
  const schema = isObject(holder) ? stripProse(holder['openAPIV3Schema']) : undefined;
  if (!isObject(schema)) return undefined;
  const warning = version['deprecationWarning'];
  return {
    name: version['name'],
    served: version['served'] === true,
    storage: version['storage'] === true,
    deprecated: version['deprecated'] === true,
    ...(typeof warning === 'string' ? { deprecationWarning: warning } : {}),
    schema,
  };
}

/** The version that constructs are made for: the one asked for, otherwise the storage version. */
export function constructVersion(
  { versions }: CustomKind,
  wanted: string | undefined,
): CustomVersion | undefined {
  return wanted === undefined
    ? versions.find((version) => version.storage)
    : versions.find((version) => version.name === wanted);
}
