import type { Checked, Finding } from '#model/finding.ts';
import { suggest } from '#model/suggest.ts';
import { runAutoReady } from '../auto-ready.ts';
import { runPatchAndTransform } from '../patch-and-transform/function.ts';
import type { FunctionOutcome, FunctionResult, RunFunctionRequest, State } from '../protocol.ts';
import type { JsonObject, Step } from './composition.ts';

/** A Function as it is installed: its name, by which steps call it, and the package behind it. */
export interface FunctionPackage {
  readonly name: string;
  /** For example `xpkg.crossplane.io/crossplane-contrib/function-auto-ready:v0.5.0`. */
  readonly package: string;
}

/** What a function said in a step. */
export interface StepResult extends FunctionResult {
  readonly step: string;
}

interface Pipeline {
  readonly steps: readonly Step[];
  readonly functions: readonly FunctionPackage[];
  readonly composite: JsonObject;
  readonly observed: ReadonlyMap<string, JsonObject>;
  readonly context: Readonly<Record<string, unknown>>;
}

interface PipelineOutcome {
  readonly desired: State;
  readonly results: readonly StepResult[];
  readonly context: Readonly<Record<string, unknown>>;
}

type BuiltIn = (request: RunFunctionRequest) => FunctionOutcome;

/** Functions that run in-process, by the last part of their packages' names. */
const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['function-patch-and-transform', runPatchAndTransform],
  ['function-auto-ready', (request) => ({ response: runAutoReady(request) })],
]);

/** Runs the steps in order; each gets what the last one desired. Ends at the first fatal result. */
export function runPipeline(pipeline: Pipeline): Checked<PipelineOutcome> {
  const { steps, functions } = pipeline;
  const found = steps.map((step) => builtInOf(step, functions));
  const missing = found.flatMap(({ finding }) => finding ?? []);
  if (missing.length > 0) return { value: undefined, findings: missing };
  const observed = stateOf(pipeline);
  const results: StepResult[] = [];
  let desired: State = {};
  let context = pipeline.context;
  for (const [index, step] of steps.entries()) {
    const run = found[index]?.run;
    const outcome = run?.({ input: step.input, observed, desired, context }) ?? { crash: 'not run' };
    const problem = problemOf(step, outcome);
    if ('response' in outcome) {
      for (const result of outcome.response.results ?? []) results.push({ ...result, step: step.step });
      desired = outcome.response.desired ?? {};
      context = outcome.response.context ?? {};
    }
    if (problem !== undefined) return { value: undefined, findings: [problem] };
  }
  return { value: { desired, results, context }, findings: [] };
}

function stateOf({ composite, observed }: Pipeline): State {
  const resources = [...observed].map(([name, resource]): [string, { resource: JsonObject }] => [
    name,
    { resource },
  ]);
  return {
    composite: { resource: composite },
    ...(resources.length > 0 ? { resources: Object.fromEntries(resources) } : {}),
  };
}

interface Found {
  readonly run?: BuiltIn;
  readonly finding?: Finding;
}

function builtInOf({ step, functionName }: Step, functions: readonly FunctionPackage[]): Found {
  const installed = functions.find(({ name }) => name === functionName);
  if (installed === undefined) {
    const suggestion = suggest(
      functionName,
      functions.map(({ name }) => name),
    );
    const args = { step, name: functionName, ...(suggestion === undefined ? {} : { suggestion }) };
    return { finding: { code: 'render-function-unknown', severity: 'error', args } };
  }
  const run =
    BUILT_IN.get(repositoryOf(installed.package)) ??
    BUILT_IN.get(installed.package === '' ? functionName : '');
  if (run !== undefined) return { run };
  const args = { step, name: functionName, package: installed.package, builtIn: [...BUILT_IN.keys()] };
  return { finding: { code: 'render-function-unsupported', severity: 'error', args } };
}

/** Last part of a package's name, without tag and digest. */
const repositoryOf = (name: string) => (name.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';

function problemOf({ step, functionName: name }: Step, outcome: FunctionOutcome): Finding | undefined {
  if ('crash' in outcome) {
    return {
      code: 'render-function-crashed',
      severity: 'error',
      args: { step, name, message: outcome.crash },
    };
  }
  const fatal = outcome.response.results?.find(({ severity }) => severity === 'SEVERITY_FATAL');
  if (fatal === undefined) return undefined;
  return { code: 'render-function-fatal', severity: 'error', args: { step, name, message: fatal.message } };
}
