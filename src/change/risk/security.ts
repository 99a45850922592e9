import type { FieldChange } from '../compare.ts';
import { type FieldRule, WHOLE } from './rule.ts';

/** Who may do more than before, or reach more. What is taken away is no risk here. */
const came = ({ before, after }: FieldChange): boolean =>
  after !== undefined && (before === undefined || added(before, after).length > 0);

/** Items that a list gained; the new value itself where it is none. */
function added(before: unknown, after: unknown): readonly unknown[] {
  if (!Array.isArray(after)) return [after];
  const known = new Set((Array.isArray(before) ? before : [before]).map((one) => JSON.stringify(one)));
  return after.filter((one) => !known.has(JSON.stringify(one)));
}

const items = ({ before, after }: FieldChange): string =>
  added(before, after)
    .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    .join(', ')
    .slice(0, 200);

/** A rule or a peer that came, a restriction that went, a range that grew. */
function opens({ before, after, path }: FieldChange): boolean {
  if (after === undefined) return /\.(from|to|ports|except|podSelector|namespaceSelector)$/.test(path);
  if (before === undefined) return /\]$/.test(path) && !/\.except\b/.test(path);
  if (Array.isArray(before) && Array.isArray(after)) return added(before, after).length > 0;
  const [from, to] = [before, after].map((range) => /\/(\d+)$/.exec(String(range))?.[1]);
  return from !== undefined && to !== undefined && Number(to) < Number(from);
}

/** Statements of IAM: a new one that allows, or more actions, resources, principals or fewer conditions in one. */
const STATEMENT = /\.(Statement|statements)\[\]/;
const IAM_KINDS = [
  'RolePolicy.*.aws',
  'Policy.*.aws',
  'BucketPolicy.*.aws',
  'QueuePolicy.*.aws',
  'Key.*.aws',
];

const isDenial = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'Effect') === 'Deny';

/** Whether the changed part is of a statement that denies: denying more opens nothing. */
function isInDenial({ path, texts }: FieldChange): boolean {
  const id = /\.Statement\[([^\]]*)\]/.exec(path)?.[1];
  if (texts === undefined || id === undefined) return false;
  const document: unknown = JSON.parse(texts.after);
  const statements: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'Statement') : undefined;
  if (!Array.isArray(statements)) return false;
  const own: unknown = statements.find(
    (one: unknown, index) =>
      typeof one === 'object' && one !== null && (Reflect.get(one, 'Sid') === id || String(index) === id),
  );
  return isDenial(own);
}

