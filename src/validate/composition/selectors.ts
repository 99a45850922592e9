import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Segment } from '#preview/field-path/parse.ts';
import { type JsonSchema, keyword, schemaOf, textOf } from '../schema/jsonSchema.ts';
import type { KindSchema } from '../schema/store.ts';
import { declares, stepInto } from './field-schema.ts';
import type { JudgedEntry, Judging } from './judging.ts';
import { isInward } from './route.ts';
import { familyOf, selectedKinds, stemOf } from './selector-kinds.ts';
import { isPatched, isSet, namesBelow, type Place, placeAt, placeBelow } from './written.ts';

/**
 * Selectors, by which resources find each other. Within a composite exactly one resource must be what a selector of
 * one looks for: of several, whichever the API server lists first would be taken. A selector of many freezes what it
 * saw when it was first resolved, which is rarely all. Across composites, some base must have the labels.
 */
export function checkSelectors(judging: Judging, everywhere: readonly Labelled[]): readonly Finding[] {
  const here = judging.entries.flatMap(labelled);
  const told = new Map<string, readonly string[] | undefined>();
  const kindsOf: KindsOf = (owner, { field, description }) => {
    const key = `${owner.apiVersion} ${owner.kind} ${field}`;
    if (!told.has(key)) told.set(key, kindsFor(owner, field, description, judging, everywhere));
    return told.get(key);
  };
  return judging.entries.flatMap((entry) =>
    selectorsOf(entry, judging).flatMap((selector) =>
      judgeSelector(selector, entry, { here, everywhere, kindsOf, isAlone: judging.isAlone }),
    ),
  );
}

/** What a composed resource can be selected by. */
export interface Labelled {
  readonly name: string;
  readonly schema: KindSchema;
  /** Of metadata. */
  readonly labels: Place;
}

export function labelled(entry: JudgedEntry): readonly Labelled[] {
  const { name, schema } = entry;
  return schema === undefined ? [] : [{ name, schema, labels: placeAt(entry.places, 'metadata', 'labels') }];
}

type KindsOf = (owner: KindSchema, selector: Selector) => readonly string[] | undefined;

interface Surroundings {
  readonly here: readonly Labelled[];
  readonly everywhere: readonly Labelled[];
  readonly kindsOf: KindsOf;
  readonly isAlone: boolean;
}

interface Selector {
  readonly field: string;
  readonly pointer: string;
  readonly place: Place;
  readonly description: string | undefined;
  /** The field of references beside a selector of several. */
  readonly references: string | undefined;
}

/** Selectors that a base or its patches set, wherever the schema has them. */
function selectorsOf(entry: JudgedEntry, { store }: Judging): readonly Selector[] {
  const { schema: kind, base, pointer } = entry;
  if (kind === undefined || base === undefined) return [];
  return selectorPaths(entry).flatMap((path) => {
    const place = placeAt(entry.places, ...path);
    let holder: JsonSchema = kind.schema;
    for (const segment of path.slice(0, -1)) {
      const next = stepInto({ schema: holder, family: kind.family }, segment, store.definition);
      if (next === undefined || next === 'free') return [];
      holder = next;
    }
    const name = String(path.at(-1));
    const schema = schemaOf(schemaOf(holder, 'properties') ?? {}, name);
    if (schema === undefined || !declares(schema, 'matchControllerRef')) return [];
    const at = `${within(pointer, 'base')}${within('', ...path)}`;
    return [selectorAt(name, place, schema, holder, path, at)];
  });
}

/** Whatever is called like a selector, in the base or in what patches write. */
function selectorPaths({ base, patches }: JudgedEntry): readonly (readonly Segment[])[] {
  const found = new Map<string, readonly Segment[]>();
  const add = (path: readonly Segment[]) => found.set(JSON.stringify(path), path);
  const walk = (value: unknown, path: readonly Segment[]) => {
    if (typeof value !== 'object' || value === null || path.length > DEEPEST) return;
    for (const [key, child] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key];
      if (key.endsWith('Selector')) add(here);
      else walk(child, here);
    }
  };
  walk(keyword(base ?? {}, 'spec'), ['spec']);
  for (const { target } of patches.filter(isInward)) {
    const { segments = [] } = target;
    const at = segments.findIndex((segment) => typeof segment === 'string' && segment.endsWith('Selector'));
    if (at > 0 && segments[0] === 'spec') add(segments.slice(0, at + 1));
  }
  return [...found.values()];
}

