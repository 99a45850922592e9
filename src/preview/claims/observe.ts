import { type JsonSchema, schemaOf } from '#validate/schema/jsonSchema.ts';
import { failureOf } from '../failure.ts';
import { parsePath, pathText, type Segment } from '../field-path/parse.ts';
import { readSegments } from '../field-path/read.ts';
import { writePath } from '../field-path/write.ts';
import { fromJson, type GoObject, type GoValue, isObject, toJson } from '../go/value.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from '../render/composition.ts';
import { answerOf, type Thing } from './cloud.ts';
import type { Entry } from './flow.ts';
import { markOf, standIn } from './stand-in.ts';

/**
 * A resource as its provider would show it once the thing exists: what was asked for, its conditions, and of the rest
 * exactly what the composition reads.
 *
 * Guarantees: pure; a value is what AWS must answer where that follows from what was asked, else a stand-in of the
 * right type; which is which is told.
 */
export interface Observation {
  readonly object: JsonObject;
  readonly supplied: readonly Supplied[];
}

/** A value that only the provider can know. */
interface Supplied {
  readonly path: readonly string[];
  readonly isStandIn: boolean;
  /** Fields of the resource that it follows from. */
  readonly from: readonly (readonly string[])[];
}

/** What is known around a resource. */
export interface Surroundings {
  readonly claim: string;
  /** Account in AWS; undefined where nobody told. */
  readonly account: string | undefined;
  readonly schemaOf: (apiVersion: string, kind: string) => JsonSchema | undefined;
}

/** `ownName`: the name that the composition gave the object; undefined where the cluster makes one up. */
export function observe(
  entry: Entry | undefined,
  desired: JsonObject,
  name: string,
  ownName: string | undefined,
  around: Surroundings,
): Observation {
  const reads = entry?.reads ?? [];
  const existing = { ...desired, status: { conditions: CONDITIONS } };
  if (reads.length === 0) return { object: existing, supplied: [] };
  const object = fromJson(existing);
  if (!isObject(object)) return { object: existing, supplied: [] };
  const names = ownName === undefined ? [around.claim, name] : [ownName];
  const supplied = reads.flatMap(({ path, uses }): readonly Supplied[] => {
    const segments = parsePath(path);
    if (has(object, segments)) return [];
    const mark = markOf(...names, ...fieldNames(segments));
    const found = known(segments, desired, mark, around) ?? {
      value: standIn(mark, typeAt(segments, desired, around), uses),
      isStandIn: true,
      from: [],
    };
    if (!write(object, path, found.value)) return [];
    return [{ path: segments.map(String), isStandIn: found.isStandIn, from: found.from }];
  });
  const observed = toJson(object);
  return { object: isJsonObject(observed) ? observed : existing, supplied };
}

/** No clock: the moment is always the same. */
const CONDITIONS = ['Ready', 'Synced'].map((type) => ({
  type,
  status: 'True',
  reason: type === 'Ready' ? 'Available' : 'ReconcileSuccess',
  lastTransitionTime: '2024-01-01T00:00:00Z',
}));

/** An id is what names a thing; any other field is told apart by its name. */
function fieldNames(segments: readonly Segment[]): readonly string[] {
  const last = segments.filter((segment) => typeof segment === 'string').at(-1);
  return last === undefined || last === 'id' ? [] : [last];
}

interface Known {
  readonly value: GoValue;
  readonly isStandIn: boolean;
  readonly from: readonly (readonly string[])[];
}

/** What AWS must answer; else what a provider repeats of what it was asked. */
function known(
  segments: readonly Segment[],
  desired: JsonObject,
  mark: string,
  around: Surroundings,
): Known | undefined {
  const [status, provider, ...below] = segments;
  if (status !== 'status' || provider !== 'atProvider' || below.length === 0) return undefined;
  const forProvider = fieldOf(fieldOf(desired, 'spec'), 'forProvider');
  const from: (readonly string[])[] = [];
  const ask = (field: string) => {
    from.push(['spec', 'forProvider', field]);
    return textOf(forProvider, field);
  };
  const [group = ''] = textOf(desired, 'apiVersion').split('/');
  const external = textOf(fieldOf(fieldOf(desired, 'metadata'), 'annotations'), EXTERNAL_NAME);
  if (external !== '') from.push(['metadata', 'annotations', EXTERNAL_NAME]);
  const name = external || ask('name');
  const thing: Thing = {
    group: group.replace('.aws.m.', '.aws.'),
    kind: textOf(desired, 'kind'),
    region: ask('region'),
    name: name || mark,
    seed: name || mark,
    account: around.account,
    asked: ask,
  };
  const answer = answerOf(thing, pathText(below));
  if (answer !== undefined) return { ...answer, isStandIn: answer.isStandIn || name === '', from };
  const asked = fromJson(forProvider);
  if (!isObject(asked) || !has(asked, below)) return undefined;
  const path = ['spec', 'forProvider', ...below.map(String)];
  return { value: readSegments(asked, below), isStandIn: false, from: [path] };
}

const EXTERNAL_NAME = 'crossplane.io/external-name';

/** The type of a field, as the schema of the object's kind says it. */
function typeAt(segments: readonly Segment[], desired: JsonObject, around: Surroundings): string | undefined {
  let node = around.schemaOf(textOf(desired, 'apiVersion'), textOf(desired, 'kind'));
  for (const segment of segments) {
    if (node === undefined) return undefined;
    node =
      typeof segment === 'number'
        ? schemaOf(node, 'items')
        : (schemaOf(schemaOf(node, 'properties') ?? {}, segment) ?? schemaOf(node, 'additionalProperties'));
  }
  return node === undefined ? undefined : textOf(node, 'type') || undefined;
}

function has(object: GoObject, segments: readonly Segment[]): boolean {
  try {
    readSegments(object, segments);
    return true;
  } catch (error) {
    failureOf(error);
    return false;
  }
}

/** False where the path leads through something that is no object. */
function write(object: GoObject, path: string, value: GoValue): boolean {
  try {
    writePath(object, path, value);
    return true;
  } catch (error) {
    failureOf(error);
    return false;
  }
}