export const SECURITY: readonly FieldRule[] = [
  {
    id: 'iam-allowed',
    risk: 'security',
    kinds: IAM_KINDS,
    field: new RegExp(`${STATEMENT.source}$`),
    when: (change) => change.before === undefined && !isDenial(change.after),
    because: ({ after }) => `more is allowed: ${actionsOf(after)}`,
  },
  {
    id: 'iam-denial-gone',
    risk: 'security',
    kinds: IAM_KINDS,
    field: new RegExp(`${STATEMENT.source}$`),
    when: (change) => change.after === undefined && isDenial(change.before),
    because: 'a statement that denied is gone',
  },
  {
    id: 'iam-widened',
    risk: 'security',
    kinds: IAM_KINDS,
    field: new RegExp(`${STATEMENT.source}\\.(Action|Resource|Principal|NotAction|NotResource)`),
    when: (change) => came(change) && !isInDenial(change),
    because: (change) => `more is allowed: ${items(change)}`,
  },
  {
    id: 'iam-condition',
    risk: 'security',
    kinds: IAM_KINDS,
    field: new RegExp(`${STATEMENT.source}\\.Condition`),
    when: (change) => !isInDenial(change),
    because: 'the condition of a statement changed: whom it admits is to be read',
  },
  {
    id: 'role-trust',
    risk: 'security',
    kinds: ['Role.*.aws'],
    field: /^spec\.forProvider\.(assumeRolePolicy|permissionsBoundary|managedPolicyArns)/,
    because: 'who may take the role, or what bounds it, changed',
  },
  {
    id: 'role-policy-attached',
    risk: 'security',
    kinds: ['RolePolicyAttachment.*.aws', 'AccessPolicyAssociation.*.aws'],
    field: WHOLE,
    when: ({ after }) => after !== undefined,
    because: ({ after }) => `a role gets a policy: ${String(valueIn(after, 'policyArn'))}`,
  },
  {
    id: 'access-entry',
    risk: 'security',
    kinds: ['AccessEntry.*.aws'],
    field: WHOLE,
    when: ({ after }) => after !== undefined,
    because: ({ after }) => `somebody gets into the cluster: ${String(valueIn(after, 'principalArn'))}`,
  },
  {
    id: 'network-opened',
    risk: 'security',
    kinds: ['SecurityGroupIngressRule.*.aws', 'SecurityGroupRule.*.aws', 'IPAccessList.*.atlas'],
    field: WHOLE,
    when: ({ after }) => after !== undefined,
    because: ({ after }) =>
      `a way in is opened: ${String(valueIn(after, 'cidrIpv4') ?? valueIn(after, 'cidrBlock') ?? valueIn(after, 'ipAddress') ?? 'from another security group')}`,
  },
  {
    id: 'network-widened',
    risk: 'security',
    kinds: ['SecurityGroupIngressRule.*.aws', 'SecurityGroupRule.*.aws', 'IPAccessList.*.atlas'],
    field: /^spec\.forProvider\.(cidrIpv[46]|cidrBlock|ipAddress|fromPort|toPort|ipProtocol)/,
    because: (change) => `a way in is another one: ${items(change)}`,
  },
  {
    id: 'public-access',
    risk: 'security',
    kinds: ['Cluster.*.aws'],
    field: /^spec\.forProvider\.vpcConfig(\[\])?\.(publicAccessCidrs|endpointPublicAccess)/,
    when: (change) => change.after !== false && came(change),
    because: (change) => `the cluster's API can be reached from more places: ${items(change)}`,
  },
  {
    id: 'bucket-opened',
    risk: 'security',
    kinds: ['BucketPublicAccessBlock.*.aws'],
    field: /^spec\.forProvider\.(block|ignore|restrict)Public/,
    when: ({ after }) => after !== true,
    because: 'the bucket may become public',
  },
  {
    id: 'network-policy-opened',
    risk: 'security',
    kinds: ['NetworkPolicy.networking.k8s.io'],
    field: /^spec\.(ingress|egress)/,
    when: opens,
    because: 'pods may be reached from more places, or reach more',
  },
  {
    id: 'network-policy-selects-less',
    risk: 'security',
    kinds: ['NetworkPolicy.networking.k8s.io'],
    field: /^spec\.(policyTypes|podSelector)/,
    because: 'other pods are guarded than before',
  },
  {
    id: 'database-role',
    risk: 'security',
    kinds: ['User.*.atlas'],
    field: /^spec\.forProvider\.roles/,
    when: came,
    because: (change) => `another role in the database: ${items(change)}`,
  },
  {
    id: 'database-user',
    risk: 'security',
    kinds: ['User.*.atlas'],
    field: WHOLE,
    when: ({ after }) => after !== undefined,
    because: 'somebody gets into the database',
  },
  {
    id: 'network-policy-gone',
    risk: 'security',
    kinds: ['NetworkPolicy.networking.k8s.io'],
    field: WHOLE,
    when: ({ after }) => after === undefined,
    because: 'pods that no other policy selects may be reached by everybody',
  },
  {
    id: 'rbac-widened',
    risk: 'security',
    kinds: ['Role.rbac.authorization.k8s.io', 'ClusterRole.rbac.authorization.k8s.io'],
    field: /^rules/,
    when: came,
    because: 'more may be done in the cluster',
  },
  {
    id: 'rbac-bound',
    risk: 'security',
    kinds: ['RoleBinding.rbac.authorization.k8s.io', 'ClusterRoleBinding.rbac.authorization.k8s.io'],
    field: /^(subjects.*|)$/,
    when: came,
    because: 'somebody gets rights in the cluster',
  },
  {
    id: 'security-context',
    risk: 'security',
    kinds: ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'CronJob.batch'],
    field: /\.securityContext(\.|$)|\.host(Network|PID|IPC)$/,
    because: 'the pods run with other rights',
  },
  {
    id: 'internet-facing',
    risk: 'security',
    kinds: ['IngressClassParams.elbv2.k8s.aws'],
    field: /^spec\.scheme$/,
    when: ({ after }) => after === 'internet-facing',
    because: 'the load balancer can be reached from the internet',
  },
  {
    id: 'ingress-scheme',
    risk: 'security',
    kinds: ['Ingress.networking.k8s.io'],
    field: /^metadata\.annotations\[\]$/,
    when: ({ pointer, after }) => pointer.endsWith('~1scheme') && after === 'internet-facing',
    because: 'the load balancer can be reached from the internet',
  },
  {
    id: 'policy-weakened',
    risk: 'security',
    kinds: [
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
      'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
    ],
    field: /^(spec(\.|\[|$)|$)/,
    when: ({ after, path }) => path !== '' || after === undefined,
    because: 'what guards the cluster changes: what it refuses is to be read',
  },
];

function actionsOf(statement: unknown): string {
  const actions =
    typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'Action') : undefined;
  const resources =
    typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'Resource') : undefined;
  return `${listed(actions)} on ${listed(resources ?? 'everything')}`;
}

function valueIn(object: unknown, field: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const spec: unknown = Reflect.get(object, 'spec');
  const forProvider: unknown =
    typeof spec === 'object' && spec !== null ? Reflect.get(spec, 'forProvider') : undefined;
  return typeof forProvider === 'object' && forProvider !== null
    ? Reflect.get(forProvider, field)
    : undefined;
}

const listed = (values: unknown): string =>
  (Array.isArray(values) ? values : [values]).map(String).join(', ').slice(0, 200);
