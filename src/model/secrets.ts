import { connections } from './connections.ts';
import type { Wave } from './delivery.ts';
import type { Environment } from './environment/environment.ts';
import type { IamStatement } from './iam.ts';
import {
  ATLAS_CREDENTIALS,
  atlasCredentials,
  atlasSecretName,
  CROSSPLANE_NAMESPACE,
  namespace,
  publishedName,
  secretArn,
  serviceSecret,
} from './names.ts';
import { pointerTo } from './pointer.ts';
import { isHosted } from './topology.ts';

/**
 * What can't be passwordless: secrets of AWS Secrets Manager that External Secrets copies into the cluster. Git holds
 * their names only. Each is fetched as a ServiceAccount of its own namespace, so that nobody reads more than that one
 * may; the controller itself may read nothing.
 */
export interface FetchedSecret {
  /** Of the Secret, and of the ExternalSecret that makes it. */
  readonly name: string;
  readonly namespace: string;
  readonly store: string;
  readonly serviceAccount: string;
  /** Role that is taken after signing in. */
  readonly role?: string;
  readonly region: string;
  readonly entries: readonly SecretEntry[];
  /** Never pruned, like what needs it. */
  readonly isKept: boolean;
  readonly waves: { readonly store: Wave; readonly secret: Wave };
  /** Pointer into the environment. */
  readonly pointer: string;
}

export interface SecretEntry {
  /** Key in the Secret. */
  readonly key: string;
  /** Name in Secrets Manager. */
  readonly secret: string;
  /** Property of the JSON that it holds; undefined: the whole text. */
  readonly property?: string;
  readonly pointer: string;
}

/** All that an environment has fetched into its own cluster: the platform's first, then the services' by name. */
export const fetchedSecrets = (environment: Environment): readonly FetchedSecret[] => [
  ...(isHosted(environment) ? [] : [atlasSecret(environment)]).filter((secret) => secret !== undefined),
  ...connectionSecrets(environment),
  ...servicesSecrets(environment),
];

/** Those of services, by name. */
export const servicesSecrets = (environment: Environment): readonly FetchedSecret[] =>
  Object.keys(environment.spec.services ?? {})
    .sort()
    .flatMap((service) => serviceSecrets(environment, service) ?? []);

/** Key of the Secret that the Atlas provider reads. */
export const ATLAS_KEY = 'credentials';

/**
 * The API key of Atlas, fetched with Crossplane's own role: it is there before any role that a claim makes. In a hub
 * it is fetched as the hub, which takes the role of the environment then.
 */
export function atlasSecret(environment: Environment): FetchedSecret | undefined {
  const { atlas, aws } = environment.spec;
  if (atlas === undefined) return undefined;
  const pointer = pointerTo('spec', 'atlas');
  const name = atlasSecretName(environment);
  return {
    name,
    namespace: CROSSPLANE_NAMESPACE,
    store: name,
    serviceAccount: ATLAS_CREDENTIALS,
    ...(isHosted(environment) ? { role: aws.crossplaneRole } : {}),
    region: aws.region,
    entries: [
      {
        key: ATLAS_KEY,
        secret: atlasCredentials(environment),
        pointer: atlas.credentialsSecret === undefined ? pointer : `${pointer}/credentialsSecret`,
      },
    ],
    isKept: true,
    waves: { store: 'packages', secret: 'providerConfigs' },
    pointer,
  };
}

/** What a service's `secrets:` come to, fetched as the service itself. */
export function serviceSecrets(environment: Environment, service: string): FetchedSecret | undefined {
  const entries = entriesOf(environment, service);
  if (entries.length === 0) return undefined;
  return {
    name: serviceSecret(service),
    namespace: namespace(environment),
    store: service,
    serviceAccount: service,
    region: environment.spec.aws.region,
    entries,
    isKept: false,
    waves: { store: 'reachable', secret: 'secrets' },
    pointer: pointerTo('spec', 'services', service, 'secrets'),
  };
}

/** Whom addresses of databases and caches are fetched as, where another cluster's Crossplane knows them. */
export const CONNECTIONS = 'connection-details';

/** Connection secrets as they would be beside the claims, each with the one key that services read. */
export const connectionSecrets = (environment: Environment): readonly FetchedSecret[] =>
  isHosted(environment)
    ? connections(environment).map(({ name, key, pointer }) => ({
        name,
        namespace: namespace(environment),
        store: CONNECTIONS,
        serviceAccount: CONNECTIONS,
        region: environment.spec.aws.region,
        entries: [{ key, secret: publishedName(environment, name), pointer }],
        isKept: false,
        waves: { store: 'reachable', secret: 'secrets' },
        pointer,
      }))
    : [];

/** Whoever fetches them may read exactly these. */
export const connectionStatements = (environment: Environment): readonly IamStatement[] => {
  const secrets = connectionSecrets(environment).flatMap(({ entries }) => entries);
  return secrets.length === 0
    ? []
    : [readSecrets(secrets.map(({ secret }) => secretArn(environment, secret)))];
};

const entriesOf = (environment: Environment, service: string): readonly SecretEntry[] =>
  Object.entries(environment.spec.services?.[service]?.secrets ?? {})
    .map(([key, place]) => {
      const [secret = '', property] = place.split('#');
      const pointer = pointerTo('spec', 'services', service, 'secrets', key);
      return { key, secret, ...(property === undefined ? {} : { property }), pointer };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));

/** A service may read exactly the secrets that it names. */
export function secretStatements(environment: Environment, service: string): readonly IamStatement[] {
  const names = new Set(entriesOf(environment, service).map(({ secret }) => secret));
  return names.size === 0 ? [] : [readSecrets([...names].sort().map((name) => secretArn(environment, name)))];
}

export const readSecrets = (resources: readonly string[]): IamStatement => ({
  sid: 'ReadSecrets',
  effect: 'Allow',
  actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
  resources,
});
