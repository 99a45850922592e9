import { shown } from '../finding.ts';

/**
 * Plain values that YAML 1.1 (Helm, Kubernetes, most people's memory) and YAML 1.2 (this reader) understand
 * differently, or that a JavaScript number can't hold. The file has to say which one is meant.
 * https://yaml.org/type/ (1.1) and https://yaml.org/spec/1.2.2/#103-core-schema
 */
interface Ambiguity {
  /** What the value could also mean. */
  readonly meaning: string;
  /** The unambiguous ways to write it. */
  readonly write: readonly string[];
}

const WORDS = /^(yes|no|on|off|Yes|No|On|Off|YES|NO|ON|OFF)$/;
const LEADING_ZERO = /^[-+]?0[0-9_]+$/;
const OTHER_BASE = /^[-+]?0[ob][0-7_]+$/;
const UNDERSCORES = /^[-+]?[0-9][0-9_]*_[0-9_]*$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+$/;
/** `5e12345` is a commit more often than a number; YAML 1.1 wants a dot in it. */
const EXPONENT = /^[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$/;
/** `1.30` is a version more often than the number 1.3. */
const LOST_ZERO = /^[-+]?[0-9]+\.([0-9]*0)?$/;
/** Nothing longer is looked at with a pattern: `UNDERSCORES` is quadratic. */
const LONGEST = 64;

/** What is ambiguous in a plain scalar, if anything. `value` is what YAML 1.2 makes of it. */
export function ambiguity(source: string, value: unknown): Ambiguity | undefined {
  const text = JSON.stringify(shown(source));
  if (source.length > LONGEST) return inexact(value, text);
  if (WORDS.test(source)) {
    const isTrue = ['yes', 'on'].includes(source.toLowerCase());
    return { meaning: 'a text or a yes-or-no', write: [String(isTrue), text] };
  }
  if (LEADING_ZERO.test(source))
    return { meaning: 'a decimal or an octal number', write: octalOrText(source, text) };
  if (OTHER_BASE.test(source)) return { meaning: 'a number or a text', write: [text] };
  if (UNDERSCORES.test(source)) {
    return { meaning: 'a number or a text', write: [source.replaceAll('_', ''), text] };
  }
  if (BASE_60.test(source)) return { meaning: 'a text or a number in base 60', write: [text] };
  if (EXPONENT.test(source)) return { meaning: 'a number or a text', write: [text, String(value)] };
  if (LOST_ZERO.test(source)) {
    return { meaning: `a text or the number ${Number(source)}`, write: [text, String(Number(source))] };
  }
  return inexact(value, text);
}

/** Numbers that a JSON number can't be. */
function inexact(value: unknown, text: string): Ambiguity | undefined {
  if (typeof value !== 'number') return undefined;
  if (!Number.isFinite(value)) return { meaning: 'no number that JSON can hold', write: [text] };
  const exact = !Number.isInteger(value) || Number.isSafeInteger(value);
  return exact ? undefined : { meaning: 'a number too large to be exact', write: [text] };
}

/** The decimal reading, the octal one as a decimal number, and the text. */
function octalOrText(source: string, text: string): readonly string[] {
  if (source.includes('_')) return [text];
  const octal = /^[-+]?0[0-7]+$/.test(source) ? [String(Number.parseInt(source, 8))] : [];
  return [String(Number(source)), ...octal, text];
}
