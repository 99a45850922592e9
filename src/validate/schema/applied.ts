import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import { formerItems } from '../cel/former.ts';
import { applyDefaults } from './defaults.ts';
import { isObject, isTrue, type JsonSchema, keyword, schemaOf, textOf } from './jsonSchema.ts';
import type { KindSchema } from './store.ts';

/**
 * What server-side apply (how Argo CD applies here) makes of a change, beyond what the new document says by itself.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */

/**
 * Problems of a document that changes one that is there: what only spoils merging is refused then, and what was emptied
 * becomes null.
 */
export function whenApplied(
  problems: readonly Finding[],
  kind: KindSchema,
  object: unknown,
  former: unknown,
): readonly Finding[] {
  const refused = problems.map((problem) =>
    SPOILING.has(problem.code) && problem.severity === 'warning' && isMerged(problem)
      ? { ...problem, severity: 'error' as const }
      : problem,
  );
  return kind.family === 'custom' ? [...refused, ...emptied(kind.schema, object, former)] : refused;
}

/** Items that can't be told apart: a warning where an object is created. */
const SPOILING: ReadonlySet<string> = new Set(['schema-duplicate-item', 'schema-required']);

/** Of the status, others are the owners. */
const isMerged = ({ pointer = '' }: Finding): boolean => !/^\/status(\/|$)/.test(pointer);

/** The API server's own: their parts are never null. */
const APART: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function emptied(schema: JsonSchema, object: unknown, former: unknown): readonly Finding[] {
  const problems: Finding[] = [];
  const fields = schemaOf(schema, 'properties') ?? {};
  if (!isObject(object) || !isObject(former)) return problems;
  for (const [name, value] of Object.entries(object)) {
    const field = schemaOf(fields, name);
    if (field !== undefined && !APART.has(name)) look(field, value, former[name], within('', name), problems);
  }
  return problems;
}

/** The last field of an object, or item of a list that is merged, was taken out, and nothing was put in. */
function look(
  schema: JsonSchema,
  value: unknown,
  former: unknown,
  pointer: string,
  problems: Finding[],
): void {
  if (isObject(value) && isObject(former)) {
    if (Object.keys(value).length === 0) {
      if (Object.keys(former).length > 0 && isMergedMap(schema) && isRefused(schema, 'object', value))
        problems.push(problemAt(pointer, 'object'));
      return;
    }
    if (!isMergedMap(schema)) return;
    const fields = schemaOf(schema, 'properties') ?? {};
    const others = schemaOf(schema, 'additionalProperties');
    for (const [name, inner] of Object.entries(value)) {
      const field = schemaOf(fields, name) ?? others;
      if (field === undefined || !Object.hasOwn(former, name)) continue;
      look(field, inner, former[name], within(pointer, name), problems);
    }
  } else if (Array.isArray(value) && Array.isArray(former)) {
    const kind = textOf(schema, 'x-kubernetes-list-type');
    if (kind !== 'map' && kind !== 'set') return;
    if (value.length === 0) {
      if (former.length > 0 && isRefused(schema, 'array', value)) problems.push(problemAt(pointer, 'array'));
      return;
    }
    const item = schemaOf(schema, 'items');
    const formerOf = formerItems(schema, former);
    if (item === undefined || formerOf === undefined) return;
    for (const [index, inner] of value.entries())
      look(item, inner, formerOf(inner), within(pointer, index), problems);
  }
}

const isMergedMap = (schema: JsonSchema): boolean => textOf(schema, 'x-kubernetes-map-type') !== 'atomic';

/** Null gets the field's default, or is refused; where there are defaults inside, something is left. */
const isRefused = (schema: JsonSchema, type: string, empty: unknown): boolean =>
  textOf(schema, 'type') === type &&
  !isTrue(schema, 'nullable') &&
  keyword(schema, 'default') === undefined &&
  applyDefaults(schema, empty) === empty;

const problemAt = (pointer: string, what: 'object' | 'array'): Finding => ({
  code: 'schema-emptied',
  severity: 'error',
  pointer,
  args: { what },
});
