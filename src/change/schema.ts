import { amountOf } from '#validate/builtin/amount.ts';
import { type JsonSchema, referenceOf, schemaOf, textOf } from '#validate/schema/jsonSchema.ts';

/** What schemas say of when two values mean the same. */
export interface Schemas {
  /** A definition of Kubernetes by its whole name. */
  readonly definition: (name: string) => JsonSchema | undefined;
}

/** A schema node with its reference followed; what stands beside the reference (a list's keys, a default) stays. */
export function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const reference = referenceOf(schema);
  const definition = reference === undefined ? undefined : schemas.definition(reference);
  return definition === undefined ? schema : { ...definition, ...schema };
}

export function fieldOf(schema: JsonSchema, name: string): JsonSchema | undefined {
  const properties = schemaOf(schema, 'properties');
  return (properties && schemaOf(properties, name)) ?? schemaOf(schema, 'additionalProperties');
}

export const itemOf = (schema: JsonSchema): JsonSchema | undefined => schemaOf(schema, 'items');

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const DURATION = 'io.k8s.apimachinery.pkg.apis.meta.v1.Duration';

/** Whether two written forms are one amount or one span of time, where the schema says that it is one. */
export function sameMeaning(one: unknown, other: unknown, schema: JsonSchema): boolean {
  const reference = referenceOf(schema);
  if (reference === QUANTITY || isQuantityOfCrd(schema)) return same(one, other, amountOf);
  if (reference === DURATION || textOf(schema, 'format') === 'duration') return same(one, other, nanoseconds);
  return false;
}

/** controller-gen writes this pattern for quantities in CRDs; no other field has it. */
const isQuantityOfCrd = (schema: JsonSchema): boolean =>
  textOf(schema, 'pattern')?.startsWith('^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)') === true;

function same<T>(one: unknown, other: unknown, read: (value: unknown) => T | undefined): boolean {
  const left = read(one);
  return left !== undefined && left === read(other);
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
};

/** https://pkg.go.dev/time#ParseDuration; undefined for what is none. Exact up to 104 days, then to the microsecond. */
function nanoseconds(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^[+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(value)) return undefined;
  let sum = 0;
  for (const [, amount, unit = ''] of value.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(amount) * (UNITS[unit] ?? 0);
  }
  return value.startsWith('-') ? -sum : sum;
}
