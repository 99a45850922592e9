import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';
import type { DocumentJudge } from '../schema/check.ts';
import { isObject, textOf } from '../schema/jsonSchema.ts';
import type { SchemaStore } from '../schema/store.ts';
import type { CompositionDocument, Step } from './document.ts';

/** Functions among the documents: name -> last part of the package's name. */
export type FunctionNames = ReadonlyMap<string, string>;

const repositoryOf = ({ functionName }: Step, functions: FunctionNames): string =>
  functions.get(functionName) ?? functionName.replace(/^crossplane-contrib-/, '');

/** By its input or by the function's name, which everybody may choose. */
export const isPatchAndTransform = (step: Step, functions: FunctionNames): boolean =>
  apiVersionOf(step).startsWith('pt.fn.crossplane.io/') ||
  repositoryOf(step, functions) === 'function-patch-and-transform';

/** It composes nothing, and says of what others composed whether it is ready. */
export const isAutoReady = (step: Step, functions: FunctionNames): boolean =>
  repositoryOf(step, functions) === 'function-auto-ready';

const apiVersionOf = ({ input }: Step) => textOf(isObject(input) ? input : {}, 'apiVersion') ?? '';

interface Known {
  readonly store: SchemaStore;
  readonly functions: FunctionNames;
  readonly judge: DocumentJudge;
  readonly suggest: Suggest;
}

/** The pipeline: it is one, its functions are there, and each gets what its schema says. */
export function checkSteps({ mode, steps }: CompositionDocument, known: Known): readonly Finding[] {
  const args = mode === undefined ? {} : { mode };
  const isPipeline = mode === 'Pipeline';
  const pointer = mode === undefined ? '/spec' : '/spec/mode';
  const modeFinding: Finding = { code: 'composition-mode', severity: 'error', pointer, args };
  return [...(isPipeline ? [] : [modeFinding]), ...steps.flatMap((step) => checkStep(step, known))];
}

function checkStep(step: Step, known: Known): readonly Finding[] {
  const { functions, suggest } = known;
  const { functionName: name, pointer } = step;
  const isUnknown = functions.size > 0 && name !== '' && !functions.has(name);
  const similar = isUnknown ? suggest(name, [...functions.keys()]) : undefined;
  const unknown: Finding = {
    code: 'composition-function-unknown',
    severity: 'error',
    pointer: within(pointer, 'functionRef', 'name'),
    args: { name, ...(similar === undefined ? {} : { similar }) },
  };
  return [...(isUnknown ? [unknown] : []), ...checkInput(step, known)];
}

function checkInput(step: Step, { store, judge }: Known): readonly Finding[] {
  const { input, functionName: name } = step;
  if (!isObject(input)) return [];
  const pointer = within(step.pointer, 'input');
  const apiVersion = apiVersionOf(step);
  const kind = textOf(input, 'kind') ?? '';
  const schema = store.functionInput(apiVersion, kind);
  if (schema === undefined) {
    const args = { name, apiVersion, kind };
    return [{ code: 'composition-input-unchecked', severity: 'info', pointer, args }];
  }
  return judge(input, schema)
    .filter((finding) => !isBehind(finding))
    .map((finding) => ({ ...finding, pointer: `${pointer}${finding.pointer ?? ''}` }));
}

/** The schema of function-patch-and-transform lags behind what it does: these it takes, as its documentation says. */
const BEHIND: ReadonlySet<string> = new Set([
  'Join',
  'Replace',
  'ToAdler32',
  'CombineFromEnvironment',
  'CombineToEnvironment',
]);

function isBehind({ code, pointer = '', args }: Finding): boolean {
  // Where there are patches of the environment; otherwise the function itself says what is missing.
  if (code === 'schema-required' && pointer === '/resources') return true;
  return (
    code === 'schema-enum' &&
    /\/(type|convert)$/.test(pointer) &&
    'found' in args &&
    typeof args.found === 'string' &&
    BEHIND.has(args.found.replaceAll('"', ''))
  );
}
