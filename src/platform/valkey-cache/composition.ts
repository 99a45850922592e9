import { SecurityGroup, SecurityGroupIngressRule } from '#imports/ec2.aws.upbound.io.ts';
import { ReplicationGroup, SubnetGroup, UserGroup } from '#imports/elasticache.aws.upbound.io.ts';
import { CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { observedCluster, reportClusterSecurityGroup } from '../cluster-observation.ts';
import { aws, base, type ComposedResource, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, EXTERNAL_NAME, from, gate, lookUp, report, required } from '../patches.ts';
import { privateSubnets } from '../subnet-references.ts';
import { valkeyCache } from './definition.ts';

export const VALKEY_CACHE_COMPOSITION = 'valkey-cache';
/** For a cache of several shards: other parameters, and one endpoint that knows all shards. */
export const SHARDED_CACHE_COMPOSITION = 'valkey-cache-sharded';

const PORT = 6379;

/** The compositions of a cache. */
export const valkeyCacheCompositions = (): readonly Composition[] =>
  [
    { name: VALKEY_CACHE_COMPOSITION, shape: SINGLE },
    { name: SHARDED_CACHE_COMPOSITION, shape: SHARDED },
  ].map(({ name, shape }) =>
    composition(valkeyCache, name, [
      observedCluster(reportClusterSecurityGroup),
      ...securityGroup(),
      subnetGroup(),
      userGroup(),
      replicationGroup(shape),
    ]),
  );

interface Shape {
  /** Parameter group by version: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
  readonly parameterGroups: Readonly<Record<string, string>>;
  /** Keys of the provider's secret that hold the address for writing and the one for reading. */
  readonly host: string;
  readonly readerHost: string;
}

const SINGLE: Shape = {
  parameterGroups: { '7.2': 'default.valkey7', '8.0': 'default.valkey8', '8.1': 'default.valkey8' },
  host: 'primary_endpoint_address',
  readerHost: 'reader_endpoint_address',
};

const SHARDED: Shape = {
  parameterGroups: {
    '7.2': 'default.valkey7.cluster.on',
    '8.0': 'default.valkey8.cluster.on',
    '8.1': 'default.valkey8.cluster.on',
  },
  host: 'configuration_endpoint_address',
  readerHost: 'configuration_endpoint_address',
};

/** Only the cluster's nodes and pods reach the cache. */
const securityGroup = (): readonly ComposedResource[] => [
  aws(
    'security-group',
    base(SecurityGroup, { spec: { forProvider: { description: 'Clients of an ElastiCache cache' } } }),
    from('spec.networkName', 'spec.forProvider.vpcIdRef.name'),
    combine('%s-valkey', 'spec.forProvider.name', 'spec.replicationGroupId'),
  ),
  aws(
    'ingress-from-cluster',
    base(SecurityGroupIngressRule, {
      spec: {
        forProvider: {
          securityGroupIdSelector: sibling(),
          description: 'Nodes and pods of the cluster',
          ipProtocol: 'tcp',
          fromPort: PORT,
          toPort: PORT,
        },
      },
    }),
    required(from('status.clusterSecurityGroupId', 'spec.forProvider.referencedSecurityGroupId')),
  ),
];

const subnetGroup = (): ComposedResource =>
  aws(
    'subnet-group',
    base(SubnetGroup, { spec: { forProvider: { description: 'Private subnets' } } }),
    from('spec.replicationGroupId', EXTERNAL_NAME),
    ...privateSubnets('spec.forProvider.subnetIdRefs'),
  );

/**
 * Users by id, not by reference: a list of references is resolved once and then kept, so a new user would never
 * join. Until all users exist, AWS refuses the group and Crossplane tries again.
 */
const userGroup = (): ComposedResource =>
  aws(
    'user-group',
    base(UserGroup, { spec: { forProvider: { engine: 'valkey' } } }),
    from('spec.replicationGroupId', EXTERNAL_NAME),
    from('spec.userIds', 'spec.forProvider.userIds'),
    report('status.atProvider.arn', 'status.userGroupArn'),
  );

/**
 * The cache. Engine and user group must be written exactly so (AWS compares the text); no field of a password
 * may be set beside a user group.
 */
const replicationGroup = ({ parameterGroups, host, readerHost }: Shape): ComposedResource => ({
  ...aws(
    'replication-group',
    base(ReplicationGroup, {
      spec: {
        forProvider: {
          description: 'Valkey with IAM authentication',
          engine: 'valkey',
          port: PORT,
          automaticFailoverEnabled: true,
          multiAzEnabled: true,
          transitEncryptionEnabled: true,
          transitEncryptionMode: 'required',
          atRestEncryptionEnabled: 'true',
          autoMinorVersionUpgrade: 'true',
          applyImmediately: false,
          subnetGroupNameSelector: sibling(),
          securityGroupIdSelector: sibling(),
        },
        writeConnectionSecretToRef: { namespace: CROSSPLANE_NAMESPACE, name: 'patched' },
      },
    }),
    from('spec.replicationGroupId', EXTERNAL_NAME),
    combine('%s-valkey', 'spec.writeConnectionSecretToRef.name', 'metadata.uid'),
    combine('%s-final', 'spec.forProvider.finalSnapshotIdentifier', 'spec.replicationGroupId'),
    from('spec.nodeType', 'spec.forProvider.nodeType'),
    from('spec.version', 'spec.forProvider.engineVersion'),
    from('spec.version', 'spec.forProvider.parameterGroupName', lookUp(parameterGroups)),
    from('spec.shards', 'spec.forProvider.numNodeGroups'),
    from('spec.replicas', 'spec.forProvider.replicasPerNodeGroup'),
    from('spec.snapshotRetentionDays', 'spec.forProvider.snapshotRetentionLimit'),
    from('spec.snapshotWindow', 'spec.forProvider.snapshotWindow'),
    from('spec.maintenanceWindow', 'spec.forProvider.maintenanceWindow'),
    from('spec.replicationGroupId', 'spec.forProvider.userGroupIds[0]'),
    gate('user-group', 'status.userGroupArn'),
    report('status.atProvider.arn', 'status.replicationGroupArn'),
  ),
  connectionDetails: [
    { type: 'FromConnectionSecretKey', name: 'host', fromConnectionSecretKey: host },
    { type: 'FromConnectionSecretKey', name: 'readerHost', fromConnectionSecretKey: readerHost },
    { type: 'FromConnectionSecretKey', name: 'port', fromConnectionSecretKey: 'port' },
  ],
});
