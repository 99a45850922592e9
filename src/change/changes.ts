import { subjectOf } from '#manifests/manifest.ts';
import type { Subject } from '#model/finding.ts';
import type { Locate, Origin } from '#model/origin.ts';
import { segmentsOf, within } from '#model/pointer.ts';
import type { SchemaStore } from '#validate/schema/store.ts';
import { type Cause, type Causes, causesBetween, type Question } from './cause.ts';
import { compareObjects, type FieldChange } from './compare.ts';
import { type Pair, pair } from './pair.ts';
import type { Described, EnvironmentState, Resource } from './state.ts';

/**
 * Two states of one environment -> what a change will do, by cause.
 *
 * Input: base and head, rendered, managed resources included; schemas of head. Output: every resource that comes, goes,
 * changes or is renamed, and the edited lines that lead to it. Guarantees: pure, deterministic; every difference is in
 * exactly one effect; what no edited line explains is under an effect without a cause.
 *
 * 1. pair.ts: which resource became which  2. compare.ts: what differs in meaning  3. cause.ts: by which edited line
 */
export interface EnvironmentChange {
  readonly name: string;
  /** In the order of the environment file; what has no cause comes last. */
  readonly effects: readonly Effect[];
  readonly changes: readonly ResourceChange[];
}

export type Action = 'created' | 'changed' | 'renamed' | 'deleted';

export interface ResourceChange {
  readonly action: Action;
  /** Absent where it is created. */
  readonly before?: Resource;
  /** Absent where it is deleted. */
  readonly after?: Resource;
  /** What differs, where both are there. */
  readonly fields: readonly FieldChange[];
}

/** What one edited line does. */
export interface Effect {
  /** Absent: no environment file says so; `source` may. */
  readonly cause?: Cause;
  /** The file behind it where that is none of the environment's: a policy, say. */
  readonly source?: Origin;
  readonly parts: readonly EffectPart[];
}

/** A changed resource, and those of its fields that this cause changed. */
export interface EffectPart {
  readonly change: ResourceChange;
  readonly fields: readonly FieldChange[];
}

export type ChangeSchemas = Pick<SchemaStore, 'find' | 'definition'>;

export function changesBetween(
  base: EnvironmentState,
  head: EnvironmentState,
  schemas: ChangeSchemas,
): EnvironmentChange {
  const changes = pair(base.resources, head.resources).flatMap((one) => changeOf(one, schemas));
  const found = causesBetween(base.described, head.described);
  const { causes } = found;
  const effects = effectsOf(changes, found, filesOf(base.described, head.described));
  const order = new Map(causes.map((cause, index) => [cause, index]));
  const rank = ({ cause }: Effect) => (cause === undefined ? causes.length : (order.get(cause) ?? 0));
  return { name: head.name, changes, effects: effects.sort((one, other) => rank(one) - rank(other)) };
}

function changeOf({ before, after }: Pair, schemas: ChangeSchemas): readonly ResourceChange[] {
  if (before === undefined) return after === undefined ? [] : [{ action: 'created', after, fields: [] }];
  if (after === undefined) return [{ action: 'deleted', before, fields: [] }];
  const { object } = after.manifest;
  const schema = schemas.find(object.apiVersion, object.kind)?.schema;
  const late = [...before.late, ...after.late].map(segmentsOf);
  const fields = compareObjects(before.manifest.object, object, schemas, schema).filter(
    ({ pointer }) => !isWithin(segmentsOf(pointer), late) && !isBookkeeping(pointer, after),
  );
  const renamed = isRenamed(before, after);
  if (fields.length === 0 && !renamed) return [];
  return [{ action: renamed ? 'renamed' : 'changed', before, after, fields }];
}

const isWithin = (path: readonly string[], places: readonly (readonly string[])[]): boolean =>
  places.some((place) => place.every((segment, index) => path[index] === segment));

/** What Crossplane notes on what it makes, so that it finds it again: who made it, and for whom. */
const isBookkeeping = (pointer: string, { madeOf }: Resource): boolean =>
  madeOf !== undefined &&
  /^\/metadata\/(ownerReferences|generateName|labels\/crossplane\.io~1)/.test(pointer);

/** Crossplane names what it makes: such a thing is renamed where its claim is. */
function isRenamed(before: Resource, after: Resource): boolean {
  const [was, is] = [before, after].map(({ madeOf, manifest }) => madeOf?.claim ?? subjectOf(manifest));
  return was?.namespace !== is?.namespace || was?.name !== is?.name;
}

/** Where a change shows: at head, but at base for what went. */
function blamed(change: ResourceChange, field: FieldChange | undefined): Question {
  const isGone = field === undefined ? change.after === undefined : field.after === undefined;
  const manifest = (isGone ? change.before : change.after)?.manifest;
  const pointer = field?.pointer ?? '/metadata/name';
  return {
    origin: manifest?.locate(pointer),
    revision: isGone ? 'base' : 'head',
    ...(field?.before !== undefined && { before: field.before }),
    ...(field?.after !== undefined && { after: field.after }),
  };
}

