import { isAlias, isMap, isSeq, type Node, visit } from 'yaml';
import { segmentsOf } from '#model/pointer.ts';
import { isMergeKey, offsetOf, textOfKey } from './nodes.ts';

/**
 * Where in a document a JSON pointer's value is written: at the key for a field, at the item for a list's item.
 * Where there is no such value, the nearest ancestor that exists.
 */
export function placeOf(content: unknown, pointer: string): number {
  let node: unknown = content;
  let place = offsetOf(content);
  for (const token of segmentsOf(pointer)) {
    const step = stepInto(resolved(node, content), token, content, 0);
    if (step === undefined) return place;
    place = step.place;
    node = step.node;
  }
  return place;
}

interface Step {
  readonly node: unknown;
  readonly place: number;
}

function stepInto(node: unknown, token: string, content: unknown, depth: number): Step | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(token)];
    return item === undefined ? undefined : { node: item, place: offsetOf(item) };
  }
  if (!isMap(node)) return undefined;
  for (const pair of node.items) {
    if (textOfKey(resolved(pair.key, content)) === token && !isMergeKey(pair.key)) {
      return { node: pair.value, place: offsetOf(pair.key) };
    }
  }
  // Merges may hold merges, but never themselves: a document with such an alias has no value to point into.
  for (const pair of depth < 20 ? node.items : []) {
    if (!isMergeKey(pair.key)) continue;
    const source = resolved(pair.value, content);
    for (const part of isSeq(source) ? source.items : [source]) {
      const step = stepInto(resolved(part, content), token, content, depth + 1);
      if (step !== undefined) return step;
    }
  }
  return undefined;
}

/** The node that an alias stands for: the last one of its name before it. */
function resolved(node: unknown, content: unknown): unknown {
  if (!isAlias(node)) return node;
  const limit = offsetOf(node);
  let found: Node | undefined;
  visit(isNodeLike(content) ? content : null, {
    Node: (_, candidate) => {
      if (offsetOf(candidate) >= limit) return visit.BREAK;
      if ('anchor' in candidate && candidate.anchor === node.source) found = candidate;
      return undefined;
    },
  });
  return found;
}

const isNodeLike = (value: unknown): value is Node => isMap(value) || isSeq(value) || isAlias(value);
