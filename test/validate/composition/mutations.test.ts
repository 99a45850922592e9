import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { segmentsOf } from '#model/pointer.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import type { JsonSchema } from '#validate/schema/jsonSchema.ts';
import { withCrds } from '#validate/schema/store.ts';
import { renderings } from '../../charts/namespaced.ts';
import { store } from '../schemas.ts';
import { found, manifestOf } from './harbour.ts';

/** The shipped compositions, in both renderings, with one thing spoiled at random: it is found, where it is. */

const schemas = store();
const sets = renderings
  .filter(({ name }) => !name.startsWith('rich'))
  .flatMap(({ claims, namespaced }) => [claims, namespaced])
  .map((manifests) => manifests.filter(({ object }) => /\/(v1|v2|v1beta1)$/.test(object.apiVersion)))
  .map((manifests) => manifests.filter(({ object }) => /Composi|^Function$/.test(object.kind)));

/** A place in one of a set's compositions that can be spoiled. */
interface Spot {
  readonly manifests: readonly Manifest[];
  readonly manifest: Manifest;
  readonly pointer: string;
}

const spots = (wanted: (pointer: string, value: unknown, holder: unknown) => boolean): readonly Spot[] =>
  sets.flatMap((manifests) =>
    manifests
      .filter(({ object }) => object.kind === 'Composition')
      .flatMap((manifest) => {
        // Other compositions say nothing of this one.
        const set = manifests.filter((one) => one === manifest || one.object.kind !== 'Composition');
        const places: Spot[] = [];
        const walk = (value: unknown, pointer: string, holder: unknown) => {
          if (wanted(pointer, value, holder)) places.push({ manifests: set, manifest, pointer });
          if (typeof value !== 'object' || value === null) return;
          for (const [key, child] of Object.entries(value)) {
            walk(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, value);
          }
        };
        walk(manifest.object, '', undefined);
        return places;
      }),
  );

