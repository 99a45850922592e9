import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
  type Scalar as YamlScalar,
} from 'yaml';
import type { Checked, Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { within } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding, shown, suggested } from '../finding.ts';
import { LIMITS } from '../source.ts';
import { type Entry, list, mapping, scalar, type Tree } from '../tree.ts';
import { ambiguity } from './ambiguity.ts';
import type { PlaceOf } from './lines.ts';

/** Keys that JavaScript gives a meaning: no part of the program should ever have to think of them. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

interface Building {
  readonly placeOf: PlaceOf;
  readonly suggest: Suggest;
  readonly findings: Finding[];
  /** Anchors so far; undefined while the anchored node itself is being built. */
  readonly anchors: Map<string, Tree | undefined>;
  /** Nodes so far, those of each alias counted again. */
  values: number;
  /** Something is larger than the limits allow; what was built is not to be used. */
  overflow: boolean;
}

/**
 * Syntax tree -> tree. What can't be used (a second key of one name, a key that is no text) is a finding and
 * left out, so that the rest can still be judged. Aliases share the anchored node; written out they may not
 * exceed `LIMITS`: `value` is undefined where they do.
 */
export function buildTree(contents: ParsedNode, placeOf: PlaceOf, suggest: Suggest): Checked<Tree> {
  const building: Building = {
    placeOf,
    suggest,
    findings: [],
    anchors: new Map(),
    values: 0,
    overflow: false,
  };
  const tree = build(building, contents, '', 0);
  return { value: building.overflow ? undefined : tree, findings: building.findings };
}

function build(building: Building, node: ParsedNode, pointer: string, depth: number): Tree {
  const origin = building.placeOf(node.range[0]);
  if (isAlias(node)) return resolveAlias(building, node.source, origin, pointer, depth);
  building.values += 1;
  if (node.anchor) building.anchors.set(node.anchor, undefined);
  const tree = isMap(node)
    ? buildMapping(building, node, origin, pointer, depth)
    : isSeq(node)
      ? buildList(building, node, origin, pointer, depth)
      : buildScalar(building, node, origin, pointer);
  if (node.anchor) building.anchors.set(node.anchor, tree);
  return tree;
}

function resolveAlias(
  building: Building,
  alias: string,
  origin: Origin,
  pointer: string,
  depth: number,
): Tree {
  const tree = building.anchors.get(alias);
  if (tree !== undefined) {
    building.values += tree.size;
    if (building.values > LIMITS.values) overflow(building, pointer, origin, 'values', LIMITS.values);
    if (depth + tree.height > LIMITS.nesting) overflow(building, pointer, origin, 'levels', LIMITS.nesting);
    return building.overflow ? nothing(origin) : { ...tree, at: origin };
  }
  if (building.anchors.has(alias)) {
    building.findings.push(finding('environment-endless-alias', pointer, origin, { alias }));
  } else {
    const suggestion = suggested(building.suggest(alias, [...building.anchors.keys()]));
    building.findings.push(finding('environment-unknown-alias', pointer, origin, { alias, ...suggestion }));
  }
  building.overflow = true; // What the alias stands for is unknown: nothing behind it can be judged.
  return nothing(origin);
}

function buildMapping(
  building: Building,
  node: YAMLMap.Parsed,
  origin: Origin,
  pointer: string,
  depth: number,
): Tree {
  const entries = new Map<string, Entry>();
  for (const pair of node.items) {
    const key = textKey(building, pair, origin, pointer);
    if (key === undefined) continue;
    const first = entries.get(key.text);
    if (first !== undefined) {
      const args = { key: key.text, firstLine: first.keyAt.line };
      building.findings.push(finding('environment-duplicate-key', within(pointer, key.text), key.at, args));
      continue;
    }
    const value = pair.value
      ? build(building, pair.value, within(pointer, key.text), depth + 1)
      : nothing(key.at);
    entries.set(key.text, { keyAt: key.at, value });
  }
  return mapping(entries, origin);
}

/** The key's text and place; a key that no environment file may have is a finding and undefined. */
function textKey(
  building: Building,
  pair: Pair<ParsedNode, ParsedNode | null>,
  origin: Origin,
  pointer: string,
): { readonly text: string; readonly at: Origin } | undefined {
  const { key } = pair;
  const at = building.placeOf(key?.range[0] ?? 0);
  if (!isScalar(key) || typeof key.value !== 'string') {
    const text = isScalar(key) ? (key.source ?? '') : '';
    building.findings.push(finding('environment-key-not-text', pointer, key ? at : origin, { text }));
    return undefined;
  }
  if (key.anchor) building.anchors.set(key.anchor, scalar(key.value, key.source, at));
  if (key.value === '<<' && key.type === 'PLAIN') {
    building.findings.push(finding('environment-merge-key', pointer, at, {}));
    return undefined;
  }
  if (RESERVED.has(key.value)) {
    const args = { key: key.value };
    building.findings.push(finding('environment-reserved-key', within(pointer, key.value), at, args));
    return undefined;
  }
  return { text: key.value, at };
}

function buildList(
  building: Building,
  node: YAMLSeq.Parsed,
  origin: Origin,
  pointer: string,
  depth: number,
): Tree {
  if (node.items.length > LIMITS.items) {
    overflow(building, pointer, origin, 'items', LIMITS.items);
    return nothing(origin);
  }
  const items = node.items.map((item, index) => build(building, item, within(pointer, index), depth + 1));
  return list(items, origin);
}

function buildScalar(building: Building, node: YamlScalar.Parsed, origin: Origin, pointer: string): Tree {
  const { value, source } = node;
  const plain = node.type === 'PLAIN' && node.tag === undefined;
  const ambiguous = plain ? ambiguity(source, value) : undefined;
  if (ambiguous) {
    building.findings.push(
      finding('environment-ambiguous-scalar', pointer, origin, { text: shown(source), ...ambiguous }),
    );
  }
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return scalar(known ? value : null, source, origin);
}

function overflow(building: Building, pointer: string, origin: Origin, what: string, limit: number): void {
  if (!building.overflow)
    building.findings.push(finding('environment-too-large', pointer, origin, { what, limit }));
  building.overflow = true;
}

const nothing = (origin: Origin): Tree => scalar(null, '', origin);
