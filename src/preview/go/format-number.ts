import { type FloatVerb, formatFloat } from './float.ts';
import type { Output } from './format-state.ts';
import { isPrintable, quotedRune } from './quote.ts';

const BASES: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** An int64 by one of its verbs; false for a verb that is none of them. */
export function writeInteger(output: Output, value: bigint, verb: string): boolean {
  if (verb === 'c') output.pad(runeOf(value));
  else if (verb === 'q') output.pad(quotedRune(runeOf(value), output.flags.plus));
  else if (verb === 'U') writeUnicode(output, value);
  else if (Object.hasOwn(BASES, verb)) writeDigits(output, value, verb);
  else return false;
  return true;
}

function writeDigits(output: Output, value: bigint, verb: string): void {
  const { plus, minus, sharp, space, zero, width, precision } = output.flags;
  if (precision === 0 && value === 0n) {
    output.padWithSpaces('');
    return;
  }
  const sign = value < 0n ? '-' : plus ? '+' : space ? ' ' : '';
  const base = BASES[verb] ?? 10;
  let digits = (value < 0n ? -value : value).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  const least = precision ?? (zero && !minus && width !== undefined ? width - sign.length : 0);
  digits = digits.padStart(least, '0');
  output.padWithSpaces(sign + prefixOf(verb, sharp, digits) + digits);
}

function prefixOf(verb: string, sharp: boolean, digits: string): string {
  if (verb === 'O') return sharp && !digits.startsWith('0') ? '0o0' : '0o';
  if (!sharp) return '';
  if (verb === 'b') return '0b';
  if (verb === 'o') return digits.startsWith('0') ? '' : '0';
  return verb === 'x' ? '0x' : verb === 'X' ? '0X' : '';
}

/** A number that is no character is U+FFFD. */
function runeOf(value: bigint): string {
  const point = BigInt.asUintN(64, value);
  if (point > 0x10ffffn || (point >= 0xd800n && point <= 0xdfffn)) return '\ufffd';
  return String.fromCodePoint(Number(point));
}

function writeUnicode(output: Output, value: bigint): void {
  const point = BigInt.asUintN(64, value);
  const digits = point
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(output.flags.precision ?? 4, 4), '0');
  const isSurrogate = point >= 0xd800n && point <= 0xdfffn;
  const character = point <= 0x10ffffn && !isSurrogate ? runeOf(value) : '';
  const shown = output.flags.sharp && character !== '' && isPrintable(character) ? ` '${character}'` : '';
  output.padWithSpaces(`U+${digits}${shown}`);
}

const DEFAULT_PRECISION: Readonly<Record<string, number>> = {
  v: -1,
  b: -1,
  g: -1,
  G: -1,
  x: -1,
  X: -1,
  f: 6,
  F: 6,
  e: 6,
  E: 6,
};

/** A float64 by one of its verbs; false for a verb that is none of them. */
export function writeFloat(output: Output, value: number, verb: string): boolean {
  const usual = Object.hasOwn(DEFAULT_PRECISION, verb) ? DEFAULT_PRECISION[verb] : undefined;
  if (usual === undefined) return false;
  const { plus, minus, sharp, space, zero, width } = output.flags;
  const precision = output.flags.precision ?? usual;
  const text = formatFloat(value, floatVerb(verb), precision);
  const signed = /^[+-]/.test(text);
  const sign = signed && text[0] === '-' ? '-' : space && !plus ? ' ' : '+';
  let digits = signed ? text.slice(1) : text;
  if (digits === 'Inf' || digits === 'NaN') {
    output.padWithSpaces(digits === 'NaN' && !plus && !space ? digits : sign + digits);
    return true;
  }
  if (sharp && verb !== 'b') digits = withPoint(digits, verb, precision);
  if (!plus && sign === '+') output.pad(digits);
  else if (zero && !minus && width !== undefined) {
    output.write(sign + digits.padStart(width - 1, '0'));
  } else output.pad(sign + digits);
  return true;
}

function floatVerb(verb: string): FloatVerb {
  switch (verb) {
    case 'e':
    case 'E':
    case 'G':
    case 'x':
    case 'X':
    case 'b':
      return verb;
    case 'f':
    case 'F':
      return 'f';
    default:
      return 'g';
  }
}

/** `%#g`: a decimal point always, and the zeros at the end that %g drops. */
function withPoint(digits: string, verb: string, precision: number): string {
  const tailAt = digits.search(verb === 'x' || verb === 'X' ? /[pP]/ : /[eEpP]/);
  let head = tailAt < 0 ? digits : digits.slice(0, tailAt);
  const tail = tailAt < 0 ? '' : digits.slice(tailAt);
  let wanted = ['v', 'g', 'G', 'x'].includes(verb) ? (precision < 0 ? 6 : precision) : 0;
  wanted -= head.replace('.', '').replace(/^0*/, '').length;
  if (!head.includes('.')) {
    if (head === '0') wanted -= 1;
    head += '.';
  }
  return head + '0'.repeat(Math.max(wanted, 0)) + tail;
}
