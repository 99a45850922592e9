import type { ApiObject } from 'cdk8s';
import type { Locate } from '#model/origin.ts';
import type { Cause } from './folder.ts';

/** Origins: a place in a generated document -> the line of the environment that somebody can change. */

const causes = new WeakMap<ApiObject, Cause>();

/** Remembers what a construct comes from. */
export function registerCause(construct: ApiObject, cause: Cause): void {
  causes.set(construct, cause);
}

/** What a construct comes from. Throws where nothing was registered: every document has an origin. */
export function causeOf(construct: ApiObject): Cause {
  const cause = causes.get(construct);
  if (cause === undefined) throw new Error(`no origin is known for ${construct.node.path}`);
  return cause;
}

/** Pointer into a document -> pointer into the environment: of all blamed prefixes, the longest decides. */
function blamed(cause: Cause, pointer: string): string {
  let longest = '';
  let blame = cause.pointer;
  for (const [prefix, environmentPointer] of Object.entries(cause.fields?.() ?? {})) {
    if (prefix.length > longest.length && (pointer === prefix || pointer.startsWith(`${prefix}/`))) {
      longest = prefix;
      blame = environmentPointer;
    }
  }
  return blame;
}

/** The origins of a document, given those of its environment. */
export const documentLocate =
  (cause: Cause, locate: Locate): Locate =>
  (pointer) =>
    locate(blamed(cause, pointer));
