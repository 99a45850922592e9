import { posix } from 'node:path';
import type { Checked, Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding, suggested } from '../finding.ts';
import { places } from '../place.ts';
import { LIMITS } from '../source.ts';
import { child, type Entry, type Mapping, mapping, text } from '../tree.ts';
import { merge } from './merge.ts';

/** A file as far as it could be read; without a tree it has findings of its own. */
export interface ReadFile {
  readonly path: string;
  readonly tree?: Mapping;
}

/** A file with everything that it inherits. */
export interface Resolved {
  /** The file's own head with the merged `spec`; undefined where a file of the chain can't be used. */
  readonly tree: Mapping | undefined;
  /** Paths of the files that it extends, nearest first. */
  readonly bases: readonly string[];
}

/**
 * Resolves the `extends` of `path` through any number of bases. A base stands in the same folder as the file
 * that extends it or below, so nothing outside the environments' folder is ever reached.
 */
export function resolveExtends(
  path: string,
  files: ReadonlyMap<string, ReadFile>,
  suggest: Suggest,
): Checked<Resolved> {
  const findings: Finding[] = [];
  const chain: Mapping[] = [];
  const visited: string[] = [];
  let complete = true;
  for (let next: string | undefined = path; next !== undefined; ) {
    visited.push(next);
    const tree = files.get(next)?.tree;
    if (tree === undefined) {
      complete = false;
      break;
    }
    chain.push(tree);
    const target = text(tree, 'extends');
    if (target === undefined) {
      complete = child(tree, 'extends') === undefined;
      break;
    }
    const found = baseOf(next, target, places(tree).value('/extends'), visited, files, suggest);
    if (typeof found !== 'string') {
      findings.push(found);
      complete = false;
      break;
    }
    next = found;
  }
  const tree = complete ? mergeChain(chain, suggest, findings) : undefined;
  return { value: { tree, bases: visited.slice(1) }, findings };
}

/** The path of the base that `target` names, or what is wrong with it. */
function baseOf(
  path: string,
  target: string,
  origin: Origin,
  visited: readonly string[],
  files: ReadonlyMap<string, ReadFile>,
  suggest: Suggest,
): string | Finding {
  const pointer = '/extends';
  if (posix.isAbsolute(target) || target.split(/[/\\]/).includes('..')) {
    return finding('environment-extends-outside', pointer, origin, { target });
  }
  const folder = posix.dirname(path);
  const base = posix.join(folder, target);
  const file = files.get(base);
  if (file === undefined) {
    const known = [...files.keys()]
      .filter((other) => other !== path)
      .map((other) => posix.relative(folder, other));
    const suggestion = suggested(suggest(target, known));
    return finding('environment-extends-missing', pointer, origin, { target, ...suggestion });
  }
  if (visited.includes(base)) {
    const chain = [...visited.slice(visited.indexOf(base)), base];
    return finding('environment-extends-cycle', pointer, origin, { chain });
  }
  const kind = file.tree && text(file.tree, 'kind');
  if (kind !== undefined && kind !== 'EnvironmentBase') {
    return finding('environment-extends-not-base', pointer, origin, { target, kind });
  }
  if (visited.length >= LIMITS.extends) {
    return finding('environment-too-large', pointer, origin, { what: 'files', limit: LIMITS.extends });
  }
  return base;
}

/** Merges the `spec` of each file over those that it extends; the head is the first file's own. */
function mergeChain(chain: readonly Mapping[], suggest: Suggest, findings: Finding[]): Mapping | undefined {
  const [first] = chain;
  if (first === undefined) return undefined;
  let entry: Entry | undefined;
  for (const tree of chain.toReversed()) {
    const written = tree.entries.get('spec');
    if (written === undefined) continue;
    const value =
      written.value.kind === 'mapping'
        ? merge(entry?.value, written.value, '/spec', suggest, findings)
        : written.value;
    entry = { keyAt: written.keyAt, value };
  }
  return entry === undefined ? first : mapping(new Map([...first.entries, ['spec', entry]]), first.at);
}
