import fs from 'node:fs';
import path from 'node:path';
import { holdLock, isHeld, isOurs } from './lock.ts';

/**
 * The output folder on disk. `replaceTree` is all or nothing: it writes a complete new tree beside the old one
 * and then swaps the two, so that a crash leaves one or the other; `recoverTree` puts right what a kill between
 * the two renames of a swap leaves. `compareTree` never writes.
 */

/** Relative path with forward slashes -> the file's whole text. */
export type Tree = ReadonlyMap<string, string>;

/** How a folder differs from the tree that it should hold; paths sorted. */
export interface TreeDifference {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  readonly extra: readonly string[];
}

/** What lies in `folder` against what should. A link or special file counts as changed, and is never followed. */
export function compareTree(folder: string, wanted: Tree): TreeDifference {
  const changed: string[] = [];
  const extra: string[] = [];
  const seen = new Set<string>();
  for (const { relative, isFile } of filesBelow(folder)) {
    const text = wanted.get(relative);
    if (text === undefined) {
      extra.push(relative);
      continue;
    }
    seen.add(relative);
    if (!isFile || !holds(path.join(folder, relative), text)) changed.push(relative);
  }
  const missing = [...wanted.keys()].filter((relative) => !seen.has(relative));
  return { missing: missing.sort(), changed: changed.sort(), extra: extra.sort() };
}

/** Names of everything below `folder` but its folders, not read; none where there is no such folder. */
export const namesBelow = (folder: string): readonly string[] =>
  filesBelow(folder).map(({ relative }) => relative);

/** Every plain file below `folder`; empty where there is no such folder. */
export function readTree(folder: string): Tree {
  const files = filesBelow(folder).filter(({ isFile }) => isFile);
  return new Map(
    files.map(({ relative }) => [relative, fs.readFileSync(path.join(folder, relative), 'utf8')]),
  );
}

/** Whether a comparison found nothing. */
export const isSame = ({ missing, changed, extra }: TreeDifference): boolean =>
  missing.length + changed.length + extra.length === 0;

/**
 * Makes `folder` hold exactly `wanted`. Returns false, with nothing written, where another run is writing the
 * same folder. Throws what the file system throws; the folder is then as it was.
 */
export function replaceTree(folder: string, wanted: Tree): boolean {
  const { lock, fresh, former } = companions(folder);
  makeFolder(path.dirname(folder));
  if (!holdLock(lock)) return false;
  try {
    recover(folder, former);
    refuseKept(folder);
    fs.rmSync(fresh, { recursive: true, force: true });
    writeFiles(fresh, wanted);
    // Two runs may have taken over the same dead lock: only the one whose name is on it goes on.
    if (!isOurs(lock)) return false;
    if (fs.existsSync(folder)) fs.renameSync(folder, former);
    fs.renameSync(fresh, folder);
    removed(former);
    return true;
  } catch (error) {
    recover(folder, former);
    fs.rmSync(fresh, { recursive: true, force: true });
    throw error;
  } finally {
    if (isOurs(lock)) fs.rmSync(lock, { force: true });
  }
}

/** Puts the former tree back where a run was killed in the middle of its swap. Call it before reading. */
export function recoverTree(folder: string): void {
  const { lock, former } = companions(folder);
  if (!isHeld(lock)) recover(folder, former);
}

function recover(folder: string, former: string): void {
  if (!fs.existsSync(former)) return;
  if (fs.existsSync(folder)) removed(former);
  else fs.renameSync(former, folder);
}

/** The swap is done when the new tree stands: what is left of the old one is no reason to call it undone. */
function removed(former: string): void {
  try {
    fs.rmSync(former, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** A tree that somebody made read-only is not to be replaced. Asked before, because a swap could not remove it after. */
function refuseKept(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const below of ['', ...foldersBelow(folder)])
    fs.accessSync(path.join(folder, below), fs.constants.W_OK);
}

const foldersBelow = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/** Names beside the folder, hidden and fixed, so that the next run finds what a killed one left. */
function companions(folder: string) {
  const beside = (part: string) => path.join(path.dirname(folder), `.${path.basename(folder)}.${part}`);
  return { lock: beside('lock'), fresh: beside('new'), former: beside('old') };
}

/** One folder after the other: Node's own `recursive` never ends below folders such as /proc. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  fs.mkdirSync(folder);
}

function writeFiles(root: string, tree: Tree): void {
  fs.mkdirSync(root);
  const made = new Set<string>(['.']);
  for (const [relative, text] of tree) {
    const folder = path.posix.dirname(relative);
    if (!made.has(folder)) {
      fs.mkdirSync(path.join(root, folder), { recursive: true });
      made.add(folder);
    }
    fs.writeFileSync(`${root}/${relative}`, text);
  }
}

interface Entry {
  readonly relative: string;
  readonly isFile: boolean;
}

function filesBelow(folder: string): readonly Entry[] {
  if (!fs.existsSync(folder)) return [];
  const entries: Entry[] = [];
  const pending = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const entry of fs.readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const relative = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) pending.push(relative);
      else entries.push({ relative, isFile: entry.isFile() });
    }
  }
  return entries;
}

function holds(file: string, text: string): boolean {
  return fs.readFileSync(file).equals(Buffer.from(text));
}
