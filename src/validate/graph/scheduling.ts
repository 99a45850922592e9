import { at, entries, type Field, items, textOf } from '../builtin/field.ts';
import type { Graph, GraphProblem, Report } from './graph.ts';
import { type NodeGroup, nodeGroupsOf, type Taint, valuesOf } from './node-groups.ts';

/**
 * Pods and the nodes that they ask for: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 *
 * Judged where the documents hold node groups. Pods that ask for the same are judged once.
 */
export function scheduling(graph: Graph, report: Report): void {
  const groups = nodeGroupsOf(graph.cloud);
  if (groups.length === 0) return;
  const known = new Map<string, Misfit | undefined>();
  const labels = groups.flatMap(labelsOf);
  for (const { document, spec } of graph.pods.all) {
    const wish = wishOf(spec);
    const key = JSON.stringify(
      [wish.selector, wish.terms, wish.tolerations].map(({ value }) => value),
      asText,
    );
    if (!known.has(key)) known.set(key, misfitOf(graph, wish, groups, labels));
    const misfit = known.get(key);
    if (misfit !== undefined) report(document, at(spec, ...misfit.path), misfit.problem);
  }
}

/** What a pod asks of its node. */
interface Wish {
  readonly selector: Field;
  /** Of which one is enough. */
  readonly terms: Field;
  readonly tolerations: Field;
}

interface Misfit {
  /** In the pod's spec. */
  readonly path: readonly string[];
  readonly problem: GraphProblem;
}

const TERMS = [
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
];

const wishOf = (spec: Field): Wish => ({
  selector: at(spec, 'nodeSelector'),
  terms: at(spec, ...TERMS),
  tolerations: at(spec, 'tolerations'),
});

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function misfitOf(
  { suggest }: Graph,
  wish: Wish,
  groups: readonly NodeGroup[],
  labels: readonly string[],
): Misfit | undefined {
  const selected = entries(wish.selector);
  const unknown = selected.find(({ key, value }) => !groups.some((group) => hasLabel(group, key, value)));
  if (unknown !== undefined) {
    const wanted = `${unknown.key}=${unknown.value}`;
    return missing(['nodeSelector', unknown.key], wanted, suggest(wanted, labels));
  }
  const chosen = groups.filter((group) => selected.every(({ key, value }) => hasLabel(group, key, value)));
  if (chosen.length === 0)
    return missing(['nodeSelector'], selected.map(({ key, value }) => `${key}=${value}`).join(' and '));
  const terms = items(wish.terms);
  const fitting =
    terms.length === 0 ? chosen : chosen.filter((group) => terms.some((term) => meets(group, term)));
  if (fitting.length === 0) return missing(TERMS, terms.map(inWords).join(', or '));
  const tolerations = items(wish.tolerations);
  const keptAway = (group: NodeGroup) =>
    group.taints.filter((taint) => !tolerations.some((each) => tolerates(each, taint)));
  if (fitting.some((group) => keptAway(group).length === 0)) return undefined;
  const taints = fitting.flatMap(keptAway).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
  // The line to change is the toleration, where there is one, else the choice of these nodes.
  const path =
    tolerations.length > 0
      ? ['tolerations']
      : selected.length > 0
        ? ['nodeSelector']
        : terms.length > 0
          ? TERMS
          : [];
  return { path, problem: { code: 'node-group-tainted', args: { taints: [...new Set(taints)] } } };
}

function missing(path: readonly string[], wanted: string, similar?: string): Misfit {
  const args = { wanted, ...(similar !== undefined && { similar }) };
  return { path, problem: { code: 'node-group-missing', args } };
}

const labelsOf = ({ labels }: NodeGroup): readonly string[] =>
  [...labels].flatMap(([key, values]) => values.map((value) => `${key}=${value}`));

function hasLabel(group: NodeGroup, key: string, value: unknown): boolean {
  const values = valuesOf(group, key);
  return values === undefined || values.includes(String(value));
}

/** Whether a group's nodes may meet a term; what nobody can know here counts as met. */
const meets = (group: NodeGroup, term: Field): boolean =>
  items(at(term, 'matchExpressions')).every((expression) => {
    const values = valuesOf(group, textOf(at(expression, 'key')));
    if (values === undefined) return true;
    const wanted = items(at(expression, 'values')).map(({ value }) => String(value));
    switch (textOf(at(expression, 'operator'))) {
      case 'In':
        return values.some((value) => wanted.includes(value));
      case 'NotIn':
        return values.length === 0 || values.some((value) => !wanted.includes(value));
      case 'Exists':
        return values.length > 0;
      case 'DoesNotExist':
        return values.length === 0;
      default:
        return true;
    }
  });

const inWords = (term: Field): string =>
  items(at(term, 'matchExpressions'))
    .map((expression) => {
      const values = items(at(expression, 'values')).map(({ value }) => String(value));
      const list = values.length === 0 ? '' : ` (${values.join(', ')})`;
      return `${textOf(at(expression, 'key'))} ${textOf(at(expression, 'operator'))}${list}`;
    })
    .join(' and ');

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates(toleration: Field, taint: Taint): boolean {
  const key = textOf(at(toleration, 'key'));
  const effect = textOf(at(toleration, 'effect'));
  if (effect !== '' && effect !== taint.effect) return false;
  if (textOf(at(toleration, 'operator')) === 'Exists') return key === '' || key === taint.key;
  return key === taint.key && textOf(at(toleration, 'value')) === taint.value;
}
