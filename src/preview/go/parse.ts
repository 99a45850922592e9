import { Failure } from '../failure.ts';
import { quoted } from './quote.ts';

/** Numbers and booleans in text, as https://pkg.go.dev/strconv reads them, with its messages. */

export function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw refused('ParseBool', text, 'invalid syntax');
}

/** An int64 in decimal digits. Too many of them are told before anything that follows them. */
export function parseInt64(text: string): bigint {
  const digits = /^[+-]?([0-9]*)/.exec(text)?.[1] ?? '';
  const size = sizeOf(digits);
  if (size >= 2n ** 64n) throw refused('ParseInt', text, 'value out of range');
  if (!/^[+-]?[0-9]+$/.test(text)) throw refused('ParseInt', text, 'invalid syntax');
  const value = text.startsWith('-') ? -size : size;
  if (BigInt.asIntN(64, value) !== value) throw refused('ParseInt', text, 'value out of range');
  return value;
}

/** More digits than any int64 has need no number to be built. */
function sizeOf(digits: string): bigint {
  const significant = digits.replace(/^0+/, '');
  return significant.length > 20 ? 2n ** 64n : BigInt(significant === '' ? '0' : significant);
}

const DECIMAL = /^[+-]?(?:[0-9_]+\.?[0-9_]*|\.[0-9_]+)(?:[eE][+-]?[0-9_]+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9_]+)$/;

export function parseFloat64(text: string): number {
  const special = specialFloat(text);
  if (special !== undefined) return special;
  const value = wellPlaced(text) ? (decimal(text) ?? hexadecimal(text)) : undefined;
  if (value === undefined) throw refused('ParseFloat', text, 'invalid syntax');
  if (!Number.isFinite(value)) throw refused('ParseFloat', text, 'value out of range');
  return value;
}

function specialFloat(text: string): number | undefined {
  const word = /^([+-]?)(inf|infinity)$/i.exec(text);
  if (word !== null) return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : undefined;
}

function decimal(text: string): number | undefined {
  return DECIMAL.test(text) && /[0-9]/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}

function hexadecimal(text: string): number | undefined {
  const parts = HEXADECIMAL.exec(text.replaceAll('_', ''));
  if (parts === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole + fraction === '') return undefined;
  const size = scaled(BigInt(`0x${whole}${fraction}`), Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}

/** mantissa * 2^exponent, rounded once, half to even. */
function scaled(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  const bits = mantissa.toString(2).length;
  if (bits + exponent > 1024) return Number.POSITIVE_INFINITY;
  if (bits + exponent < -1080) return 0;
  // Subnormal numbers have fewer bits: cut to those before JavaScript rounds.
  const spare = Math.max(bits - 53, -1074 - exponent);
  if (spare <= 0)
    return Number(mantissa) * 2 ** Math.max(exponent, -1074) * 2 ** Math.min(exponent + 1074, 0);
  const rest = mantissa & ((1n << BigInt(spare)) - 1n);
  const half = 1n << BigInt(spare - 1);
  let kept = mantissa >> BigInt(spare);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const power = exponent + spare;
  return power > 970 ? Number(kept) * 2 ** 970 * 2 ** (power - 970) : Number(kept) * 2 ** power;
}

/** An underscore may only stand between digits, or between `0x` and a digit. */
function wellPlaced(text: string): boolean {
  if (!text.includes('_')) return true;
  const isHex = /^[+-]?0[xX]/.test(text);
  const digit = isHex ? '[0-9a-fA-FxX]' : '[0-9]';
  return [...text.matchAll(/_/g)].every(
    ({ index }) =>
      new RegExp(digit).test(text[index - 1] ?? '') &&
      new RegExp(isHex ? '[0-9a-fA-F]' : '[0-9]').test(text[index + 1] ?? ''),
  );
}

const refused = (reader: string, text: string, problem: string) =>
  new Failure(`strconv.${reader}: parsing ${quoted(text)}: ${problem}`);
