import type { Field } from '../builtin/field.ts';
import { textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';

/** What a field refers to. */
export interface Reference {
  /** `Service`, `StorageClass.storage.k8s.io`. */
  readonly kind: string;
  /** Absent for what belongs to the whole cluster. */
  readonly namespace?: string;
  /** Where the field itself does not hold it. */
  readonly name?: string;
}

/** The document that a field names; reports where nothing makes it. Names nothing: undefined, without a word. */
export function referred(
  graph: Graph,
  report: Report,
  from: Document,
  field: Field,
  { kind, namespace, name = textOf(field) }: Reference,
): Document | undefined {
  if (name === '') return undefined;
  const found = graph.documents.find(kind, namespace ?? '', name);
  if (found === undefined)
    missing(graph, report, from, field, { kind, name, ...(namespace !== undefined && { namespace }) });
  return found;
}

/** Reports what nothing makes: an error where nothing but these documents can. */
export function missing(
  graph: Graph,
  report: Report,
  from: Document,
  field: Field,
  { kind, namespace, name }: Reference & { readonly name: string },
  atMost: 'error' | 'warning' = 'error',
): void {
  const judged = severityOf(graph, from, kind, namespace);
  const severity = judged === 'error' ? atMost : judged;
  if (severity === undefined) return;
  const similar = graph.suggest(name, graph.documents.names(kind, namespace ?? ''));
  report(from, field, {
    code: 'reference-missing',
    severity,
    args: {
      kind: kindName(kind),
      name,
      ...(namespace !== undefined && namespace !== '' && { namespace }),
      ...(similar !== undefined && { similar }),
    },
  });
}

/** How bad it is that an object isn't there; undefined where it is certain that others make some. */
function severityOf(
  graph: Graph,
  from: Document,
  kind: string,
  namespace: string | undefined,
): 'error' | 'warning' | undefined {
  // Of the whole cluster's things it counts whether these documents make any of the kind.
  if (namespace === undefined) return graph.documents.of(kind).length > 0 ? 'error' : 'warning';
  const makers = graph.makers(namespace, from);
  return makers === 'others' ? undefined : makers === 'these' ? 'error' : 'warning';
}

const kindName = (kind: string): string => kind.split('.')[0] ?? kind;
