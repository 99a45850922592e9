import { alternativeChecks } from './alternatives.ts';
import { enumCheck } from './enum.ts';
import { askedOf } from './filled-in.ts';
import { isObject, isTrue, type JsonSchema, keyword, referenceOf, textOf } from './jsonSchema.ts';
import { listCheck } from './list.ts';
import { numberCheck } from './number.ts';
import { fieldsCheck } from './object.ts';
import { type Role, type Scope, STRUCTURE } from './scope.ts';
import { specialCheck } from './special.ts';
import { textCheck } from './text.ts';
import { report, type Trail, type ValueCheck } from './trail.ts';
import { foundInWords, typeInWords } from './words.ts';

/**
 * A schema to a function that checks values against it, built node by node when a value first gets there: eight
 * documents pay for eight documents, not for the whole of ApplicationSet.
 *
 * Input: a structural schema (CRD) or an OpenAPI v3 definition of Kubernetes. Guarantees: all problems are
 * reported, each once, with its JSON pointer; a field that no schema names is one; time is linear in the
 * document times the alternatives of the schema.
 */

/** The scopes of Kubernetes' own kinds and of custom ones; both know the same definitions. */
export interface Scopes {
  readonly kubernetes: Scope;
  readonly custom: Scope;
}

/** What is known of a version of Kubernetes. */
export type Known = Pick<Scope, 'definition' | 'kubernetesVersion'>;

export function scopesOf({ definition, kubernetesVersion }: Known): Scopes {
  const definitions = new Map<string, ValueCheck>();
  const compileDefinition = (name: string): ValueCheck => {
    const known = definitions.get(name);
    if (known !== undefined) return known;
    const check = lazily(
      () =>
        specialCheck(name, kubernetes) ?? build(askedOf(name, definition(name) ?? {}), kubernetes, STRUCTURE),
    );
    definitions.set(name, check);
    return check;
  };
  const kubernetes: Scope = {
    family: 'kubernetes',
    kubernetesVersion,
    definition,
    compileDefinition,
    compile: (schema, role) => {
      const name = referenceOf(schema);
      return name === undefined ? lazily(() => build(schema, kubernetes, role)) : compileDefinition(name);
    },
  };
  // A structural schema has no references.
  const custom: Scope = {
    ...kubernetes,
    family: 'custom',
    compile: (schema, role) => lazily(() => build(schema, custom, role)),
  };
  return { kubernetes, custom };
}

function lazily(make: () => ValueCheck): ValueCheck {
  let made: ValueCheck | undefined;
  return (value, trail) => {
    made ??= make();
    made(value, trail);
  };
}

function build(schema: JsonSchema, scope: Scope, role: Role): ValueCheck {
  const type = typeCheck(schema, scope);
  const nullable = isTrue(schema, 'nullable');
  const text = textCheck(schema, scope);
  const number = numberCheck(schema, scope);
  const fields = fieldsCheck(schema, scope, role);
  const list = listCheck(schema, scope, role);
  const enums = enumCheck(schema);
  const general = [...enums, ...alternativeChecks(schema, scope, role)];
  return (value, trail) => {
    if (!type(value, trail)) {
      // Null is of the right type where it may be, but no value of an enum that does not name it.
      if (value === null && nullable) for (const check of enums) check(value, trail);
      return;
    }
    if (typeof value === 'string') text?.(value, trail);
    else if (typeof value === 'number') number?.(value, trail);
    else if (Array.isArray(value)) list?.(value, trail);
    else if (isObject(value)) fields?.(value, trail);
    for (const check of general) check(value, trail);
  };
}

type TypeCheck = (value: unknown, trail: Trail) => boolean;

/** Judges the type alone; what is of the wrong type isn't looked at any further. */
function typeCheck(schema: JsonSchema, { family }: Scope): TypeCheck {
  const type = textOf(schema, 'type');
  const nullable = isTrue(schema, 'nullable');
  const either =
    isTrue(schema, 'x-kubernetes-int-or-string') || keyword(schema, 'format') === 'int-or-string';
  if (either)
    return wanting('a whole number or text', nullable, (v) => typeof v === 'string' || isInteger(v));
  const is = type === undefined ? undefined : IS[type];
  if (type === undefined || is === undefined) return () => true;
  if (family === 'kubernetes' && keyword(schema, 'format') === 'byte') return bytesCheck;
  return wanting(typeInWords(type), nullable, is);
}

function wanting(expected: string, nullable: boolean, is: (value: unknown) => boolean): TypeCheck {
  return (value, trail) => {
    if (is(value)) return true;
    if (value === null && nullable) return false;
    const args = { expected, found: foundInWords(value, trail.secret) };
    report(trail, { code: 'schema-type', severity: 'error', args });
    return false;
  };
}

/** Go takes a list of small numbers for bytes, which nobody means. */
const bytesCheck: TypeCheck = (value, trail) => {
  if (typeof value === 'string') return true;
  const args = { expected: typeInWords('string'), found: foundInWords(value, trail.secret) };
  const isBytes = Array.isArray(value) && value.every((one) => one === null || isByte(one));
  report(trail, { code: 'schema-type', severity: isBytes ? 'warning' : 'error', args });
  return false;
};

const isByte = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;

/** Larger ones are doubles to the API server, whole or not. */
const isInteger = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 63;

const IS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};
