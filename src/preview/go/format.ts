import { noFlags, Output } from './format-state.ts';
import { writeArgument } from './format-value.ts';
import { runesOf } from './text.ts';
import { type GoValue, typeName } from './value.ts';

/**
 * https://pkg.go.dev/fmt#Sprintf for values as they are in a function. A format that does not fit its arguments
 * gives a text that says so, never an error. Fails only where the text would be larger than any message may be.
 */
export function sprintf(format: string, values: readonly GoValue[]): string {
  return new Formatter(format, values).run();
}

/** The value as `%v` prints it. */
export const printed = (value: GoValue): string =>
  typeof value === 'string' ? value : sprintf('%v', [value]);

/** Widths and precisions beyond are ignored. */
const LARGEST = 1_000_000;

class Formatter {
  readonly #output = new Output();
  readonly #format: readonly string[];
  readonly #values: readonly GoValue[];
  #at = 0;
  #next = 0;
  /** Whether an index was used anywhere: then arguments left over are no mistake. */
  #reordered = false;
  /** Whether this verb's index was well-formed and in range. */
  #goodIndex = true;
  /** Whether an index was the last thing that was read. */
  #afterIndex = false;

  constructor(format: string, values: readonly GoValue[]) {
    this.#format = runesOf(format);
    this.#values = values;
  }

  run(): string {
    while (this.#at < this.#format.length) {
      const verb = this.#format.indexOf('%', this.#at);
      const end = verb < 0 ? this.#format.length : verb;
      this.#output.write(this.#format.slice(this.#at, end).join(''));
      this.#at = end + 1;
      if (verb >= 0 && !this.#verb()) break;
    }
    if (!this.#reordered && this.#next < this.#values.length) this.#writeExtra();
    return this.#output.text();
  }

  /** False at the end of the format. */
  #verb(): boolean {
    this.#goodIndex = true;
    this.#afterIndex = false;
    this.#output.flags = noFlags();
    this.#readFlags();
    this.#readIndex();
    this.#readWidth();
    this.#readPrecision();
    if (!this.#afterIndex) this.#readIndex();
    const verb = this.#format[this.#at];
    if (verb === undefined) {
      this.#output.write('%!(NOVERB)');
      return false;
    }
    this.#at++;
    this.#write(verb);
    return true;
  }

  #write(verb: string): void {
    const { flags } = this.#output;
    const value = this.#values[this.#next];
    if (verb === '%' || !this.#goodIndex || value === undefined) {
      this.#output.write(verb === '%' ? '%' : `%!${verb}(${this.#goodIndex ? 'MISSING' : 'BADINDEX'})`);
      return;
    }
    if (verb === 'v' || verb === 'w') {
      // %+v and %#v mean something else than the flags alone.
      flags.sharpV = flags.sharp;
      flags.sharp = false;
      flags.plus = false;
    }
    writeArgument(this.#output, value, verb);
    this.#next++;
  }

  #readFlags(): void {
    const { flags } = this.#output;
    for (; ; this.#at++) {
      const sign = this.#format[this.#at];
      if (sign === '#') flags.sharp = true;
      else if (sign === '0') flags.zero = true;
      else if (sign === '+') flags.plus = true;
      else if (sign === '-') flags.minus = true;
      else if (sign === ' ') flags.space = true;
      else return;
    }
  }

  /** `[2]`: the argument to go on with. */
  #readIndex(): void {
    this.#afterIndex = false;
    if (this.#format[this.#at] !== '[') return;
    this.#reordered = true;
    const end = this.#format.indexOf(']', this.#at);
    if (end < 0 || this.#format.length - this.#at < 3) {
      this.#goodIndex = false;
      this.#at++;
      return;
    }
    const { number, at } = this.#number(this.#at + 1, end);
    const whole = number !== undefined && at === end;
    this.#at = end + 1;
    this.#afterIndex = whole;
    if (whole && number >= 1 && number <= this.#values.length) this.#next = number - 1;
    else this.#goodIndex = false;
  }

  #readWidth(): void {
    const { flags } = this.#output;
    if (this.#format[this.#at] === '*') {
      this.#at++;
      const width = this.#argumentNumber();
      if (width === undefined) this.#output.write('%!(BADWIDTH)');
      else {
        flags.width = Math.abs(width);
        if (width < 0) {
          flags.minus = true;
          flags.zero = false;
        }
      }
      this.#afterIndex = false;
      return;
    }
    const { number, at } = this.#number(this.#at, this.#format.length);
    this.#at = at;
    flags.width = number;
    // %[3]2d
    if (this.#afterIndex && number !== undefined) this.#goodIndex = false;
  }

  #readPrecision(): void {
    const { flags } = this.#output;
    // A period at the end is a verb.
    if (this.#format[this.#at] !== '.' || this.#at + 1 >= this.#format.length) return;
    this.#at++;
    // %[3].2d
    if (this.#afterIndex) this.#goodIndex = false;
    this.#readIndex();
    if (this.#format[this.#at] === '*') {
      this.#at++;
      const precision = this.#argumentNumber();
      if (precision === undefined || precision < 0) this.#output.write('%!(BADPREC)');
      else flags.precision = precision;
      this.#afterIndex = false;
      return;
    }
    const { number, at } = this.#number(this.#at, this.#format.length);
    this.#at = at;
    flags.precision = number ?? 0;
  }

  /** A width or precision that is an argument. */
  #argumentNumber(): number | undefined {
    const value = this.#values[this.#next];
    if (value === undefined) return undefined;
    this.#next++;
    if (typeof value !== 'bigint' || value > LARGEST || value < -LARGEST) return undefined;
    return Number(value);
  }

  /** Digits from `start` on. A number that is too large swallows the rest, as in Go. */
  #number(start: number, end: number): { readonly number: number | undefined; readonly at: number } {
    let number: number | undefined;
    let at = start;
    for (; at < end && /^[0-9]$/.test(this.#format[at] ?? ''); at++) {
      if ((number ?? 0) > LARGEST) return { number: undefined, at: end };
      number = (number ?? 0) * 10 + Number(this.#format[at]);
    }
    return { number, at };
  }

  #writeExtra(): void {
    this.#output.flags = noFlags();
    this.#output.write('%!(EXTRA ');
    this.#values.slice(this.#next).forEach((value, index) => {
      if (index > 0) this.#output.write(', ');
      if (value !== null) this.#output.write(`${typeName(value)}=`);
      writeArgument(this.#output, value, 'v');
    });
    this.#output.write(')');
  }
}