/** The set with the value at a spot replaced; undefined removes it. */
function spoiled(
  { manifests, manifest, pointer }: Spot,
  change: (value: unknown) => unknown,
): readonly Manifest[] {
  const object: KubernetesObject = structuredClone(manifest.object);
  const segments = segmentsOf(pointer);
  let holder: unknown = object;
  for (const segment of segments.slice(0, -1)) holder = at(holder, segment);
  const last = segments.at(-1) ?? '';
  if (typeof holder !== 'object' || holder === null) throw new Error(`nothing at ${pointer}`);
  const value = change(Reflect.get(holder, last));
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
  return manifests.map((one) => (one === manifest ? manifestOf(object) : one));
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const codesAt = (manifests: readonly Manifest[], prefix: RegExp) =>
  found(manifests)
    .filter(({ pointer = '' }) => prefix.test(pointer))
    .map(({ code }) => code);

const any = (places: readonly Spot[]) =>
  fc.integer({ min: 0, max: places.length - 1 }).map((index) => places[index]);

const RUNS = { numRuns: 60 };
const RESOURCE = /^\/spec\/pipeline\/0\/input\/(resources|patchSets)\/\d+/;

/** Whether a schema says which fields there are, all the way along a path. */
function isDeclared(schema: unknown, path: string): boolean {
  let here: unknown = schema;
  for (const segment of path.split(/[.[\]]+/).filter((one) => one !== '')) {
    const properties = at(here, 'properties');
    if (/^\d+$/.test(segment)) here = at(here, 'items');
    else if (properties === undefined) return false;
    else here = at(properties, segment);
    if (at(here, 'x-kubernetes-preserve-unknown-fields') === true) return false;
  }
  return true;
}

function kindSchema(
  manifests: readonly Manifest[],
  apiVersion: unknown,
  kind: unknown,
): JsonSchema | undefined {
  const known = withCrds(schemas, crdsIn(manifests, schemas, crdsOfXrd).crds);
  return known.find(String(apiVersion), String(kind))?.schema;
}

test('a field of a path', () => {
  const places = spots(
    (pointer, value) =>
      /\/resources\/\d+\/patches\/\d+\/(fromFieldPath|toFieldPath)$/.test(pointer) &&
      typeof value === 'string' &&
      /^(spec|status)\./.test(value),
  );
  expect(places.length).toBeGreaterThan(1000);
  fc.assert(
    fc.property(any(places), fc.nat(), (spot, seed) => {
      if (spot === undefined) throw new Error('no spot');
      const path = segmentsOf(spot.pointer);
      const resource = path.slice(0, 6).reduce<unknown>(at, spot.manifest.object);
      const patch = path.slice(0, -1).reduce<unknown>(at, spot.manifest.object);
      const isOut = String(at(patch, 'type')).includes('ToComposite');
      const isComposite = isOut === (path.at(-1) === 'toFieldPath');
      const base = isComposite
        ? at(at(spot.manifest.object, 'spec'), 'compositeTypeRef')
        : at(resource, 'base');
      const schema = kindSchema(spot.manifests, at(base, 'apiVersion'), at(base, 'kind'));
      const text = String(at(patch, path.at(-1) ?? ''));
      fc.pre(schema !== undefined && isDeclared(schema, text));
      const names = [...text.matchAll(/[A-Za-z]+/g)];
      const name = names[seed % names.length];
      const end = (name?.index ?? 0) + (name?.[0].length ?? 0);
      const manifests = spoiled(spot, () => `${text.slice(0, end)}Zz${text.slice(end)}`);
      const codes = found(manifests).filter(({ pointer }) => pointer === spot.pointer);
      expect(codes.map(({ code }) => code)).toContain('composition-path-unknown');
    }),
    RUNS,
  );
});

test('a field of a base', () => {
  const places = spots(
    (pointer, _, holder) =>
      /\/base\/spec\/forProvider\/[A-Za-z]+$/.test(pointer) && typeof holder === 'object',
  ).filter(({ manifest, pointer }) => {
    const base = segmentsOf(pointer).slice(0, 7).reduce<unknown>(at, manifest.object);
    return schemas.find(String(at(base, 'apiVersion')), String(at(base, 'kind'))) !== undefined;
  });
  expect(places.length).toBeGreaterThan(200);
  fc.assert(
    fc.property(any(places), (spot) => {
      if (spot === undefined) throw new Error('no spot');
      const renamed = { ...spot, pointer: spot.pointer.replace(/\/[^/]+$/, '') };
      const name = segmentsOf(spot.pointer).at(-1) ?? '';
      const manifests = spoiled(renamed, (fields) => ({ ...(fields as object), [`${name}Zz`]: 1 }));
      expect(codesAt(manifests, new RegExp(`${name}Zz$`))).toContain('schema-unknown-field');
    }),
    RUNS,
  );
});

test('a gate without its policy', () => {
  const places = spots(
    (pointer, value) =>
      pointer.endsWith('/policy') && at(value, 'fromFieldPath') === 'Required' && RESOURCE.test(pointer),
  ).filter(({ manifest, pointer }) =>
    JSON.stringify(segmentsOf(pointer).slice(0, -1).reduce<unknown>(at, manifest.object)).includes(
      '"status.',
    ),
  );
  expect(places.length).toBeGreaterThan(20);
  fc.assert(
    fc.property(any(places), (spot) => {
      if (spot === undefined) throw new Error('no spot');
      const manifests = spoiled(spot, () => undefined);
      expect(codesAt(manifests, RESOURCE)).toContain('composition-late-value');
    }),
    RUNS,
  );
});

test('a label that a selector looks for', () => {
  const places = spots((pointer) => /Selector\/matchLabels\/[^/]+$/.test(pointer));
  expect(places.length).toBeGreaterThan(20);
  fc.assert(
    fc.property(any(places), (spot) => {
      if (spot === undefined) throw new Error('no spot');
      const manifests = spoiled(spot, (label) => `${label}-zz`);
      const selector = spot.pointer.replace(/\/matchLabels\/[^/]+$/, '');
      const isKnown = segmentsOf(selector).slice(0, 7).reduce<unknown>(at, spot.manifest.object);
      fc.pre(schemas.find(String(at(isKnown, 'apiVersion')), String(at(isKnown, 'kind'))) !== undefined);
      expect(found(manifests).map(({ code, pointer }) => `${code} ${pointer}`)).toContain(
        `composition-selector ${selector}`,
      );
    }),
    RUNS,
  );
});
