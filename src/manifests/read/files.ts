import { LARGEST_FILE } from './limits.ts';

/**
 * Which files lie at the paths that were named. The file system is passed in; nothing is opened that isn't a
 * plain file, and no link leads out of a folder.
 */

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** The file system, as far as reading needs it. Every function may throw what the system throws. */
export interface FileAccess {
  /** What lies at a path, links followed, and how many bytes it has. */
  readonly stat: (path: string) => { readonly kind: 'file' | 'folder' | 'other'; readonly bytes: number };
  /** Entries of a folder, links not followed. */
  readonly list: (folder: string) => readonly Entry[];
  /** The path with all links resolved, absolute. */
  readonly realPath: (path: string) => string;
  /**
   * A file's bytes, good until the next are read; of one that is larger than `LARGEST_FILE`, any number of bytes above
   * that will do.
   */
  readonly read: (file: string) => Uint8Array;
  /** The same of what is piped in. */
  readonly readStandardInput: () => Uint8Array;
  /** Tells contents apart, for certain; absent where nobody needs to know. */
  readonly digest?: (content: Uint8Array) => string;
}

/** What was passed over on purpose; shown in every summary. */
export interface Skipped {
  /** Files and folders whose names begin with a dot. */
  readonly hidden: number;
  /** Files with another ending than .yaml, .yml or .json. */
  readonly otherFiles: number;
  /** Links to what is read anyway. */
  readonly links: number;
}

export interface FoundFiles {
  /** Sorted within each path that was named; each file once. */
  readonly files: readonly string[];
  readonly skipped: Skipped;
  /** Links whose targets are not read. */
  readonly strayLinks: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
}

export const STANDARD_INPUT = '-';

/** Finds the files behind paths. A file that is named itself is read whatever its ending. */
export function findFiles(paths: readonly string[], access: FileAccess): FoundFiles {
  const walk: Walk = {
    access,
    files: new Set(),
    skipped: { hidden: 0, otherFiles: 0, links: 0 },
    strayLinks: [],
    unreadable: [],
  };
  for (const path of paths) {
    if (path === STANDARD_INPUT) walk.files.add(path);
    else trying(path, walk, () => findAt(path, walk));
  }
  return { ...walk, files: [...walk.files] };
}

interface Walk {
  readonly access: FileAccess;
  readonly files: Set<string>;
  readonly skipped: { hidden: number; otherFiles: number; links: number };
  readonly strayLinks: string[];
  readonly unreadable: { readonly path: string; readonly problem: string }[];
}

function findAt(path: string, walk: Walk): void {
  const { kind } = walk.access.stat(path);
  if (kind === 'file') walk.files.add(path);
  else if (kind === 'folder') findBelow(path, walk);
  else walk.unreadable.push({ path, problem: 'it is neither a file nor a folder' });
}

function findBelow(root: string, walk: Walk): void {
  const real = walk.access.realPath(root);
  const found: string[] = [];
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const here = folder;
    trying(here, walk, () => {
      for (const entry of walk.access.list(here)) {
        const path = here.endsWith('/') ? `${here}${entry.name}` : `${here}/${entry.name}`;
        if (entry.name.startsWith('.')) walk.skipped.hidden++;
        else if (entry.kind === 'folder') pending.push(path);
        else if (entry.kind === 'link') trying(path, walk, () => judgeLink(path, real, walk));
        else if (!isManifestName(entry.name)) walk.skipped.otherFiles++;
        else if (entry.kind === 'file') found.push(path);
        else walk.unreadable.push({ path, problem: 'it is no plain file' });
      }
    });
  }
  for (const file of found.sort()) walk.files.add(file);
}

/** A link to what the walk meets anyway is only counted; any other would be left unchecked silently. */
function judgeLink(path: string, root: string, walk: Walk): void {
  const target = walk.access.realPath(path);
  const inside = `${target}/`.startsWith(`${root}/`) ? target.slice(root.length + 1) : undefined;
  const met = inside !== undefined && !inside.split('/').some((name) => name.startsWith('.'));
  const { kind } = walk.access.stat(target);
  if (kind === 'file' && !isManifestName(path) && !isManifestName(target)) walk.skipped.otherFiles++;
  else if (met && (kind === 'folder' || isManifestName(target))) walk.skipped.links++;
  else walk.strayLinks.push(path);
}

const isManifestName = (name: string) => /\.(ya?ml|json)$/i.test(name);

function trying(path: string, walk: Walk, action: () => void): void {
  try {
    action();
  } catch (error) {
    walk.unreadable.push({ path, problem: problemOf(error) });
  }
}

/** A sentence for what the operating system refused; anything else is a fault of ours and goes on. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'its links go round in a circle',
    ENOTDIR: 'a part of the path is no folder',
    EISDIR: 'it is a folder',
    ENAMETOOLONG: 'the path is too long',
  };
  return known[error.code] ?? error.code;
}

/** Bytes of a file as text, or why not. */
export type FileText =
  | { readonly text: string; readonly digest?: string | undefined }
  /** How many bytes there are, where that is known without reading them. */
  | { readonly tooLarge: number | undefined }
  | { readonly encoding: string }
  | { readonly unreadable: string };

/** Reads one file, within bounds. A byte order mark is dropped. */
export function readText(file: string, access: FileAccess): FileText {
  try {
    const data = file === STANDARD_INPUT ? access.readStandardInput() : access.read(file);
    if (data.byteLength > LARGEST_FILE) {
      const bytes = file === STANDARD_INPUT ? 0 : access.stat(file).bytes;
      return { tooLarge: bytes > LARGEST_FILE ? bytes : undefined };
    }
    const decoded = decode(data);
    return 'text' in decoded ? { ...decoded, digest: access.digest?.(data) } : decoded;
  } catch (error) {
    return { unreadable: problemOf(error) };
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(data: Uint8Array): FileText {
  const utf16 = (data[0] === 0xff && data[1] === 0xfe) || (data[0] === 0xfe && data[1] === 0xff);
  if (utf16) return { encoding: 'it is UTF-16' };
  try {
    return { text: utf8.decode(data) };
  } catch (error) {
    if (error instanceof TypeError) return { encoding: 'it holds bytes that are no UTF-8' };
    throw error;
  }
}
