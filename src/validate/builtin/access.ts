import {
  at,
  type Field,
  forbidden,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
} from './field.ts';
import { pathSegment, subdomain } from './forms.ts';
import { labelSelector } from './selector.ts';

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */

export function role(report: Report, object: Field): void {
  for (const rule of items(at(object, 'rules'))) policyRule(report, rule, true);
}

export function clusterRole(report: Report, object: Field): void {
  for (const rule of items(at(object, 'rules'))) policyRule(report, rule, false);
  const aggregation = at(object, 'aggregationRule');
  if (!isGiven(aggregation)) return;
  const selectors = at(aggregation, 'clusterRoleSelectors');
  if (items(selectors).length === 0) required(report, selectors);
  for (const selector of items(selectors)) labelSelector(report, selector);
}

function policyRule(report: Report, rule: Field, isNamespaced: boolean): void {
  const count = (name: string) => items(at(rule, name)).length;
  if (count('verbs') === 0) required(report, at(rule, 'verbs'));
  const urls = at(rule, 'nonResourceURLs');
  if (count('nonResourceURLs') > 0) {
    if (isNamespaced) forbidden(report, urls, 'a Role speaks of resources only');
    else
      for (const name of ['apiGroups', 'resources', 'resourceNames'])
        if (count(name) > 0) forbidden(report, at(rule, name), 'a rule speaks of resources or of URLs');
    return;
  }
  for (const name of ['apiGroups', 'resources']) if (count(name) === 0) required(report, at(rule, name));
}

const GROUP = 'rbac.authorization.k8s.io';

export function roleBinding(report: Report, object: Field): void {
  binding(report, object, ['ClusterRole', 'Role']);
}

export function clusterRoleBinding(report: Report, object: Field): void {
  binding(report, object, ['ClusterRole']);
}

function binding(report: Report, object: Field, kinds: readonly string[]): void {
  const reference = at(object, 'roleRef');
  const group = at(reference, 'apiGroup');
  if (isFilled(group)) oneOf(report, group, [GROUP]);
  oneOf(report, at(reference, 'kind'), kinds, 'required');
  if (at(reference, 'kind').value === '') required(report, at(reference, 'kind'));
  const name = at(reference, 'name');
  if (requireText(report, name)) pathSegment(report, name);
  const isNamespaced = kinds.includes('Role');
  for (const each of items(at(object, 'subjects'))) subject(report, each, isNamespaced);
}

function subject(report: Report, field: Field, isNamespaced: boolean): void {
  const name = at(field, 'name');
  const kind = at(field, 'kind');
  const group = at(field, 'apiGroup');
  requireText(report, name);
  switch (textOf(kind)) {
    case 'ServiceAccount': {
      subdomain(report, name);
      if (isFilled(group))
        report({ code: 'builtin-unsupported', field: group, args: { found: textOf(group), allowed: [''] } });
      // Within a namespace, it is the binding's own where none is named.
      if (!isNamespaced) requireText(report, at(field, 'namespace'));
      break;
    }
    case 'User':
    case 'Group':
      if (isFilled(group)) oneOf(report, group, [GROUP]);
      break;
    default:
      oneOf(report, kind, ['ServiceAccount', 'User', 'Group'], 'required');
  }
}
