import { ServerlessCache } from '#imports/elasticache.aws.upbound.io.ts';
import { CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { aws, base, type ComposedResource, sibling } from '../composed.ts';
import { combine, EXTERNAL_NAME, extract, from, gate, report } from '../patches.ts';
import { privateSubnets } from '../subnet-references.ts';

/** A cache without nodes: always in several zones, with TLS, encrypted; clients see it as one of several shards. */
export const serverlessCache = (): ComposedResource => ({
  ...aws(
    'serverless-cache',
    base(ServerlessCache, {
      spec: {
        forProvider: {
          description: 'Valkey with IAM authentication',
          engine: 'valkey',
          securityGroupIdSelector: sibling(),
          cacheUsageLimits: [{ dataStorage: [{ unit: 'GB' }] }],
        },
        writeConnectionSecretToRef: { namespace: CROSSPLANE_NAMESPACE, name: 'patched' },
      },
    }),
    from('spec.replicationGroupId', EXTERNAL_NAME),
    combine('%s-valkey', 'spec.writeConnectionSecretToRef.name', 'metadata.uid'),
    from('spec.version', 'spec.forProvider.majorEngineVersion', extract('^([0-9]+)\\.')),
    ...privateSubnets('spec.forProvider.subnetIdRefs'),
    from('spec.serverless.maximumGiB', 'spec.forProvider.cacheUsageLimits[0].dataStorage[0].maximum'),
    from('spec.serverless.maximumEcpu', 'spec.forProvider.cacheUsageLimits[0].ecpuPerSecond[0].maximum'),
    from('spec.snapshotRetentionDays', 'spec.forProvider.snapshotRetentionLimit'),
    from('spec.snapshotWindow', 'spec.forProvider.dailySnapshotTime', extract('^([0-9]{2}:[0-9]{2})-')),
    from('spec.replicationGroupId', 'spec.forProvider.userGroupId'),
    gate('user-group', 'status.userGroupArn'),
    report('status.atProvider.arn', 'status.serverlessCacheArn'),
    report('status.atProvider.endpoint[0].address', 'status.endpoint'),
    report('status.atProvider.fullEngineVersion', 'status.engineVersion'),
  ),
  connectionDetails: [
    { type: 'FromConnectionSecretKey', name: 'host', fromConnectionSecretKey: 'endpoint_0_address' },
    {
      type: 'FromConnectionSecretKey',
      name: 'readerHost',
      fromConnectionSecretKey: 'reader_endpoint_0_address',
    },
    { type: 'FromConnectionSecretKey', name: 'port', fromConnectionSecretKey: 'endpoint_0_port' },
  ],
});
