import type { Environment } from './environment/environment.ts';
import { argoName, isHosted } from './topology.ts';

/**
 * Every name that is derived from an environment, in one place: two parts that speak of the same AWS or Atlas
 * thing get the same name because both ask here. All are deterministic, so ARNs and URLs are known before
 * anything exists.
 */

/** Namespaces of the platform's own parts. */
export const ARGOCD_NAMESPACE = 'argocd';
export const CROSSPLANE_NAMESPACE = 'crossplane-system';
export const SYSTEM_NAMESPACE = 'kube-system';
export const EXTERNAL_SECRETS_NAMESPACE = 'external-secrets';
export const EXTERNAL_DNS_NAMESPACE = 'external-dns';
/** Where the policies' parameters are. */
export const PLIMSOLL_NAMESPACE = 'plimsoll-system';

/** API group of the platform's claims. */
export const PLATFORM_GROUP = 'platform.plimsoll.dev';
export const PLATFORM_VERSION = 'v1alpha1';

/** Short form of an AWS region, for names that are short of room: `eu-west-1` -> `euw1`. */
function shortRegion(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  const compass = direction
    .replace('north', 'n')
    .replace('south', 's')
    .replace('west', 'w')
    .replace('east', 'e');
  return `${area}${compass.replace('central', 'c')}${number}`;
}

/** `tideline-production`: what names in AWS and Atlas begin with; also the cluster's and the network's name. */
export const prefix = (environment: Environment): string =>
  `${environment.spec.product}-${environment.metadata.name}`;

/** Namespace of the services. */
export const namespace = (environment: Environment): string => environment.spec.product;
/** Namespace of the claims: that of the services, or one of its own in a hub, which holds those of several environments. */
export const claimNamespace = (environment: Environment): string =>
  isHosted(environment) ? prefix(environment) : namespace(environment);

/** Argo CD's projects: of what services run on, of what an environment has in its hub, and of services. */
export const platformProject = (environment: Environment): string => argoName(environment, 'platform');
export const hubProject = (environment: Environment): string => argoName(environment, 'hub');
/** A hyphen tells it from the others. */
export const servicesProject = prefix;

const named = (environment: Environment, name: string) => `${prefix(environment)}-${name}`;

export const clusterName = prefix;
/** How Argo CD calls the cluster: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters */
export const registeredName = (environment: Environment): string =>
  environment.spec.cluster.argoCd?.name ?? clusterName(environment);
export const networkName = prefix;
const generationOf = (environment: Environment, group: string): number =>
  environment.spec.cluster.nodeGroups[group]?.generation ?? 1;
/** EKS node group; the suffix tells it from its successor, because most of a node group can't be changed. */
export const nodeGroupName = (environment: Environment, group: string): string =>
  `${named(environment, group)}-v${generationOf(environment, group)}`;
/** Claim of a node group: a successor has one of its own, so that it's there before the old one goes. */
export const nodeGroupClaimName = (environment: Environment, group: string): string => {
  const generation = generationOf(environment, group);
  return generation === 1 ? group : `${group}-v${generation}`;
};
/** IAM roles of the cluster itself, by the ends of their names. */
export const CLUSTER_ROLES = ['cluster', 'node', 'vpc-cni', 'ebs-csi'] as const;
/** Alias of the key of EBS volumes, without `alias/`. */
const volumesKeyAlias = (environment: Environment): string => named(environment, 'ebs');
/** ElastiCache replication group, or serverless cache. */
export const replicationGroupId = named;
/** ElastiCache user; its id and its name must be equal for IAM authentication. */
export const cacheUserId = (environment: Environment, cache: string, service: string): string =>
  named(environment, `${cache}-${service}`);
/** One Atlas project for each database: users, private endpoint and alerts are kept apart. */
export const atlasProjectName = named;
export const databaseClusterName = (_environment: Environment, database: string): string => database;
/** Name of the database inside an Atlas cluster. */
export const databaseName = (_environment: Environment, database: string): string => database;
/** The names of FIFO queues, and of no others, end so. */
const withFifo = (environment: Environment, queue: string, name: string): string =>
  environment.spec.queues?.[queue]?.fifo ? `${name}.fifo` : name;
