import type { FieldRule } from './rule.ts';

/**
 * What can't be changed in place. Crossplane's AWS and Atlas providers never replace by themselves: they refuse, and
 * from then on change nothing of that resource (https://github.com/crossplane/upjet: "refuse to update the external
 * resource because the following update requires replacing it"). Which fields: "Forces new resource" in
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs and .../mongodb/mongodbatlas/latest/docs.
 */
const fixed = (kinds: readonly string[], fields: readonly string[], what: string): FieldRule => ({
  id: `${kinds[0]
    ?.split('.')[0]
    ?.replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()}-replaced`,
  risk: 'replacement',
  kinds,
  field: new RegExp(`^spec\\.forProvider\\.(${fields.join('|')})(\\[\\])?(\\.|$)`),
  because: `${what} can't change this in place: the provider refuses, and changes nothing of the resource any more until it is taken back or a new one is made`,
});

export const REPLACEMENT: readonly FieldRule[] = [
  {
    id: 'region-changed',
    risk: 'replacement',
    kinds: ['*'],
    field: /^spec\.forProvider\.region$/,
    because: 'nothing moves between regions: it would be made anew there, and the old one would stay behind',
  },
  {
    id: 'external-name-changed',
    risk: 'replacement',
    kinds: ['*'],
    field: /^metadata\.annotations\[\]$/,
    when: ({ pointer }) => pointer === '/metadata/annotations/crossplane.io~1external-name',
    because: 'another name in AWS or Atlas is another thing: a new one is made, and the old one is let go',
  },
  fixed(['VPC.*.aws'], ['cidrBlock', 'instanceTenancy'], 'A VPC'),
  fixed(['Subnet.*.aws'], ['cidrBlock', 'availabilityZone', 'vpcId'], 'A subnet'),
  fixed(['SecurityGroup.*.aws'], ['name', 'description', 'vpcId'], 'A security group'),
  fixed(['VPCEndpoint.*.aws'], ['serviceName', 'vpcId', 'vpcEndpointType'], 'An endpoint'),
  fixed(
    ['NATGateway.*.aws'],
    ['subnetId', 'subnetIdRef', 'allocationId', 'connectivityType'],
    'A NAT gateway',
  ),
  fixed(
    ['Cluster.*.aws'],
    [
      'roleArn',
      'bootstrapSelfManagedAddons',
      'kubernetesNetworkConfig',
      'remoteNetworkConfig',
      'encryptionConfig',
      'vpcConfig.subnetIds',
    ],
    'An EKS cluster',
  ),
  fixed(
    ['NodeGroup.*.aws'],
    [
      'instanceTypes',
      'capacityType',
      'amiType',
      'diskSize',
      'subnetIds',
      'subnetIdRefs',
      'nodeRoleArn',
      'clusterName',
    ],
    'A node group',
  ),
  fixed(['Role.*.aws'], ['path'], 'A role'),
  fixed(['Queue.*.aws'], ['fifoQueue', 'name'], 'A queue'),
  fixed(['Bucket.*.aws'], ['objectLockEnabled'], 'A bucket'),
  fixed(
    ['ReplicationGroup.*.aws'],
    [
      'atRestEncryptionEnabled',
      'kmsKeyId',
      'port',
      'subnetGroupName',
      'networkType',
      'dataTieringEnabled',
      'snapshotArns',
      'snapshotName',
      'globalReplicationGroupId',
    ],
    'A cache',
  ),
  fixed(
    ['ServerlessCache.*.aws'],
    ['engine', 'majorEngineVersion', 'kmsKeyId', 'subnetIds', 'subnetIdRefs'],
    'A serverless cache',
  ),
  fixed(['User.*.aws'], ['userName', 'engine'], 'A user of a cache'),
  fixed(['Group.*.aws'], ['logGroupClass'], 'A log group'),
  fixed(['AdvancedCluster.*.atlas'], ['name', 'projectId', 'clusterType'], 'An Atlas cluster'),
  fixed(['User.*.atlas'], ['username', 'authDatabaseName', 'projectId'], 'A database user'),
  fixed(['Project.*.atlas'], ['orgId'], 'An Atlas project'),
  {
    id: 'storage-class-replaced',
    risk: 'replacement',
    kinds: ['StorageClass.storage.k8s.io'],
    field: /^(parameters(\.|\[|$)|provisioner$|reclaimPolicy$|volumeBindingMode$)/,
    because: 'the API server refuses to change a storage class: give it another name',
  },
  {
    id: 'volume-claim-templates-replaced',
    risk: 'replacement',
    kinds: ['StatefulSet.apps'],
    field: /^spec\.(volumeClaimTemplates|serviceName|podManagementPolicy|selector)(\.|\[|$)/,
    because:
      'the API server refuses to change this of a StatefulSet: it would have to be deleted and made anew',
  },
  {
    id: 'selector-replaced',
    risk: 'replacement',
    kinds: ['Deployment.apps', 'DaemonSet.apps', 'ReplicaSet.apps', 'Job.batch'],
    field: /^spec\.selector(\.|\[|$)/,
    because:
      'the API server refuses to change a selector: the workload would have to be deleted and made anew',
  },
  {
    id: 'job-template-replaced',
    risk: 'replacement',
    kinds: ['Job.batch'],
    field: /^spec\.template(\.|\[|$)/,
    because: 'the API server refuses to change the pods of a Job: give the Job another name',
  },
  {
    id: 'role-ref-replaced',
    risk: 'replacement',
    kinds: ['RoleBinding.rbac.authorization.k8s.io', 'ClusterRoleBinding.rbac.authorization.k8s.io'],
    field: /^roleRef(\.|$)/,
    because: 'the API server refuses to change what a binding binds: give it another name',
  },
];