/** Selectors of managed resources are some levels below the spec. */
const DEEPEST = 20;

function selectorAt(
  name: string,
  place: Place,
  schema: JsonSchema,
  holder: JsonSchema,
  path: readonly Segment[],
  pointer: string,
): Selector {
  const references = name.replace(/Selector$/, 'Refs');
  const isOfSeveral = declares(holder, references);
  return {
    field: path
      .slice(1)
      .join('.')
      .replace(/^forProvider\./, ''),
    pointer,
    place,
    description: textOf(schema, 'description'),
    references: isOfSeveral ? references : undefined,
  };
}

function judgeSelector(
  selector: Selector,
  { schema, name: owner }: JudgedEntry,
  { here, everywhere, kindsOf, isAlone }: Surroundings,
): readonly Finding[] {
  const { field, pointer, place, references } = selector;
  // A selector that a patch writes as a whole says nothing as yet.
  if (schema === undefined || isPatched(place)) return [];
  const isWithin = placeAt(place, 'matchControllerRef').value === true;
  const wanted = placeAt(place, 'matchLabels');
  const labels = namesBelow(wanted).map(String);
  const several: readonly Finding[] =
    references === undefined
      ? []
      : [{ code: 'composition-selector-several', severity: 'warning', pointer, args: { field, references } }];
  if (!isWithin) {
    const isFound = labels.length === 0 || everywhere.some((one) => matches(one, wanted) !== 'no');
    if (isFound) return several;
    const args = { field, labels };
    return [...several, { code: 'composition-selector-labels', severity: 'warning', pointer, args }];
  }
  const kinds = kindsOf(schema, selector);
  if (kinds === undefined) {
    const args = { field, kind: schema.kind };
    return [...several, { code: 'composition-selector-unchecked', severity: 'info', pointer, args }];
  }
  const candidates = here.filter((one) => kinds.includes(one.schema.kind) && one.name !== owner);
  const sure = candidates.filter((one) => matches(one, wanted) === 'yes');
  const possible = candidates.filter((one) => matches(one, wanted) === 'perhaps');
  const isOptional = placeAt(place, 'policy', 'resolution').value === 'Optional';
  // Of one resource there can be no part that is not there yet.
  if (sure.length + possible.length === 1) return [];
  const isAmbiguous = references === undefined && sure.length > 1;
  if (!isAmbiguous && (isOptional || sure.length + possible.length > 0)) return several;
  // What another function composes is not known here.
  const severity = isAlone || sure.length > 1 ? 'error' : 'warning';
  const args = { field, kinds, labels, found: sure.map(({ name }) => name) };
  return [...several, { code: 'composition-selector', severity, pointer, args }];
}

/** By what is composed here; where nothing here is meant, by what is composed anywhere, or is known at all. */
function kindsFor(
  owner: KindSchema,
  field: string,
  description: string | undefined,
  { entries, store }: Judging,
  everywhere: readonly Labelled[],
): readonly string[] | undefined {
  const name = field.split('.').at(-1) ?? field;
  const here = entries.flatMap(({ schema }) => schema ?? []);
  const elsewhere = () => everywhere.map(({ schema }) => schema);
  return (
    selectedKinds(owner, name, description, here) ??
    selectedKinds(owner, name, description, elsewhere()) ??
    knownKinds(owner, stemOf(name), store)
  );
}

/** Kinds of the same provider that are called just so. */
function knownKinds(owner: KindSchema, stem: string, store: Judging['store']): readonly string[] | undefined {
  const kinds = [...store.kinds()].filter(
    (kind) =>
      kind.toLowerCase() === stem &&
      store.apiVersionsWith(kind).some((apiVersion) => familyOf({ apiVersion }) === familyOf(owner)),
  );
  return kinds.length === 0 ? undefined : kinds;
}

/** Whether a resource has labels; `perhaps` where patches set them. */
function matches({ labels }: Labelled, wanted: Place): 'yes' | 'no' | 'perhaps' {
  let answer: 'yes' | 'perhaps' = 'yes';
  for (const key of namesBelow(wanted)) {
    const asked = placeBelow(wanted, key);
    const given = placeBelow(labels, key);
    if (isPatched(asked) || isPatched(given) || isPatched(labels)) answer = 'perhaps';
    else if (!isSet(given) || given.value !== asked.value) return 'no';
  }
  return answer;
}
