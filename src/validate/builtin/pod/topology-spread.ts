import {
  at,
  duplicate,
  type Field,
  forbidden,
  invalid,
  isGiven,
  items,
  numberOf,
  oneOf,
  type Report,
  required,
  textOf,
} from '../field.ts';
import { qualifiedName } from '../forms.ts';
import { labelSelector } from '../selector.ts';

/** https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export function topologySpread(report: Report, field: Field): void {
  const seen = new Set<string>();
  for (const constraint of items(field)) {
    const skew = at(constraint, 'maxSkew');
    if (!isGiven(skew) || (numberOf(skew) ?? 1) <= 0) invalid(report, skew, 'positive');
    const key = at(constraint, 'topologyKey');
    if (textOf(key) === '') required(report, key);
    const action = at(constraint, 'whenUnsatisfiable');
    oneOf(report, action, ['DoNotSchedule', 'ScheduleAnyway'], 'required');
    domains(report, constraint);
    const selector = at(constraint, 'labelSelector');
    labelSelector(report, selector);
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
      oneOf(
        report,
        at(constraint, name),
        ['Honor', 'Ignore'],
        isGiven(at(constraint, name)) ? 'required' : 'optional',
      );
    matchLabelKeys(report, constraint, selector);
    const pair = `${textOf(key)} ${textOf(action)}`;
    if (seen.has(pair)) duplicate(report, key, 'constraints with this topologyKey and whenUnsatisfiable');
    seen.add(pair);
  }
}

function domains(report: Report, constraint: Field): void {
  const domains = at(constraint, 'minDomains');
  if (!isGiven(domains)) return;
  if ((numberOf(domains) ?? 1) <= 0) invalid(report, domains, 'positive');
  if (textOf(at(constraint, 'whenUnsatisfiable')) !== 'DoNotSchedule')
    forbidden(report, domains, 'whenUnsatisfiable is not DoNotSchedule');
}

/** Keys whose values come from the pod's own labels; none may stand in the selector too. */
function matchLabelKeys(report: Report, field: Field, selector: Field): void {
  const keys = items(at(field, 'matchLabelKeys'));
  if (keys.length > 0 && !isGiven(selector))
    forbidden(report, at(field, 'matchLabelKeys'), 'there is no labelSelector');
  const selected = new Set(items(at(selector, 'matchExpressions')).map((each) => textOf(at(each, 'key'))));
  for (const key of keys) {
    if (textOf(key) === '') required(report, key);
    qualifiedName(report, key);
    if (selected.has(textOf(key)) || isGiven(at(selector, 'matchLabels', textOf(key))))
      forbidden(report, key, 'the labelSelector has this key already');
  }
}
