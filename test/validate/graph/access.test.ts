import { expect, it } from 'vitest';
import { cases, global, object, type Row, told } from './tideline.ts';

const RBAC = 'rbac.authorization.k8s.io';
const binding = (
  kind: string,
  role: string,
  subject = 'kind: ServiceAccount, name: web, namespace: tideline',
) =>
  object(
    `${RBAC}/v1`,
    'RoleBinding',
    'web',
    `roleRef: { apiGroup: ${RBAC}, kind: ${kind}, name: ${role} }, subjects: [{ ${subject} }]`,
  );
const web = object('v1', 'ServiceAccount', 'web');
const role = object(`${RBAC}/v1`, 'Role', 'pilot', 'rules: []');
const missing = (severity: string, place: string, kind = 'RoleBinding') => [
  `${severity} reference-missing ${kind}/web ${place}`,
];

const rows: readonly Row[] = [
  ['a Role', [web, role, binding('Role', 'pilot')]],
  ['a Role that is not there', [web, role, binding('Role', 'polit')], missing('error', '/roleRef/name')],
  [
    'a ClusterRole',
    [web, global(`${RBAC}/v1`, 'ClusterRole', 'pilot', 'rules: []'), binding('ClusterRole', 'pilot')],
  ],
  [
    'a ClusterRole that somebody else may make',
    [web, binding('ClusterRole', 'pilot')],
    missing('warning', '/roleRef/name'),
  ],
  [
    "a ClusterRole of Kubernetes' own",
    [web, binding('ClusterRole', 'system:auth-delegator'), binding('ClusterRole', 'view')],
  ],
  [
    'a ServiceAccount that is not there',
    [web, role, binding('Role', 'pilot', 'kind: ServiceAccount, name: wbe')],
    missing('error', '/subjects/0/name'),
  ],
  ['a group of people', [web, role, binding('Role', 'pilot', `kind: Group, name: crew, apiGroup: ${RBAC}`)]],
  [
    'a ServiceAccount for the whole cluster that is not there',
    [
      web,
      global(
        `${RBAC}/v1`,
        'ClusterRoleBinding',
        'web',
        `roleRef: { apiGroup: ${RBAC}, kind: ClusterRole, name: view }, subjects: [{ kind: ServiceAccount, name: wbe, namespace: tideline }]`,
      ),
    ],
    missing('error', '/subjects/0/name', 'ClusterRoleBinding'),
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
