import { at, entries, type Field } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';

/** Reports a selector that selects no pods, at the label that is nearly one of theirs where there is such. */
export function nothingSelected(
  graph: Graph,
  report: Report,
  from: Document,
  selector: Field,
  { certain = true, namespace = from.namespace } = {},
): void {
  const makers = graph.makers(namespace, from);
  if (makers === 'others') return;
  const labels = graph.pods.labels(namespace);
  const known = new Set(labels);
  const wrong = entries(at(selector, 'matchLabels')).find(({ key, value }) => !known.has(`${key}=${value}`));
  const similar = wrong && graph.suggest(`${wrong.key}=${wrong.value}`, labels);
  const isCertain = certain && makers === 'these' && !graph.hasOperated(namespace);
  report(from, selector, {
    code: 'selector-matches-nothing',
    severity: isCertain ? 'error' : 'warning',
    args: { kind: from.manifest.object.kind, ...(similar !== undefined && { similar }) },
  });
}
