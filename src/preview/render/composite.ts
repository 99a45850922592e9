import type { Checked, Finding } from '#model/finding.ts';
import type { CallOutcome } from '../protocol.ts';
import { type JsonObject, readComposition } from './composition.ts';
import { composedMetadata, compositeWith } from './metadata.ts';
import { observedByName } from './observed.ts';
import { type FunctionCall, type FunctionPackage, runPipeline, type StepResult } from './pipeline.ts';

/**
 * What Crossplane makes of a composite resource in one pass, as `crossplane render` shows it, without a cluster and
 * without Docker.
 *
 * Input: objects as JSON. Output: the composite with its status, and the composed resources. Guarantees: never
 * throws on content; nothing of the input is changed or run; `value` is undefined where the pipeline gave no answer,
 * and a finding says why. Only built-in functions run here: those that run elsewhere are of no account.
 */
export function renderComposite(input: RenderInput): Checked<Rendered> {
  const functions = input.functions.map(({ name, package: source }) => ({ name, package: source }));
  const run = rendering({ ...input, functions }).next();
  // Without functions that run elsewhere the pipeline never asks.
  return run.done === true ? run.value : { value: undefined, findings: [] };
}

/** The same, calling functions that run elsewhere: `call` answers, and never rejects. */
export async function renderCompositeCalling(
  input: RenderInput,
  call: (call: FunctionCall) => Promise<CallOutcome>,
): Promise<Checked<Rendered>> {
  const run = rendering(input);
  let step = run.next();
  while (step.done !== true) step = run.next(await call(step.value));
  return step.value;
}

function* rendering(input: RenderInput): Generator<FunctionCall, Checked<Rendered>, CallOutcome> {
  const composition = readComposition(input.composition, input.composite);
  const observed = observedByName(input.observed ?? []);
  const findings: Finding[] = [...composition.findings, ...observed.findings];
  if (composition.value === undefined) return { value: undefined, findings };
  const run = yield* runPipeline({
    steps: composition.value,
    functions: input.functions,
    composite: input.composite,
    observed: observed.value ?? new Map(),
    context: input.context ?? {},
    available: input.available ?? [],
    credentials: input.credentials ?? [],
  });
  findings.push(...run.findings);
  if (run.value === undefined) return { value: undefined, findings };
  const { desired, results, context, conditions } = run.value;
  const resources = Object.entries(desired.resources ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, resource]) => ({
      name,
      object: composedMetadata(resource.resource, name, input.composite, observed.value?.get(name)),
      isReady: resource.ready === 'READY_TRUE',
    }));
  return {
    value: {
      composite: compositeWith(desired.composite, resources, input.composite, conditions),
      resources,
      results,
      context,
    },
    findings,
  };
}

export interface RenderInput {
  readonly composite: JsonObject;
  readonly composition: JsonObject;
  /** The Functions that the composition's steps name. */
  readonly functions: readonly FunctionPackage[];
  /** Resources that exist; each says its name in the composition by an annotation. */
  readonly observed?: readonly JsonObject[];
  /** By key; `apiextensions.crossplane.io/environment` holds the environment. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What the cluster has, for functions that ask for it. */
  readonly available?: readonly JsonObject[];
  /** Secrets, for functions whose steps name them as credentials. */
  readonly credentials?: readonly JsonObject[];
}

export interface RenderedResource {
  /** Its name in the composition. */
  readonly name: string;
  readonly object: JsonObject;
  readonly isReady: boolean;
}

export interface Rendered {
  readonly composite: JsonObject;
  /** In the order of their names. */
  readonly resources: readonly RenderedResource[];
  /** What the functions said, in order. */
  readonly results: readonly StepResult[];
  readonly context: Readonly<Record<string, unknown>>;
}
