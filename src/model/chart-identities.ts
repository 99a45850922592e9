import type { Environment } from './environment/environment.ts';
import type { Chart, ChartIdentity } from './environment/service.ts';
import type { IamStatement } from './iam.ts';
import { roleArn } from './names.ts';
import { pointerTo } from './pointer.ts';
import { readSecrets } from './secrets.ts';

/** Roles of third-party charts: what they may do, and how a chart's values say which role is its own. */

/** Where a chart's values speak of its ServiceAccount, unless the environment says otherwise. */
const ACCOUNT_VALUES = 'serviceAccount';

/** ServiceAccount that assumes the role of a chart. */
export const accountOf = (release: string, { serviceAccount }: ChartIdentity): string =>
  serviceAccount ?? release;

/** Path into a chart's values to where it takes its ServiceAccount from. */
export const accountPath = ({ accountValues = ACCOUNT_VALUES }: ChartIdentity): readonly string[] =>
  accountValues.split('.');

/** A role that the ServiceAccount of a chart assumes. */
interface ChartRole {
  /** Name of the release. */
  readonly role: string;
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  readonly statements: readonly IamStatement[];
  /** Pointer into the environment. */
  readonly cause: string;
}

/** The roles of an environment's charts, by name. */
export const chartRoles = (environment: Environment): readonly ChartRole[] =>
  Object.entries(environment.spec.charts ?? {})
    .flatMap(([name, { namespace, identity }]): readonly ChartRole[] =>
      identity === undefined
        ? []
        : [
            {
              role: name,
              serviceAccount: { namespace, name: accountOf(name, identity) },
              statements: chartStatements(environment, identity),
              cause: pointerTo('spec', 'charts', name, 'identity'),
            },
          ],
    )
    .sort((a, b) => (a.role < b.role ? -1 : 1));

function chartStatements(
  { spec }: Environment,
  { hostedZones, secrets, permissions = [] }: ChartIdentity,
): readonly IamStatement[] {
  const { region, account } = spec.aws;
  return [
    ...(hostedZones === undefined ? [] : zoneStatements(hostedZones)),
    ...(secrets === undefined
      ? []
      : [readSecrets(secrets.map((name) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}*`))]),
    ...permissions.map(({ actions, resources }, index) => ({
      sid: `Permission${index + 1}`,
      effect: 'Allow' as const,
      actions,
      resources,
    })),
  ];
}

/** https://github.com/kubernetes-sigs/external-dns/blob/master/docs/tutorials/aws.md#iam-policy */
export const zoneStatements = (zones: readonly string[]): readonly IamStatement[] => [
  {
    sid: 'ChangeRecords',
    effect: 'Allow',
    actions: [
      'route53:ChangeResourceRecordSets',
      'route53:ListResourceRecordSets',
      'route53:ListTagsForResources',
    ],
    resources: zones.map((zone) => `arn:aws:route53:::hostedzone/${zone}`),
  },
  // AWS offers no narrower resource for what looks zones up.
  {
    sid: 'FindZones',
    effect: 'Allow',
    actions: ['route53:ListHostedZones', 'route53:ListHostedZonesByName'],
    resources: ['*'],
  },
];

type Values = Readonly<Record<string, unknown>>;

/** A chart's values, with the ServiceAccount that assumes the chart's role. What else a team wrote there stays. */
export function valuesOf(environment: Environment, name: string, { values = {}, identity }: Chart): Values {
  if (identity === undefined) return values;
  return written(values, accountPath(identity), (given) => ({
    create: true,
    ...given,
    name: accountOf(name, identity),
    annotations: { ...mapOf(given['annotations']), ...roleAnnotations(roleArn(environment, name)) },
  }));
}

/** Annotations by which a ServiceAccount gets credentials of a role. */
export const roleAnnotations = (arn: string) => ({
  'eks.amazonaws.com/role-arn': arn,
  'eks.amazonaws.com/sts-regional-endpoints': 'true',
});

function written(
  values: Values,
  [key, ...rest]: readonly string[],
  change: (given: Values) => Values,
): Values {
  if (key === undefined) return change(values);
  return { ...values, [key]: written(mapOf(values[key]), rest, change) };
}

/** A map as it is, or an empty one for anything else. */
export const mapOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
