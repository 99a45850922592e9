import { Failure, wrapping } from '../failure.ts';
import { matchesAnywhere } from '../go/regexp.ts';
import { fieldOf, type GoObject, type GoValue, truncated, typeName } from '../go/value.ts';
import { convert } from './convert.ts';
import type { MatchPattern, MatchTransform, MathTransform, Transform } from './input.ts';
import { transformText } from './transform-text.ts';

/** The value after all transforms, in order. */
export function transformed(value: GoValue, transforms: readonly Transform[] | undefined): GoValue {
  return (transforms ?? []).reduce<GoValue>(
    (input, transform, index) =>
      wrapping(`transform at index ${index} returned error`, () => apply(transform, input)),
    value,
  );
}

function apply(transform: Transform, input: GoValue): GoValue {
  const { type = '' } = transform;
  const resolve = resolver(transform, type);
  if (resolve === undefined) throw new Failure(`given transform type ${type} requires configuration`);
  return wrapping(`${type} transform could not resolve`, () => resolve(input));
}

function resolver(transform: Transform, type: string): ((input: GoValue) => GoValue) | undefined {
  const { math, map, match, string, convert: conversion } = transform;
  switch (type) {
    case 'math':
      return math && ((input) => resolveMath(math, input));
    case 'map':
      return map && ((input) => resolveMap(map, input));
    case 'match':
      return match && ((input) => resolveMatch(match, input));
    case 'string':
      return string && ((input) => transformText(string, input));
    case 'convert':
      return conversion && ((input) => convert(conversion, input));
    default:
      throw new Failure(`transform type ${type} is not supported`);
  }
}

function resolveMath(
  { type = '', multiply = 0n, clampMin = 0n, clampMax = 0n }: MathTransform,
  input: GoValue,
): GoValue {
  if (typeof input !== 'number' && typeof input !== 'bigint') {
    throw new Failure(`input is required to be a number for math transformer, got ${typeName(input)}`);
  }
  // Comparisons cut the fraction off.
  const whole = typeof input === 'bigint' ? input : truncated(input);
  switch (type) {
    case 'Multiply':
      return typeof input === 'bigint' ? BigInt.asIntN(64, input * multiply) : input * Number(multiply);
    case 'ClampMin':
      return whole < clampMin ? clampMin : input;
    case 'ClampMax':
      return whole > clampMax ? clampMax : input;
    default:
      throw new Failure(`type ${type} is not supported for math transform type`);
  }
}

function resolveMap(pairs: GoObject, input: GoValue): GoValue {
  if (typeof input !== 'string') {
    throw new Failure(`type ${typeName(input)} is not supported for map transform`);
  }
  const value = fieldOf(pairs, input);
  if (value === undefined) throw new Failure(`key ${input} is not found in map`);
  return wrapping(`value for key ${input} is not valid JSON`, () => {
    if (value === null) throw new Failure('unexpected end of JSON input');
    return value;
  });
}

function resolveMatch({ patterns = [], fallbackValue, fallbackTo }: MatchTransform, input: GoValue): GoValue {
  for (const [index, pattern] of patterns.entries()) {
    if (wrapping(`cannot match pattern at index ${index}`, () => matches(pattern, input))) {
      return pattern.result ?? null;
    }
  }
  if (fallbackTo !== 'Input') return fallbackValue ?? null;
  if (fallbackValue !== undefined) {
    throw new Failure('cannot set both a fallback value and the fallback to input flag');
  }
  return input;
}

function matches({ type = '', literal, regexp }: MatchPattern, input: GoValue): boolean {
  switch (type) {
    case 'literal':
      if (literal === undefined) throw new Failure('literal is required by type literal');
      if (typeof input !== 'string') throw new Failure(`unsupported input type '${typeName(input)}'`);
      return input === literal;
    case 'regexp':
      if (regexp === undefined) throw new Failure('regexp is required by type regexp');
      if (typeof input !== 'string') {
        throw new Failure(`unsupported input type '${input === null ? 'null' : typeName(input)}'`);
      }
      return wrapping('cannot compile regexp', () => matchesAnywhere(regexp, input));
    default:
      throw new Failure(`unsupported pattern type '${type}'`);
  }
}
