import type { Checked, Finding } from '#model/finding.ts';
import { suggest } from '#model/suggest.ts';
import { runAutoReady } from '../auto-ready.ts';
import { runPatchAndTransform } from '../patch-and-transform/function.ts';
import type {
  CallOutcome,
  FunctionCondition,
  FunctionOutcome,
  FunctionResult,
  RunFunctionRequest,
  State,
} from '../protocol.ts';
import type { JsonObject, Step } from './composition.ts';
import { credentialsOf } from './credentials.ts';
import { satisfied } from './requirements.ts';

/** A Function as it is installed: its name, by which steps call it, and the package behind it. */
export interface FunctionPackage {
  readonly name: string;
  /** For example `xpkg.crossplane.io/crossplane-contrib/function-auto-ready:v0.5.0`. */
  readonly package: string;
  /** Where it runs, as host:port: it is called there, be it built in or not. */
  readonly target?: string;
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
  /** What the cluster has, for functions that ask for it. */
  readonly available: readonly JsonObject[];
  /** Secrets that steps name as credentials. */
  readonly credentials: readonly JsonObject[];
}

interface PipelineOutcome {
  readonly desired: State;
  readonly results: readonly StepResult[];
  readonly context: Readonly<Record<string, unknown>>;
  /** What functions say of the composite; of one type, the last. */
  readonly conditions: readonly FunctionCondition[];
}

/** A call that only the caller can make: of a function that runs elsewhere. */
export interface FunctionCall {
  readonly target: string;
  readonly request: RunFunctionRequest;
}

type BuiltIn = (request: RunFunctionRequest) => FunctionOutcome;

/** Functions that run in-process, by the last part of their packages' names. */
const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['function-patch-and-transform', runPatchAndTransform],
  ['function-auto-ready', (request) => ({ response: runAutoReady(request) })],
]);

export const BUILT_IN_FUNCTIONS: readonly string[] = [...BUILT_IN.keys()];

/**
 * Runs the steps in order; each gets what the last one desired. Ends at the first fatal result. A step whose function
 * runs elsewhere yields the call, and goes on with its outcome: so one pipeline serves callers that wait and those
 * that have nothing to wait for.
 */
export function* runPipeline(
  pipeline: Pipeline,
): Generator<FunctionCall, Checked<PipelineOutcome>, CallOutcome> {
  const { steps, functions } = pipeline;
  const found = steps.map((step) => functionOf(step, functions));
  const missing = found.flatMap(({ finding }) => finding ?? []);
  if (missing.length > 0) return { value: undefined, findings: missing };
  const observed = stateOf(pipeline);
  const results: StepResult[] = [];
  const conditions = new Map<string, FunctionCondition>();
  let desired: State = {};
  let context = pipeline.context;
  for (const [index, step] of steps.entries()) {
    const credentials = credentialsOf(step, pipeline.credentials);
    const request = { input: step.input, observed, desired, context, credentials };
    const outcome = yield* called(found[index] ?? {}, request, pipeline.available);
    const problem = problemOf(step, outcome);
    if ('response' in outcome) {
      for (const result of outcome.response.results ?? []) results.push({ ...result, step: step.step });
      for (const condition of outcome.response.conditions ?? []) conditions.set(condition.type, condition);
      desired = outcome.response.desired ?? {};
      context = outcome.response.context ?? {};
    }
    if (problem !== undefined) return { value: undefined, findings: [problem] };
  }
  return { value: { desired, results, context, conditions: [...conditions.values()] }, findings: [] };
}

function* called(
  { run, target }: Found,
  request: RunFunctionRequest,
  available: readonly JsonObject[],
): Generator<FunctionCall, CallOutcome, CallOutcome> {
  if (target === undefined) return run?.(request) ?? { crash: 'not run' };
  const rounds = satisfied(request, available);
  let round = rounds.next();
  while (round.done !== true) round = rounds.next(yield { target, request: round.value });
  return round.value;
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
  readonly target?: string;
  readonly finding?: Finding;
}

function functionOf({ step, functionName }: Step, functions: readonly FunctionPackage[]): Found {
  const installed = functions.find(({ name }) => name === functionName);
  if (installed === undefined) {
    const suggestion = suggest(
      functionName,
      functions.map(({ name }) => name),
    );
    const args = { step, name: functionName, ...(suggestion === undefined ? {} : { suggestion }) };
    return { finding: { code: 'render-function-unknown', severity: 'error', args } };
  }
  if (installed.target !== undefined) return { target: installed.target };
  const run =
    BUILT_IN.get(repositoryOf(installed.package)) ??
    BUILT_IN.get(installed.package === '' ? functionName : '');
  if (run !== undefined) return { run };
  const args = { step, name: functionName, package: installed.package, builtIn: [...BUILT_IN.keys()] };
  return { finding: { code: 'render-function-unsupported', severity: 'error', args } };
}

/** Last part of a package's name, without tag and digest. */
const repositoryOf = (name: string) => (name.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';

function problemOf({ step, functionName: name }: Step, outcome: CallOutcome): Finding | undefined {
  if ('unreachable' in outcome) {
    const { target, message } = outcome.unreachable;
    return { code: 'render-function-unreachable', severity: 'error', args: { step, name, target, message } };
  }
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
