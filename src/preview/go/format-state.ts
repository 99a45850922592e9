import { Failure } from '../failure.ts';
import { runeCount } from './text.ts';

/** Flags, width and precision of one verb. */
export interface Flags {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** `%#v`: Go syntax. */
  sharpV: boolean;
  width: number | undefined;
  precision: number | undefined;
}

export const noFlags = (): Flags => ({
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  sharpV: false,
  width: undefined,
  precision: undefined,
});

/** No message of a function may be larger: gRPC refuses it. */
const LONGEST = 4 * 1024 * 1024;

/** The text that is being written, and how. */
export class Output {
  flags = noFlags();
  #parts: string[] = [];
  #length = 0;

  write(text: string): void {
    this.#length += text.length;
    if (this.#length > LONGEST) throw new Failure(`a formatted string is longer than ${LONGEST} bytes`);
    this.#parts.push(text);
  }

  /** Writes the text, padded to the width: zeros only on the left. */
  pad(text: string): void {
    const { width, minus, zero } = this.flags;
    const missing = width === undefined ? 0 : width - runeCount(text);
    const padding = (zero && !minus ? '0' : ' ').repeat(Math.max(missing, 0));
    this.write(minus ? text + padding : padding + text);
  }

  /** As `pad`, with spaces whatever the flags say. */
  padWithSpaces(text: string): void {
    const { zero } = this.flags;
    this.flags.zero = false;
    this.pad(text);
    this.flags.zero = zero;
  }

  text(): string {
    return this.#parts.join('');
  }
}
