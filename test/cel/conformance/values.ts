import type { Type as ProtoType } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import type { Value as ProtoValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import { createRegistry } from '@bufbuild/protobuf';
import { type Any, anyUnpack, DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt';
import * as is from '#cel/types/type.ts';
import { equal } from '#cel/values/equal.ts';
import { intOf } from '#cel/values/integer.ts';
import { CelMap, isMap, keysOf, lookUp, putEntry } from '#cel/values/map.ts';
import { Duration, Timestamp } from '#cel/values/time.ts';
import { Double, isList, Optional, TypeValue, typeNameOf, UInt, type Value } from '#cel/values/value.ts';

/** Values and types of the specification's tests as the engine has them. Throws {@link Unsupported} for messages. */
class Unsupported extends Error {}

const registry = createRegistry(DurationSchema, TimestampSchema);

function message(any: Any): Value {
  const made = anyUnpack(any, registry);
  if (made?.$typeName === 'google.protobuf.Timestamp' && 'seconds' in made && 'nanos' in made)
    return new Timestamp(Number(made.seconds), Number(made.nanos));
  if (made?.$typeName === 'google.protobuf.Duration' && 'seconds' in made && 'nanos' in made)
    return new Duration(BigInt(String(made.seconds)) * 1_000_000_000n + BigInt(Number(made.nanos)));
  throw new Unsupported(any.typeUrl);
}

export function toValue({ kind }: ProtoValue): Value {
  switch (kind.case) {
    case 'nullValue':
      return null;
    case 'boolValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value;
    case 'int64Value':
      return intOf(kind.value);
    case 'uint64Value':
      return new UInt(kind.value);
    case 'doubleValue':
      return new Double(kind.value);
    case 'listValue':
      return kind.value.values.map(toValue);
    case 'mapValue': {
      const made = new CelMap();
      for (const { key, value } of kind.value.entries)
        if (key !== undefined && value !== undefined) putEntry(made, toValue(key), toValue(value));
      return made;
    }
    case 'typeValue':
      return new TypeValue(kind.value);
    case 'objectValue':
      return message(kind.value);
    default:
      throw new Unsupported(String(kind.case));
  }
}

const PRIMITIVES: readonly (is.Type | undefined)[] = [
  undefined,
  is.BOOL,
  is.INT,
  is.UINT,
  is.DOUBLE,
  is.STRING,
  is.BYTES,
];
const WELL_KNOWN: readonly (is.Type | undefined)[] = [undefined, is.DYN, is.TIMESTAMP, is.DURATION];

export function typeOf(type: ProtoType | undefined): is.Type {
  const kind = type?.typeKind;
  switch (kind?.case) {
    case 'dyn':
      return is.DYN;
    case 'null':
      return is.NULL;
    case 'primitive':
      return PRIMITIVES[kind.value] ?? is.DYN;
    case 'wellKnown':
      return WELL_KNOWN[kind.value] ?? is.DYN;
    case 'listType':
      return is.listOf(typeOf(kind.value.elemType));
    case 'mapType':
      return is.mapOf(typeOf(kind.value.keyType), typeOf(kind.value.valueType));
    case 'type':
      return kind.value.typeKind.case === undefined
        ? { kind: 'type', of: undefined }
        : is.typeOf(typeOf(kind.value));
    case 'typeParam':
      return { kind: 'param', name: kind.value };
    case 'messageType': {
      if (kind.value === 'google.protobuf.Duration') return is.DURATION;
      if (kind.value === 'google.protobuf.Timestamp') return is.TIMESTAMP;
      throw new Unsupported(kind.value);
    }
    case 'abstractType': {
      const [first] = kind.value.parameterTypes;
      if (kind.value.name === 'optional_type') return is.optionalOf(typeOf(first));
      return is.opaqueOf(kind.value.name);
    }
    default:
      throw new Unsupported(String(kind?.case));
  }
}

/** Equal, and of the same type all the way down. */
export function same(actual: Value, expected: Value): boolean {
  if (typeNameOf(actual) !== typeNameOf(expected)) return false;
  if (actual instanceof Double && expected instanceof Double)
    return Object.is(actual.value, expected.value) || actual.value === expected.value;
  if (isList(actual) && isList(expected))
    return actual.length === expected.length && actual.every((item, at) => same(item, expected[at]));
  if (isMap(actual) && isMap(expected))
    return (
      keysOf(actual).length === keysOf(expected).length &&
      keysOf(actual).every((key) => same(lookUp(actual, key), lookUp(expected, key)))
    );
  if (actual instanceof Optional && expected instanceof Optional) return same(actual.value, expected.value);
  return equal(actual, expected) === true;
}
