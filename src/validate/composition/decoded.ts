import { within } from '#model/pointer.ts';
import { Failure } from '#preview/failure.ts';
import { parsePath, type Segment } from '#preview/field-path/parse.ts';
import { decodeInput } from '#preview/patch-and-transform/decode.ts';
import type { ConnectionDetail, Input, Patch } from '#preview/patch-and-transform/input.ts';
import { validateInput } from '#preview/patch-and-transform/validate.ts';
import { isObject, type JsonSchema, keyword, schemaOf, textOf } from '../schema/jsonSchema.ts';

/**
 * The input of function-patch-and-transform as the function's own decoder reads it.
 *
 * The decoder and the function's rules are asked first for the whole; where they refuse it, for each part alone, so
 * that one mistake hides no other. A part that is refused is undefined and keeps its place.
 */
export interface DecodedInput {
  readonly patchSets: readonly Part<{ readonly name: string; readonly patches: readonly Part<Patch>[] }>[];
  readonly environment: readonly Part<Patch>[];
  readonly resources: readonly Part<DecodedResource>[];
  /** What the function refuses; pointers start at the input. */
  readonly refused: readonly Refusal[];
}

type Part<T> = T | undefined;

export interface DecodedResource {
  readonly name: string;
  /** As it is written. */
  readonly base: JsonSchema | undefined;
  readonly patches: readonly Part<Patch>[];
  readonly details: readonly Part<ConnectionDetail>[];
}

export interface Refusal {
  readonly pointer: string;
  readonly problem: string;
}

export function decodedInput(written: unknown): DecodedInput {
  const input = isObject(written) ? written : {};
  const whole = judged(withoutBases(written ?? {}));
  return 'input' in whole ? readWhole(whole.input, input) : readParts(input);
}

/** Bases are of no account to the function's rules, and large. */
function withoutBases(written: unknown): unknown {
  const resources = isObject(written) ? keyword(written, 'resources') : undefined;
  if (!isObject(written) || !Array.isArray(resources)) return written;
  const bare = resources.map((resource: unknown) =>
    isObject(resource) && isObject(keyword(resource, 'base')) ? { ...resource, base: {} } : resource,
  );
  return { ...written, resources: bare };
}

function readWhole(
  { patchSets = [], environment, resources = [] }: Input,
  written: JsonSchema,
): DecodedInput {
  const bases = objectsIn(written, 'resources').map((resource) => schemaOf(resource ?? {}, 'base'));
  return {
    patchSets: patchSets.map(({ name = '', patches = [] }) => ({ name, patches })),
    environment: environment?.patches ?? [],
    resources: resources.map(({ name = '', patches = [], connectionDetails = [] }, index) => ({
      name,
      base: bases[index],
      patches,
      details: connectionDetails,
    })),
    refused: [],
  };
}

function readParts(input: JsonSchema): DecodedInput {
  const refused: Refusal[] = [];
  /** Asks for a part that is put where it can stand alone; its own place there is not told. */
  const ask = (alone: JsonSchema, depth: number, pointer: string): Input | undefined => {
    const verdict = judged(alone);
    if ('input' in verdict) return verdict.input;
    refused.push({ pointer: within(pointer, ...verdict.at.slice(depth)), problem: verdict.problem });
    return undefined;
  };
  const inResource = (field: string, pointer: string) => (part: JsonSchema, index: number) =>
    ask({ resources: [{ name: 'one', [field]: [part] }] }, 4, within(pointer, field, index))?.resources?.[0];
  const environment = parts(schemaOf(input, 'environment') ?? {}, 'patches', (patch, index) => {
    const pointer = within('/environment/patches', index);
    return ask({ environment: { patches: [patch] } }, 3, pointer)?.environment?.patches?.[0];
  });
  const patchSets = parts(input, 'patchSets', (set, index) => {
    const pointer = within('/patchSets', index);
    const name = textOf(set, 'name') ?? '';
    const resources = [{ name: 'one' }];
    if (name === '') ask({ patchSets: [{ name }], resources }, 0, pointer);
    const patches = parts(set, 'patches', (patch, at) => {
      const alone = { patchSets: [{ name: 'one', patches: [patch] }], resources };
      return ask(alone, 2, within(pointer, 'patches', at))?.patchSets?.[0]?.patches?.[0];
    });
    return { name, patches };
  });
  const resources = parts(input, 'resources', (resource, index): DecodedResource => {
    const pointer = within('/resources', index);
    const name = textOf(resource, 'name') ?? '';
    if (name === '') ask({ resources: [{ name }] }, 2, pointer);
    const patch = inResource('patches', pointer);
    const detail = inResource('connectionDetails', pointer);
    parts(resource, 'readinessChecks', inResource('readinessChecks', pointer));
    return {
      name,
      base: schemaOf(resource, 'base'),
      patches: parts(resource, 'patches', (part, at) => patch(part, at)?.patches?.[0]),
      details: parts(resource, 'connectionDetails', (part, at) => detail(part, at)?.connectionDetails?.[0]),
    };
  });
  if (resources.length === 0 && environment.length === 0) ask({}, 0, '');
  return { patchSets, environment, resources, refused };
}

/** Items of a list by their places; what is no object is undefined: the schema of the input says so. */
const objectsIn = (holder: JsonSchema, name: string): readonly Part<JsonSchema>[] => {
  const list = keyword(holder, name);
  return (Array.isArray(list) ? list : []).map((item) => (isObject(item) ? item : undefined));
};

const parts = <T>(
  holder: JsonSchema,
  name: string,
  read: (item: JsonSchema, index: number) => Part<T>,
): readonly Part<T>[] =>
  objectsIn(holder, name).map((item, index) => (item === undefined ? undefined : read(item, index)));

type Verdict = { readonly input: Input } | { readonly at: readonly Segment[]; readonly problem: string };

function judged(written: unknown): Verdict {
  let input: Input | undefined;
  try {
    input = decodeInput(written);
    validateInput(input);
    return { input };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [, path = '', problem = ''] = /^([\w.[\]]+): (.*)$/s.exec(error.message) ?? [];
    // What can't be decoded is told without a place.
    return input === undefined || path === ''
      ? { at: [], problem: error.message }
      : { at: parsePath(path), problem };
  }
}
