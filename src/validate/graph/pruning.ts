import type { Manifest } from '#manifests/manifest.ts';
import { at, textOf } from '../builtin/field.ts';
import type { SchemaStore } from '../schema/store.ts';
import type { Document } from './documents.ts';
import { documentsOf } from './documents.ts';
import { byFolder, parentOf, sourcesOf } from './folders.ts';
import { graphOf, type Report } from './graph.ts';
import { permits } from './projects.ts';

/**
 * What a change takes out of a folder, and Argo CD would leave in the cluster: it passes over live objects that the
 * project does not permit, so that a project which loses a kind together with the last object of it keeps that object.
 *
 * https://github.com/argoproj/argo-cd/blob/v3.2.0/controller/state.go (`IsLiveResourcePermitted`)
 */
export function pruning(
  manifests: readonly Manifest[],
  deleted: readonly Manifest[],
  store: Pick<SchemaStore, 'find'>,
  report: Report,
): void {
  if (deleted.length === 0) return;
  const { documents, scopeOf } = graphOf(manifests, store);
  const gone = byFolder(documentsOf(deleted));
  const folders = [...byFolder(documents).keys(), ...gone.keys()];
  const owners = new Map(
    sourcesOf(documents, folders).flatMap((source) => source.folders.map((folder) => [folder, source])),
  );
  for (const [folder, objects] of gone) {
    const owner = owners.get(folder) ?? owners.get(parentOf(folder));
    if (owner === undefined) continue;
    const { application, field } = owner;
    const project = documents.named(
      'AppProject.argoproj.io',
      textOf(at(application.root, 'spec', 'project')),
    );
    if (project === undefined) continue;
    for (const object of objects) {
      const scope = scopeOf(object) ?? (object.namespace === '' ? 'Cluster' : 'Namespaced');
      if (isKept(object) || permits(project, application, object, scope)) continue;
      const { kind, name } = object;
      report(application, field, {
        code: 'application-left-behind',
        severity: 'warning',
        args: { project: project.name, kind, name },
      });
    }
  }
}

const isKept = ({ manifest }: Document): boolean =>
  /\bPrune=false\b/.test(
    String(manifest.object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? ''),
  );
