import {
  at,
  type Field,
  invalid,
  isGiven,
  items,
  numberOf,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
  within,
} from '../field.ts';
import { dnsLabel, labelValue, qualifiedName } from '../forms.ts';
import { labelSelector, requirement } from '../selector.ts';

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity */
export function affinity(report: Report, field: Field): void {
  if (!isGiven(field)) return;
  const node = at(field, 'nodeAffinity');
  const needed = at(node, 'requiredDuringSchedulingIgnoredDuringExecution');
  if (isGiven(needed)) {
    const terms = at(needed, 'nodeSelectorTerms');
    if (items(terms).length === 0) required(report, terms);
    for (const term of items(terms)) nodeSelectorTerm(report, term);
  }
  for (const preferred of items(at(node, 'preferredDuringSchedulingIgnoredDuringExecution'))) {
    weight(report, preferred);
    nodeSelectorTerm(report, at(preferred, 'preference'), { isPreferred: true });
  }
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const pods = at(field, kind);
    for (const term of items(at(pods, 'requiredDuringSchedulingIgnoredDuringExecution')))
      podTerm(report, term);
    for (const preferred of items(at(pods, 'preferredDuringSchedulingIgnoredDuringExecution'))) {
      weight(report, preferred);
      podTerm(report, at(preferred, 'podAffinityTerm'));
    }
  }
}

function weight(report: Report, preferred: Field): void {
  const field = at(preferred, 'weight');
  if (isGiven(field)) within(report, field, 1, 100);
  else invalid(report, field, 'number-range', '1 to 100');
}

/** A preference that nothing can meet is none: its values may be of any form. */
export function nodeSelectorTerm(report: Report, term: Field, { isPreferred = false } = {}): void {
  for (const expression of items(at(term, 'matchExpressions'))) {
    requirement(report, expression, ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']);
    if (!isPreferred) for (const value of items(at(expression, 'values'))) labelValue(report, value);
  }
  for (const expression of items(at(term, 'matchFields'))) {
    const key = at(expression, 'key');
    oneOf(report, key, ['metadata.name'], 'required');
    oneOf(report, at(expression, 'operator'), ['In', 'NotIn'], 'required');
    const values = at(expression, 'values');
    if (items(values).length !== 1) required(report, values, 'a field has one value');
  }
}

function podTerm(report: Report, term: Field): void {
  if (!isGiven(term) && numberOf(term) !== undefined) return;
  const key = at(term, 'topologyKey');
  if (requireText(report, key)) qualifiedName(report, key);
  labelSelector(report, at(term, 'labelSelector'));
  labelSelector(report, at(term, 'namespaceSelector'));
  for (const namespace of items(at(term, 'namespaces')))
    if (textOf(namespace) !== '') dnsLabel(report, namespace);
}
