import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Checked } from '#model/finding.ts';
import { failureOf } from '../failure.ts';
import { readPath } from '../field-path/read.ts';
import { fromJson, isObject } from '../go/value.ts';
import { type RenderedResource, renderComposite } from '../render/composite.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from '../render/composition.ts';
import type { FunctionPackage, StepResult } from '../render/pipeline.ts';
import { type Entry, type Flow, narrowed } from './flow.ts';
import { type Observation, observe, type Surroundings } from './observe.ts';
import { merged, valueAt } from './places.ts';
import { generatedName } from './random.ts';

/**
 * Reconciles a composite as often as the cluster would until everything is there: after each pass, what was desired
 * exists, with what its provider says of it. So gates open that wait for a value from another resource.
 *
 * After the first pass, only those resources are made again that have something new to take or to give; one more pass
 * over all of them would change nothing. Guarantees: pure, bounded by PASSES.
 */
export interface Reconciled {
  /** In the order of their names in the composition. */
  readonly resources: readonly RenderedResource[];
  /** With the status that resources take values from, or wait for. */
  readonly composite: KubernetesObject;
  /** Names in the composition of the resources whose own names the cluster makes up. */
  readonly nameless: ReadonlySet<string>;
  readonly observations: ReadonlyMap<string, Observation>;
  /** Resources that are never created, and the field of the composite that each lacks. */
  readonly held: readonly { readonly entry: Entry; readonly missing: string | undefined }[];
  /** What the functions said, in order. */
  readonly results: readonly StepResult[];
}

const PASSES = 10;

export interface Reconciling {
  readonly composite: KubernetesObject;
  readonly composition: JsonObject;
  readonly functions: readonly FunctionPackage[];
  readonly flow: Flow;
  readonly around: Surroundings;
}

export function reconcile(given: Reconciling): Checked<Reconciled> {
  const { flow, functions, around } = given;
  const made = new Map<string, RenderedResource>();
  const observations = new Map<string, Observation>();
  const nameless = new Set<string>();
  const results = new Map<string, StepResult>();
  const seen = new Map<string, string>();
  let { composite } = given;
  let due: readonly Entry[] = flow.entries;
  for (let pass = 1; pass <= PASSES; pass++) {
    for (const entry of due) seen.set(entry.name, shares(entry, composite, observations));
    const observed = due.flatMap(({ name }) => {
      const existing = observations.get(name);
      return existing === undefined ? [] : [existing.object];
    });
    const composition = pass === 1 ? given.composition : narrowed(given.composition, due);
    const { value, findings } = renderComposite({ composite, composition, functions, observed });
    if (value === undefined) return { value: undefined, findings };
    for (const result of value.results) results.set(JSON.stringify(result), result);
    for (const resource of value.resources.map((one) => withName(one, composite, nameless))) {
      const { name, object } = resource;
      const ownName = nameless.has(name) ? undefined : textOf(fieldOf(object, 'metadata'), 'name');
      made.set(name, resource);
      observations.set(name, observe(flow.byName.get(name), object, name, ownName, around));
    }
    composite = { ...composite, status: merged(fieldOf(composite, 'status'), statusOf(value.composite)) };
    due = flow.entries.filter((entry) => seen.get(entry.name) !== shares(entry, composite, observations));
    if (due.length === 0) break;
    // Where one resource's values can't be told from another's, all are made again.
    if (!flow.isSeparable) due = flow.entries;
  }
  const resources = [...made.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  const held = heldBack(flow, made, composite);
  return {
    value: { resources, composite, nameless, observations, held, results: [...results.values()] },
    findings: [],
  };
}

/** All that an entry takes from the composite's status, and all that the composite takes from what exists of it. */
function shares(
  { name, takes, gives }: Entry,
  composite: JsonObject,
  observations: ReadonlyMap<string, Observation>,
): string {
  const object = observations.get(name)?.object;
  return JSON.stringify([
    takes.map((path) => valueAt(composite, path) ?? null),
    object === undefined ? null : gives.map((path) => valueAt(object, path) ?? null),
  ]);
}

/** The status that functions desired, without the conditions that Crossplane adds. */
function statusOf(composite: JsonObject): JsonObject {
  const status = fieldOf(composite, 'status');
  const { conditions: _, ...fields } = isJsonObject(status) ? status : {};
  return fields;
}

/** With a name where the composition leaves that to the cluster. */
function withName(
  resource: RenderedResource,
  composite: JsonObject,
  nameless: Set<string>,
): RenderedResource {
  const metadata = fieldOf(resource.object, 'metadata');
  if (textOf(metadata, 'name') !== '') return resource;
  nameless.add(resource.name);
  const owner = textOf(fieldOf(composite, 'metadata'), 'name');
  const name = generatedName(owner, `${owner}/${resource.name}`);
  const named = { ...(isJsonObject(metadata) ? metadata : {}), name };
  return { ...resource, object: { ...resource.object, metadata: named } };
}

const heldBack = ({ entries }: Flow, made: ReadonlyMap<string, unknown>, composite: JsonObject) =>
  entries
    .filter(({ name }) => !made.has(name))
    .map((entry) => ({ entry, missing: entry.gates.find((path) => isMissing(path, composite)) }));

function isMissing(path: string, composite: JsonObject): boolean {
  const object = fromJson(composite);
  try {
    if (isObject(object)) readPath(object, path);
    return false;
  } catch (error) {
    return failureOf(error).kind === 'missing';
  }
}
