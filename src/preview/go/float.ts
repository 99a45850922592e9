import { binaryParts, type Digits, exactDigits, roundedTo, shortestDigits } from './decimal.ts';

/** Text of a float64, as https://pkg.go.dev/strconv#FormatFloat. */

export type FloatVerb = 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X' | 'b';

/** A negative precision asks for the fewest digits that give the value back. */
export function formatFloat(value: number, verb: FloatVerb, precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign === '' ? '+Inf' : '-Inf';
  return sign + magnitude(size, verb, precision);
}

function magnitude(value: number, verb: FloatVerb, precision: number): string {
  switch (verb) {
    case 'f':
      return precision < 0 ? plain(shortestDigits(value), -1) : plain(fixed(value, precision), precision);
    case 'e':
    case 'E':
      return precision < 0
        ? scientific(shortestDigits(value), -1, verb)
        : scientific(roundedTo(exactDigits(value), precision + 1), precision, verb);
    case 'g':
    case 'G':
      return general(value, verb === 'g' ? 'e' : 'E', precision);
    case 'x':
    case 'X':
      return hexadecimal(value, verb, precision);
    default:
      return binary(value);
  }
}

function fixed(value: number, precision: number): Digits {
  const exact = exactDigits(value);
  return roundedTo(exact, exact.point + precision);
}

/** Written with an exponent under 0.0001 and from as many digits on as were asked for, or six. */
function general(value: number, exponentLetter: 'e' | 'E', precision: number): string {
  const shortest = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const found = shortest ? shortestDigits(value) : roundedTo(exactDigits(value), wanted);
  const count = found.digits.length;
  const wholeNumberFits = wanted > count && count >= found.point;
  const limit = shortest ? 6 : wholeNumberFits ? count : wanted;
  const exponent = found.point - 1;
  return exponent < -4 || exponent >= limit
    ? scientific(found, Math.max(count - 1, 0), exponentLetter)
    : plain(found, Math.max(count - found.point, 0));
}

function scientific({ digits, point }: Digits, precision: number, letter: 'e' | 'E'): string {
  const places = precision < 0 ? Math.max(digits.length - 1, 0) : precision;
  const first = digits === '' ? '0' : digits[0];
  const rest = digits.slice(1).padEnd(places, '0').slice(0, places);
  const exponent = digits === '' ? 0 : point - 1;
  const written = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${first}${rest === '' ? '' : `.${rest}`}${letter}${written}`;
}

function plain({ digits, point }: Digits, precision: number): string {
  const places = precision < 0 ? Math.max(digits.length - point, 0) : precision;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (places === 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, places)) + digits;
  return `${whole}.${fraction.padEnd(places, '0').slice(0, places)}`;
}

/** `%x`: 0x1.8p+01, the first digit 1 but for zero. */
function hexadecimal(value: number, verb: 'x' | 'X', precision: number): string {
  const { digit, fraction, exponent } = hexParts(value, precision);
  const power = `p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const text = `0x${digit}${fraction === '' ? '' : `.${fraction}`}${power}`;
  return verb === 'X' ? text.toUpperCase() : text;
}

function hexParts(value: number, precision: number) {
  if (value === 0) return { digit: 0n, fraction: '0'.repeat(Math.max(precision, 0)), exponent: 0 };
  let { mantissa, exponent } = binaryParts(value);
  // The first bit goes to bit 60: fifteen hexadecimal digits follow it.
  const shift = 61 - mantissa.toString(2).length;
  mantissa <<= BigInt(shift);
  exponent += 60 - shift;
  if (precision >= 0 && precision < 15) {
    const dropped = BigInt(60 - precision * 4);
    const rest = mantissa & ((1n << dropped) - 1n);
    mantissa >>= dropped;
    const half = 1n << (dropped - 1n);
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa += 1n;
    mantissa <<= dropped;
    if (mantissa >> 61n !== 0n) {
      mantissa >>= 1n;
      exponent += 1;
    }
  }
  const all = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  const fraction = precision < 0 ? all.replace(/0+$/, '') : all.padEnd(precision, '0').slice(0, precision);
  return { digit: mantissa >> 60n, fraction, exponent };
}

/** `%b`: 4503599627370496p-52. */
function binary(value: number): string {
  const { mantissa, exponent } = binaryParts(value);
  return `${mantissa}p${exponent >= 0 ? '+' : ''}${exponent}`;
}
