import { Type } from 'typebox';
import { Cluster, NodeGroup as Intent, Taint } from '#model/environment/cluster.ts';
import { upgradeRules } from '../cluster/upgrade.ts';
import { atMost, type Definition, fields, immutable, reported } from '../definition.ts';
import { arn, awsWiring, clusterName, networkName, objectName, zones } from '../wiring.ts';

/** A managed node group: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType */
export const AMI_TYPES = [
  'AL2023_x86_64_STANDARD',
  'AL2023_ARM_64_STANDARD',
  'AL2023_x86_64_NVIDIA',
  'AL2023_ARM_64_NVIDIA',
  'AL2023_x86_64_NEURON',
] as const;

const taint = fields(
  {
    key: atMost(Taint.properties.key, 253),
    value: Type.Optional(Type.String({ maxLength: 63, description: 'Value of the taint.' })),
    effect: Type.Enum(['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE'], {
      description: 'What happens to pods that do not tolerate the taint, as EKS spells it.',
    }),
  },
  'A taint on every node of the group.',
);

const spec = fields(
  {
    ...awsWiring,
    name: immutable(objectName('Name of the node group. Cannot be changed later.')),
    clusterName,
    networkName,
    zones: immutable(Type.With(zones, { minItems: 1 })),
    version: Cluster.properties.kubernetesVersion,
    instanceTypes: immutable(
      Type.Array(Type.String({ pattern: '^[a-z0-9-]+\\.[a-z0-9-]+$', maxLength: 32 }), {
        minItems: 1,
        maxItems: 10,
        description: 'EC2 instance types, all of one processor architecture. Cannot be changed later.',
      }),
    ),
    capacityType: immutable(
      Type.Enum(['ON_DEMAND', 'SPOT'], { description: 'How nodes are bought. Cannot be changed later.' }),
    ),
    amiType: immutable(
      Type.Enum([...AMI_TYPES], { description: 'Image of the nodes. Cannot be changed later.' }),
    ),
    diskGiB: Type.With(Intent.properties.diskGiB, {
      'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'A disk never shrinks.' }],
    }),
    volumesKeyArn: Type.Optional(
      arn('KMS key of the root volumes, or its alias. Left out: the one that AWS has for the account.'),
    ),
    minSize: Intent.properties.min,
    maxSize: Intent.properties.max,
    labels: Type.Record(Type.String(), Type.String({ maxLength: 63 }), {
      maxProperties: 40,
      description: 'Labels on every node.',
    }),
    taints: Type.Optional(Type.Array(taint, { maxItems: 10, description: 'Taints on every node.' })),
  },
  'What the node group is like.',
  ...upgradeRules,
  { rule: 'self.minSize <= self.maxSize', message: 'minSize must not be above maxSize.' },
  {
    rule: "self.labels.all(key, key.matches('^([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$'))",
    message: 'A label must have a valid key.',
  },
);

const status = fields(
  {
    phase: reported('State of the node group, as EKS says it.'),
    nodeGroupArn: reported('ARN of the node group.'),
    autoScalingGroup: reported('Auto Scaling group that holds the nodes.'),
    launchTemplateId: reported('Id of the launch template.'),
    launchTemplateVersion: reported('Version of the launch template; a new one replaces the nodes.'),
  },
  'What AWS made of it.',
);

export const nodeGroup = {
  kind: 'NodeGroup',
  plural: 'nodegroups',
  shortNames: [],
  description: 'A managed node group for one sort of workload, with a launch template of its own.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'VERSION', type: 'string', jsonPath: '.spec.version' },
    { name: 'CAPACITY', type: 'string', jsonPath: '.spec.capacityType' },
    { name: 'MIN', type: 'integer', jsonPath: '.spec.minSize' },
    { name: 'MAX', type: 'integer', jsonPath: '.spec.maxSize' },
    { name: 'PHASE', type: 'string', jsonPath: '.status.phase' },
  ],
} as const satisfies Definition;

export type NodeGroupSpec = Type.Static<typeof spec>;
