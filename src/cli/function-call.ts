import { Client, credentials } from '@grpc/grpc-js';
import type { CallOutcome, RunFunctionResponse } from '#preview/protocol.ts';
import type { FunctionCall } from '#preview/render/pipeline.ts';

/**
 * Calls composition functions that run elsewhere, over gRPC without TLS, as `crossplane render` calls functions under
 * development. The protocol: https://github.com/crossplane/crossplane/blob/main/proto/fn/v1/run_function.proto
 */
export async function functionCaller(
  milliseconds: number,
): Promise<(call: FunctionCall) => Promise<CallOutcome>> {
  // Only here: its start costs more than a whole rendering.
  const protocol = await import('@crossplane-org/function-sdk-typescript');
  const { runFunction } = protocol.FunctionRunnerServiceService;
  return ({ target, request }) =>
    new Promise((resolve) => {
      const client = new Client(target, credentials.createInsecure(), CHANNEL);
      client.makeUnaryRequest(
        runFunction.path,
        runFunction.requestSerialize,
        runFunction.responseDeserialize,
        protocol.RunFunctionRequest.fromJSON({ meta: { tag: '' }, ...request }),
        { deadline: Date.now() + milliseconds },
        (error, response) => {
          client.close();
          if (response === undefined) {
            const message = error?.details ?? 'an empty answer';
            resolve({ unreachable: { target, message } });
          } else resolve({ response: answerOf(protocol.RunFunctionResponse.toJSON(response)) });
        },
      );
    });
}

/** Crossplane takes answers of any size; a bound keeps a mad function from filling the memory. */
const CHANNEL = {
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.max_send_message_length': 64 * 1024 * 1024,
};

/** The bridge from the generated code, which gives protobuf's JSON as `unknown`: its shape is the protocol's. */
const answerOf = (json: unknown): RunFunctionResponse => json as RunFunctionResponse;
