import { at, isGiven, items, textOf } from '../builtin/field.ts';
import { matches } from '../builtin/selector.ts';
import type { Graph, Report } from './graph.ts';

/** A spread constraint counts the pods that its selector selects; if not these, it spreads these by those. */
export function spread(graph: Graph, report: Report): void {
  for (const { document, labels, spec } of graph.pods.all)
    for (const constraint of items(at(spec, 'topologySpreadConstraints'))) {
      const selector = at(constraint, 'labelSelector');
      if (!isGiven(selector) || matches(selector, labels)) continue;
      const args = { topologyKey: textOf(at(constraint, 'topologyKey')) };
      report(document, selector, { code: 'spread-other-pods', severity: 'warning', args });
    }
}
