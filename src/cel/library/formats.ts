import { Comparable } from '#cel/values/equal.ts';
import { NONE, Optional, type Value } from '#cel/values/value.ts';
import { matchingPattern } from './cost.ts';
import { FORMATS, type NamedFormat } from './format-rules.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library */

class Format extends Comparable {
  readonly typeName = 'kubernetes.NamedFormat';
  readonly format: NamedFormat;
  constructor(format: NamedFormat) {
    super();
    this.format = format;
  }
  equals(other: Comparable): boolean {
    return other instanceof Format && other.format.name === this.format.name;
  }
}

const known = new Map(Object.entries(FORMATS).map(([name, format]) => [name, new Format(format)]));

function validate({ format }: Format, text: string): Value {
  const problems = format.problems(text);
  return problems.length === 0 ? NONE : new Optional(problems);
}

const format = (value: Value): value is Format => value instanceof Format;

export const FORMAT: Library = {
  name: 'format',
  overloads: [
    ...[...known].map(([name, made]) => overload(`format:${name}(): Format`, [], () => made)),
    overload('format:named(string): optional(Format)', [is.text], (name) => {
      const made = known.get(name);
      return made === undefined ? NONE : new Optional(made);
    }),
    overload('Format.validate(string): optional(list(string))', [format, is.text], validate, (made, text) =>
      matchingPattern(text, made instanceof Format ? made.format.patternLength : 1),
    ),
  ],
};
