import { ReplicationGroup, SubnetGroup, UserGroup } from '#imports/elasticache.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { VALKEY_PORT, VALKEY_READER_PORT } from '#model/grants.ts';
import { CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { observedCluster, reportClusterSecurityGroup } from '../cluster-observation.ts';
import { aws, base, type ComposedResource, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, EXTERNAL_NAME, from, gate, report } from '../patches.ts';
import { publication, publishing } from '../publication.ts';
import { privateSubnets } from '../subnet-references.ts';
import { valkeyCache } from './definition.ts';
import { securityGroup } from './network.ts';
import { ofParameterGroup, parameterGroups } from './parameter-groups.ts';
import { serverlessCache } from './serverless.ts';

export const valkeyCacheComposition = (environment: Environment): string =>
  publishing(environment, 'valkey-cache');
/** For a cache of several shards: one endpoint that knows all shards. */
export const shardedCacheComposition = (environment: Environment): string =>
  publishing(environment, 'valkey-cache-sharded');
export const serverlessCacheComposition = (environment: Environment): string =>
  publishing(environment, 'valkey-cache-serverless');

/** The compositions of a cache. */
export const valkeyCacheCompositions = (environment: Environment): readonly Composition[] => [
  composition(valkeyCache, valkeyCacheComposition(environment), [
    ...ofNodes(SINGLE),
    ...publication(environment),
  ]),
  composition(valkeyCache, shardedCacheComposition(environment), [
    ...ofNodes(SHARDED),
    ...publication(environment),
  ]),
  composition(valkeyCache, serverlessCacheComposition(environment), [
    observedCluster(reportClusterSecurityGroup),
    ...securityGroup(VALKEY_READER_PORT),
    userGroup(),
    serverlessCache(),
    ...publication(environment),
  ]),
];

const ofNodes = (shape: Shape): readonly ComposedResource[] => [
  observedCluster(reportClusterSecurityGroup),
  ...securityGroup(),
  subnetGroup(),
  ...parameterGroups(),
  userGroup(),
  replicationGroup(shape),
];

interface Shape {
  /** Keys of the provider's secret that hold the address for writing and the one for reading. */
  readonly host: string;
  readonly readerHost: string;
  /** Where the provider reports the former. */
  readonly endpoint: string;
}

const SINGLE: Shape = {
  host: 'primary_endpoint_address',
  readerHost: 'reader_endpoint_address',
  endpoint: 'primaryEndpointAddress',
};

const SHARDED: Shape = {
  host: 'configuration_endpoint_address',
  readerHost: 'configuration_endpoint_address',
  endpoint: 'configurationEndpointAddress',
};

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
const replicationGroup = ({ host, readerHost, endpoint }: Shape): ComposedResource => ({
  ...aws(
    'replication-group',
    base(ReplicationGroup, {
      spec: {
        forProvider: {
          description: 'Valkey with IAM authentication',
          engine: 'valkey',
          port: VALKEY_PORT,
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
    ...ofParameterGroup(),
    from('spec.shards', 'spec.forProvider.numNodeGroups'),
    from('spec.replicas', 'spec.forProvider.replicasPerNodeGroup'),
    from('spec.snapshotRetentionDays', 'spec.forProvider.snapshotRetentionLimit'),
    from('spec.snapshotWindow', 'spec.forProvider.snapshotWindow'),
    from('spec.maintenanceWindow', 'spec.forProvider.maintenanceWindow'),
    from('spec.replicationGroupId', 'spec.forProvider.userGroupIds[0]'),
    gate('user-group', 'status.userGroupArn'),
    report('status.atProvider.arn', 'status.replicationGroupArn'),
    report(`status.atProvider.${endpoint}`, 'status.endpoint'),
    report('status.atProvider.engineVersionActual', 'status.engineVersion'),
  ),
  connectionDetails: [
    { type: 'FromConnectionSecretKey', name: 'host', fromConnectionSecretKey: host },
    { type: 'FromConnectionSecretKey', name: 'readerHost', fromConnectionSecretKey: readerHost },
    { type: 'FromConnectionSecretKey', name: 'port', fromConnectionSecretKey: 'port' },
  ],
});
