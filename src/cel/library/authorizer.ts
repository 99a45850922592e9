import { CelError, type Value } from '#cel/values/value.ts';
import * as is from './guards.ts';
import { type Library, type Overload, overload } from './overload.ts';

/**
 * Authorization checks, which only a cluster can answer: they fit their types, and evaluating them is an error whose
 * cause is `unsupported`. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library
 */
const OFFLINE = new CelError('authorization can not be judged offline', 'unsupported');

/** What an environment binds `authorizer` to. */
export const OFFLINE_AUTHORIZER = OFFLINE;

const offline = (line: string): Overload => overload(line, [is.any], (_: Value) => OFFLINE);

export const AUTHORIZER: Library = {
  name: 'authorizer',
  overloads: [
    'Authorizer.path(string): PathCheck',
    'Authorizer.group(string): GroupCheck',
    'Authorizer.serviceAccount(string, string): Authorizer',
    'GroupCheck.resource(string): ResourceCheck',
    'ResourceCheck.subresource(string): ResourceCheck',
    'ResourceCheck.namespace(string): ResourceCheck',
    'ResourceCheck.name(string): ResourceCheck',
    'ResourceCheck.fieldSelector(string): ResourceCheck',
    'ResourceCheck.labelSelector(string): ResourceCheck',
    'PathCheck.check(string): Decision',
    'ResourceCheck.check(string): Decision',
    'Decision.errored(): bool',
    'Decision.error(): string',
    'Decision.allowed(): bool',
    'Decision.reason(): string',
  ].map(offline),
};
