import {
  type Alias,
  Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  visit,
  type YAMLMap,
} from 'yaml';

/**
 * One value of a YAML text set or taken out, and every other byte left as it was: comments, order, quotes, line ends.
 *
 * Input: text of one document that can be read, and a path of keys in it. Output: the new text, or why the place can't be
 * changed by itself. Pure.
 */
export type Spliced = { readonly text: string } | { readonly refused: Refusal; readonly offset: number };

/** `alias`: it is written elsewhere; `anchor`: others use it, too; `removed`: null takes away what is inherited here. */
export type Refusal = 'alias' | 'anchor' | 'removed';

type Keys = readonly string[];

/** Sets the value at a path; maps on the way are made where they are not there. */
export function setAt(text: string, path: Keys, value: unknown): Spliced {
  const found = find(text, path);
  if ('refused' in found) return found;
  const { map, pair, rest } = found;
  if (pair === undefined) return { text: inserted(text, map, nested(rest, value)) };
  const old = pair.value;
  if (isScalar(old) && !isCollection(value) && old.range)
    return {
      text: replaced(text, old.range[0], contentEnd(old, text), spaced(text, old, scalarText(value, old))),
    };
  const [start, end] = extent(pair, text);
  return { text: replaced(text, start, end, pairText(map, text, nested(path.slice(-1), value))) };
}

/** Takes out the entry at a path; nothing where there is none. A map that loses its last entry stays, empty. */
export function removeAt(text: string, path: Keys): Spliced {
  const found = find(text, path);
  if ('refused' in found) return found;
  const { map, pair } = found;
  if (pair === undefined) return { text };
  const [start, end] = extent(pair, text);
  if (map.items.length === 1) {
    const isFlow = map.flow === true;
    return { text: replaced(text, start, isFlow ? end : lineEnd(text, end), isFlow ? '' : '{}') };
  }
  if (map.flow !== true)
    return { text: replaced(text, text.lastIndexOf('\n', start - 1) + 1, nextLine(text, end), '') };
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return {
    text:
      after === undefined ? replaced(text, start - before, end, '') : replaced(text, start, end + after, ''),
  };
}

/** What stands behind a value, and behind the key of the map that it is in, on the same line: `# 1.42.3`. */
export interface Remarks {
  readonly value?: string;
  readonly key?: string;
}

export function remarksAt(text: string, path: Keys): Remarks {
  const places = remarkPlaces(text, path);
  const at = (place: number | undefined) => {
    const remark = place === undefined ? undefined : remarkFrom(text, place);
    return remark?.text;
  };
  const [value, key] = [at(places.value), at(places.key)];
  return { ...(value !== undefined && { value }), ...(key !== undefined && { key }) };
}

/** A remark that tells the version, and nothing else: it must not outlive the version. */
const VERSION = /^#\s*v?\d+(\.\d+)*([-+.][0-9A-Za-z-.]+)?\s*$/;

/** Remarks that tell a version become those of `wanted`, come and go with them; all others stay. */
export function withRemarks(text: string, path: Keys, wanted: Remarks): string {
  let now = text;
  for (const which of ['value', 'key'] as const) {
    const place = remarkPlaces(now, path)[which];
    if (place === undefined) continue;
    const remark = remarkFrom(now, place);
    const isFree = now.slice(place, lineEnd(now, place)).trim() === '';
    if (!(remark === undefined ? isFree : VERSION.test(remark.text))) continue;
    const other = wanted[which];
    const isVersion = other !== undefined && VERSION.test(other);
    if (remark === undefined) now = isVersion ? replaced(now, place, place, ` ${other}`) : now;
    else if (other === undefined) now = replaced(now, remark.start, remark.end, '');
    else if (isVersion) now = replaced(now, remark.end - remark.text.length, remark.end, other);
  }
  return now;
}

function remarkPlaces(text: string, path: Keys): { readonly value?: number; readonly key?: number } {
  const found = find(text, path);
  if ('refused' in found || found.pair === undefined || found.map.flow === true) return {};
  const value = extent(found.pair, text)[1];
  const colon = found.mapKey?.range?.[1];
  // The key's own line only: `web: # 1.42.3`, with its map below.
  return { value, ...(colon !== undefined && text[colon] === ':' && { key: colon + 1 }) };
}

