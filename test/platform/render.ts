import type { ComposedResource } from '#platform/composed.ts';
import type { Composition } from '#platform/composition.ts';
import type { Patch, Transform } from '#platform/patches.ts';
import { setAt, valueAt } from './field-path.ts';

/**
 * What function-patch-and-transform makes of a composition, as far as ours go. Where the function would write
 * nonsense without a word (a float by %d, an argument too many), this throws.
 */

export interface Rendered {
  /** Managed resources by the names of their entries. */
  readonly resources: ReadonlyMap<string, object>;
  /** Entries that wait for a Required source. */
  readonly waiting: readonly string[];
}

const MISSING = Symbol('missing');

export function render(composition: Composition, composite: object): Rendered {
  const { patchSets, resources } = composition.spec.pipeline[0].input;
  const sets = new Map(patchSets.map(({ name, patches }) => [name, patches]));
  const rendered = new Map<string, object>();
  const waiting: string[] = [];
  for (const resource of resources) {
    const patches = resource.patches.flatMap((patch) => expand(patch, sets));
    const made = make(resource, patches, composite);
    if (made === undefined) waiting.push(resource.name);
    else rendered.set(resource.name, made);
  }
  return { resources: rendered, waiting };
}

export function expand(patch: Patch, sets: ReadonlyMap<string, readonly Patch[]>): readonly Patch[] {
  if (patch.type !== 'PatchSet') return [patch];
  const patches = sets.get(patch.patchSetName ?? '');
  if (patches === undefined) throw new Error(`no patch set ${patch.patchSetName}`);
  return patches;
}

function make(resource: ComposedResource, patches: readonly Patch[], composite: object): object | undefined {
  const object: object = structuredClone(resource.base);
  for (const patch of patches) {
    if (patch.type === 'ToCompositeFieldPath') continue;
    const value = sourceOf(patch, composite);
    if (value === MISSING) {
      if (patch.policy?.fromFieldPath === 'Required') return undefined;
      continue;
    }
    const result = (patch.transforms ?? []).reduce(transform, value);
    const target = patch.toFieldPath ?? '';
    setAt(object, target, merge(patch, valueAt(object, target), result));
  }
  return object;
}

function merge(patch: Patch, old: unknown, value: unknown): unknown {
  return patch.policy?.toFieldPath === 'MergeObjects' && typeof old === 'object'
    ? { ...(value as object), ...old }
    : structuredClone(value);
}

function sourceOf(patch: Patch, composite: object): unknown {
  if (patch.combine === undefined) return valueAt(composite, patch.fromFieldPath ?? '') ?? MISSING;
  const values = patch.combine.variables.map(({ fromFieldPath }) => valueAt(composite, fromFieldPath));
  return values.includes(undefined) ? MISSING : formatted(patch.combine.string.fmt, values);
}

/** Go's fmt.Sprintf, of which only %s for texts and %.0f for numbers may occur. */
function formatted(fmt: string, values: readonly unknown[]): string {
  const used = new Set<number>();
  let next = 0;
  const result = fmt.replaceAll(
    /%(\[(\d+)\])?(\.0f|s|.)/g,
    (verb, _, index: string | undefined, kind: string) => {
      const place = index === undefined ? next++ : Number(index) - 1;
      const value = values[place];
      used.add(place);
      if (kind === 's' && typeof value === 'string') return value;
      if (kind === '.0f' && typeof value === 'number') return value.toFixed(0);
      throw new Error(`${verb} in ${fmt} gets ${JSON.stringify(value)}`);
    },
  );
  if (used.size !== values.length) throw new Error(`${fmt} leaves arguments over`);
  return result;
}

function transform(value: unknown, { ...step }: Transform): unknown {
  if (step.type === 'convert') return String(value);
  if (step.type === 'match') {
    if (typeof value !== 'string') throw new Error(`match of ${value}`);
    return step.match.patterns.find(({ regexp }) => new RegExp(regexp).test(value))?.result;
  }
  if (step.type === 'map') {
    if (typeof value !== 'string' || !Object.hasOwn(step.map, value)) throw new Error(`no key ${value}`);
    return step.map[value];
  }
  const rule = step.string;
  if (rule.type === 'Format') return formatted(rule.fmt, [value]);
  if (rule.type === 'Convert')
    return rule.convert === 'ToJson' ? JSON.stringify(value) : String(value).toUpperCase();
  if (rule.type === 'TrimPrefix') return String(value).replace(rule.trim, '');
  return new RegExp(rule.regexp.match).exec(String(value))?.[rule.regexp.group];
}
