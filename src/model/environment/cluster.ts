import { Type } from 'typebox';
import { cidr, named, roleArn, strict } from './scalars.ts';

/** EKS and the network that it lives in. */

export const Network = strict(
  {
    cidr: cidr('Address range of the VPC, /16 to /20, private. Cannot be changed later.'),
    availabilityZones: Type.Array(
      Type.String({ pattern: '^[a-f]$', title: 'the letter of a zone', examples: ['a'] }),
      {
        minItems: 2,
        maxItems: 3,
        uniqueItems: true,
        description: 'Letters of the zones to use, for example [a, b, c]. Production needs three.',
      },
    ),
    natGateways: Type.Enum(['perZone', 'single'], {
      default: 'perZone',
      description: 'One NAT gateway in each zone, or a single one (cheaper, one point of failure).',
    }),
  },
  'The VPC: public and private subnets in each zone.',
);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_KEY = {
  pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
  title: 'a label key: letters, digits, - _ and . with an optional domain and slash before them',
  examples: ['tideline.example/workload'],
};
const LABEL_VALUE = {
  pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$',
  title: 'a label value: at most 63 letters, digits, - _ and .',
  examples: ['inference'],
};

export const Taint = strict(
  {
    key: Type.String({ ...LABEL_KEY, description: 'Key of the taint.' }),
    value: Type.Optional(Type.String({ ...LABEL_VALUE, description: 'Value of the taint.' })),
    effect: Type.Enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], {
      description: 'What happens to pods that do not tolerate the taint.',
    }),
  },
  'A taint on every node of the group; services placed there tolerate it by themselves.',
);

export const NodeGroup = strict(
  {
    instanceTypes: Type.Array(
      Type.String({
        pattern: '^[a-z0-9-]+\\.[a-z0-9-]+$',
        title: 'an EC2 instance type',
        examples: ['m7g.large', 'g6.xlarge'],
      }),
      {
        minItems: 1,
        maxItems: 10,
        uniqueItems: true,
        description: 'EC2 instance types, all of one processor architecture. Name three or more for spot.',
      },
    ),
    min: Type.Integer({ minimum: 0, maximum: 450, description: 'Fewest nodes.' }),
    max: Type.Integer({ minimum: 1, maximum: 450, description: 'Most nodes.' }),
    capacity: Type.Enum(['onDemand', 'spot'], { default: 'onDemand', description: 'How nodes are bought.' }),
    diskGiB: Type.Integer({ minimum: 20, maximum: 500, default: 80, description: 'Root volume in GiB.' }),
    labels: Type.Optional(
      Type.Record(Type.String({ pattern: LABEL_KEY.pattern }), Type.String(LABEL_VALUE), {
        additionalProperties: false,
        propertyNames: Type.String({ title: LABEL_KEY.title }),
        description: 'Extra labels on every node.',
      }),
    ),
    taints: Type.Optional(Type.Array(Taint, { maxItems: 10, description: 'Taints on every node.' })),
  },
  'A managed node group for one sort of workload.',
);

/** EKS add-ons that the platform knows how to set up. */
export const ADDONS = [
  'vpc-cni',
  'coredns',
  'kube-proxy',
  'aws-ebs-csi-driver',
  'eks-pod-identity-agent',
  'metrics-server',
  'snapshot-controller',
] as const;

export const Cluster = strict(
  {
    kubernetesVersion: Type.Enum(['1.33', '1.34', '1.35'], {
      description: 'Kubernetes minor version, quoted. Moves up one minor at a time, never down.',
    }),
    nodeGroups: named(
      NodeGroup,
      'Managed node groups by name. One must have no taints, for the add-ons.',
      30,
    ),
    addons: Type.Array(Type.Enum([...ADDONS]), {
      uniqueItems: true,
      default: [...ADDONS],
      description: 'EKS add-ons, in versions that suit the Kubernetes version.',
    }),
    administrators: Type.Optional(
      Type.Array(roleArn('A role'), { maxItems: 20, description: 'IAM roles that administer the cluster.' }),
    ),
    publicAccessCidrs: Type.Optional(
      Type.Array(cidr('A range'), {
        minItems: 1,
        maxItems: 40,
        description: 'Ranges that reach the API endpoint from the internet. Left out: private only.',
      }),
    ),
  },
  'The EKS cluster.',
);

export type Network = Type.Static<typeof Network>;
export type NodeGroup = Type.Static<typeof NodeGroup>;
export type Taint = Type.Static<typeof Taint>;
export type Cluster = Type.Static<typeof Cluster>;
