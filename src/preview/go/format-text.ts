import type { Output } from './format-state.ts';
import { canBackquote, quoted } from './quote.ts';
import { bytesOf, runesOf } from './text.ts';

/** A string by one of its verbs; false for a verb that is none of them. */
export function writeText(output: Output, text: string, verb: string): boolean {
  switch (verb) {
    case 'v':
      if (output.flags.sharpV) writeQuoted(output, text);
      else output.pad(shortened(output, text));
      return true;
    case 's':
      output.pad(shortened(output, text));
      return true;
    case 'q':
      writeQuoted(output, text);
      return true;
    case 'x':
    case 'X':
      writeHex(output, text, verb);
      return true;
    default:
      return false;
  }
}

function shortened(output: Output, text: string): string {
  const { precision } = output.flags;
  return precision === undefined || text.length <= precision
    ? text
    : runesOf(text).slice(0, precision).join('');
}

function writeQuoted(output: Output, text: string): void {
  const shown = shortened(output, text);
  const { sharp, plus } = output.flags;
  output.pad(sharp && canBackquote(shown) ? `\`${shown}\`` : quoted(shown, plus));
}

/** Two digits a byte; a space flag puts spaces between bytes. */
function writeHex(output: Output, text: string, verb: 'x' | 'X'): void {
  const { precision, sharp, space } = output.flags;
  const bytes = bytesOf(text).subarray(0, precision);
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const prefix = sharp && pairs.length > 0 ? '0x' : '';
  const shown = space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('');
  const padding = verb === 'X' ? shown.toUpperCase() : shown;
  output.pad(padding);
}
