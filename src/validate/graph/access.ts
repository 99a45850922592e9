import { at, items, textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { missing, referred } from './reference.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** Bindings, the roles that they bind and to whom: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export function access(graph: Graph, report: Report): void {
  for (const kind of ['RoleBinding', 'ClusterRoleBinding'])
    for (const binding of graph.documents.of(`${kind}.${GROUP}`)) {
      role(graph, report, binding);
      for (const subject of items(at(binding.root, 'subjects'))) {
        const name = at(subject, 'name');
        if (textOf(at(subject, 'kind')) !== 'ServiceAccount' || textOf(name) === 'default') continue;
        const namespace = textOf(at(subject, 'namespace')) || binding.namespace;
        referred(graph, report, binding, name, { kind: 'ServiceAccount', namespace });
      }
    }
}

/** Roles of the cluster that every cluster has, or that what is installed in it brings. */
const SUPPLIED = /^(system:.*|cluster-admin|admin|edit|view)$/;

function role(graph: Graph, report: Report, binding: Document): void {
  const reference = at(binding.root, 'roleRef');
  const field = at(reference, 'name');
  const name = textOf(field);
  if (name === '') return;
  if (textOf(at(reference, 'kind')) === 'Role') {
    referred(graph, report, binding, field, { kind: `Role.${GROUP}`, namespace: binding.namespace });
    return;
  }
  if (SUPPLIED.test(name) || graph.documents.find(`ClusterRole.${GROUP}`, '', name) !== undefined) return;
  // Controllers bring roles of their own, so that there are others here says little.
  missing(graph, report, binding, field, { kind: `ClusterRole.${GROUP}`, name }, 'warning');
}
