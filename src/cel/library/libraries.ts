import { AUTHORIZER } from './authorizer.ts';
import { CIDR } from './cidr.ts';
import { FORMAT } from './formats.ts';
import { IP } from './ip.ts';
import { LISTS } from './lists.ts';
import { MORE_LISTS } from './more-lists.ts';
import { OPTIONAL } from './optional.ts';
import type { Library } from './overload.ts';
import { QUANTITY } from './quantity.ts';
import { REGEX } from './regex.ts';
import { SEMVER } from './semver.ts';
import { SETS } from './sets.ts';
import { STANDARD } from './standard.ts';
import { NEWEST_STRINGS, STRINGS } from './strings.ts';
import { URLS } from './url.ts';

/** `all(i, x, …)`, `transformMap(k, v, …)` and the like. */
const TWO_VARIABLES: Library = { name: 'two-variable', overloads: [], macros: ['two-variable'] };
/** `cel.bind(name, value, body)`, which Kubernetes does not load. */
const BINDINGS: Library = { name: 'bindings', overloads: [], macros: ['bindings'] };

/**
 * The minor version of Kubernetes that loads a library first:
 * https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries
 */
const SINCE: readonly (readonly [minor: number, library: Library])[] = [
  [0, STANDARD],
  [0, URLS],
  [0, REGEX],
  [0, LISTS],
  [0, STRINGS],
  [27, AUTHORIZER],
  [28, OPTIONAL],
  [28, QUANTITY],
  [29, SETS],
  [30, IP],
  [30, CIDR],
  [31, FORMAT],
  [32, TWO_VARIABLES],
  [33, SEMVER],
  [34, MORE_LISTS],
];

const known = new Map<number, readonly Library[]>();

/** Whether an expression is about to be written, or is in the cluster already. */
export type Use = 'new' | 'stored';

/**
 * What a version of Kubernetes loads. An API server takes new expressions only if the version before it could run
 * them too, so that it can be rolled back; what it has stored it runs with all that it knows.
 *
 * @param version `1.34`
 */
export function kubernetesLibraries(version: string, use: Use = 'new'): readonly Library[] {
  const minor = minorThatRuns(version, use);
  const before = known.get(minor);
  if (before !== undefined) return before;
  const made = SINCE.filter(([since]) => since <= minor).map(([, library]) => library);
  known.set(minor, made);
  return made;
}

/** The oldest minor version that an expression must be able to run on. */
const minorThatRuns = (version: string, use: Use): number =>
  Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? '34') - (use === 'new' ? 1 : 0);

/** Whether what came with a minor version of Kubernetes may be used. */
export const runsAtLeast = (minor: number, version: string, use: Use): boolean =>
  minorThatRuns(version, use) >= minor;

/** The language and its common extensions, apart from Kubernetes: what the specification's conformance tests ask for. */
export const COMMON_LIBRARIES: readonly Library[] = [
  STANDARD,
  OPTIONAL,
  NEWEST_STRINGS,
  SETS,
  TWO_VARIABLES,
  BINDINGS,
  MORE_LISTS,
];
