import { at, entries, type Field, isFields, items, textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { missing, type Reference } from './reference.ts';

/**
 * External Secrets: an ExternalSecret needs its store, and a store the ServiceAccount that it signs in as.
 * https://external-secrets.io/latest/api/secretstore/
 *
 * Where the documents hold no store at all, somebody else makes them: no more than a warning.
 */
export function secretStores(graph: Graph, report: Report): void {
  for (const owner of Object.keys(SECRET_REFERENCES))
    for (const document of graph.documents.of(owner))
      for (const { field, kind, namespace = '' } of secretReferences(document)) {
        const name = textOf(field);
        // Every namespace has a ServiceAccount of that name.
        if (name === '' || (kind === 'ServiceAccount' && name === 'default')) continue;
        if (graph.documents.find(kind, namespace, name) !== undefined) continue;
        const atMost = graph.documents.of(kind).length > 0 ? 'error' : 'warning';
        missing(graph, report, document, field, { kind, name, ...(namespace && { namespace }) }, atMost);
      }
}

interface Named extends Reference {
  readonly field: Field;
}

/** What a document of External Secrets refers to; of other kinds nothing. */
export const secretReferences = (document: Document): readonly Named[] =>
  SECRET_REFERENCES[document.kind]?.(document) ?? [];

const GROUP = 'external-secrets.io';

const SECRET_REFERENCES: Readonly<Record<string, (document: Document) => readonly Named[]>> = {
  [`ExternalSecret.${GROUP}`]: ({ root, namespace }) => {
    const spec = at(root, 'spec');
    const sources = ['data', 'dataFrom'].flatMap((list) => items(at(spec, list)));
    return [at(spec, 'secretStoreRef'), ...sources.map((each) => at(each, 'sourceRef', 'storeRef'))].map(
      (reference) => {
        const kind = textOf(at(reference, 'kind')) || 'SecretStore';
        const field = at(reference, 'name');
        return { field, kind: `${kind}.${GROUP}`, ...(kind === 'SecretStore' && { namespace }) };
      },
    );
  },
  [`SecretStore.${GROUP}`]: ({ root, namespace }) =>
    accountsIn(at(root, 'spec', 'provider')).map((account) => ({
      field: at(account, 'name'),
      kind: 'ServiceAccount',
      namespace,
    })),
  // A store of the whole cluster says where its ServiceAccount is, or uses that of each namespace.
  [`ClusterSecretStore.${GROUP}`]: ({ root }) =>
    accountsIn(at(root, 'spec', 'provider')).flatMap((account) => {
      const namespace = textOf(at(account, 'namespace'));
      return namespace === '' ? [] : [{ field: at(account, 'name'), kind: 'ServiceAccount', namespace }];
    }),
};

/** Each provider has its own place for it, none deeper than this. */
const DEEPEST = 6;

function accountsIn(field: Field, depth = 0): readonly Field[] {
  if (depth > DEEPEST || !isFields(field.value)) return [];
  return entries(field).flatMap((entry) =>
    entry.key === 'serviceAccountRef' ? [entry] : accountsIn(entry, depth + 1),
  );
}
