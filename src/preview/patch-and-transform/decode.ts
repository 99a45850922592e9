import { Failure } from '../failure.ts';
import { quoted } from '../go/quote.ts';
import { sortedKeys } from '../go/text.ts';
import { fromJson, type GoValue, isObject, newObject } from '../go/value.ts';
import type { Input } from './input.ts';
import { resources, type Shape } from './shape.ts';

/** Decodes the function's input; fails at the first field that is unknown or of a wrong type. */
export function decodeInput(input: unknown): Input {
  const decoded = decode(fromJson(input ?? {}), resources);
  // Every field has been checked against the shape that this type describes.
  return decoded as unknown as Input;
}

function decode(value: GoValue, shape: Shape): GoValue {
  switch (shape.kind) {
    case 'any':
      return value;
    case 'text':
      if (typeof value === 'string') return value;
      throw mismatch(value, shape.type);
    case 'whole':
      return wholeNumber(value, shape.type);
    case 'list':
      if (Array.isArray(value))
        return value.map((item) => (item === null ? empty(shape.item()) : decode(item, shape.item())));
      throw mismatch(value, shape.type);
    case 'map':
      if (isObject(value)) return value;
      throw new Failure(
        `json: cannot unmarshal JSON ${kindOf(value)} into Go value of type v1beta1.MapTransform: json: cannot unmarshal ${kindOf(value)} into Go value of type map[string]v1.JSON`,
      );
    case 'fields':
      return decodeFields(value, shape);
  }
}

function decodeFields(value: GoValue, { type, fields }: Extract<Shape, { kind: 'fields' }>): GoValue {
  if (!isObject(value)) throw mismatch(value, type);
  const decoded = newObject();
  for (const key of sortedKeys(value)) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (shape === undefined) {
      throw new Failure(`json: cannot unmarshal Go value of type ${type}: unknown name ${quoted(key)}`);
    }
    const field = value[key] ?? null;
    if (field !== null) decoded[key] = decode(field, shape);
  }
  return decoded;
}

/** What null stands for in a list: the type's zero value. */
function empty(shape: Shape): GoValue {
  if (shape.kind === 'text') return '';
  return shape.kind === 'any' ? null : newObject();
}

function wholeNumber(value: GoValue, type: string): GoValue {
  if (typeof value !== 'number') throw mismatch(value, type);
  const text = String(value);
  const problem = !/^-?[0-9]+$/.test(text)
    ? 'invalid syntax'
    : !fits(value)
      ? 'value out of range'
      : undefined;
  if (problem === undefined) return BigInt(value);
  throw new Failure(
    `${mismatch(value, type).message}: cannot parse ${quoted(text)} as signed integer: ${problem}`,
  );
}

const fits = (value: number) => BigInt.asIntN(64, BigInt(value)) === BigInt(value);

const mismatch = (value: GoValue, type: string) =>
  new Failure(`json: cannot unmarshal JSON ${kindOf(value)} into Go value of type ${type}`);

function kindOf(value: GoValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
