import { patternOf } from '#validate/schema/pattern.ts';
import { CelError, isInteger, isList, isMap, keysOf } from './value.ts';

/**
 * Functions that are judged on plain values: the common ones of the standard library
 * (https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions) and Kubernetes'
 * strings library (https://pkg.go.dev/github.com/google/cel-go/ext#Strings). An implementation returns undefined
 * where CEL has no such overload.
 */
type Implementation = (target: unknown, given: readonly unknown[]) => unknown;

const onString =
  (body: (text: string, given: readonly unknown[]) => unknown): Implementation =>
  (target, given) =>
    typeof target === 'string' ? body(target, given) : undefined;

const withText = (body: (text: string, other: string) => unknown): Implementation =>
  onString((text, [other]) => (typeof other === 'string' ? body(text, other) : undefined));

/** RE2, so no pattern of a policy can hang a run on a document made for it. */
const matches = withText(
  (text, pattern) => patternOf(pattern)?.matches(text) ?? new CelError(`no RE2 pattern: ${pattern}`),
);

/** Offsets in CEL count code points. */
const points = (text: string): readonly string[] => Array.from(text);

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

const size: Implementation = (_, [value]) => {
  if (typeof value === 'string') return isAscii(value) ? value.length : points(value).length;
  if (isList(value)) return value.length;
  return isMap(value) ? keysOf(value).length : undefined;
};

const search = (last: boolean): Implementation =>
  onString((text, [part, from]) => {
    if (typeof part !== 'string' || (from !== undefined && !isInteger(from))) return undefined;
    const all = points(text);
    if (from !== undefined && (from < 0 || from > all.length))
      return new CelError(`index out of range: ${from}`);
    const before = from === undefined ? undefined : all.slice(0, from).join('').length;
    const found = last ? text.lastIndexOf(part, before) : text.indexOf(part, before);
    return found < 0 ? -1 : points(text.slice(0, found)).length;
  });

const substring = onString((text, [from, to]) => {
  const all = points(text);
  const end = to === undefined ? all.length : to;
  if (!isInteger(from) || !isInteger(end)) return undefined;
  if (from < 0 || end > all.length || from > end) return new CelError(`index out of range: ${from}, ${end}`);
  return all.slice(from, end).join('');
});

const limited = (value: unknown): value is number | undefined => value === undefined || isInteger(value);

const split = onString((text, [separator, limit]) => {
  if (typeof separator !== 'string' || !limited(limit)) return undefined;
  if (limit === 0) return [];
  const parts = separator === '' ? [...points(text)] : text.split(separator);
  if (limit === undefined || limit < 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
});

const replace = onString((text, [from, to, limit]) => {
  if (typeof from !== 'string' || typeof to !== 'string' || !limited(limit)) return undefined;
  if (limit === undefined || limit < 0) return text.split(from).join(to);
  const parts = text.split(from);
  const head = parts.slice(0, limit + 1).join(to);
  return parts.length > limit + 1 ? [head, ...parts.slice(limit + 1)].join(from) : head;
});

const join: Implementation = (target, [separator = '']) => {
  if (!isList(target) || typeof separator !== 'string') return undefined;
  return target.every((item) => typeof item === 'string') ? target.join(separator) : undefined;
};

const toText: Implementation = (_, [value]) => {
  if (typeof value === 'number' && !Number.isInteger(value))
    return new CelError('string() of a double', true);
  return isList(value) || isMap(value) || value === null ? undefined : String(value);
};

const toInteger: Implementation = (_, [value]) => {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value !== 'string') return undefined;
  const integer = /^[+-]?[0-9]+$/.test(value) ? Number(value) : Number.NaN;
  return isInteger(integer) ? integer : new CelError(`not an integer: ${JSON.stringify(value.slice(0, 40))}`);
};

const changeCase = (pattern: RegExp, change: (text: string) => string): Implementation =>
  onString((text) => text.replace(pattern, change));

/** By name, how many arguments (least, most), and what it does. */
interface CelFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: Implementation;
}
const taking = (least: number, most: number, apply: Implementation): CelFunction => ({ least, most, apply });

export const METHODS: ReadonlyMap<string, CelFunction> = new Map([
  [
    'contains',
    taking(
      1,
      1,
      withText((text, other) => text.includes(other)),
    ),
  ],
  [
    'startsWith',
    taking(
      1,
      1,
      withText((text, other) => text.startsWith(other)),
    ),
  ],
  [
    'endsWith',
    taking(
      1,
      1,
      withText((text, other) => text.endsWith(other)),
    ),
  ],
  ['matches', taking(1, 1, matches)],
  ['size', taking(0, 0, (target) => size(undefined, [target]))],
  ['indexOf', taking(1, 2, search(false))],
  ['lastIndexOf', taking(1, 2, search(true))],
  ['substring', taking(1, 2, substring)],
  ['split', taking(1, 2, split)],
  ['replace', taking(2, 3, replace)],
  ['join', taking(0, 1, join)],
  [
    'trim',
    taking(
      0,
      0,
      onString((text) => text.trim()),
    ),
  ],
  [
    'lowerAscii',
    taking(
      0,
      0,
      changeCase(/[A-Z]+/g, (letters) => letters.toLowerCase()),
    ),
  ],
  [
    'upperAscii',
    taking(
      0,
      0,
      changeCase(/[a-z]+/g, (letters) => letters.toUpperCase()),
    ),
  ],
]);

export const GLOBALS: ReadonlyMap<string, CelFunction> = new Map([
  ['size', taking(1, 1, size)],
  ['string', taking(1, 1, toText)],
  ['int', taking(1, 1, toInteger)],
  ['matches', taking(2, 2, (_, [text, pattern]) => matches(text, [pattern]))],
  ['dyn', taking(1, 1, (_, [value]) => value)],
]);

/** What the CEL library judges and this table doesn't: time, bytes, uint, double, types. */
export const LIBRARY_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'timestamp duration bytes uint double bool type format charAt getFullYear getMonth getDate ' +
    'getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes getSeconds getMilliseconds'
  ).split(' '),
);

/** Kubernetes' own libraries, which a cluster knows: https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries */
export const CLUSTER_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'quantity isQuantity isInteger asInteger asApproximateFloat isGreaterThan isLessThan compareTo sign add sub url isURL ' +
    'getScheme getHost getHostname getPort getEscapedPath getQuery ip isIP ip.isCanonical family isUnspecified ' +
    'isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast cidr isCIDR containsIP containsCIDR ' +
    'prefixLength masked semver isSemver major minor patch isSorted sum min max find findAll sets.contains ' +
    'sets.equivalent sets.intersects format.named validate named strings.quote reverse serviceAccount group resource ' +
    'subresource namespace name check allowed reason errored error path fieldSelector labelSelector base64.decode ' +
    'base64.encode optional.of optional.none optional.ofNonZeroValue value hasValue orValue optMap optFlatMap ' +
    'flatten distinct sort sortBy slice range lists.range first last transformList transformMap'
  ).split(' '),
);
