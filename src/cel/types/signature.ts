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
  typeOf,
  UINT,
} from './type.ts';

/** What a function takes and gives, read from a line such as `list(T).indexOf(T): int`. */
export interface Signature {
  readonly name: string;
  /** Called on its first argument. */
  readonly member: boolean;
  readonly parameters: readonly Type[];
  readonly result: Type;
}

const NAMED: ReadonlyMap<string, Type> = new Map([
  ['dyn', DYN],
  ['null', NULL],
  ['bool', BOOL],
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
  ['string', STRING],
  ['bytes', BYTES],
  ['timestamp', TIMESTAMP],
  ['duration', DURATION],
  ['Quantity', opaqueOf('kubernetes.Quantity')],
  ['URL', opaqueOf('kubernetes.URL')],
  ['Semver', opaqueOf('kubernetes.Semver')],
  ['Format', opaqueOf('kubernetes.NamedFormat')],
  ['IP', opaqueOf('net.IP')],
  ['CIDR', opaqueOf('net.CIDR')],
  ['Authorizer', opaqueOf('kubernetes.authorization.Authorizer')],
  ['PathCheck', opaqueOf('kubernetes.authorization.PathCheck')],
  ['GroupCheck', opaqueOf('kubernetes.authorization.GroupCheck')],
  ['ResourceCheck', opaqueOf('kubernetes.authorization.ResourceCheck')],
  ['Decision', opaqueOf('kubernetes.authorization.Decision')],
]);

/** Reads a type from the start of a text; single capital letters are type parameters. */
function readType(text: string): { readonly type: Type; readonly rest: string } {
  const [word = ''] = /^[A-Za-z]+/.exec(text) ?? [];
  let rest = text.slice(word.length);
  const inner: Type[] = [];
  if (rest.startsWith('(') && ['list', 'map', 'optional', 'type'].includes(word)) {
    do {
      const read = readType(rest.slice(1).trimStart());
      inner.push(read.type);
      rest = read.rest;
    } while (rest.startsWith(','));
    rest = rest.slice(1);
  }
  const [first = DYN, second = DYN] = inner;
  switch (word) {
    case 'list':
      return { type: listOf(first), rest };
    case 'map':
      return { type: mapOf(first, second), rest };
    case 'optional':
      return { type: optionalOf(first), rest };
    case 'type':
      return { type: typeOf(first), rest };
    default:
      return { type: NAMED.get(word) ?? { kind: 'param', name: word }, rest };
  }
}

/**
 * @param line `name(type, type): type`, or `type.name(type): type` for a function that is called on a value. Names
 * with a dot in them, such as `sets.contains`, are written with a colon: `sets:contains`.
 */
export function signature(line: string): Signature {
  const global = /^([@\w:!<>=+\-*/%?[\]]+)\(/.exec(line);
  const isGlobal = global !== null && !/^(?:list|map|optional|type)\(.*\)\./.test(line);
  const parameters: Type[] = [];
  let name: string;
  let rest = line;
  if (isGlobal) {
    name = (global[1] ?? '').replace(':', '.');
    rest = line.slice((global[1] ?? '').length + 1);
  } else {
    const target = readType(line);
    parameters.push(target.type);
    const [start = '', method = ''] = /^\.([@\w]+)\(/.exec(target.rest) ?? [];
    name = method;
    rest = target.rest.slice(start.length);
  }
  while (!rest.startsWith(')')) {
    const read = readType(rest.replace(/^,? */, ''));
    parameters.push(read.type);
    rest = read.rest;
  }
  const { type: result } = readType(rest.replace(/^\): */, ''));
  return { name, member: !isGlobal, parameters, result };
}
