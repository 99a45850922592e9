import { Failure } from '../failure.ts';

/**
 * A quantity of Kubernetes as the float64 that the function makes of it:
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity.AsApproximateFloat64
 */
export function parseQuantity(text: string): number {
  const { negative, whole, fraction, suffix } = split(text);
  const unit = unitOf(suffix);
  const digits = BigInt(`${whole}${fraction}` === '' ? '0' : `${whole}${fraction}`);
  const { value, exponent } =
    unit.base === 2
      ? binary(digits, fraction.length, whole.length, unit.power)
      : decimal(digits, fraction.length, whole.length, unit.power);
  const size = exponent === 0 ? Number(value) : Number(value) * powerOfTen(exponent);
  return negative ? -size : size;
}

const WRONG = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

function split(text: string) {
  const parts = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (parts === null || text === '') throw new Failure(WRONG);
  const [, sign, digits = '', fraction = '', suffix = ''] = parts;
  // A number of which nothing is left without its zeros counts as one digit.
  return { negative: sign === '-', whole: digits === '' ? '0' : digits, fraction, suffix };
}

const BINARY = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);
const DECIMAL = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);

function unitOf(suffix: string): { readonly base: 2 | 10; readonly power: number } {
  const bits = BINARY.get(suffix);
  if (bits !== undefined) return { base: 2, power: bits };
  const power =
    DECIMAL.get(suffix) ?? (/^[eE][-+]?[0-9]{1,9}$/.test(suffix) ? Number(suffix.slice(1)) : undefined);
  if (power === undefined) throw new Failure("unable to parse quantity's suffix");
  return { base: 10, power };
}

/** value * 10^exponent */
interface Scaled {
  readonly value: bigint;
  readonly exponent: number;
}

/** As many digits as an int64 surely holds are kept as they are; others are rounded to nano. */
function decimal(digits: bigint, places: number, wholeDigits: number, power: number): Scaled {
  const exponent = power - places;
  if (wholeDigits + places <= 18 && exponent >= -9) return { value: digits, exponent };
  return bounded({ value: digits, exponent });
}

function binary(digits: bigint, places: number, wholeDigits: number, power: number): Scaled {
  const precision = 15 - wholeDigits - Math.trunc((power * 3) / 10) - 1;
  const value = digits << BigInt(power);
  if (places === 0 && precision >= 0 && BigInt.asIntN(64, value) === value) return { value, exponent: 0 };
  return bounded({ value, exponent: -places });
}

const MOST = 2n ** 63n - 1n;

/** Rounded up to nano, and no more than the largest int64. */
function bounded({ value, exponent }: Scaled): Scaled {
  if (value === 0n) return { value, exponent: -9 };
  if (exponent > 40) return { value: MOST, exponent: 0 };
  const nano =
    exponent >= -9
      ? value * 10n ** BigInt(exponent + 9)
      : exponent < -10_000
        ? 1n
        : divideUp(value, 10n ** BigInt(-9 - exponent));
  return nano > MOST * 10n ** 9n ? { value: MOST, exponent: 0 } : { value: nano, exponent: -9 };
}

const divideUp = (value: bigint, by: bigint) => (value + by - 1n) / by;

/** https://pkg.go.dev/math#Pow10: beyond ten to the 31st a product of two powers. */
function powerOfTen(exponent: number): number {
  if (exponent > 308) return Number.POSITIVE_INFINITY;
  if (exponent < -323) return 0;
  const size = Math.abs(exponent);
  const [high, low] = [size - (size % 32), size % 32];
  return exponent >= 0 ? Number(`1e${high}`) * Number(`1e${low}`) : Number(`1e-${high}`) / Number(`1e${low}`);
}
