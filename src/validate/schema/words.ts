/** Types and values in the words that findings use. */

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

export const typeInWords = (type: string): string =>
  Object.hasOwn(TYPES, type) ? (TYPES[type] ?? type) : type;

/** A value's type, and the value itself where it is short and no text. */
export function foundInWords(value: unknown, secret: boolean): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'a text';
  if (secret) return typeof value === 'number' ? 'a number' : 'true or false';
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

const LONGEST = 80;

/** A value as it is written, cut short; hidden in a Secret. */
export function valueInWords(value: unknown, secret: boolean): string {
  if (secret) return '(hidden)';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
