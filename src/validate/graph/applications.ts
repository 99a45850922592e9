import type { Document } from './documents.ts';
import { byFolder, type OwnedFolder, parentOf, type Source, sourcesOf } from './folders.ts';
import type { Graph, Report } from './graph.ts';
import { turnsOf } from './order.ts';
import { allowed } from './projects.ts';
import { syncOptions } from './sync-options.ts';
import { waves } from './waves.ts';

/** Argo CD's Applications, their folders and their projects: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
export function applications(graph: Graph, report: Report): void {
  if (graph.documents.of('Application.argoproj.io').length === 0) return;
  const folders = byFolder(graph.documents);
  const sources = sourcesOf(graph.documents, folders.keys());
  paths(graph, report, sources);
  const owned = ownedFolders(folders, sources);
  ownership(report, sources, owned);
  allowed(graph, report, owned);
  const turns = turnsOf(owned);
  waves(graph, report, turns);
  syncOptions(graph, report, turns);
}

/** A folder is missing for certain where most of the folders of its repository are there. */
function paths(graph: Graph, report: Report, sources: readonly Source[]): void {
  const present = sources.filter(({ folders }) => folders.length > 0);
  const known = [...new Set(present.map(({ path }) => path))];
  const all = countedByRepository(sources);
  const there = countedByRepository(present);
  for (const { application, field, path, repository, folders } of sources) {
    if (folders.length > 0) continue;
    const isHere = (there.get(repository) ?? 0) * 2 >= (all.get(repository) ?? 0);
    const similar = graph.suggest(path, known);
    const args = { path, ...(similar !== undefined && { similar }) };
    report(application, field, {
      code: 'application-path-missing',
      severity: isHere ? 'error' : 'warning',
      args,
    });
  }
}

function countedByRepository(sources: readonly Source[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { repository } of sources) counts.set(repository, (counts.get(repository) ?? 0) + 1);
  return counts;
}

/** Each folder with what is in it and the sources that sync it. */
function ownedFolders(
  folders: ReadonlyMap<string, readonly Document[]>,
  sources: readonly Source[],
): readonly OwnedFolder[] {
  const synced = new Map<string, Source[]>();
  for (const source of sources)
    for (const folder of source.folders) {
      const same = synced.get(folder);
      if (same === undefined) synced.set(folder, [source]);
      else same.push(source);
    }
  if (synced.size === 0) return [];
  return [...folders].map(([folder, documents]) => {
    const owners: Source[] = [];
    for (let here = folder; here !== ''; here = parentOf(here))
      for (const source of synced.get(here) ?? [])
        if (source.isRecursive || here === folder) owners.push(source);
    return { folder, documents, owners };
  });
}

/** Every file belongs to one Application: two would take turns, and what none has is never synced. */
function ownership(report: Report, sources: readonly Source[], owned: readonly OwnedFolder[]): void {
  const parents = new Set(sources.flatMap(({ folders }) => folders.map(parentOf)));
  for (const { folder, documents, owners } of owned) {
    const [first, ...others] = owners;
    const other = others.find(({ application }) => application !== first?.application);
    if (first === undefined) {
      // Who applies the first Applications can't be an Application itself.
      const [document] = documents.filter(({ kind }) => !kind.endsWith('.argoproj.io'));
      if (document === undefined || !parents.has(parentOf(folder))) continue;
      const args = { folder };
      report(document, document.root, { code: 'application-none', severity: 'warning', args });
    } else if (other !== undefined) {
      const args = { folder, other: first.application.name };
      report(other.application, other.field, { code: 'application-overlap', args });
    }
  }
}
