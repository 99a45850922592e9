import type { Ready } from '../protocol.ts';

/** A function's word about the composite counts; without one it is ready when all of its resources are. */
export const isReadyText = (ready: Ready | undefined, unready: readonly string[]): boolean =>
  ready === 'READY_TRUE' || (ready !== 'READY_FALSE' && unready.length === 0);

const SHOWN = 3;

/** Which resources the composite waits for, three at most. */
export function unreadyText(unready: readonly string[]): string {
  const names = [...unready].sort();
  const shown = names.slice(0, SHOWN);
  const more = names.length - shown.length;
  if (more > 0) return `Unready resources: ${shown.join(', ')}, and ${more} more`;
  const last = shown.at(-1) ?? '';
  const before = shown.slice(0, -1);
  const joint = before.length > 1 ? ', and ' : ' and ';
  return `Unready resources: ${before.length === 0 ? last : before.join(', ') + joint + last}`;
}
