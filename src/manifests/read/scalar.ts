/**
 * Plain scalars as the API machinery reads them: YAML 1.1 as sigs.k8s.io/yaml resolves it, which is not quite
 * the specification's YAML 1.1: no base 60, no timestamps (they stay text), and an integer that is no octal
 * (`08`) is a decimal number.
 * https://github.com/yaml/go-yaml/blob/v2.4.0/resolve.go
 */

export type ScalarValue = string | number | boolean | null;

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

const NOT_JSON = new Set([
  ...['.nan', '.NaN', '.NAN'],
  ...['', '+', '-'].flatMap((sign) => [`${sign}.inf`, `${sign}.Inf`, `${sign}.INF`]),
]);

const INTEGER = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const LEAST_INTEGER = -(2n ** 63n);
const MOST_INTEGER = 2n ** 63n - 1n;

/** What an unquoted scalar means, or why JSON has no value for it. */
export type Resolved =
  | { readonly value: ScalarValue }
  | { readonly problem: 'not-json' | 'too-large'; readonly value: number };

/** Meaning of an unquoted scalar without a tag. */
export function resolvePlain(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return { value: word };
  const first = text.charCodeAt(0);
  // Digits, signs and the dot: nothing else begins a number.
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return { value: text };
  if (NOT_JSON.has(text)) return { problem: 'not-json', value: 0 };
  return number(text) ?? { value: text };
}

function number(text: string): Resolved | undefined {
  // Go drops underscores everywhere but after a leading dot.
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  if (INTEGER.test(plain)) return integer(plain);
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  // Go's ParseFloat refuses what a double can't hold, and the scalar stays text.
  if (!Number.isFinite(value)) return undefined;
  return /^[-+]?[0-9]+$/.test(plain) && !Number.isSafeInteger(value)
    ? integer(plain)
    : // JSON has no use for a negative zero.
      { value: value === 0 ? 0 : value };
}

function integer(plain: string): Resolved {
  const negative = plain.startsWith('-');
  const digits = /^[-+]/.test(plain) ? plain.slice(1) : plain;
  const value = Number(octalOr(digits));
  if (Number.isSafeInteger(value)) return { value: negative && value !== 0 ? -value : value };
  const exact = negative ? -BigInt(octalOr(digits)) : BigInt(octalOr(digits));
  return exact < LEAST_INTEGER || exact > MOST_INTEGER
    ? { problem: 'too-large', value: beyond(Number(exact)) }
    : { value: Number(exact) };
}

/**
 * A number that is too large for Go's integers is a double to it, and no integer to any schema. The doubles that stand for
 * the last integers also stand for the first beyond them: those become the next doubles.
 */
const beyond = (value: number): number => {
  if (value === 2 ** 63) return 2 ** 63 + 2 ** 11;
  return value === -(2 ** 63) ? -(2 ** 63) - 2 ** 11 : value;
};

/** `0755` and `0o755` are the same to Go; JavaScript only knows the second. */
const octalOr = (digits: string) =>
  /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.replace(/^0+(?=[0-9])/, '');
