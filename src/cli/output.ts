import fs from 'node:fs';
import path from 'node:path';
import { namesBelow, recoverTree, replaceTree, type Tree } from '#manifests/tree.ts';
import { UsageError } from './terminal.ts';

/** A folder that a command replaces as a whole, by `--output`: nobody else's files may vanish with it. */

/** Makes sure that a folder can be replaced, before any work is done; puts right what a killed run left. */
export function claimOutput(cwd: string, output: string, environments: string, layout: RegExp): void {
  const at = path.resolve(cwd, output);
  refuseOverlap(path.resolve(cwd, environments), at, cwd);
  recoverTree(at);
  refuseForeign(at, output, layout);
}

function refuseOverlap(environments: string, output: string, cwd: string): void {
  const holds = (outer: string, inner: string) => {
    const way = path.relative(outer, inner);
    return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
  };
  if (holds(output, environments) || holds(output, cwd) || holds(environments, output)) {
    throw new UsageError(`--output ${output} would be replaced as a whole: name a folder of its own`);
  }
}

/**
 * What lies in the output folder and is not of our layout, somebody else wrote: it must not vanish with a run. A link
 * would be replaced, not followed.
 */
function refuseForeign(folder: string, output: string, layout: RegExp): void {
  const stat = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory())
    throw new UsageError(`${output} is no folder of its own: remove it, or name another --output`);
  const foreign = namesIn(folder, output).find((file) => !layout.test(file));
  if (foreign !== undefined) {
    throw new UsageError(
      `${output}/ holds ${foreign}, which this command did not write and would remove: name another --output`,
    );
  }
}

function namesIn(folder: string, output: string): readonly string[] {
  try {
    return namesBelow(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${output}/ can't be read, so nobody knows what would be removed: ${error.message}`);
  }
}

/** Writes the output, all or nothing. What the file system refuses is told in its own words. */
export function writeOutput(at: string, output: string, wanted: Tree): void {
  if (!written(at, output, wanted))
    throw new UsageError(`another run is writing ${output}/; try again when it has ended`);
}

function written(at: string, output: string, wanted: Tree): boolean {
  try {
    return replaceTree(at, wanted);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${output}/ can't be written and is as it was: ${error.message}`);
  }
}

/** Files of environments that were not asked for, as they lie. */
export const keptFiles = (
  present: Tree | undefined,
  names: ReadonlySet<string>,
  environmentOf = (file: string): string => file.split('/')[0] ?? '',
): Tree => new Map([...(present ?? [])].filter(([file]) => !names.has(environmentOf(file))));
