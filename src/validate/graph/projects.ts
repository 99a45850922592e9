import { groupOf } from '#manifests/identity.ts';
import { at, type Field, type Fields, isFields, items, textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { OwnedFolder, Source } from './folders.ts';
import type { Graph, Report } from './graph.ts';
import { isLike } from './pattern.ts';
import { referred } from './reference.ts';

const APPLICATION = 'Application.argoproj.io';

/** What an AppProject allows its Applications: https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/ */
export function allowed(graph: Graph, report: Report, owned: readonly OwnedFolder[]): void {
  const projects = new Map<Document, Document>();
  for (const application of graph.documents.of(APPLICATION)) {
    const project = projectOf(graph, report, application);
    if (project === undefined) continue;
    projects.set(application, project);
    sources(report, application, project);
    destination(report, application, project);
  }
  contents(graph, report, owned, projects);
}

/** Every Argo CD has a project named `default`, which allows everything unless somebody changed it. */
function projectOf(graph: Graph, report: Report, application: Document): Document | undefined {
  const field = at(application.root, 'spec', 'project');
  const { namespace } = application;
  if (textOf(field) === '' || textOf(field) === 'default')
    return graph.documents.find('AppProject.argoproj.io', namespace, 'default');
  const own = graph.documents.find('AppProject.argoproj.io', namespace, textOf(field));
  // Applications may be in other namespaces than their projects, so any namespace is good.
  const any = own ?? graph.documents.named('AppProject.argoproj.io', textOf(field));
  return any ?? referred(graph, report, application, field, { kind: 'AppProject.argoproj.io', namespace });
}

function sources(report: Report, application: Document, project: Document): void {
  const allowedOnes = items(at(project.root, 'spec', 'sourceRepos')).map(textOf);
  const spec = at(application.root, 'spec');
  for (const source of [at(spec, 'source'), ...items(at(spec, 'sources'))]) {
    const field = at(source, 'repoURL');
    const found = textOf(field);
    if (found === '' || allows(allowedOnes, found)) continue;
    refuse(report, application, field, { project: project.name, what: 'source', found });
  }
}

function destination(report: Report, application: Document, project: Document): void {
  const field = at(application.root, 'spec', 'destination');
  const namespace = textOf(at(field, 'namespace'));
  if (isAllowedPlace(project, field, namespace)) return;
  const found = `${namespace} of ${clusterOf(field)}`;
  refuse(report, application, field, { project: project.name, what: 'destination', found });
}

const clusterOf = (destination: Field): string =>
  textOf(at(destination, 'server')) || textOf(at(destination, 'name')) || 'no cluster';

function isAllowedPlace(project: Document, destination: Field, namespace: string): boolean {
  const places = items(at(project.root, 'spec', 'destinations')).filter((place) =>
    isSameCluster(place, destination),
  );
  return allows(
    places.map((place) => textOf(at(place, 'namespace'))),
    namespace,
  );
}

/** A cluster is named by its server or its name; which name a server has only Argo CD knows. */
function isSameCluster(place: Field, destination: Field): boolean {
  const [server, name] = [textOf(at(destination, 'server')), textOf(at(destination, 'name'))];
  const [placeServer, placeName] = [textOf(at(place, 'server')), textOf(at(place, 'name'))];
  if (server !== '' && placeServer !== '') return isLike(placeServer, server);
  if (name !== '' && placeName !== '') return isLike(placeName, name);
  return true;
}

/** Patterns, and patterns with `!` before them, which refuse. */
function allows(patterns: readonly string[], found: string): boolean {
  const refused = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  if (refused.some((pattern) => isLike(pattern, found))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && isLike(pattern, found));
}

/** Kinds and namespaces of what the Applications sync, each judged once for an Application. */
function contents(
  graph: Graph,
  report: Report,
  owned: readonly OwnedFolder[],
  projects: ReadonlyMap<Document, Document>,
): void {
  const judged = new Map<Document, Judged>();
  for (const [application, project] of projects)
    judged.set(application, { project, kinds: new Set(), namespaces: new Set() });
  for (const { documents, owners } of owned)
    for (const source of owners) {
      const known = judged.get(source.application);
      if (known === undefined) continue;
      for (const document of documents) content(graph, report, document, source, known);
    }
}

/** Whether a project lets an Application have this object. */
export function permits(
  project: Document,
  application: Document,
  document: Document,
  scope: 'Namespaced' | 'Cluster',
): boolean {
  const { namespace } = document;
  if (!isAllowedKind(project, document, scope)) return false;
  if (scope === 'Cluster' || namespace === '') return true;
  return isAllowedPlace(project, at(application.root, 'spec', 'destination'), namespace);
}

interface Judged {
  readonly project: Document;
  readonly kinds: Set<string>;
  readonly namespaces: Set<string>;
}

function content(
  graph: Graph,
  report: Report,
  document: Document,
  { application, field }: Source,
  { project, kinds, namespaces }: Judged,
): void {
  const { kind, namespace, manifest } = document;
  if (kinds.has(kind) && (namespace === '' || namespaces.has(namespace))) return;
  const scope = graph.scopeOf(document);
  if (scope === undefined) return;
  const [name, because] = [project.name, manifest.file];
  if (!kinds.has(kind) && !isAllowedKind(project, document, scope))
    refuse(report, application, field, { project: name, what: 'kind', found: kind, because });
  kinds.add(kind);
  if (scope === 'Cluster' || namespace === '' || namespaces.has(namespace)) return;
  namespaces.add(namespace);
  const destination = at(application.root, 'spec', 'destination');
  if (isAllowedPlace(project, destination, namespace)) return;
  const found = `${namespace} of ${clusterOf(destination)}`;
  refuse(report, application, field, { project: name, what: 'destination', found, because });
}

/** Of the cluster's kinds only those that are listed, of a namespace's all but those that are not: as Argo CD has it. */
function isAllowedKind(
  { manifest: { object } }: Document,
  { manifest }: Document,
  scope: 'Namespaced' | 'Cluster',
): boolean {
  const group = groupOf(manifest.object.apiVersion);
  const { kind } = manifest.object;
  const spec = fieldsOf(object['spec']);
  const isIn = (list: unknown): boolean =>
    Array.isArray(list) &&
    list.map(fieldsOf).some((each) => isLikeText(each['group'], group) && isLikeText(each['kind'], kind));
  const prefix = scope === 'Cluster' ? 'cluster' : 'namespace';
  if (isIn(spec[`${prefix}ResourceBlacklist`])) return false;
  const listed = spec[`${prefix}ResourceWhitelist`];
  return Array.isArray(listed) ? isIn(listed) : scope === 'Namespaced';
}

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const isLikeText = (pattern: unknown, text: string): boolean =>
  isLike(typeof pattern === 'string' ? pattern : '', text);

function refuse(
  report: Report,
  application: Document,
  field: Field,
  args: {
    readonly project: string;
    readonly what: 'destination' | 'kind' | 'source';
    readonly found: string;
    readonly because?: string;
  },
): void {
  report(application, field, { code: 'application-refused', args });
}
