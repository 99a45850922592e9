import { groupOf } from '#manifests/identity.ts';
import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';
import { type JsonSchema, keyword, schemaOf, textOf } from '../schema/jsonSchema.ts';
import type { KindSchema, SchemaStore } from '../schema/store.ts';
import { literalJsonProblem } from './formats.ts';
import type { Entry } from './function-input.ts';
import type { JudgedEntry, Judging } from './judging.ts';

/** The schema of what an entry composes; undefined for what is unknown, or in no version that is served. */
export function schemaOfBase({ base }: Entry, store: SchemaStore): KindSchema | undefined {
  const { apiVersion, kind } = kindOf(base);
  return apiVersion === undefined || kind === undefined ? undefined : store.find(apiVersion, kind);
}

const kindOf = (base: JsonSchema = {}) => ({
  apiVersion: textOf(base, 'apiVersion'),
  kind: textOf(base, 'kind'),
});

/** Kinds that are unknown or deprecated, each told once. */
export function checkKinds({ entries, store, suggest }: Judging): readonly Finding[] {
  const entriesOf = new Map<string, { readonly first: JudgedEntry; count: number }>();
  for (const entry of entries) {
    const { apiVersion, kind } = kindOf(entry.base);
    // The schema of the input says that they are missing.
    if (apiVersion === undefined || kind === undefined) continue;
    const key = `${apiVersion} ${kind}`;
    const known = entriesOf.get(key);
    if (known === undefined) entriesOf.set(key, { first: entry, count: 1 });
    else known.count++;
  }
  return [...entriesOf.values()].flatMap(({ first, count }) => kindFinding(first, count, store, suggest));
}

function kindFinding(
  { base, pointer, schema }: JudgedEntry,
  entries: number,
  store: SchemaStore,
  suggest: Suggest,
): readonly Finding[] {
  const { apiVersion = '', kind = '' } = kindOf(base);
  const served = store.versionsOf(groupOf(apiVersion), kind);
  const available = served.filter((one) => one !== apiVersion);
  if (schema !== undefined) {
    if (schema.deprecation === undefined) return [];
    const warning = schema.deprecation === '' ? {} : { warning: schema.deprecation };
    const at = within(pointer, 'base', 'apiVersion');
    const args = { apiVersion, kind, available, ...warning };
    return [{ code: 'composition-base-deprecated', severity: 'warning', pointer: at, args }];
  }
  const similar = served.length > 0 ? undefined : meantBy(kind, store, suggest);
  const args = { apiVersion, kind, entries, available, ...(similar === undefined ? {} : { similar }) };
  // Providers have more kinds than are known here; of one that is known, all versions are.
  const severity = served.length > 0 ? 'error' : 'warning';
  const at = within(pointer, 'base', served.length > 0 ? 'apiVersion' : 'kind');
  return [{ code: 'composition-base-unknown', severity, pointer: at, args }];
}

/** The same kind in another group, or a kind with nearly the same name. */
function meantBy(kind: string, store: SchemaStore, suggest: Suggest): string | undefined {
  const elsewhere = store.apiVersionsWith(kind);
  return elsewhere.length > 0
    ? `${kind} of ${elsewhere.slice(0, 3).join(' or ')}`
    : suggest(kind, [...store.kinds()]);
}

/** Each base is what its CRD says, but for what patches bring. */
export function checkBases(judging: Judging): readonly Finding[] {
  const { entries, composite, judge, isAlone } = judging;
  return entries.flatMap(({ name, base, pointer, schema }): readonly Finding[] => {
    const at = within(pointer, 'base');
    if (base === undefined) {
      const severity = isAlone ? 'error' : 'warning';
      return [{ code: 'composition-base-missing', severity, pointer, args: { name } }];
    }
    if (schema === undefined) return textsOf(base, at);
    const wrong = judge(base, schema)
      .filter(({ code }) => code !== 'schema-required')
      .map((finding) => ({ ...finding, pointer: `${at}${finding.pointer ?? ''}` }));
    const isMisplaced = composite?.scope === 'Namespaced' && schema.scope === 'Cluster';
    const misplaced: Finding = {
      code: 'composition-base-scope',
      severity: 'error',
      pointer: within(at, 'kind'),
      args: { kind: schema.kind },
    };
    return [...wrong, ...(isMisplaced ? [misplaced] : []), ...textsOf(base, at)];
  });
}

/** Texts of a base that are meant to be JSON. */
function textsOf(value: unknown, pointer: string, depth = 0): readonly Finding[] {
  if (typeof value === 'string') {
    const problem = literalJsonProblem(value);
    return problem === undefined ? [] : [{ ...problem, pointer }];
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, child]) => textsOf(child, within(pointer, key), depth + 1));
}

/** Kubernetes objects are not this deep. */
const DEEPEST = 100;

/** Fields of the provider's own rules: `spec.forProvider.region is a required parameter`. */
export function requiredParameters({ schema }: KindSchema): readonly string[] {
  const spec = schemaOf(schemaOf(schema, 'properties') ?? {}, 'spec') ?? {};
  const rules = keyword(spec, 'x-kubernetes-validations');
  return (Array.isArray(rules) ? rules : []).flatMap((rule: unknown) => {
    const message = typeof rule === 'object' && rule !== null ? Reflect.get(rule, 'message') : undefined;
    const name = typeof message === 'string' ? PARAMETER.exec(message)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}

/** https://github.com/crossplane/upjet writes these rules, and this message. */
const PARAMETER = /^spec\.forProvider\.(\w+) is a required parameter$/;
