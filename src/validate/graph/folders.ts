import { at, type Field, items, textOf } from '../builtin/field.ts';
import type { Document, Documents } from './documents.ts';

/** A folder of the repository that an Application syncs. */
export interface Source {
  readonly application: Document;
  /** Where the path is written. */
  readonly field: Field;
  readonly path: string;
  readonly repository: string;
  /** With everything below it. */
  readonly isRecursive: boolean;
  /** Folders as the documents have them, which may be below or above the repository's root; none: nothing is there. */
  readonly folders: readonly string[];
}

/** A folder, what is in it and who syncs it. */
export interface OwnedFolder {
  readonly folder: string;
  readonly documents: readonly Document[];
  readonly owners: readonly Source[];
}

/** The folder that a document's file is in, with `/` between. */
export function folderOf({ manifest }: Document): string {
  const file = manifest.file.includes('\\') ? manifest.file.replaceAll('\\', '/') : manifest.file;
  return parentOf(file.startsWith('./') ? file.slice(2) : file);
}

/** Documents by the folder that their files are in; not those that Crossplane makes, which nobody syncs. */
export function byFolder({ all }: Documents): ReadonlyMap<string, readonly Document[]> {
  const folders = new Map<string, Document[]>();
  for (const document of all) {
    if (isComposed(document)) continue;
    const folder = folderOf(document);
    const same = folders.get(folder);
    if (same === undefined) folders.set(folder, [document]);
    else same.push(document);
  }
  return folders;
}

/** What is previewed comes with a file of its own beside its claim. */
const isComposed = ({ manifest }: Document): boolean =>
  manifest.object.metadata.labels?.['crossplane.io/composite'] !== undefined;

/** Sources of Applications that are plain folders, of those that hold documents; charts and Kustomize make other objects than the files hold. */
export function sourcesOf(documents: Documents, holding: Iterable<string>): readonly Source[] {
  const plain = documents.of('Application.argoproj.io').flatMap((application) => {
    const spec = at(application.root, 'spec');
    return [at(spec, 'source'), ...items(at(spec, 'sources'))].flatMap((source) => {
      const field = at(source, 'path');
      const path = normal(textOf(field));
      const isOther = OTHERS.some((each) => at(source, each).value !== undefined);
      if (path === '' || isOther) return [];
      const isRecursive = at(source, 'directory', 'recurse').value === true;
      return [{ application, field, path, repository: textOf(at(source, 'repoURL')), isRecursive }];
    });
  });
  const ending = endingWith(holding);
  const roots = new Map<string, number>();
  for (const [repository, paths] of grouped(plain)) roots.set(repository, rootOf(paths, ending));
  return plain.map((source) => {
    const path = shortened(source.path, roots.get(source.repository) ?? 0);
    return { ...source, folders: path === undefined ? [] : (ending.get(path) ?? []) };
  });
}

/**
 * How many of the first folders of a repository's paths the files that were read lack: 0 where they were read from its
 * root or from above it, 1 for what synth made, whose files begin below its output folder.
 */
function rootOf(paths: ReadonlySet<string>, ending: ReadonlyMap<string, readonly string[]>): number {
  const deepest = Math.max(...[...paths].map((path) => path.split('/').length));
  for (let root = 0; root < Math.min(deepest, DEEPEST); root++) {
    const there = [...paths].filter((path) => ending.has(shortened(path, root) ?? ''));
    // Short endings are alike by chance.
    if (there.length > 0 && (root === 0 || there.length * 2 >= paths.size)) return root;
  }
  return 0;
}

const DEEPEST = 20;

/** A path without its first folders; undefined where nothing is left. */
const shortened = (path: string, root: number): string | undefined =>
  root === 0 ? path : path.split('/').slice(root).join('/') || undefined;

function grouped(
  sources: readonly { readonly repository: string; readonly path: string }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { repository, path } of sources) {
    const same = groups.get(repository);
    if (same === undefined) groups.set(repository, new Set([path]));
    else same.add(path);
  }
  return groups;
}

const OTHERS = ['chart', 'helm', 'kustomize', 'plugin'];

const normal = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** Folders, and those that they are in. */
function withParents(holding: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const folder of holding)
    for (let here = folder; here !== '' && !folders.has(here); here = parentOf(here)) folders.add(here);
  return folders;
}

/** Folders, and those that they are in, by each of their endings. */
function endingWith(holding: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const ending = new Map<string, string[]>();
  for (const folder of withParents(holding))
    for (const end of endingsOf(folder)) {
      const same = ending.get(end);
      if (same === undefined) ending.set(end, [folder]);
      else same.push(folder);
    }
  return ending;
}

/** `a/b/c` -> `a/b/c`, `b/c`, `c`; of a path that is very deep the longest. */
function* endingsOf(path: string): Generator<string> {
  let end = path;
  for (let count = 0; count < DEEPEST; count++) {
    yield end;
    const slash = end.indexOf('/');
    if (slash === -1) return;
    end = end.slice(slash + 1);
  }
}

/** The folder that a folder is in; empty for one that is in none. */
export const parentOf = (folder: string): string => folder.slice(0, Math.max(folder.lastIndexOf('/'), 0));
