import { canonical } from './enum.ts';
import { NOTHING_GIVEN } from './given.ts';
import {
  isObject,
  type JsonSchema,
  keyword,
  numberOf,
  propertiesOf,
  referenceOf,
  schemaOf,
  textOf,
  textsOf,
} from './jsonSchema.ts';
import type { Role, Scope } from './scope.ts';
import { reportSize } from './size.ts';
import { pointerOf, report, type Trail, type ValueCheck } from './trail.ts';
import { typeInWords } from './words.ts';

type ListCheck = (value: readonly unknown[], trail: Trail) => void;

/** Items, their number, and whether those that must differ do. */
export function listCheck(schema: JsonSchema, scope: Scope, role: Role): ListCheck | undefined {
  const checks = [
    itemsCheck(schema, scope, role),
    sizeCheck(schema),
    distinctCheck(schema, scope),
    keyedCheck(schema, scope),
  ].filter((check) => check !== undefined);
  if (checks.length === 0) return undefined;
  return (value, trail) => {
    for (const check of checks) check(value, trail);
  };
}

function itemsCheck(schema: JsonSchema, scope: Scope, role: Role): ListCheck | undefined {
  const items = schemaOf(schema, 'items');
  if (items === undefined) return undefined;
  const check = scope.compile(items, { condition: role.condition, given: NOTHING_GIVEN });
  return (value, trail) => {
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      trail.keys.push(index);
      if (item === null && scope.family === 'kubernetes') emptyItem(items, check, trail);
      else check(item, trail);
      trail.keys.pop();
    }
  };
}

/** Kubernetes' own types decode an item that is null to what nothing is in Go: '', 0, or an object without fields. */
function emptyItem(schema: JsonSchema, check: ValueCheck, trail: Trail): void {
  const type = textOf(schema, 'type') ?? 'object';
  const args = { expected: typeInWords(type), found: 'null' };
  report(trail, { code: 'schema-type', severity: 'warning', args });
  if (type === 'object') check({}, trail);
}

function sizeCheck(schema: JsonSchema): ListCheck | undefined {
  const least = numberOf(schema, 'minItems') ?? 0;
  const most = numberOf(schema, 'maxItems') ?? Number.POSITIVE_INFINITY;
  if (least === 0 && most === Number.POSITIVE_INFINITY) return undefined;
  return (value, trail) => reportSize(trail, 'items', value.length, least, most);
}

/**
 * Sets and maps as lists. The API server refuses doubles in custom resources always, in its own kinds on
 * server-side apply only, so there it's a warning.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
function distinctCheck(schema: JsonSchema, scope: Scope): ListCheck | undefined {
  const type = textOf(schema, 'x-kubernetes-list-type');
  const keys = textsOf(schema, 'x-kubernetes-list-map-keys');
  if (type !== 'set' && (type !== 'map' || keys.length === 0)) return undefined;
  const identify = type === 'set' ? canonical : identityBy(keys, defaultsOf(schema, scope));
  const severity = scope.family === 'custom' ? 'error' : 'warning';
  return (value, trail) => {
    if (value.length < 2) return;
    const seen = new Map<string, number>();
    const told = new Set<string>();
    for (const [index, item] of value.entries()) {
      const identity = identify(item);
      const first = identity === undefined ? undefined : seen.get(identity);
      if (identity === undefined || told.has(identity)) continue;
      if (first === undefined) seen.set(identity, index);
      else {
        // Of three that are the same, the second is told, as the API server does.
        told.add(identity);
        trail.keys.push(index);
        const args = { keys: type === 'set' ? [] : keys, first: `${parentOf(trail)}/${first}` };
        report(trail, { code: 'schema-duplicate-item', severity, args });
        trail.keys.pop();
      }
    }
  };
}

/**
 * Items without any of their keys, which is no mistake where an object is created; server-side apply refuses them. What
 * schemas require is not looked at again.
 */
function keyedCheck(schema: JsonSchema, scope: Scope): ListCheck | undefined {
  const keys = textsOf(schema, 'x-kubernetes-list-map-keys');
  const [key] = keys;
  if (scope.family === 'custom' || key === undefined || textOf(schema, 'x-kubernetes-list-type') !== 'map')
    return undefined;
  const item = itemOf(schema, scope);
  const defaults = defaultsOf(schema, scope);
  const isSettled = (name: string) =>
    defaults.get(name) !== undefined || textsOf(item, 'required').includes(name);
  if (keys.some(isSettled)) return undefined;
  return (value, trail) => {
    for (const [index, one] of value.entries()) {
      if (!isObject(one) || keys.some((name) => (one[name] ?? null) !== null)) continue;
      trail.keys.push(index);
      report(trail, { code: 'schema-required', severity: 'warning', args: { field: key } }, key);
      trail.keys.pop();
    }
  };
}

const parentOf = (trail: Trail): string => {
  const pointer = pointerOf(trail);
  return pointer.slice(0, pointer.lastIndexOf('/'));
};

/** Defaults of the key fields: `protocol: TCP`, written or not, is the same key. */
function defaultsOf(schema: JsonSchema, scope: Scope): ReadonlyMap<string, unknown> {
  const fields = propertiesOf(itemOf(schema, scope));
  return new Map(fields.map(([name, field]) => [name, keyword(field, 'default')]));
}

function itemOf(schema: JsonSchema, scope: Scope): JsonSchema {
  const items = schemaOf(schema, 'items') ?? {};
  const name = referenceOf(items);
  return (name === undefined ? items : scope.definition(name)) ?? {};
}

function identityBy(keys: readonly string[], defaults: ReadonlyMap<string, unknown>) {
  return (item: unknown): string | undefined => {
    if (typeof item !== 'object' || item === null) return undefined;
    const fields = new Map<string, unknown>(Object.entries(item));
    return canonical(keys.map((key) => fields.get(key) ?? defaults.get(key) ?? null));
  };
}
