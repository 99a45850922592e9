import { autoscalerStatements } from './autoscaler-statements.ts';
import { chartRoles, zoneStatements } from './chart-identities.ts';
import type { Environment } from './environment/environment.ts';
import type { IamStatement } from './iam.ts';
import { loadBalancerStatements } from './load-balancer-statements.ts';
import { EXTERNAL_DNS_NAMESPACE, namespace, roleArn, SYSTEM_NAMESPACE } from './names.ts';
import { pointerTo } from './pointer.ts';
import { CONNECTIONS, connectionStatements, secretStatements } from './secrets.ts';
import { needsRole, statementsOf, type Use, usesByService } from './uses.ts';

/** Who may do what in AWS and in the databases: IAM roles, database users and cache users, all without secrets. */

/** An IAM role that one ServiceAccount assumes. */
export interface Identity {
  /** Short name, such as the service's; the role's name in AWS is made of it (`roleName`). */
  readonly role: string;
  readonly roleArn: string;
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  readonly statements: readonly IamStatement[];
  /** Whose: the permissions boundary of an environment bounds what teams ask for, not the platform's own roles. */
  readonly owner: 'platform' | 'service';
  /** Pointer into the environment. */
  readonly cause: string;
}

/** A service's role as a user of one database. */
export interface DatabaseUser {
  readonly service: string;
  readonly database: string;
  readonly access: 'read' | 'readWrite';
}

/** A user of one cache, whom one service's role may connect as. */
export interface CacheUser {
  readonly service: string;
  readonly cache: string;
  readonly access: 'read' | 'readWrite';
}

/** All that the `uses:` lines of an environment come to, outside the cluster. */
export interface Granted {
  readonly identities: readonly Identity[];
  readonly databaseUsers: readonly DatabaseUser[];
  readonly cacheUsers: readonly CacheUser[];
}

/** Names of the platform's controllers: of their releases, ServiceAccounts and roles. */
export const LOAD_BALANCER_CONTROLLER = 'aws-load-balancer-controller';
export const CLUSTER_AUTOSCALER = 'cluster-autoscaler';
export const EXTERNAL_DNS = 'external-dns';

/** The role of a service, or undefined where it uses neither AWS nor Atlas, and no secrets. */
export function identityOf(
  environment: Environment,
  service: string,
  uses: readonly Use[],
): Identity | undefined {
  const granted = uses.filter(needsRole);
  const secrets = secretStatements(environment, service);
  return granted.length + secrets.length === 0
    ? undefined
    : {
        role: service,
        roleArn: roleArn(environment, service),
        serviceAccount: { namespace: namespace(environment), name: service },
        statements: [...granted.flatMap(statementsOf), ...secrets],
        owner: 'service',
        cause: pointerTo('spec', 'services', service, granted.length === 0 ? 'secrets' : 'uses'),
      };
}

/** Roles (the platform's own controllers' first, then charts'), database users and cache users, by service. */
export function granted(environment: Environment): Granted {
  const byService = [...usesByService(environment)];
  const uses = byService.flatMap(([, own]) => own);
  return {
    identities: [
      ...platformIdentities(environment),
      // A boundary bounds these, too: teams write what they may do.
      ...chartRoles(environment).map(
        (chart): Identity => ({ ...chart, roleArn: roleArn(environment, chart.role), owner: 'service' }),
      ),
      ...byService.flatMap(([name, own]) => identityOf(environment, name, own) ?? []),
    ],
    databaseUsers: uses.flatMap(({ service, name, rule: { databaseRole } }) =>
      databaseRole === undefined ? [] : [{ service, database: name, access: databaseRole }],
    ),
    cacheUsers: uses.flatMap(({ service, name, rule: { kind, access } }) =>
      kind === 'cache' && (access === 'read' || access === 'readWrite')
        ? [{ service, cache: name, access }]
        : [],
    ),
  };
}

/** Roles of the platform's own controllers: each is there where its controller is. */
export function platformIdentities(environment: Environment): readonly Identity[] {
  const { ingress } = environment.spec;
  return [
    ...(ingress === undefined
      ? []
      : [
          controller(
            environment,
            LOAD_BALANCER_CONTROLLER,
            loadBalancerStatements(environment, ingress),
            pointerTo('spec', 'ingress'),
          ),
        ]),
    ...(ingress?.hostedZones === undefined
      ? []
      : [
          controller(
            environment,
            EXTERNAL_DNS,
            zoneStatements(ingress.hostedZones),
            pointerTo('spec', 'ingress', 'hostedZones'),
            EXTERNAL_DNS_NAMESPACE,
          ),
        ]),
    ...connectionStatements(environment).map((statement) =>
      controller(environment, CONNECTIONS, [statement], pointerTo('spec', 'hub'), namespace(environment)),
    ),
    ...(hasGrowingGroups(environment)
      ? [
          controller(
            environment,
            CLUSTER_AUTOSCALER,
            autoscalerStatements(environment),
            pointerTo('spec', 'cluster', 'nodeGroups'),
          ),
        ]
      : []),
  ];
}

/** Whether some node group may have more or fewer nodes, so that somebody must decide how many. */
export const hasGrowingGroups = (environment: Environment): boolean =>
  Object.values(environment.spec.cluster.nodeGroups).some(({ min, max }) => min < max);

const controller = (
  environment: Environment,
  name: string,
  statements: readonly IamStatement[],
  cause: string,
  namespace = SYSTEM_NAMESPACE,
): Identity => ({
  role: name,
  roleArn: roleArn(environment, name),
  serviceAccount: { namespace, name },
  statements,
  owner: 'platform',
  cause,
});
