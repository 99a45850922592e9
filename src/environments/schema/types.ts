import { shown } from '../finding.ts';
import type { Tree } from '../tree.ts';

/** Words for what a file says and what the schema wants. */

const TYPE_NAMES = new Map([
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
]);

/** `integer` -> `a whole number`. */
export const typeName = (type: string): string => TYPE_NAMES.get(type) ?? type;

/** A value in a few words, as it would be written. */
export function describe(node: Tree): string {
  if (node.kind === 'mapping') return node.entries.size === 0 ? 'an empty mapping' : 'a mapping';
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? JSON.stringify(shown(node.value)) : shown(node.source);
}

/** How the same thing would be written in the type that is wanted, where that is plain. */
export function typeHint(type: string, node: Tree): { readonly write?: string } {
  if (type === 'object') return node.kind === 'scalar' && node.value === null ? { write: '{}' } : {};
  if (node.kind !== 'scalar' || node.value === null) return {};
  const { value } = node;
  const source = shown(node.source);
  if (type === 'string') return { write: JSON.stringify(source) };
  if (type === 'array') return { write: `[${typeof value === 'string' ? JSON.stringify(source) : source}]` };
  if (type === 'integer' || type === 'number') {
    return typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? { write: value } : {};
  }
  if (type === 'boolean' && typeof value === 'string') {
    if (/^(true|yes|on)$/i.test(value)) return { write: 'true' };
    if (/^(false|no|off)$/i.test(value)) return { write: 'false' };
  }
  return {};
}
