import { dice, HEX } from './random.ts';

/**
 * What AWS answers about a thing that exists, as far as it follows from what one asked for: ARNs and URLs are made of
 * account, region and name. What AWS chooses itself has its true form here, and is told as a stand-in.
 *
 * Forms of ARNs: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * ("Resource types defined by..." of each service). Queue URLs:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 * Issuers of EKS: https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 * Domain names of buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */

/** A thing in AWS, by what it was asked to be. */
export interface Thing {
  /** Group of its kind without the mark of namespaced kinds: `sqs.aws.upbound.io`. */
  readonly group: string;
  readonly kind: string;
  readonly region: string;
  /** External name, or the name in `forProvider` of kinds whose external name AWS gives. */
  readonly name: string;
  /** What tells it from others of its kind where it has no such name. */
  readonly seed: string;
  /** Undefined where nobody told. */
  readonly account: string | undefined;
  /** Text of a field of `forProvider`; empty where it is none. */
  readonly asked: (field: string) => string;
}

/** A value, and whether AWS might have chosen another. */
export interface Answer {
  readonly value: string;
  readonly isStandIn: boolean;
}

/** What AWS says of a field of `status.atProvider`; undefined where this table does not know. */
export function answerOf(thing: Thing, field: string): Answer | undefined {
  const fields = TABLE[`${thing.group}/${thing.kind}`];
  const answer = fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
  return answer?.(thing);
}

type Tell = (thing: Thing) => Answer;

/** Where nobody told the account: no account has this number. */
const UNKNOWN_ACCOUNT = '000000000000';

const known = (value: string): Answer => ({ value, isStandIn: false });
const chosen = (value: string): Answer => ({ value, isStandIn: true });

/** Of the account and region that a thing lives in: the same for all who look at it. */
const seedOf = ({ group, kind, account, region, seed }: Thing) =>
  [group, kind, account ?? UNKNOWN_ACCOUNT, region, seed].join('/');

const hex = (thing: Thing, field: string, length: number) => dice(`${seedOf(thing)}/${field}`, HEX, length);

const partitionOf = (region: string) =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

const domainOf = (region: string) => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

const arn =
  (service: string, resource: (thing: Thing) => string, isGlobal = false): Tell =>
  (thing) => {
    const { region, account = UNKNOWN_ACCOUNT } = thing;
    const place = isGlobal ? '' : region;
    const value = `arn:${partitionOf(region)}:${service}:${place}:${account}:${resource(thing)}`;
    return { value, isStandIn: thing.account === undefined };
  };

const named: Tell = ({ name }) => known(name);
const always =
  (value: string): Tell =>
  () =>
    known(value);

const queueUrl: Tell = ({ region, account, name }) => ({
  value: `https://sqs.${region}.${domainOf(region)}/${account ?? UNKNOWN_ACCOUNT}/${name}`,
  isStandIn: account === undefined,
});

const uuid = (thing: Thing) => {
  const digits = hex(thing, 'id', 32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
};

const TABLE: Readonly<Record<string, Readonly<Record<string, Tell>>>> = {
  'sqs.aws.upbound.io/Queue': { arn: arn('sqs', ({ name }) => name), url: queueUrl, id: queueUrl },
  'iam.aws.upbound.io/Role': {
    arn: arn('iam', ({ name, asked }) => `role${asked('path') || '/'}${name}`, true),
    id: named,
  },
  'iam.aws.upbound.io/Policy': {
    arn: arn('iam', ({ name, asked }) => `policy${asked('path') || '/'}${name}`, true),
  },
  'iam.aws.upbound.io/OpenIDConnectProvider': {
    arn: arn('iam', ({ asked }) => `oidc-provider/${asked('url').replace(/^https:\/\//, '')}`, true),
  },
  'eks.aws.upbound.io/Cluster': {
    arn: arn('eks', ({ name }) => `cluster/${name}`),
    id: named,
    status: always('ACTIVE'),
    endpoint: (thing) =>
      chosen(
        `https://${hex(thing, 'endpoint', 32).toUpperCase()}.gr7.${thing.region}.eks.${domainOf(thing.region)}`,
      ),
    'identity[0].oidc[0].issuer': (thing) =>
      chosen(
        `https://oidc.eks.${thing.region}.${domainOf(thing.region)}/id/${hex(thing, 'issuer', 32).toUpperCase()}`,
      ),
    'vpcConfig.clusterSecurityGroupId': (thing) => chosen(`sg-0${hex(thing, 'group', 16)}`),
  },
  'eks.aws.upbound.io/NodeGroup': { status: always('ACTIVE') },
  'kms.aws.upbound.io/Key': {
    arn: (thing) => chosen(arn('kms', (key) => `key/${uuid(key)}`)(thing).value),
    keyId: (thing) => chosen(uuid(thing)),
    id: (thing) => chosen(uuid(thing)),
  },
  's3.aws.upbound.io/Bucket': {
    arn: ({ region, name }) => known(`arn:${partitionOf(region)}:s3:::${name}`),
    id: named,
    bucketDomainName: ({ region, name }) => known(`${name}.s3.${domainOf(region)}`),
    bucketRegionalDomainName: ({ region, name }) => known(`${name}.s3.${region}.${domainOf(region)}`),
  },
  'elasticache.aws.upbound.io/ReplicationGroup': {
    arn: arn('elasticache', ({ name }) => `replicationgroup:${name}`),
    id: named,
  },
  'elasticache.aws.upbound.io/ServerlessCache': {
    arn: arn('elasticache', ({ name }) => `serverlesscache:${name}`),
    id: named,
    status: always('available'),
  },
  'elasticache.aws.upbound.io/User': { arn: arn('elasticache', ({ name }) => `user:${name}`), id: named },
  'elasticache.aws.upbound.io/UserGroup': {
    arn: arn('elasticache', ({ name }) => `usergroup:${name}`),
    id: named,
  },
  'elasticache.aws.upbound.io/SubnetGroup': {
    arn: arn('elasticache', ({ name }) => `subnetgroup:${name}`),
    id: named,
  },
  'elasticache.aws.upbound.io/ParameterGroup': {
    arn: arn('elasticache', ({ name }) => `parametergroup:${name}`),
    id: named,
  },
  'cloudwatchlogs.aws.upbound.io/Group': { arn: arn('logs', ({ name }) => `log-group:${name}`) },
  'cloudwatch.aws.upbound.io/MetricAlarm': { arn: arn('cloudwatch', ({ name }) => `alarm:${name}`) },
};
