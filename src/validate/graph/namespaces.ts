import { at, items, textOf } from '../builtin/field.ts';
import { type Graph, isOfTheCluster, type Report } from './graph.ts';

/**
 * Namespaces that nothing creates, each told once. Where the documents create none at all, somebody else does, and
 * nothing is said.
 */
export function namespaces(graph: Graph, report: Report): void {
  const { documents, suggest } = graph;
  if (documents.of('Namespace').length === 0) return;
  const known = new Set([
    ...documents.of('Namespace').map(({ name }) => name),
    ...createdByArgo(graph),
    // Argo CD is there before its Applications are.
    ...documents.of('Application.argoproj.io').map(({ namespace }) => namespace),
  ]);
  for (const document of documents.all) {
    const { namespace } = document;
    if (namespace === '' || namespace === 'default' || isOfTheCluster(namespace) || known.has(namespace))
      continue;
    if (graph.scopeOf(document) === 'Cluster' || graph.makers(namespace, document) === 'others') continue;
    known.add(namespace);
    const similar = suggest(namespace, documents.names('Namespace', ''));
    report(document, at(document.root, 'metadata', 'namespace'), {
      code: 'namespace-missing',
      args: { name: namespace, ...(similar !== undefined && { similar }) },
    });
  }
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#create-namespace */
const createdByArgo = ({ applications }: Graph): readonly string[] =>
  applications
    .map(({ root }) => at(root, 'spec'))
    .filter((spec) =>
      items(at(spec, 'syncPolicy', 'syncOptions')).some(
        (option) => textOf(option) === 'CreateNamespace=true',
      ),
    )
    .map((spec) => textOf(at(spec, 'destination', 'namespace')));
