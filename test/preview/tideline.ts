import { runPatchAndTransform } from '#preview/patch-and-transform/function.ts';
import type { RunFunctionRequest, RunFunctionResponse } from '#preview/protocol.ts';

/** A composite resource of Tideline's queue for voyage events. */
export const queue = (spec: object = {}, status?: object) => ({
  apiVersion: 'platform.tideline.example/v1alpha1',
  kind: 'XQueue',
  metadata: { name: 'voyage-events-x7k2p' },
  spec: { queueName: 'voyage-events', region: 'eu-west-1', maxReceiveCount: 5, ...spec },
  ...(status === undefined ? {} : { status }),
});

export const base = { apiVersion: 'sqs.aws.upbound.io/v1beta1', kind: 'Queue' };

/** A request with one template named `queue`. */
export function requestOf(
  patches: readonly object[],
  more: Partial<RunFunctionRequest> = {},
): RunFunctionRequest {
  return {
    input: { resources: [{ name: 'queue', base, patches }] },
    observed: { composite: { resource: queue() } },
    ...more,
  };
}

/** The function's answer; fails where it would crash. */
export function answerTo(request: RunFunctionRequest): RunFunctionResponse {
  const outcome = runPatchAndTransform(request);
  if ('crash' in outcome) throw new Error(outcome.crash);
  return outcome.response;
}

/** Severity and message of each result. */
export const toldBy = (response: RunFunctionResponse) =>
  (response.results ?? []).map(({ severity, message }) => `${severity}: ${message}`);

/** spec.forProvider of the one resource. */
export function providerFields(response: RunFunctionResponse): unknown {
  const resource = response.desired?.resources?.['queue']?.resource;
  return (resource as { spec?: { forProvider?: unknown } } | undefined)?.spec?.forProvider;
}
