import type { Json } from '../nodes.ts';

/** Levels of nesting that the subset takes: more than any manifest has, less than the reader behind it allows. */
export const DEEPEST_SUBSET = 100;

export interface JsonFields {
  [key: string]: Json;
}

/**
 * Adds a field; false for a second one of the same name, and for names that every object answers to (`constructor`,
 * `__proto__`), which are left to the reader that takes more care.
 */
export function setField(fields: JsonFields, name: string, value: Json): boolean {
  if (fields[name] !== undefined) return false;
  fields[name] = value;
  return true;
}
