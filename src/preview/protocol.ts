/**
 * The messages between Crossplane and a function, as JSON (https://github.com/crossplane/function-sdk-go,
 * proto/v1/run_function.proto). Only what rendering needs.
 */

export type Ready = 'READY_UNSPECIFIED' | 'READY_TRUE' | 'READY_FALSE';
export type ResultSeverity =
  | 'SEVERITY_FATAL'
  | 'SEVERITY_WARNING'
  | 'SEVERITY_NORMAL'
  | 'SEVERITY_UNSPECIFIED';

/** A resource of the state. Connection details are base64. */
export interface StateResource {
  readonly resource?: unknown;
  readonly connectionDetails?: Readonly<Record<string, string>>;
  readonly ready?: Ready;
}

export interface State {
  readonly composite?: StateResource;
  readonly resources?: Readonly<Record<string, StateResource>>;
}

export interface RunFunctionRequest {
  readonly input?: unknown;
  readonly observed?: State;
  readonly desired?: State;
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface FunctionResult {
  readonly severity: ResultSeverity;
  readonly message: string;
  readonly target?: string;
  readonly reason?: string;
}

export interface FunctionCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message?: string;
}

export interface RunFunctionResponse {
  readonly desired?: State;
  readonly results?: readonly FunctionResult[];
  readonly context?: Readonly<Record<string, unknown>>;
  readonly conditions?: readonly FunctionCondition[];
}

/** What running a function gives: an answer, or the text with which its process ended. */
export type FunctionOutcome = { readonly response: RunFunctionResponse } | { readonly crash: string };

export const ENVIRONMENT_KEY = 'apiextensions.crossplane.io/environment';
