import type { BuiltinCodes, BuiltinRule } from '#model/codes/builtin.ts';
import { pointerTo } from '#model/pointer.ts';

/**
 * A place in an object and what stands there. Places are cheap: the pointer is made only where something is wrong.
 * Values of another type than a rule expects are passed over everywhere: the schema check refuses them.
 */
export interface Field {
  readonly value: unknown;
  readonly parent?: Field;
  readonly key?: string | number;
}

export type BuiltinProblem = {
  readonly [C in keyof BuiltinCodes]: {
    readonly code: C;
    readonly field: Field;
    readonly args: BuiltinCodes[C];
  };
}[keyof BuiltinCodes];

/** Takes what is wrong. */
export type Report = (problem: BuiltinProblem) => void;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of an object, be it there or not. */
export function at(field: Field, ...keys: readonly string[]): Field {
  let here = field;
  for (const key of keys) {
    const value = isFields(here.value) && Object.hasOwn(here.value, key) ? here.value[key] : undefined;
    here = { value, parent: here, key };
  }
  return here;
}

/** Whether something stands there: the API server drops a null. */
export const isGiven = ({ value }: Field): boolean => value !== undefined && value !== null;

/** Whether Go would see a value other than the empty one. */
export const isFilled = ({ value }: Field): boolean =>
  !(value === undefined || value === null || value === '' || value === 0 || value === false) &&
  !(Array.isArray(value) && value.length === 0);

export const items = (field: Field): readonly Field[] =>
  Array.isArray(field.value) ? field.value.map((value: unknown, key) => ({ value, parent: field, key })) : [];

export const entries = (field: Field): readonly (Field & { readonly key: string })[] =>
  isFields(field.value)
    ? Object.entries(field.value).map(([key, value]) => ({ value, parent: field, key }))
    : [];

/** Empty where it is no text. */
export const textOf = ({ value }: Field): string => (typeof value === 'string' ? value : '');

export const numberOf = ({ value }: Field): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;

export function pointerOf({ parent, key }: Field): string {
  return parent === undefined || key === undefined ? '' : `${pointerOf(parent)}${pointerTo(key)}`;
}

const LONGEST_SHOWN = 80;

/** A value as a message shows it, cut where it's long. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

export const required = (report: Report, field: Field, when?: string): void =>
  report({
    code: 'builtin-required',
    field,
    args: { field: String(field.key ?? ''), ...(when === undefined ? {} : { when }) },
  });

export const invalid = (report: Report, field: Field, rule: BuiltinRule, detail?: string): void =>
  report({
    code: 'builtin-invalid',
    field,
    args: { found: shown(field.value), rule, ...(detail === undefined ? {} : { detail }) },
  });

export const forbidden = (report: Report, field: Field, because: string): void =>
  report({ code: 'builtin-forbidden', field, args: { field: String(field.key ?? ''), because } });

export const duplicate = (report: Report, field: Field, of: string): void =>
  report({ code: 'builtin-duplicate', field, args: { found: shown(field.value), of } });

export const notFound = (report: Report, field: Field, of: string): void =>
  report({ code: 'builtin-not-found', field, args: { found: shown(field.value), of } });

/** A text must be there, and not empty. Tells whether it is. */
export function requireText(report: Report, field: Field, when?: string): boolean {
  if (isGiven(field) && typeof field.value !== 'string') return false;
  if (textOf(field) !== '') return true;
  required(report, field, when);
  return false;
}

/** A value out of a list. Go's empty text stands for the default where there is one. */
export function oneOf(
  report: Report,
  field: Field,
  allowed: readonly string[],
  fallback: 'optional' | 'required' = 'optional',
): void {
  const { value } = field;
  if (!isGiven(field) || value === '') {
    if (fallback === 'required') required(report, field);
    return;
  }
  if (typeof value === 'string' && !allowed.includes(value))
    report({ code: 'builtin-unsupported', field, args: { found: shown(value), allowed } });
}

/** A number within bounds, if it is there. */
export function within(report: Report, field: Field, low: number, high: number): void {
  const number = numberOf(field);
  if (number !== undefined && (number < low || number > high))
    invalid(report, field, 'number-range', `${low} to ${high}`);
}

export function nonNegative(report: Report, field: Field): void {
  const number = numberOf(field);
  if (number !== undefined && number < 0) invalid(report, field, 'non-negative');
}

/** Of several alternatives exactly one: which is it? Reports at `field` where there is none, at the others where several. */
export function exactlyOne(
  report: Report,
  field: Field,
  alternatives: readonly string[],
  what: string,
): Field | undefined {
  const [first, ...others] = alternatives.map((name) => at(field, name)).filter(isGiven);
  if (first === undefined && isGiven(field)) required(report, field, what);
  for (const other of others) forbidden(report, other, what);
  return first;
}

/** Reports each item whose key was there before. */
export function unique(
  report: Report,
  all: readonly Field[],
  keyOf: (field: Field) => string | undefined,
  of: string,
): void {
  const seen = new Set<string>();
  for (const field of all) {
    const key = keyOf(field);
    if (key === undefined || key === '') continue;
    if (seen.has(key)) duplicate(report, field, of);
    seen.add(key);
  }
}
