import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Finding } from '#model/finding.ts';
import { DEEPEST, MOST_FROM_ALIASES, MOST_PROBLEMS } from './limits.ts';
import type { Problem } from './problem.ts';
import { resolvePlain, type ScalarValue } from './scalar.ts';

/**
 * A parsed YAML document as the JSON that the API machinery would send: YAML 1.1 scalars, aliases and merge keys
 * replaced, keys as text. Input: a tree of the `yaml` package in its failsafe schema. Guarantees: never throws,
 * visits each node once (aliases share what was made for their anchor, and are counted as if they did not).
 */

export type Json = ScalarValue | Json[] | { [key: string]: Json };

export interface Converted {
  readonly value: Json;
  readonly problems: readonly Problem[];
}

type Node = ParsedNode | Scalar | YAMLMap | YAMLSeq | Alias | null;

interface Anchored {
  readonly node: Node;
  /** Undefined while its own content is being made. */
  made?: { readonly value: Json; readonly size: number };
}

interface Run {
  readonly anchors: Map<string, Anchored>;
  readonly problems: Problem[];
  size: number;
  fromAliases: number;
}

const CORE_TAG = 'tag:yaml.org,2002:';

/** Converts a document's content. */
export function convert(content: Node): Converted {
  const run: Run = { anchors: new Map(), problems: [], size: 0, fromAliases: 0 };
  const value = jsonOf(content, run, 0);
  return { value, problems: run.problems };
}

export function offsetOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node)) return 0;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}

function report(run: Run, node: unknown, finding: Finding): void {
  if (run.problems.length < MOST_PROBLEMS) run.problems.push({ finding, offset: offsetOf(node) });
}

function jsonOf(node: Node, run: Run, depth: number): Json {
  run.size++;
  if (node === null) return null;
  if (depth > DEEPEST) {
    report(run, node, { code: 'manifest-too-deep', severity: 'error', args: { limit: DEEPEST } });
    return null;
  }
  if (isAlias(node)) return aliasValue(node, run);
  const anchored = anchor(node, run);
  const before = run.size;
  const value = contentOf(node, run, depth);
  if (anchored !== undefined) anchored.made = { value, size: run.size - before + 1 };
  return value;
}

function anchor(node: Node, run: Run): Anchored | undefined {
  const name = node !== null && 'anchor' in node ? node.anchor : undefined;
  if (name === undefined) return undefined;
  const anchored: Anchored = { node };
  run.anchors.set(name, anchored);
  return anchored;
}

function contentOf(node: Exclude<Node, null>, run: Run, depth: number): Json {
  if (isScalar(node)) return scalarValue(node, run);
  if ((isSeq<Node>(node) || isMap<Node, Node>(node)) && node.flow === true) checkFlow(node, run);
  if (isSeq<Node>(node)) {
    checkTag(node, 'seq', run);
    return node.items.map((item) => jsonOf(item, run, depth + 1));
  }
  if (isMap<Node, Node>(node)) {
    checkTag(node, 'map', run);
    return mapValue(node, run, depth);
  }
  return null;
}

/**
 * Go's YAML reader takes `?` anywhere, and `:` at the beginning, for an indicator inside of { } and [ ], where
 * the specification has long allowed them in plain text.
 */
function checkFlow(node: YAMLMap<Node, Node> | YAMLSeq<Node>, run: Run): void {
  const scalars = isSeq(node) ? node.items : node.items.flatMap(({ key, value }) => [key, value]);
  for (const scalar of scalars) {
    if (!isScalar(scalar) || scalar.type !== 'PLAIN') continue;
    if (!/^:|\?/.test(String(scalar.value))) continue;
    const problem = 'inside of { } and [ ], a text with "?" or ":" like this one needs quotation marks';
    report(run, scalar, { code: 'manifest-syntax', severity: 'error', args: { problem } });
  }
}

function checkTag(node: YAMLSeq | YAMLMap, kind: 'seq' | 'map', run: Run): void {
  if (node.tag === undefined || node.tag === `${CORE_TAG}${kind}`) return;
  // The API machinery passes over the tags of collections.
  report(run, node, { code: 'manifest-tag', severity: 'warning', args: { tag: shortTag(node.tag) } });
}

const shortTag = (tag: string) => (tag.startsWith(CORE_TAG) ? `!!${tag.slice(CORE_TAG.length)}` : tag);

function aliasValue(node: Alias, run: Run): Json {
  const anchored = run.anchors.get(node.source);
  if (anchored?.made === undefined) {
    const problem = anchored === undefined ? 'unknown' : 'circular';
    report(run, node, { code: 'manifest-alias', severity: 'error', args: { name: node.source, problem } });
    return null;
  }
  run.size += anchored.made.size;
  run.fromAliases += anchored.made.size;
  if (run.fromAliases > MOST_FROM_ALIASES) {
    // The value is left out from here on, so that the shared tree stays walkable.
    if (!run.problems.some(({ finding }) => finding.code === 'manifest-expands')) {
      const args = { limit: MOST_FROM_ALIASES };
      run.problems.unshift({
        finding: { code: 'manifest-expands', severity: 'error', args },
        offset: offsetOf(node),
      });
    }
    return null;
  }
  return anchored.made.value;
}

