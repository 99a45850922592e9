import type { Locate, Origin } from '#model/origin.ts';
import { nearest, type Tree } from './tree.ts';

/** Places in one environment, as the file and line that set a value, whichever file of the chain that was. */
export interface Places {
  /** Of the value; of its key where the value begins on a line of its own. */
  readonly value: (pointer: string) => Origin;
  /** Of the key; of the item in a list. */
  readonly key: (pointer: string) => Origin;
}

/** Both kinds of places of a tree. A pointer to nothing gets its nearest ancestor's place. */
export const places = (root: Tree): Places => ({
  value: (pointer) => {
    const { node, entry } = nearest(root, pointer);
    if (entry === undefined) return node.at;
    const sameLine = entry.keyAt.file === node.at.file && entry.keyAt.line === node.at.line;
    return sameLine || node.kind === 'scalar' ? node.at : entry.keyAt;
  },
  key: (pointer) => {
    const { node, entry } = nearest(root, pointer);
    return entry?.keyAt ?? node.at;
  },
});

/** The place of a value, for findings in what is generated from it. */
export const locator = (root: Tree): Locate => places(root).value;
