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

/** Resources that a function asked for, in answer to one of its selectors. */
export interface Resources {
  readonly items: readonly StateResource[];
}

/** What a function may use to speak with another system; values are base64. */
export interface Credentials {
  readonly credentialData: { readonly data: Readonly<Record<string, string>> };
}

export interface RunFunctionRequest {
  readonly input?: unknown;
  readonly observed?: State;
  readonly desired?: State;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly credentials?: Readonly<Record<string, Credentials>>;
  /** By the name of the selector; `extraResources` is the same by its older name. */
  readonly requiredResources?: Readonly<Record<string, Resources>>;
  readonly extraResources?: Readonly<Record<string, Resources>>;
}

/** Which resources a function needs: by name, or by labels. */
export interface ResourceSelector {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly matchName?: string;
  readonly matchLabels?: { readonly labels?: Readonly<Record<string, string>> };
  /** Without: cluster-scoped ones, or by labels those of every namespace. */
  readonly namespace?: string;
}

export interface Requirements {
  readonly resources?: Readonly<Record<string, ResourceSelector>>;
  readonly extraResources?: Readonly<Record<string, ResourceSelector>>;
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
  /** What it needs to be called with again. */
  readonly requirements?: Requirements;
}

/** What running a function gives: an answer, or the text with which its process ended. */
export type FunctionOutcome = { readonly response: RunFunctionResponse } | { readonly crash: string };

/** What calling a function that runs elsewhere gives: the same, or that nobody answered. */
export type CallOutcome =
  | FunctionOutcome
  | { readonly unreachable: { readonly target: string; readonly message: string } };

export const ENVIRONMENT_KEY = 'apiextensions.crossplane.io/environment';
