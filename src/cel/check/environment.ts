import type { Library, Overload } from '#cel/library/overload.ts';
import type { MacroSet } from '#cel/syntax/macros.ts';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  NULL,
  opaqueOf,
  optionalOf,
  STRING,
  TIMESTAMP,
  type Type,
  UINT,
} from '#cel/types/type.ts';

/** What an expression may speak of. */
export interface Environment {
  /** By name; a name may be qualified (`a.b`). */
  readonly variables: ReadonlyMap<string, Type>;
  readonly libraries: readonly Library[];
  /** A list or map literal's elements must be of one type, as in Kubernetes; otherwise mixed ones are dyn. */
  readonly homogeneous: boolean;
  /** Fields in backticks; Kubernetes refuses them. */
  readonly quotedFields: boolean;
  /** A property whose name is a reserved word may be written as it is: `self.namespace`, not only escaped. */
  readonly keywordFields?: boolean;
  /** Where names are looked for first: `a.b` tries `a.b.name`, `a.name`, `name`. */
  readonly container: string;
}

/** What libraries declare, by name. */
export interface Declarations {
  readonly overloads: ReadonlyMap<string, readonly Overload[]>;
  readonly macros: ReadonlySet<MacroSet>;
}

const known = new WeakMap<readonly Library[], Declarations>();

/** What a set of libraries declares; worked out once for each set. */
export function declarationsOf(libraries: readonly Library[]): Declarations {
  const before = known.get(libraries);
  if (before !== undefined) return before;
  const overloads = new Map<string, Overload[]>();
  const macros = new Set<MacroSet>();
  for (const library of libraries) {
    for (const declared of library.overloads) {
      const others = overloads.get(declared.name);
      if (others === undefined) overloads.set(declared.name, [declared]);
      else others.push(declared);
    }
    for (const macro of library.macros ?? []) macros.add(macro);
  }
  const made = { overloads, macros };
  known.set(libraries, made);
  return made;
}

/** Types that expressions may name, as values. */
export const TYPE_NAMES: ReadonlyMap<string, Type> = new Map([
  ['bool', BOOL],
  ['bytes', BYTES],
  ['double', DOUBLE],
  ['int', INT],
  ['list', listOf(DYN)],
  ['map', mapOf(DYN, DYN)],
  ['null_type', NULL],
  ['string', STRING],
  ['uint', UINT],
  ['type', { kind: 'type', of: undefined }],
  ['optional_type', optionalOf(DYN)],
  ['google.protobuf.Timestamp', TIMESTAMP],
  ['google.protobuf.Duration', DURATION],
  ...[
    'net.IP',
    'net.CIDR',
    'kubernetes.Quantity',
    'kubernetes.URL',
    'kubernetes.Semver',
    'kubernetes.NamedFormat',
  ].map((name) => [name, opaqueOf(name)] as const),
]);
