import { fileName } from '#manifests/identity.ts';
import { ROOT_FOLDER } from '#model/applications.ts';
import { folderOf, type OwnedFolder, parentOf, type Source } from './folders.ts';
import type { Report } from './graph.ts';

/** Whether most of the folders of a repository that Applications sync are among the documents. */
export type IsHere = (repository: string) => boolean;

export function presence(sources: readonly Source[]): IsHere {
  const all = countedByRepository(sources);
  const there = countedByRepository(sources.filter(({ folders }) => folders.length > 0));
  return (repository) => (there.get(repository) ?? 0) * 2 >= (all.get(repository) ?? 0);
}

function countedByRepository(sources: readonly Source[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { repository } of sources) counts.set(repository, (counts.get(repository) ?? 0) + 1);
  return counts;
}

/**
 * Every file belongs to one Application: two would take turns, and what none has is never synced. That is certain below
 * an environment that synth made, of which every folder is delivered; other trees may hold what nobody is to sync.
 */
export function ownership(
  report: Report,
  sources: readonly Source[],
  owned: readonly OwnedFolder[],
  isHere: IsHere,
): void {
  const environments = new Set(sources.filter(({ repository }) => isHere(repository)).flatMap(environmentOf));
  const synced = new Set(sources.flatMap(({ folders }) => folders));
  const parents = new Set([...synced].map(parentOf));
  for (const { folder, documents, owners } of owned) {
    const [first, ...others] = owners;
    const other = others.find(({ application }) => application !== first?.application);
    if (first === undefined) {
      const isCertain = above(folder).some((each) => environments.has(each));
      // Who applies the first Applications can't be an Application itself.
      const [document] = isCertain
        ? documents
        : documents.filter(({ kind }) => !kind.endsWith('.argoproj.io'));
      if (document === undefined || !(isCertain || isAmong(folder, synced, parents))) continue;
      const severity = isCertain ? 'error' : 'warning';
      report(document, document.root, { code: 'application-none', severity, args: { folder } });
    } else if (other !== undefined) {
      const args = { folder, other: first.application.name };
      report(other.application, other.field, { code: 'application-overlap', args });
    }
  }
}

/** Folder of the environment that an Application belongs to, where its file is as synth writes it. */
function environmentOf({ application }: Source): readonly string[] {
  const { file, object } = application.manifest;
  const folder = folderOf(application);
  const isOurs = lastOf(file) === fileName(object) && lastOf(folder) === ROOT_FOLDER;
  return isOurs ? [parentOf(folder)] : [];
}

const lastOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? '';

/** Whether folders beside it, or beside one that it is in, are synced; what is in a synced one may be a chart's. */
function isAmong(folder: string, synced: ReadonlySet<string>, parents: ReadonlySet<string>): boolean {
  const outer = above(folder);
  return !outer.some((each) => synced.has(each)) && outer.some((each) => parents.has(each));
}

/** `a/b/c` -> `a/b`, `a`, and what all is in. */
function above(folder: string): readonly string[] {
  const outer: string[] = [];
  for (let here = folder; here !== ''; here = parentOf(here)) outer.push(parentOf(here));
  return outer;
}
