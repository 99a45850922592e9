import type { Origin } from '#model/origin.ts';
import { segmentsOf } from '#model/pointer.ts';

/**
 * YAML as data with positions. A tree never changes once it is made, so merged files share what they have in
 * common, and every node still knows the file and line that set it.
 */
export type Tree = Scalar | List | Mapping;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it was written, without quotes. */
  readonly source: string;
  readonly at: Origin;
  readonly size: 1;
  readonly height: 0;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly at: Origin;
  /** Number of nodes, this one included; aliases written out. */
  readonly size: number;
  /** Levels below this one. */
  readonly height: number;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Origin;
  readonly size: number;
  readonly height: number;
}

export interface Entry {
  readonly keyAt: Origin;
  readonly value: Tree;
}

/** A mapping of these entries, standing at `at`. */
export function mapping(entries: ReadonlyMap<string, Entry>, at: Origin): Mapping {
  let size = 1;
  let height = 0;
  for (const { value } of entries.values()) {
    size += value.size;
    height = Math.max(height, value.height + 1);
  }
  return { kind: 'mapping', entries, at, size, height };
}

/** A list of these items, standing at `at`. */
export function list(items: readonly Tree[], at: Origin): List {
  let size = 1;
  let height = 0;
  for (const item of items) {
    size += item.size;
    height = Math.max(height, item.height + 1);
  }
  return { kind: 'list', items, at, size, height };
}

/** A single value, standing at `at`. */
export const scalar = (value: Scalar['value'], source: string, at: Origin): Scalar => ({
  kind: 'scalar',
  value,
  source,
  at,
  size: 1,
  height: 0,
});

/** The entry's value where `tree` is a mapping that has one. */
export const child = (tree: Tree | undefined, key: string): Tree | undefined =>
  tree?.kind === 'mapping' ? tree.entries.get(key)?.value : undefined;

/** The text of the entry `key`, where it is text. */
export function text(tree: Tree | undefined, key: string): string | undefined {
  const value = child(tree, key);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** The keys of a mapping; none of anything else. */
export const keys = (tree: Tree | undefined): readonly string[] =>
  tree?.kind === 'mapping' ? [...tree.entries.keys()] : [];

/** Plain objects, arrays and scalars. The reader refuses keys that would touch a prototype. */
export function data(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(data);
  const result: Record<string, unknown> = {};
  for (const [key, entry] of tree.entries) result[key] = data(entry.value);
  return result;
}

/** What a pointer leads to, or its nearest ancestor: the node, and the entry that it is the value of. */
export function nearest(root: Tree, pointer: string): { readonly node: Tree; readonly entry?: Entry } {
  let found: { readonly node: Tree; readonly entry?: Entry } = { node: root };
  for (const key of segmentsOf(pointer)) {
    const { node } = found;
    if (node.kind === 'mapping') {
      const entry = node.entries.get(key);
      if (entry === undefined) return found;
      found = { node: entry.value, entry };
    } else if (node.kind === 'list') {
      const item = /^(0|[1-9][0-9]*)$/.test(key) ? node.items[Number(key)] : undefined;
      if (item === undefined) return found;
      found = { node: item };
    } else {
      return found;
    }
  }
  return found;
}

/** Whether a pointer leads to something. */
export function has(root: Tree, pointer: string): boolean {
  let node: Tree | undefined = root;
  for (const key of segmentsOf(pointer)) {
    node = node?.kind === 'list' ? node.items[Number(key)] : child(node, key);
  }
  return node !== undefined;
}
