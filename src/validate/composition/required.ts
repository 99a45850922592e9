import type { Finding } from '#model/finding.ts';
import { pointerTo, within } from '#model/pointer.ts';
import type { Segment } from '#preview/field-path/parse.ts';
import { keyword, schemaOf, textsOf } from '../schema/jsonSchema.ts';
import type { KindSchema } from '../schema/store.ts';
import { requiredParameters } from './base.ts';
import { isAlwaysThere, resolved, stepInto } from './field-schema.ts';
import type { PlacedPatch } from './function-input.ts';
import type { Judging } from './judging.ts';
import { isRequired, routeOf } from './route.ts';
import {
  hasBelow,
  isPatched,
  isSet,
  isSetByBase,
  namesBelow,
  type Place,
  patchesAt,
  placeAt,
  placeBelow,
} from './written.ts';

/**
 * Every required field is set, by the base or by a patch, including those that the providers require by rules of
 * their own. Where it is a patch whose source may be missing, that's a warning.
 */
export function checkRequired(judging: Judging): readonly Finding[] {
  return judging.entries.flatMap((entry) => {
    const { schema, base, pointer } = entry;
    if (schema === undefined || base === undefined) return [];
    const root = entry.places;
    const needs = [...needsOf(schema, root, judging), ...parametersOf(schema, root)];
    return needs.flatMap(({ segments, place, isHolderSure }) => {
      const source = isSet(place) && isHolderSure ? uncertainSource(place, judging) : undefined;
      if (isSet(place) && source === undefined) return [];
      const at = `${within(pointer, 'base')}${nearest(base, segments)}`;
      return [finding(segments, schema, at, source)];
    });
  });
}

interface Need {
  readonly segments: readonly Segment[];
  readonly place: Place;
  /** Whether the object that needs it is there in any case; otherwise it may come and go with its fields. */
  readonly isHolderSure: boolean;
}

function finding(
  segments: readonly Segment[],
  { kind }: KindSchema,
  pointer: string,
  source: string | undefined,
): Finding {
  const field = segments
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${segment}`))
    .join('');
  const args = { field: field.slice(1), kind, ...(source === undefined ? {} : { source }) };
  return {
    code: 'composition-required',
    severity: source === undefined ? 'error' : 'warning',
    pointer,
    args,
  };
}

/** The deepest part of the path that the base has: a line that exists. */
function nearest(base: unknown, segments: readonly Segment[]): string {
  let place: Place = { value: base, node: undefined };
  const found: Segment[] = [];
  for (const segment of segments) {
    place = placeBelow(place, segment);
    if (!isSetByBase(place)) break;
    found.push(segment);
  }
  return pointerTo(...found);
}

/** What the schema requires of the objects that are there. */
function* needsOf(kind: KindSchema, root: Place, { store }: Judging): Generator<Need> {
  const pending = [{ place: root, schema: kind.schema, segments: [] as readonly Segment[] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { place, segments } = next;
    const schema = resolved(next.schema, store.definition);
    // What a patch writes as a whole is judged as what it is patched from.
    if (isPatched(place)) continue;
    const properties = schemaOf(schema, 'properties') ?? {};
    for (const name of textsOf(schema, 'required')) {
      const field = placeBelow(place, name);
      const isDefaulted = keyword(schemaOf(properties, name) ?? {}, 'default') !== undefined;
      if (isDefaulted || isSetByBase(field) || Array.isArray(place.value)) continue;
      yield { segments: [...segments, name], place: field, isHolderSure: isSetByBase(place) };
    }
    for (const name of namesBelow(place)) {
      const below = placeBelow(place, name);
      if (name === 'metadata' || !hasBelow(below)) continue;
      const child = stepInto({ schema, family: kind.family }, name, store.definition);
      if (child === undefined || child === 'free') continue;
      pending.push({ place: below, schema: child, segments: [...segments, name] });
    }
  }
}

/** Parameters that the provider's rules require of what it creates or updates. */
function parametersOf(kind: KindSchema, root: Place): readonly Need[] {
  const policies = placeAt(root, 'spec', 'managementPolicies');
  const listed: readonly unknown[] | undefined = Array.isArray(policies.value) ? policies.value : undefined;
  const isObserved = listed !== undefined && !['*', 'Create', 'Update'].some((one) => listed.includes(one));
  if (isObserved || policies.node !== undefined) return [];
  if (isPatched(placeAt(root, 'spec', 'forProvider')) || isPatched(placeAt(root, 'spec', 'initProvider')))
    return [];
  return requiredParameters(kind).flatMap((name) => {
    if (isSet(placeAt(root, 'spec', 'initProvider', name))) return [];
    const segments = ['spec', 'forProvider', name];
    return [{ segments, place: placeAt(root, ...segments), isHolderSure: true }];
  });
}

/** The source of a field that only patches set, where none of them is certain to. */
function uncertainSource(place: Place, judging: Judging): string | undefined {
  if (isSetByBase(place)) return undefined;
  const patches = patchesAt(place);
  return patches.some((patch) => isCertain(patch, judging)) ? undefined : patches[0]?.sources[0]?.path;
}

function isCertain(patch: PlacedPatch, { composite, store }: Judging): boolean {
  if (isRequired(patch) || composite === undefined || routeOf(patch)?.from !== 'composite') return true;
  return patch.sources.every(
    ({ segments }) => segments === undefined || isAlwaysThere(composite, segments, store),
  );
}
