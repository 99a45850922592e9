import { at, type Field, isGiven, numberOf, textOf } from '../builtin/field.ts';
import { type Document, placeOf } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { called, type PodSource } from './pods.ts';
import { nothingSelected } from './selection.ts';

/** PodDisruptionBudgets: https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export function disruption(graph: Graph, report: Report): void {
  const budgeted = new Map<Document, Document>();
  for (const budget of graph.documents.of('PodDisruptionBudget.policy')) {
    const selector = at(budget.root, 'spec', 'selector');
    if (!isGiven(selector)) continue;
    const selected = graph.pods.selected(budget.namespace, selector);
    if (selected.length === 0) nothingSelected(graph, report, budget, selector);
    several(report, budget, selector, selected);
    for (const { document } of selected) {
      const other = budgeted.get(document);
      if (other === undefined) budgeted.set(document, budget);
      else {
        const args = { workload: called(document), other: placeOf(other) };
        report(budget, selector, { code: 'budget-duplicate', args });
        break;
      }
    }
    neverAllows(graph, report, budget, selected);
  }
}

const SHOWN = 5;

/** One budget over several workloads lets one of them go as soon as all of the others are there. */
function several(report: Report, budget: Document, selector: Field, selected: readonly PodSource[]): void {
  const workloads = selected.filter(({ document }) => document.kind !== 'Pod');
  if (workloads.length < 2) return;
  const args = { workloads: workloads.slice(0, SHOWN).map(({ document }) => called(document)) };
  report(budget, selector, { code: 'budget-selects-several', severity: 'warning', args });
}

/** A node with such a pod can't be drained, so an upgrade of the cluster stands still. */
function neverAllows(graph: Graph, report: Report, budget: Document, selected: readonly PodSource[]): void {
  const spec = at(budget.root, 'spec');
  const replicas = fewestOf(graph, selected);
  for (const name of ['maxUnavailable', 'minAvailable'] as const) {
    const field = at(spec, name);
    if (!isGiven(field) || !isNever(name, field, replicas)) continue;
    const value = String(field.value);
    const args = { field: name, value, ...(replicas !== undefined && { replicas }) };
    report(budget, field, { code: 'budget-never-allows', args });
  }
}

function isNever(
  name: 'maxUnavailable' | 'minAvailable',
  field: Field,
  replicas: number | undefined,
): boolean {
  const number = numberOf(field);
  const percent = /^([0-9]+)%$/.exec(textOf(field))?.[1];
  if (name === 'maxUnavailable') return number === 0 || Number(percent) === 0;
  if (percent !== undefined && Number(percent) >= 100) return true;
  if (replicas === undefined || replicas === 0) return false;
  // The API server rounds up what must be there.
  const needed = percent === undefined ? number : Math.ceil((Number(percent) * replicas) / 100);
  return needed !== undefined && needed >= replicas;
}

/** How few pods there are of all workloads together; undefined where that can't be told. */
function fewestOf(graph: Graph, selected: readonly PodSource[]): number | undefined {
  let sum = 0;
  for (const { document } of selected) {
    const fewest = document.kind === 'Pod' ? 1 : graph.autoscalers.fewest(document);
    if (fewest === undefined) return undefined;
    sum += fewest;
  }
  return selected.length === 0 ? undefined : sum;
}
