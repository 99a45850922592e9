import { suggester } from '#model/suggest.ts';
import { type ReadFile, resolveExtends } from './extends/resolve.ts';
import type { SourceFile } from './source.ts';
import { child, type Mapping, type Tree, text as textOf } from './tree.ts';
import { parseYaml } from './yaml/parse.ts';

/** All environment files of one place and time, as far as they can be read. */
export interface Described {
  readonly files: readonly SourceFile[];
  readonly environments: ReadonlyMap<string, DescribedEnvironment>;
  /** What each file itself says. */
  readonly own: ReadonlyMap<string, Mapping>;
}

export interface DescribedEnvironment {
  readonly path: string;
  /** With all that it inherits; without defaults. */
  readonly tree: Mapping;
}

/** Environments by name. One whose file can't be read is not among them: reading tells why. */
export function described(files: readonly SourceFile[]): Described {
  const suggest = suggester();
  const read = new Map<string, ReadFile>();
  for (const file of files) {
    const tree = 'text' in file ? parseYaml(file.path, file.text, suggest).value : undefined;
    read.set(file.path, { path: file.path, ...(tree && { tree }) });
  }
  const environments = new Map<string, DescribedEnvironment>();
  const all = new Map<string, Mapping>();
  for (const { path, tree: own } of read.values()) {
    if (own !== undefined) all.set(path, own);
    if (own === undefined || textOf(own, 'kind') !== 'Environment') continue;
    const { tree } = resolveExtends(path, read, suggest).value ?? {};
    const name = textOf(child(own, 'metadata'), 'name');
    if (tree !== undefined && name !== undefined) environments.set(name, { path, tree });
  }
  return { files, environments, own: all };
}

/**
 * The names that environments have in files, right or wrong otherwise; `undefined` where a file cannot be read, or does
 * not say its name: any environment may be in it.
 */
export function namesIn(files: readonly SourceFile[]): ReadonlySet<string> | undefined {
  const { own } = described(files);
  const names = new Set<string>();
  for (const { path } of files) {
    const tree = own.get(path);
    if (tree !== undefined && textOf(tree, 'kind') === 'EnvironmentBase') continue;
    const name = textOf(child(tree, 'metadata'), 'name');
    if (name === undefined) return undefined;
    names.add(name);
  }
  return names;
}

/** What lies at a path of keys. */
export const at = (tree: Tree | undefined, path: readonly string[]): Tree | undefined =>
  path.reduce<Tree | undefined>((node, key) => child(node, key), tree);