function scalarValue(node: Scalar, run: Run): ScalarValue {
  const text = String(node.value ?? '');
  if (node.tag === undefined) return node.type === 'PLAIN' ? plainValue(node, text, run) : text;
  const tag = shortTag(node.tag);
  if (tag === '!' || tag === '!!str' || tag === '!!timestamp') return text;
  const value = ['!!int', '!!float', '!!bool', '!!null'].includes(tag)
    ? plainValue(node, text, run)
    : undefined;
  if (value !== undefined && tagOf(value).includes(tag)) return value;
  report(run, node, { code: 'manifest-tag', severity: 'error', args: { tag } });
  return text;
}

function tagOf(value: ScalarValue): readonly string[] {
  if (value === null) return ['!!null'];
  if (typeof value === 'boolean') return ['!!bool'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['!!int', '!!float'] : ['!!float'];
  return [];
}

function plainValue(node: Scalar, text: string, run: Run): ScalarValue {
  const resolved = resolvePlain(text);
  if ('problem' in resolved) {
    const args = { text: text.slice(0, 60), problem: resolved.problem };
    // What is too large becomes a double, which schemas of numbers and quantities take, those of integers not.
    const severity = resolved.problem === 'too-large' ? 'warning' : 'error';
    report(run, node, { code: 'manifest-number', severity, args });
  }
  return resolved.value;
}

function mapValue(node: YAMLMap<Node, Node>, run: Run, depth: number): Json {
  const result: { [key: string]: Json } = {};
  const explicit = new Set<string>();
  for (const pair of node.items) {
    if (isMergeKey(pair.key)) {
      merge(pair.value, result, explicit, run, depth);
      continue;
    }
    const key = keyText(pair.key, run);
    if (key === undefined) continue;
    if (explicit.has(key)) {
      report(run, pair.key, { code: 'manifest-duplicate-key', severity: 'error', args: { key } });
      continue;
    }
    explicit.add(key);
    setKey(result, key, jsonOf(pair.value, run, depth + 1));
  }
  return result;
}

export const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined;

function merge(
  source: Node,
  result: { [key: string]: Json },
  explicit: ReadonlySet<string>,
  run: Run,
  depth: number,
): void {
  const value = jsonOf(source, run, depth + 1);
  const parts = Array.isArray(value) ? [...value].reverse() : [value];
  for (const part of parts) {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      const args = { problem: 'no-mapping' } as const;
      report(run, source, { code: 'manifest-merge', severity: 'error', args });
      return;
    }
    for (const key of Object.keys(part)) {
      if (explicit.has(key)) {
        const args = { problem: 'overrides', key } as const;
        report(run, source, { code: 'manifest-merge', severity: 'error', args });
      } else {
        setKey(result, key, part[key] ?? null);
      }
    }
  }
}

/** Sets an own property whatever the key is called: `__proto__` must not reach the prototype. */
function setKey(target: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** A key as JSON has it: numbers and booleans become text, as in sigs.k8s.io/yaml. */
function keyText(key: Node, run: Run): string | undefined {
  run.size++;
  if (isScalar(key) || key === null) {
    anchorScalarKey(key, run);
    const value = key === null ? null : scalarValue(key, run);
    if (isTooLarge(value)) {
      report(run, key, {
        code: 'manifest-key',
        severity: 'error',
        args: { found: 'a number beyond 64 bits' },
      });
      return undefined;
    }
    if (value !== null) return String(value);
  }
  if (isAlias(key)) {
    const value = aliasValue(key, run);
    if (typeof value !== 'object') return String(value);
  }
  const found = isMap(key) ? 'a mapping' : isSeq(key) ? 'a list' : 'nothing';
  report(run, key, { code: 'manifest-key', severity: 'error', args: { found } });
  return undefined;
}

const isTooLarge = (value: ScalarValue): boolean =>
  typeof value === 'number' && Number.isInteger(value) && (value > 2 ** 63 || value < -(2 ** 63));

function anchorScalarKey(key: Node, run: Run): void {
  const anchored = anchor(key, run);
  if (anchored !== undefined && isScalar(key)) anchored.made = { value: scalarValue(key, run), size: 1 };
}

/** Text of a key that is known to be good; for finding a place. */
export function textOfKey(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  if (key.type !== 'PLAIN' || key.tag !== undefined) return String(key.value);
  const { value } = resolvePlain(String(key.value ?? ''));
  return value === null ? undefined : String(value);
}
