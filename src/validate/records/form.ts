import type { TSchema } from 'typebox';
import { isRecord, type Path } from '../policy/policy-file.ts';

/**
 * Whether a value has the form of a TypeBox definition, strictly: no field that it does not name.
 *
 * Only what our own definitions of small files use is known here (objects, lists, texts with a pattern, choices, whole
 * numbers); ajv, which judges environment files, takes longer to load than these files take to read. A keyword that is
 * not known here is a defect, and throws.
 */
export type Misfit =
  | { readonly problem: 'unknown'; readonly path: Path; readonly known: readonly string[] }
  | { readonly problem: 'missing'; readonly path: Path; readonly expected: string }
  | { readonly problem: 'wrong'; readonly path: Path; readonly expected: string };

/** The part of JSON Schema that is known here. */
interface Form {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly items?: Form;
  readonly properties?: Readonly<Record<string, Form>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Form;
  readonly patternProperties?: Readonly<Record<string, Form>>;
}

/** Everything that is wrong, outermost first; what is inside of a wrong value is not told. */
export function misfits(value: unknown, schema: TSchema): readonly Misfit[] {
  // A TypeBox schema is JSON Schema; `Form` is what our definitions use of it.
  return [...judged(value, schema as Form, [])];
}

function* judged(value: unknown, form: Form, path: Path): Generator<Misfit> {
  if (!fits(value, form)) {
    yield { problem: 'wrong', path, expected: expectedOf(form) };
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* judged(item, form.items ?? {}, [...path, index]);
  } else if (isRecord(value)) yield* fieldsOf(value, form, path);
}

function* fieldsOf(value: Readonly<Record<string, unknown>>, form: Form, path: Path): Generator<Misfit> {
  const { properties = {}, required = [], patternProperties = {} } = form;
  // TypeBox writes a map from any key to one form as a single pattern.
  const others = Object.values(patternProperties)[0] ?? form.additionalProperties ?? true;
  for (const name of required) {
    if (Object.hasOwn(value, name)) continue;
    yield { problem: 'missing', path: [...path, name], expected: expectedOf(properties[name] ?? {}) };
  }
  for (const [name, inner] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known !== undefined) yield* judged(inner, known, [...path, name]);
    else if (others === false)
      yield { problem: 'unknown', path: [...path, name], known: Object.keys(properties) };
    else if (typeof others === 'object') yield* judged(inner, others, [...path, name]);
  }
}

function fits(value: unknown, form: Form): boolean {
  if (form.const !== undefined) return value === form.const;
  if (form.enum !== undefined) return form.enum.includes(value);
  if (typeof form.type === 'object') return form.type.some((type) => fits(value, { ...form, type }));
  switch (form.type) {
    case 'null':
      return value === null;
    case undefined:
      return true;
    case 'string':
      return (
        typeof value === 'string' &&
        value.length >= (form.minLength ?? 0) &&
        (form.pattern === undefined || new RegExp(form.pattern, 'u').test(value))
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && Number(value) >= (form.minimum ?? Number.NEGATIVE_INFINITY);
    case 'array':
      return Array.isArray(value) && value.length >= (form.minItems ?? 0);
    case 'object':
      return isRecord(value) && Object.keys(value).length >= (form.minProperties ?? 0);
    default:
      throw new TypeError(`the form ${JSON.stringify(form)} is not known`);
  }
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
  array: 'a list',
  object: 'a map',
};

/** `title` says in words what a pattern wants. */
function expectedOf({ title, type = '', const: only, enum: choices }: Form): string {
  if (title !== undefined) return title;
  if (only !== undefined) return String(only);
  return choices === undefined ? (NAMES[String(type)] ?? 'a value') : choices.join(' or ');
}
