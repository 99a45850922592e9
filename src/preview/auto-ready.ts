import { fromJson, isObject } from './go/value.ts';
import { conditionStatus } from './patch-and-transform/readiness.ts';
import type { RunFunctionRequest, RunFunctionResponse, StateResource } from './protocol.ts';

/**
 * function-auto-ready: a desired resource of which no function said whether it's ready is ready when the observed
 * resource has the condition Ready True. Nothing else of the state changes.
 * https://github.com/crossplane-contrib/function-auto-ready
 */
export function runAutoReady({ observed, desired, context }: RunFunctionRequest): RunFunctionResponse {
  const resources: [string, StateResource][] = Object.entries(desired?.resources ?? {}).map(
    ([name, resource]) => {
      const there = observed?.resources ?? {};
      const isUnspecified = (resource.ready ?? 'READY_UNSPECIFIED') === 'READY_UNSPECIFIED';
      const isReady = isUnspecified && Object.hasOwn(there, name) && hasReadyCondition(there[name]);
      return [name, isReady ? { ...resource, ready: 'READY_TRUE' } : resource];
    },
  );
  return {
    desired: { ...desired, ...(resources.length > 0 ? { resources: Object.fromEntries(resources) } : {}) },
    ...(context === undefined ? {} : { context }),
  };
}

function hasReadyCondition(observed: StateResource | undefined): boolean {
  const object = fromJson(observed?.resource);
  return isObject(object) && conditionStatus(object, 'Ready') === 'True';
}
