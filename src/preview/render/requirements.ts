import type {
  CallOutcome,
  Requirements,
  ResourceSelector,
  Resources,
  RunFunctionRequest,
  RunFunctionResponse,
} from '../protocol.ts';
import { fieldOf, type JsonObject, textOf } from './composition.ts';

/**
 * A function may answer that it needs resources of the cluster. Crossplane fetches them and calls it again, until
 * it asks for nothing new, at most five times:
 * https://docs.crossplane.io/latest/composition/compositions/#how-functions-request-required-resources
 */
const ROUNDS = 5;

/** Calls a function as Crossplane does; `available` stands for what the cluster has. Each yielded request wants an answer. */
export function* satisfied(
  request: RunFunctionRequest,
  available: readonly JsonObject[],
): Generator<RunFunctionRequest, CallOutcome, CallOutcome> {
  let asked = '';
  let next = request;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const outcome = yield next;
    if (!('response' in outcome) || isFatal(outcome.response)) return outcome;
    const requirements = outcome.response.requirements ?? {};
    const asking = JSON.stringify(requirements);
    if (isEmpty(requirements) || asking === asked) return outcome;
    asked = asking;
    next = {
      ...request,
      // What a function leaves in the context, it finds there when it is called again.
      ...(outcome.response.context === undefined ? {} : { context: outcome.response.context }),
      requiredResources: answers(requirements.resources ?? {}, available),
      extraResources: answers(requirements.extraResources ?? {}, available),
    };
  }
  return { crash: `it asked for other resources each of ${ROUNDS} times` };
}

const isFatal = ({ results = [] }: RunFunctionResponse): boolean =>
  results.some(({ severity }) => severity === 'SEVERITY_FATAL');

const isEmpty = ({ resources = {}, extraResources = {} }: Requirements): boolean =>
  Object.keys(resources).length + Object.keys(extraResources).length === 0;

/** A selector that nothing matches is answered by an empty list: the function is told that it was tried. */
const answers = (
  selectors: Readonly<Record<string, ResourceSelector>>,
  available: readonly JsonObject[],
): Readonly<Record<string, Resources>> =>
  Object.fromEntries(
    Object.entries(selectors).map(([name, selector]) => [
      name,
      { items: available.filter((object) => isMatch(object, selector)).map((resource) => ({ resource })) },
    ]),
  );

function isMatch(
  object: JsonObject,
  { apiVersion, kind, matchName, matchLabels, namespace }: ResourceSelector,
): boolean {
  const metadata = fieldOf(object, 'metadata');
  if (textOf(object, 'apiVersion') !== apiVersion || textOf(object, 'kind') !== kind) return false;
  if (namespace !== undefined && textOf(metadata, 'namespace') !== namespace) return false;
  if (matchName !== undefined) return textOf(metadata, 'name') === matchName;
  const labels = fieldOf(metadata, 'labels');
  return Object.entries(matchLabels?.labels ?? {}).every(([key, value]) => fieldOf(labels, key) === value);
}
