import { failureOf, wrapping } from '../failure.ts';
import { wellFormed } from '../go/text.ts';
import { copyOf, fieldOf, fromJson, type GoObject, isObject, newObject, toJson } from '../go/value.ts';
import {
  ENVIRONMENT_KEY,
  type FunctionOutcome,
  type FunctionResult,
  type ResultSeverity,
  type RunFunctionRequest,
  type RunFunctionResponse,
  type StateResource,
} from '../protocol.ts';
import { applyEnvironmentPatches } from './environment.ts';
import { isUnidentified } from './object.ts';
import { connectionSecret } from './secret.ts';
import { type Composing, composeTemplate } from './template.ts';
import { understood } from './understood.ts';

/**
 * function-patch-and-transform v0.10.8, written anew from its documentation and from what it answers.
 *
 * Input: a request as JSON. Output: the response as JSON, or the text with which the function's process would end.
 * Guarantees: never throws on content; the request is not changed; time and memory are bounded by the size of the
 * input (expressions are RE2, formatted strings and wildcards have limits).
 * https://docs.crossplane.io/latest/guides/function-patch-and-transform/
 */
export function runPatchAndTransform(request: RunFunctionRequest): FunctionOutcome {
  const results: FunctionResult[] = [];
  const tell = (severity: ResultSeverity, message: string) => {
    results.push({ severity, message, target: 'TARGET_COMPOSITE' });
  };
  try {
    const { desired, context } = compose(request, tell);
    return { response: { desired, ...(results.length > 0 ? { results } : {}), context } };
  } catch (error) {
    const { kind, message } = failureOf(error);
    if (kind === 'crash') return { crash: message };
    tell('SEVERITY_FATAL', wellFormed(message));
    const { desired, context } = request;
    return {
      response: { ...(desired && { desired }), results, ...(context && { context }) },
    };
  }
}

type Tell = (severity: ResultSeverity, message: string) => void;
type Composed = Required<Pick<RunFunctionResponse, 'desired' | 'context'>>;

function compose(request: RunFunctionRequest, tell: Tell): Composed {
  const { input, templates } = understood(request.input);

  const composing = startComposing(request, (message) => tell('SEVERITY_WARNING', wellFormed(message)));
  applyEnvironmentPatches(input.environment?.patches ?? [], composing);
  for (const template of templates) composeTemplate(template, composing);

  const secret = wrapping('cannot compose connection secret', () =>
    connectionSecret(
      composing.observedComposite,
      input.writeConnectionSecretToRef,
      composing.connectionDetails,
    ),
  );
  if (secret !== undefined) {
    composing.desired.set(secret.resourceName, { object: secret.object, ready: 'READY_TRUE' });
  }
  return finishComposing(request, composing);
}

function startComposing(request: RunFunctionRequest, warn: (message: string) => void): Composing {
  const observedComposite = objectOf(request.observed?.composite);
  const composite = objectOf(request.desired?.composite);
  composite['apiVersion'] = fieldOf(observedComposite, 'apiVersion') ?? '';
  composite['kind'] = fieldOf(observedComposite, 'kind') ?? '';
  return {
    observedComposite,
    composite: { object: composite },
    isCompositeWaiting: false,
    environment: { object: environmentOf(request) },
    observed: new Map(
      Object.entries(request.observed?.resources ?? {}).map(([name, resource]) => [
        name,
        { object: objectOf(resource), connectionDetails: resource.connectionDetails ?? {} },
      ]),
    ),
    desired: new Map(
      Object.entries(request.desired?.resources ?? {}).map(([name, resource]) => [
        name,
        { object: objectOf(resource), ready: resource.ready },
      ]),
    ),
    connectionDetails: new Map(Object.entries(request.desired?.composite?.connectionDetails ?? {})),
    warn,
  };
}

/** A copy of a resource of the state; nothing where there is none. */
function objectOf(resource: StateResource | undefined): GoObject {
  const object = fromJson(resource?.resource ?? {});
  return isObject(object) ? object : newObject();
}

function environmentOf(request: RunFunctionRequest): GoObject {
  const context = request.context ?? {};
  const value = Object.hasOwn(context, ENVIRONMENT_KEY) ? fromJson(context[ENVIRONMENT_KEY]) : null;
  const environment = isObject(value) ? value : newObject();
  if (isUnidentified(environment)) {
    environment['apiVersion'] = 'internal.crossplane.io/v1alpha1';
    environment['kind'] = 'Environment';
  }
  return environment;
}

function finishComposing(request: RunFunctionRequest, composing: Composing): Composed {
  const { composite, connectionDetails, isCompositeWaiting, environment, desired } = composing;
  const resources = Object.create(null) as Record<string, StateResource>;
  for (const [name, { object, ready }] of desired) {
    resources[name] = { resource: toJson(object), ...(ready === undefined ? {} : { ready }) };
  }
  return {
    desired: {
      composite: {
        resource: toJson(composite.object),
        ...(connectionDetails.size > 0 ? { connectionDetails: Object.fromEntries(connectionDetails) } : {}),
        ...(isCompositeWaiting ? { ready: 'READY_FALSE' } : {}),
      },
      ...(desired.size > 0 ? { resources } : {}),
    },
    context: { ...request.context, [ENVIRONMENT_KEY]: toJson(copyOf(environment.object)) },
  };
}
