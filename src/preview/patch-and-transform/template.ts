import { Failure, failureOf, wrapped, wrapping } from '../failure.ts';
import { quoted } from '../go/quote.ts';
import { copyOf, type GoObject, type GoValue, isObject } from '../go/value.ts';
import type { Ready } from '../protocol.ts';
import { type ConnectionDetails, connectionDetailsOf, type Observed } from './connection.ts';
import { type Patch, type Template, typeOf } from './input.ts';
import { type Holder, metadataOf, redecoded, setMetadata } from './object.ts';
import { applyPatch } from './patch.ts';
import { isReady } from './readiness.ts';

/** What the function works on while it goes through the templates. */
export interface Composing {
  readonly observedComposite: GoObject;
  /** The desired composite: patches write its status. */
  readonly composite: Holder;
  /** Whether a resource could not be made yet. */
  isCompositeWaiting: boolean;
  readonly environment: Holder;
  readonly observed: ReadonlyMap<string, Observed>;
  readonly desired: Map<string, Desired>;
  readonly connectionDetails: ConnectionDetails;
  readonly warn: (message: string) => void;
}

export interface Desired {
  readonly object: GoObject;
  readonly ready: Ready | undefined;
}

/** Makes the desired resource of one template, or leaves it for later where a required source is missing. */
export function composeTemplate(template: Template, composing: Composing): void {
  const { name = '', patches = [] } = template;
  const target: Holder = { object: baseOf(template, composing) };
  const observed = composing.observed.get(name);
  const ready = observed === undefined ? false : adopt(template, observed, target, composing);
  for (const [index, patch] of patches.entries()) {
    if (!runPatch(patch, index, name, target, composing)) return;
  }
  composing.desired.set(name, { object: target.object, ready: ready ? 'READY_TRUE' : undefined });
}

/** The base, or what an earlier function made under this name. */
function baseOf({ name = '', base }: Template, { desired }: Composing): GoObject {
  if (base !== undefined) {
    return wrapping(`cannot parse base template of composed resource ${quoted(name)}`, () => parsed(base));
  }
  const earlier = desired.get(name);
  const copy = earlier === undefined ? undefined : copyOf(earlier.object);
  if (isObject(copy)) return copy;
  throw new Failure(
    `composed resource ${quoted(name)} has no base template, and was not produced by a previous Function in the pipeline`,
  );
}

function parsed(base: GoValue): GoObject {
  if (isObject(base)) return redecoded(base);
  const kind = Array.isArray(base) ? 'array' : typeof base === 'boolean' ? 'bool' : typeof base;
  throw new Failure(`json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`);
}

/** Takes name, connection details and readiness from the resource that exists. True where it is ready. */
function adopt(template: Template, observed: Observed, target: Holder, composing: Composing): boolean {
  for (const [key, value] of connectionDetailsOf(observed, template.connectionDetails)) {
    composing.connectionDetails.set(key, value);
  }
  setMetadata(target.object, 'namespace', metadataOf(observed.object, 'namespace'));
  setMetadata(target.object, 'name', metadataOf(observed.object, 'name'));
  try {
    return isReady(observed.object, template.readinessChecks);
  } catch (error) {
    const { message } = failureOf(error);
    composing.warn(`cannot check readiness of composed resource ${quoted(template.name ?? '')}: ${message}`);
    return false;
  }
}

/** False where the resource has to wait, so no later patch of it runs. */
function runPatch(patch: Patch, index: number, name: string, target: Holder, composing: Composing): boolean {
  const place = `${quoted(typeOf(patch))} patch at index ${index}`;
  const observed = composing.observed.get(name);
  try {
    applyComposed(patch, observed, target, composing);
    return true;
  } catch (error) {
    const { kind, message } = failureOf(error);
    if (kind !== 'missing') throw wrapped(`cannot render composed resource ${quoted(name)} ${place}`, error);
    if (observed !== undefined) {
      composing.warn(
        `cannot render composed resource ${quoted(name)} ${place}: ignoring 'policy.fromFieldPath: Required' because 'to' resource already exists: ${message}`,
      );
      return true;
    }
    composing.warn(
      `not adding new composed resource ${quoted(name)} to desired state because ${place} has 'policy.fromFieldPath: Required': ${message}`,
    );
    composing.isCompositeWaiting = true;
    return false;
  }
}

function applyComposed(
  patch: Patch,
  observed: Observed | undefined,
  target: Holder,
  { observedComposite, composite, environment }: Composing,
): void {
  switch (typeOf(patch)) {
    case 'FromCompositeFieldPath':
    case 'CombineFromComposite':
      applyPatch(patch, observedComposite, target);
      break;
    case 'FromEnvironmentFieldPath':
    case 'CombineFromEnvironment':
      applyPatch(patch, environment.object, target);
      break;
    case 'ToCompositeFieldPath':
    case 'CombineToComposite':
      if (observed !== undefined) applyPatch(patch, observed.object, composite);
      break;
    case 'ToEnvironmentFieldPath':
    case 'CombineToEnvironment':
      if (observed !== undefined) applyPatch(patch, observed.object, environment);
      break;
    default:
      throw new Failure(`patch type ${typeOf(patch)} is unsupported`);
  }
}