const plainQueueName = (environment: Environment, queue: string): string =>
  environment.spec.queues?.[queue]?.name ?? named(environment, queue);
export const queueName = (environment: Environment, queue: string): string =>
  withFifo(environment, queue, plainQueueName(environment, queue));
export const deadLetterQueueName = (environment: Environment, queue: string): string =>
  withFifo(
    environment,
    queue,
    environment.spec.queues?.[queue]?.deadLetterName ?? `${plainQueueName(environment, queue)}-dlq`,
  );
export const bucketName = (environment: Environment, bucket: string): string =>
  environment.spec.buckets?.[bucket]?.name ??
  `${named(environment, bucket)}-${shortRegion(environment.spec.aws.region)}`;
/** IAM role of a service, or of a platform chart. */
export const roleName = named;

const account = (environment: Environment) => environment.spec.aws.account;
const regional = (environment: Environment) => `${environment.spec.aws.region}:${account(environment)}`;

export const roleArn = (environment: Environment, name: string): string =>
  `arn:aws:iam::${account(environment)}:role/${roleName(environment, name)}`;
/** An alias stands for its key wherever EC2 asks for one; the key's own ARN isn't known beforehand. */
export const volumesKeyArn = (environment: Environment): string =>
  `arn:aws:kms:${regional(environment)}:alias/${volumesKeyAlias(environment)}`;
export const queueArn = (environment: Environment, queue: string): string =>
  `arn:aws:sqs:${regional(environment)}:${queueName(environment, queue)}`;
export const queueUrl = (environment: Environment, queue: string): string =>
  `https://sqs.${environment.spec.aws.region}.amazonaws.com/${account(environment)}/${queueName(environment, queue)}`;
export const bucketArn = (environment: Environment, bucket: string): string =>
  `arn:aws:s3:::${bucketName(environment, bucket)}`;
/** A serverless cache is another kind of thing to IAM than a replication group. */
export const cacheArn = (environment: Environment, cache: string): string => {
  const kind =
    environment.spec.caches?.[cache]?.serverless === undefined ? 'replicationgroup' : 'serverlesscache';
  return `arn:aws:elasticache:${regional(environment)}:${kind}:${replicationGroupId(environment, cache)}`;
};
export const cacheUserArn = (environment: Environment, cache: string, service: string): string =>
  `arn:aws:elasticache:${regional(environment)}:user:${cacheUserId(environment, cache, service)}`;

/** Connection secrets that claims write into the services' namespace. */
export const databaseSecret = (database: string): string => `${database}-mongodb`;
export const cacheSecret = (cache: string): string => `${cache}-valkey`;
/** What AWS Secrets Manager calls one of these, where services are in another cluster. */
export const publishedName = (environment: Environment, secret: string): string =>
  `${environment.spec.product}/${environment.metadata.name}/connections/${secret}`;

/** Secrets that External Secrets makes of what is in AWS Secrets Manager. */
export const ATLAS_CREDENTIALS = 'atlas-credentials';
/** In a hub beside those of others. */
export const atlasSecretName = (environment: Environment): string =>
  isHosted(environment) ? `${prefix(environment)}-atlas` : ATLAS_CREDENTIALS;
export const serviceSecret = (service: string): string => `${service}-secrets`;
/** Secret of Secrets Manager that holds the API key of Atlas. */
export const atlasCredentials = (environment: Environment): string =>
  environment.spec.atlas?.credentialsSecret ??
  `${environment.spec.product}/${environment.metadata.name}/atlas`;
/** Secrets Manager ends an ARN with a hyphen and six characters of its own. */
export const secretArn = (environment: Environment, secret: string): string =>
  `arn:aws:secretsmanager:${regional(environment)}:secret:${secret}-??????`;

/** Tags on everything in AWS. */
export const tags = (environment: Environment): Readonly<Record<string, string>> => ({
  product: environment.spec.product,
  environment: environment.metadata.name,
  owner: environment.spec.aws.tags.owner,
  'cost-center': environment.spec.aws.tags.costCenter,
  'managed-by': 'plimsoll',
});
