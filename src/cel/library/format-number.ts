import { Double, isInt, UInt, type Value } from '#cel/values/value.ts';

/** How a dialect of `format` writes numbers. Each gives undefined for values that don't suit. */
export interface Numbers {
  /** `%d` of what is no integer. */
  readonly decimal: (value: Value) => string | undefined;
  readonly fixed: (value: Value, precision: number) => string | undefined;
  readonly scientific: (value: Value, precision: number) => string | undefined;
  /** A double in `%s`. */
  readonly text: (value: number, nested: boolean, show: (value: number) => string) => string;
  readonly decimalClause: string;
  readonly fixedClause: string;
  readonly scientificClause: string;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : `${value < 0 ? '-' : ''}Infinity`;
}

/** Rounds halves to the even digit, as Go does; `toFixed` turns to exponents from 1e21 on. */
function fixed(value: number, precision: number): string {
  if (Math.abs(value) < 1e21) {
    const exact = value.toFixed(Math.min(100, precision + 25));
    const end = exact.indexOf('.') + 1 + precision;
    const kept = exact.slice(0, precision === 0 ? end - 1 : end);
    const isHalf = /^50*$/.test(exact.slice(end)) && precision + 25 <= 100;
    return isHalf && /[02468]$/.test(kept) ? kept : value.toFixed(precision);
  }
  return `${BigInt(value)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`;
}

/** With two digits of exponent at least, as Go writes it. */
const scientific = (value: number, precision: number): string =>
  value.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');

function plainDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) >= 1 ? String(BigInt(value)) : value.toFixed(100).replace(/0+$/, '');
}

function plainNumber(value: Value): number | undefined {
  if (value instanceof Double) return value.value;
  if (isInt(value)) return Number(value);
  return value instanceof UInt ? Number(value.value) : undefined;
}

export const PLAIN_NUMBERS: Numbers = {
  decimal: (value) =>
    value instanceof Double ? (special(value.value) ?? plainDecimal(value.value)) : undefined,
  fixed: (value, precision) => {
    const number = plainNumber(value);
    return number === undefined ? undefined : (special(number) ?? fixed(number, precision));
  },
  scientific: (value, precision) => {
    const number = plainNumber(value);
    return number === undefined ? undefined : (special(number) ?? scientific(number, precision));
  },
  text: (value) => special(value) ?? plainDecimal(value),
  decimalClause: 'decimal clause can only be used on numbers',
  fixedClause: 'fixed-point clause can only be used on numbers',
  scientificClause: 'scientific clause can only be used on numbers',
};

const WORDS: ReadonlyMap<Value, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

const localeNumber = (value: Value): number | undefined =>
  value instanceof Double ? value.value : WORDS.get(value);

/** golang.org/x/text's words for what is no number. */
function localeSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : `${value < 0 ? '-' : ''}∞`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1.500000×10⁰³`, whatever precision was asked for: the API server's printer does not heed it. */
function localeScientific(value: number): string {
  const [mantissa = '', exponent = ''] = scientific(value, 6).split('e');
  const digits = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS.charAt(Number(digit)));
  return `${mantissa}×10${digits}`;
}

const grouped = (text: string): string =>
  text.replace(
    /^(-?)(\d+)/,
    (_, sign: string, whole: string) => sign + whole.replace(/\B(?=(?:\d{3})+$)/g, ','),
  );

export const LOCALE_NUMBERS: Numbers = {
  decimal: () => undefined,
  fixed: (value, precision) => {
    const number = localeNumber(value);
    return number === undefined ? undefined : (localeSpecial(number) ?? grouped(fixed(number, precision)));
  },
  scientific: (value) => {
    const number = localeNumber(value);
    return number === undefined ? undefined : (localeSpecial(number) ?? localeScientific(number));
  },
  text: (value, nested, show) => {
    if (!nested) return show(value);
    if (Number.isNaN(value)) return '"NaN"';
    return Number.isFinite(value) ? fixed(value, 6) : `"${value > 0 ? '+' : '-'}Inf"`;
  },
  decimalClause: 'decimal clause can only be used on integers',
  fixedClause: 'fixed-point clause can only be used on doubles',
  scientificClause: 'scientific clause can only be used on doubles',
};