/** A remark that begins right behind a place, with the white space before it. */
function remarkFrom(text: string, place: number) {
  const [whole, remark] = /^[ \t]+(#[^\r\n]*)/.exec(text.slice(place, lineEnd(text, place))) ?? [];
  if (whole === undefined || remark === undefined) return undefined;
  return { text: remark, start: place, end: place + whole.length };
}

interface Found {
  /** The innermost map on the way, and its entry; none where it must be made, with the keys that are missing. */
  readonly map: YAMLMap<Node, Node | null>;
  readonly pair?: Pair<Node, Node | null>;
  readonly rest: Keys;
  /** The key that the map is the value of. */
  readonly mapKey?: Node;
}

function find(text: string, path: Keys): Found | { readonly refused: Refusal; readonly offset: number } {
  const document = parseDocument(text, { logLevel: 'silent', merge: false });
  const used = new Set<string>();
  visit(document, {
    Alias: (_: unknown, alias: Alias) => {
      used.add(alias.source);
    },
  });
  const refused = (refusal: Refusal, node: Node) => ({ refused: refusal, offset: node.range?.[0] ?? 0 });
  let node: Node | null = document.contents;
  let key: Node | undefined;
  for (const [index, name] of path.entries()) {
    if (isAlias(node)) return refused('alias', node);
    if (!isMap<Node, Node | null>(node)) {
      if (node === null) throw new Error(`no map at ${path.slice(0, index).join('.')}`);
      return refused('removed', node);
    }
    if (node.anchor !== undefined && used.has(node.anchor)) return refused('anchor', node);
    const pair: Pair<Node, Node | null> | undefined = node.items.find(
      (one) => isScalar(one.key) && one.key.value === name,
    );
    const known = { map: node, rest: path.slice(index), ...(key && { mapKey: key }) };
    if (pair === undefined) return known;
    const { value } = pair;
    if (isAlias(value)) return refused('alias', value);
    if (isNode(value) && 'anchor' in value && value.anchor !== undefined && used.has(value.anchor))
      return refused('anchor', value);
    if (index === path.length - 1) return { ...known, pair };
    node = value;
    key = pair.key;
  }
  throw new Error('an empty path leads nowhere');
}

/** Maps on the way to a value; the innermost in one line where it is short. */
const nested = (keys: Keys, value: unknown): Readonly<Record<string, unknown>> => {
  const [first = '', ...rest] = keys;
  const inner = rest.length === 0 ? value : nested(rest, value);
  return { [first]: rest.length > 1 ? inner : styled(inner) };
};

/** What has only a few plain values stands in one line: `{ min: 3, max: 30 }`. */
function styled(value: unknown): unknown {
  if (!isCollection(value) || JSON.stringify(value).length > SHORT) return value;
  const node = new Document().createNode(value, { flow: true });
  const parts: readonly unknown[] = isMap(node)
    ? node.items.map((pair) => pair.value)
    : isSeq(node)
      ? node.items
      : [];
  return parts.every((part) => isScalar(part)) ? node : value;
}

const SHORT = 60;

const isCollection = (value: unknown): boolean => typeof value === 'object' && value !== null;

const replaced = (text: string, start: number, end: number, by: string) =>
  text.slice(0, start) + by + text.slice(end);

/** One line, quoted where it must be, and as the old one was. */
function scalarText(value: unknown, old: Scalar): string {
  const document = new Document(value);
  const made = document.contents;
  if (
    isScalar(made) &&
    typeof value === 'string' &&
    (old.type === 'QUOTE_DOUBLE' || old.type === 'QUOTE_SINGLE')
  )
    made.type = old.type;
  const flow = stringify([made ?? value], { collectionStyle: 'flow', lineWidth: 0 });
  return flow.trim().slice(1, -1).trim();
}

/** What stands behind `key:` with nothing between needs a space before it. */
const spaced = (text: string, { range }: Scalar, made: string) =>
  text[(range?.[0] ?? 0) - 1] === ':' ? ` ${made}` : made;

/** From the key to the end of what belongs to it, without a remark behind it. */
function extent(pair: Pair<Node, Node | null>, text: string): readonly [number, number] {
  const start = pair.key.range?.[0] ?? 0;
  return [start, pair.value === null ? (pair.key.range?.[1] ?? start) + 1 : contentEnd(pair.value, text)];
}

function contentEnd(node: Node, text: string): number {
  const last = isMap<Node, Node | null>(node) && node.flow !== true ? node.items.at(-1) : undefined;
  if (last !== undefined) return extent(last, text)[1];
  const item = isSeq<Node>(node) && node.flow !== true ? node.items.at(-1) : undefined;
  if (item !== undefined) return contentEnd(item, text);
  let end = node.range?.[1] ?? 0;
  while (end > 0 && /[\r\n]/.test(text[end - 1] ?? '')) end--;
  return end;
}

/** Where the line ends that a place is on, its end not included. */
function lineEnd(text: string, place: number): number {
  const end = text.indexOf('\n', place);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function nextLine(text: string, place: number): number {
  const end = text.indexOf('\n', place);
  return end === -1 ? text.length : end + 1;
}

/** Behind the last entry of a map. */
function inserted(
  text: string,
  map: YAMLMap<Node, Node | null>,
  entry: Readonly<Record<string, unknown>>,
): string {
  const made = pairText(map, text, entry);
  const last = map.items.at(-1);
  if (last === undefined) {
    const [start = 0, end = start] = map.range ?? [];
    return replaced(text, start, end, `{ ${flowText(entry)} }`);
  }
  const end = extent(last, text)[1];
  if (map.flow === true) return replaced(text, end, end, `, ${made}`);
  const behind = lineEnd(text, end);
  return replaced(text, behind, behind, `${eolOf(text)}${indentOf(map, text)}${made}`);
}

function pairText(
  map: YAMLMap<Node, Node | null>,
  text: string,
  entry: Readonly<Record<string, unknown>>,
): string {
  if (map.flow === true) return flowText(entry);
  return stringify(entry, { lineWidth: 0 })
    .trimEnd()
    .replaceAll('\n', `${eolOf(text)}${indentOf(map, text)}`);
}

const flowText = (entry: Readonly<Record<string, unknown>>): string =>
  stringify(entry, { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();

function indentOf(map: YAMLMap<Node, Node | null>, text: string): string {
  const start = map.items[0]?.key.range?.[0] ?? 0;
  return ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
}

const eolOf = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');
