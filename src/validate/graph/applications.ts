import type { Document } from './documents.ts';
import { byFolder, type OwnedFolder, parentOf, type Source, sourcesOf } from './folders.ts';
import type { Graph, Report } from './graph.ts';
import { turnsOf } from './order.ts';
import { type IsHere, ownership, presence } from './ownership.ts';
import { allowed } from './projects.ts';
import { syncOptions } from './sync-options.ts';
import { waves } from './waves.ts';

/** Argo CD's Applications, their folders and their projects: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
export function applications(graph: Graph, report: Report): void {
  if (graph.documents.of('Application.argoproj.io').length === 0) return;
  const folders = byFolder(graph.documents);
  const sources = sourcesOf(graph.documents, folders.keys());
  const isHere = presence(sources);
  paths(graph, report, sources, isHere);
  const owned = ownedFolders(folders, sources);
  ownership(report, sources, owned, isHere);
  allowed(graph, report, owned);
  const turns = turnsOf(owned);
  waves(graph, report, turns);
  syncOptions(graph, report, turns);
}

/** A folder is missing for certain where most of the folders of its repository are there. */
function paths(graph: Graph, report: Report, sources: readonly Source[], isHere: IsHere): void {
  const known = [...new Set(sources.filter(({ folders }) => folders.length > 0).map(({ path }) => path))];
  for (const { application, field, path, repository, folders } of sources) {
    if (folders.length > 0) continue;
    const similar = graph.suggest(path, known);
    const args = { path, ...(similar !== undefined && { similar }) };
    report(application, field, {
      code: 'application-path-missing',
      severity: isHere(repository) ? 'error' : 'warning',
      args,
    });
  }
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
