import { Failure } from '../failure.ts';
import { formatFloat } from '../go/float.ts';
import { decodeJson } from '../go/json-decode.ts';
import { parseBool, parseFloat64, parseInt64 } from '../go/parse.ts';
import { parseQuantity } from '../go/quantity.ts';
import { type GoValue, isObject, truncated, typeName } from '../go/value.ts';
import type { ConvertTransform } from './input.ts';
import { validateConvert } from './validate-transform.ts';

/** A convert transform. A conversion to the type that the value has already does nothing, whatever the format. */
export function convert(transform: ConvertTransform, input: GoValue): GoValue {
  const problem = validateConvert(transform);
  if (problem !== undefined) throw new Failure(`${problem.path}: ${problem.text}`);
  const { toType = '', format = 'none' } = transform;
  const to = toType === 'int' ? 'int64' : toType;
  const from = sourceType(input);
  if (from === to) return input;
  const result = converted(input, to, format);
  if (result === undefined) {
    throw new Failure(`conversion from ${from} to ${to} is not supported with format ${format}`);
  }
  return result;
}

function sourceType(input: GoValue): string {
  if (input === null || typeof input === 'object') throw new Failure(`invalid input type ${typeName(input)}`);
  return typeName(input);
}

function converted(input: GoValue, to: string, format: string): GoValue | undefined {
  if (typeof input === 'string') return fromText(input, to, format);
  if (format !== 'none') return undefined;
  if (typeof input === 'boolean') return fromBoolean(input, to);
  if (typeof input === 'bigint') return fromInteger(input, to);
  return typeof input === 'number' ? fromFloat(input, to) : undefined;
}

function fromText(text: string, to: string, format: string): GoValue | undefined {
  switch (`${to} ${format}`) {
    case 'bool none':
      return parseBool(text);
    case 'int64 none':
      return parseInt64(text);
    case 'float64 none':
      return parseFloat64(text);
    case 'float64 quantity':
      return parseQuantity(text);
    case 'object json':
      return decoded(text, 'map[string]interface {}', isObject);
    case 'array json':
      return decoded(text, '[]interface {}', Array.isArray);
    default:
      return undefined;
  }
}

function decoded(text: string, type: string, fits: (value: GoValue) => boolean): GoValue {
  const value = decodeJson(text);
  if (value === null || fits(value)) return value;
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  throw new Failure(`json: cannot unmarshal ${kind} into Go value of type ${type}`);
}

function fromBoolean(value: boolean, to: string): GoValue | undefined {
  if (to === 'string') return String(value);
  if (to === 'int64') return value ? 1n : 0n;
  return to === 'float64' ? Number(value) : undefined;
}

function fromInteger(value: bigint, to: string): GoValue | undefined {
  if (to === 'string') return value.toString();
  if (to === 'bool') return value === 1n;
  return to === 'float64' ? Number(value) : undefined;
}

function fromFloat(value: number, to: string): GoValue | undefined {
  if (to === 'string') return formatFloat(value, 'f', -1);
  if (to === 'bool') return value === 1;
  return to === 'int64' ? truncated(value) : undefined;
}
