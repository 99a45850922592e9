/**
 * Which parts of a value somebody looks at, and what of another value stands there.
 *
 * Whoever looks at a watched value, and at nothing else that changes, comes to the same answer for every value of the same
 * print: the first thing that it looks at is the same in both, so it looks at the same thing next, and so on.
 *
 * Input: data as YAML or JSON gives it: plain objects, arrays, and what is none of both. Output: the same data in a
 * wrapper that takes note of each look, and texts. Guarantees: the wrapper shows what it wraps, and nothing of it is
 * changed; a print is equal only where everything that was looked at is equal.
 */
export interface Reads {
  /** How many parts are known; what was printed when there were less can't be compared. */
  readonly size: number;
  /** Whether something was looked at of which no print can be made. */
  readonly isUnfit: boolean;
  readonly watch: (value: unknown) => unknown;
  readonly print: (value: unknown) => string;
}

interface Part {
  readonly within: Map<string, Part>;
  /** Whether more was asked than if it is there. */
  isRead: boolean;
  /** Whether its keys, or its length, were asked for. */
  isListed: boolean;
}

/** More is no saving any more. */
const MOST_PARTS = 2000;

export function readsOf(): Reads {
  const root = newPart();
  let size = 0;
  let isUnfit = false;

  function list(part: Part): void {
    if (part.isListed) return;
    part.isListed = true;
    size++;
  }

  function read(part: Part): Part {
    if (!part.isRead) size++;
    part.isRead = true;
    return part;
  }

  function into(part: Part, key: string): Part {
    let inner = part.within.get(key);
    if (inner === undefined) {
      inner = newPart();
      part.within.set(key, inner);
      if (++size > MOST_PARTS) isUnfit = true;
    }
    return inner;
  }

  function watched(value: unknown, part: Part): unknown {
    if (typeof value !== 'object' || value === null) return value;
    // What is no data keeps its looks to itself, and a wrapper may not show another value for what can't change.
    if (!isData(value) || !Object.isExtensible(value)) {
      isUnfit = true;
      return value;
    }
    const isList = Array.isArray(value);
    const look = (key: string | symbol): Part | undefined => {
      if (typeof key === 'symbol') return undefined;
      if (!isList || /^\d/.test(key)) return into(part, key);
      list(part);
      return undefined;
    };
    return new Proxy(value, {
      get: (target, key, receiver) => {
        const inner = look(key);
        const found: unknown = Reflect.get(target, key, receiver);
        return inner === undefined ? found : watched(found, read(inner));
      },
      has: (target, key) => {
        look(key);
        return Reflect.has(target, key);
      },
      ownKeys: (target) => {
        list(part);
        return Reflect.ownKeys(target);
      },
      // `Object.keys` and `Object.hasOwn` ask for it, and what they tell is only whether there is something.
      getOwnPropertyDescriptor: (target, key) => {
        look(key);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
  }

  return {
    get size() {
      return size;
    },
    get isUnfit() {
      return isUnfit;
    },
    watch: (value) => watched(value, root),
    print: (value) => printOf(value, root),
  };
}

const newPart = (): Part => ({ within: new Map(), isRead: false, isListed: false });

const isData = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** Each text says how long it is, so that no two values can print the same. */
function printOf(value: unknown, part: Part): string {
  switch (typeof value) {
    case 'string':
      return `"${value.length}:${value}`;
    case 'number':
      return Object.is(value, -0) ? '-0;' : `${value};`;
    case 'bigint':
      return `${value}n;`;
    case 'boolean':
      return value ? 't' : 'f';
    case 'undefined':
      return 'u';
    default:
      break;
  }
  if (value === null) return '0';
  if (!isData(value)) return '?';
  let print = Array.isArray(value) ? '[' : '{';
  if (part.isListed) {
    if (Array.isArray(value)) print += `${value.length}:`;
    else {
      const keys = Object.keys(value);
      print += `${keys.length}:`;
      for (const key of keys) print += `${key.length}:${key}`;
    }
  }
  for (const [key, inner] of part.within) {
    const isThere = Object.hasOwn(value, key);
    if (inner.isRead) print += printOf(isThere ? value[key] : undefined, inner);
    else print += isThere ? '+' : '-';
  }
  return print;
}
