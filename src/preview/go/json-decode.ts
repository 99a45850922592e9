import { Failure } from '../failure.ts';
import { quotedRune } from './quote.ts';
import { bytesOf, textOf, wellFormed } from './text.ts';
import { type GoObject, type GoValue, newObject } from './value.ts';

/**
 * JSON as https://pkg.go.dev/encoding/json#Unmarshal reads it into an `any`: every number a float64, half
 * surrogate pairs U+FFFD, the last of equal keys, and its messages.
 */
export function decodeJson(text: string): GoValue {
  const reader = new Reader(bytesOf(text));
  const value = reader.value(0);
  reader.end();
  // A number beyond float64 is well-formed, so it's told only when the whole text was read.
  if (reader.problem !== undefined) throw reader.problem;
  return value;
}

const DEEPEST = 10_000;
/** Deep JSON is refused by Go at 10000; this reader would run out of stack not much later. */
const OURS = 2_000;

class Reader {
  problem: Failure | undefined;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(depth: number): GoValue {
    if (depth > Math.min(DEEPEST, OURS)) throw new Failure('exceeded max depth');
    this.#space();
    const byte = this.#bytes[this.#at];
    switch (byte) {
      case 0x7b:
        return this.#object(depth);
      case 0x5b:
        return this.#array(depth);
      case 0x22:
        return this.#string();
      case 0x74:
        return this.#word('true', true);
      case 0x66:
        return this.#word('false', false);
      case 0x6e:
        return this.#word('null', null);
      default:
        if (byte === 0x2d || isDigit(byte)) return this.#number();
        throw this.#unexpected('looking for beginning of value');
    }
  }

  end(): void {
    this.#space();
    if (this.#at < this.#bytes.length) throw this.#unexpected('after top-level value');
  }

  #object(depth: number): GoObject {
    const object = newObject();
    this.#at++;
    if (this.#takes('}')) return object;
    for (;;) {
      this.#space();
      if (this.#bytes[this.#at] !== 0x22)
        throw this.#unexpected('looking for beginning of object key string');
      const key = this.#string();
      if (!this.#takes(':')) throw this.#unexpected('after object key');
      object[key] = this.value(depth + 1);
      if (this.#takes('}')) return object;
      if (!this.#takes(',')) throw this.#unexpected('after object key:value pair');
    }
  }

  #array(depth: number): GoValue[] {
    const items: GoValue[] = [];
    this.#at++;
    if (this.#takes(']')) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.#takes(']')) return items;
      if (!this.#takes(',')) throw this.#unexpected('after array element');
    }
  }

  #string(): string {
    let text = '';
    let start = ++this.#at;
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || byte < 0x20) throw this.#unexpected('in string literal');
      if (byte !== 0x22 && byte !== 0x5c) {
        this.#at++;
        continue;
      }
      text += wellFormed(textOf(this.#bytes.subarray(start, this.#at)));
      if (byte === 0x22) {
        this.#at++;
        // Halves that belong together were joined by now.
        return wellFormed(text);
      }
      this.#at++;
      text += this.#escape();
      start = this.#at;
    }
  }

  #escape(): string {
    const letter = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    if (letter === 'u') return this.#unicode();
    const meaning = ESCAPES.get(letter);
    if (meaning === undefined) throw this.#unexpected('in string escape code');
    this.#at++;
    return meaning;
  }

  #unicode(): string {
    let unit = 0;
    this.#at++;
    for (let digit = 0; digit < 4; digit++) {
      const value = Number.parseInt(String.fromCharCode(this.#bytes[this.#at] ?? 0), 16);
      if (Number.isNaN(value)) throw this.#unexpected('in \\u hexadecimal character escape');
      unit = unit * 16 + value;
      this.#at++;
    }
    return String.fromCharCode(unit);
  }

  #number(): number {
    const start = this.#at;
    if (this.#bytes[this.#at] === 0x2d) this.#at++;
    if (this.#bytes[this.#at] === 0x30) this.#at++;
    else this.#digits('in numeric literal');
    if (this.#bytes[this.#at] === 0x2e) {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (this.#bytes[this.#at] === 0x65 || this.#bytes[this.#at] === 0x45) {
      this.#at++;
      if (this.#bytes[this.#at] === 0x2b || this.#bytes[this.#at] === 0x2d) this.#at++;
      this.#digits('in exponent of numeric literal');
    }
    const text = textOf(this.#bytes.subarray(start, this.#at));
    const value = Number(text);
    if (!Number.isFinite(value)) {
      this.problem ??= new Failure(`json: cannot unmarshal number ${text} into Go value of type float64`);
    }
    return value;
  }

  #digits(where: string): void {
    if (!isDigit(this.#bytes[this.#at])) throw this.#unexpected(where);
    while (isDigit(this.#bytes[this.#at])) this.#at++;
  }

  #word<T extends GoValue>(word: string, value: T): T {
    for (let index = 1; index < word.length; index++) {
      this.#at++;
      if (this.#bytes[this.#at] !== word.charCodeAt(index)) {
        throw this.#unexpected(`in literal ${word} (expecting ${quotedRune(word[index] ?? '')})`);
      }
    }
    this.#at++;
    return value;
  }

  #takes(sign: string): boolean {
    this.#space();
    if (this.#bytes[this.#at] !== sign.charCodeAt(0)) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    while ([0x20, 0x09, 0x0a, 0x0d].includes(this.#bytes[this.#at] ?? 0)) this.#at++;
  }

  #unexpected(where: string): Failure {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) {
      // At the end Go goes on as if a space followed, which some places do not take.
      const problem = UNFINISHED.test(where)
        ? `invalid character ' ' ${where}`
        : 'unexpected end of JSON input';
      return new Failure(problem);
    }
    // Go takes the byte for a character.
    const shown = byte === 0x22 ? `'"'` : quotedRune(String.fromCharCode(byte));
    return new Failure(`invalid character ${shown} ${where}`);
  }
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const UNFINISHED = /literal (?:true|false|null)|numeric literal|escape/;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
