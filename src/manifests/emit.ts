import type { KubernetesObject } from './manifest.ts';

/**
 * JSON -> YAML, for machines first: one way to write each value, keys sorted, no anchors, no line folding.
 * Written here because a general YAML writer takes twenty times as long, which is most of a large synth; the
 * tests prove that `yaml` reads back the same value, in YAML 1.1 (as the API machinery reads) and 1.2.
 */

const FIRST = ['apiVersion', 'kind', 'metadata'];
const METADATA_FIRST = ['name', 'namespace'];

/** An object as a YAML document. Keys are sorted, but for those that a reader looks for first. */
export function emit(object: KubernetesObject): string {
  return mapping(object, '', FIRST);
}

type Fields = Readonly<Record<string, unknown>>;

function mapping(fields: Fields, indent: string, first: readonly string[]): string {
  let text = '';
  for (const key of ordered(fields, first)) {
    const value = fields[key];
    if (value === undefined) continue;
    const nested = key === 'metadata' && first === FIRST ? METADATA_FIRST : [];
    text += `${indent}${scalar(key)}:${after(value, indent, nested)}`;
  }
  return text;
}

function ordered(fields: Fields, first: readonly string[]): readonly string[] {
  const keys = Object.keys(fields).sort();
  if (first.length === 0) return keys;
  const leading = first.filter((key) => Object.hasOwn(fields, key));
  return leading.length === 0 ? keys : [...leading, ...keys.filter((key) => !leading.includes(key))];
}

/** What stands behind `key:` or, for a list's item, behind `-`. */
function after(value: unknown, indent: string, first: readonly string[]): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? ' []\n' : `\n${sequence(value, indent)}`;
  }
  if (typeof value === 'object' && value !== null) {
    const text = mapping(value as Fields, `${indent}  `, first);
    return text === '' ? ' {}\n' : `\n${text}`;
  }
  return typeof value === 'string' && isText(value) ? ` ${block(value, indent)}` : ` ${scalar(value)}\n`;
}

function sequence(items: readonly unknown[], indent: string): string {
  let text = '';
  for (const item of items) {
    if (typeof item === 'object' && item !== null) {
      const nested = after(item, indent, []);
      // `- key: …` on the dash's line: the first line's indentation makes room for the dash.
      text += nested.startsWith('\n')
        ? `${indent}- ${(Array.isArray(item) ? nestedSequence(item, indent) : nested).slice(1 + indent.length + 2)}`
        : `${indent}-${nested}`;
    } else {
      text += `${indent}-${after(item, indent, [])}`;
    }
  }
  return text;
}

/** A list in a list needs its items two deeper than a list behind a key. */
function nestedSequence(items: readonly unknown[], indent: string): string {
  return `\n${sequence(items, `${indent}  `)}`;
}

/**
 * Strings that no YAML reader, 1.1 or 1.2, takes for anything but themselves: words and paths (but `E0` is a number
 * to some), and what begins with a digit but has a letter or a slash that neither numbers nor dates have (`500m`,
 * `10.30.0.0/16`).
 */
const PLAIN =
  /^(?:(?![eE][0-9+-])[A-Za-z/]|(?![0-9]{4}-)[0-9](?=.*[g-np-wyzG-NP-WYZ/%]))(?:[\w./=,@+%-]|:(?=[^\s]))*$/;
/** Words that YAML 1.1 reads as booleans or null: https://yaml.org/type/bool.html */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: unknown): string {
  if (typeof value === 'string') {
    return PLAIN.test(value) && !WORD.test(value) ? value : quoted(value);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${value} has no form in JSON`);
  }
  return value === null || typeof value === 'number' || typeof value === 'boolean'
    ? JSON.stringify(value)
    : unknownValue(value);
}

function unknownValue(value: unknown): never {
  throw new TypeError(`a ${typeof value} has no form in JSON`);
}

/** JSON's quoting is YAML's double quoting, but for what YAML counts as line breaks or as unprintable. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Several lines that survive a literal block as they are. */
function isText(text: string): boolean {
  return (
    text.includes('\n') &&
    text.length > 40 &&
    /^[^\s][\t\n\x20-\x7e\u00a0-\ud7ff]*$/.test(text) &&
    !/[\u2028\u2029]| \n|\n{2,}$/.test(text)
  );
}

function block(text: string, indent: string): string {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${indent}  ${line}`));
  return `${text.endsWith('\n') ? '|' : '|-'}\n${lines.join('\n')}\n`;
}