function effectsOf(
  changes: readonly ResourceChange[],
  { causes, causeOf }: Causes,
  files: ReadonlySet<string>,
): Effect[] {
  // Where one line changed, it is what changed everything that the environment says.
  const lone = causes.length === 1 ? causes[0] : undefined;
  const isOfEnvironment = ({ file }: Origin) => files.has(file);
  const parts = new Map<string | Cause, Map<ResourceChange, FieldChange[]>>();
  const sources = new Map<string, Origin>();
  const put = (key: string | Cause, change: ResourceChange, field: FieldChange | undefined) => {
    const own = parts.get(key) ?? new Map<ResourceChange, FieldChange[]>();
    parts.set(key, own);
    const fields = own.get(change) ?? [];
    own.set(change, fields);
    if (field !== undefined) fields.push(field);
  };

  const claims = new Map<string, Cause>();
  const steps = new Map<string, Cause | 'several'>();
  const unexplained: (readonly [ResourceChange, FieldChange | undefined])[] = [];
  const because = (cause: Cause, change: ResourceChange, field: FieldChange | undefined) => {
    put(cause, change, field);
    const step = stepOf(field);
    if (step !== undefined) steps.set(step, (steps.get(step) ?? cause) === cause ? cause : 'several');
  };
  for (const change of changes) {
    const fields = change.fields.length === 0 ? [undefined] : change.fields;
    const found = fields.map((field) => [field, causeOf(blamed(change, field))] as const);
    // What has no line of its own follows the resource's other changes, where those have one cause.
    const lone = only(found.map(([, cause]) => cause));
    if (lone !== undefined) claims.set(subjectKey(change), lone);
    for (const [field, cause = lone] of found) {
      if (cause === undefined) unexplained.push([change, field]);
      else because(cause, change, field);
    }
  }
  for (const [change, field] of unexplained) {
    // A managed resource follows its claim; a value that is derived, what changed in the very same way elsewhere.
    const { claim } = change.after?.madeOf ?? change.before?.madeOf ?? {};
    const step = steps.get(stepOf(field) ?? '');
    const cause = (claim && claims.get(keyOfSubject(claim))) ?? (step === 'several' ? undefined : step);
    const { origin } = blamed(change, field);
    if (cause !== undefined) put(cause, change, field);
    else if (lone !== undefined && (origin === undefined || isOfEnvironment(origin)))
      put(lone, change, field);
    else {
      const key = origin === undefined ? '' : origin.file;
      if (origin !== undefined && !sources.has(key)) sources.set(key, origin);
      put(key, change, field);
    }
  }
  return [...parts].map(([key, own]): Effect => {
    const effects = [...own].map(([change, fields]) => ({ change, fields }));
    if (typeof key !== 'string') return { cause: key, parts: effects };
    const source = sources.get(key);
    return { parts: effects, ...(source && { source }) };
  });
}

/** The files that an environment is written in: its own, and those that it extends. */
function filesOf(...described: readonly (Described | undefined)[]): ReadonlySet<string> {
  const files = new Set<string>();
  const visit = (locate: Locate, pointer: string, value: unknown): void => {
    const origin = locate(pointer);
    if (origin !== undefined) files.add(origin.file);
    // What a file says is at most two levels below what another one says.
    if (typeof value !== 'object' || value === null || segmentsOf(pointer).length > 3) return;
    for (const [key, inner] of Object.entries(value)) visit(locate, within(pointer, key), inner);
  };
  for (const one of described) if (one !== undefined) visit(one.locate, '', one.document);
  return files;
}

/** `"10.30.0.0/20" "10.40.0.0/20"`: undefined for what could be the same by chance. */
function stepOf(field: FieldChange | undefined): string | undefined {
  const { before, after } = field ?? {};
  if (typeof before !== 'string' || typeof after !== 'string' || before.length < 4) return undefined;
  return JSON.stringify([before, after]);
}

/** The one cause that all which have one share. */
function only(causes: readonly (Cause | undefined)[]): Cause | undefined {
  const known = new Set(causes.filter((cause) => cause !== undefined));
  return known.size === 1 ? [...known][0] : undefined;
}

function subjectKey({ before, after }: ResourceChange): string {
  const manifest = (after ?? before)?.manifest;
  return manifest === undefined ? '' : keyOfSubject(subjectOf(manifest));
}

/** Tells subjects apart, whatever the order of their fields. */
export const keyOfSubject = ({ apiVersion, kind, namespace = '', name }: Subject): string =>
  JSON.stringify([apiVersion, kind, namespace, name]);
