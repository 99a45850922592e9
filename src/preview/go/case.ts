import { wellFormed } from './text.ts';

/**
 * Upper and lower case as https://pkg.go.dev/strings#ToUpper: one character for one character, whatever stands
 * around it. JavaScript may give several (ß -> SS); then the character's simple mapping is wanted.
 */

export const toUpper = (text: string): string => mapped(text, upper);
export const toLower = (text: string): string => mapped(text, lower);

function mapped(text: string, change: (character: string) => string): string {
  if (/^\p{ASCII}*$/u.test(text)) return change === upper ? text.toUpperCase() : text.toLowerCase();
  let result = '';
  // Go writes bytes that are no UTF-8 as U+FFFD here.
  for (const character of wellFormed(text)) result += change(character);
  return result;
}

function upper(character: string): string {
  const full = character.toUpperCase();
  if ([...full].length === 1) return full;
  const point = character.codePointAt(0) ?? 0;
  // Greek letters with a subscript iota have a titlecase form of one character, which is their simple upper case.
  if (point >= 0x1f80 && point <= 0x1faf && (point & 8) === 0) return String.fromCodePoint(point + 8);
  if (point === 0x1fb3 || point === 0x1fc3 || point === 0x1ff3) return String.fromCodePoint(point + 9);
  return character;
}

function lower(character: string): string {
  const full = character.toLowerCase();
  return [...full].length === 1 ? full : (full[0] ?? character);
}
