import { Type } from 'typebox';
import { zoneList } from './network.ts';
import { cidr, dnsLabel, named, roleArn, strict } from './scalars.ts';

/** EKS: the cluster, its nodes and its add-ons. */

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
        description:
          'EC2 instance types, all of one processor architecture. Name three or more for spot. Needs a new generation to change.',
      },
    ),
    min: Type.Integer({ minimum: 0, maximum: 450, description: 'Fewest nodes.' }),
    max: Type.Integer({ minimum: 1, maximum: 450, description: 'Most nodes.' }),
    capacity: Type.Enum(['onDemand', 'spot'], {
      default: 'onDemand',
      description: 'How nodes are bought. Needs a new generation to change.',
    }),
    diskGiB: Type.Integer({
      minimum: 20,
      maximum: 500,
      default: 80,
      description:
        'Encrypted root volume in GiB. Can grow (the nodes are replaced one by one), never shrink.',
    }),
    zones: Type.Optional(
      zoneList(
        'Letters of the zones to use. Left out: all of the network. Needs a new generation to change.',
        1,
      ),
    ),
    generation: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 999,
        description:
          'Counted up by one to change instanceTypes, capacity or zones: a new group takes over, then the old one is drained and removed. Default 1.',
      }),
    ),
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

/** Days that CloudWatch can keep logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTIONS = [
  '1d',
  '3d',
  '5d',
  '7d',
  '14d',
  '30d',
  '60d',
  '90d',
  '120d',
  '150d',
  '180d',
  '365d',
  '400d',
  '545d',
  '731d',
  '1096d',
  '1827d',
  '2192d',
  '2557d',
  '2922d',
  '3288d',
  '3653d',
] as const;

/** https://docs.aws.amazon.com/eks/latest/userguide/managing-add-ons.html */
export const addonVersion = (description: string) =>
  Type.String({
    pattern: '^v[0-9]{1,4}\\.[0-9]{1,4}\\.[0-9]{1,4}-eksbuild\\.[0-9]{1,4}$',
    maxLength: 40,
    title: 'the version of an EKS add-on',
    examples: ['v1.20.4-eksbuild.2'],
    description,
  });

/** The cast brings the names back, which `fromEntries` loses. */
const addonVersions = Object.fromEntries(
  ADDONS.map((name) => [name, Type.Optional(addonVersion(`Version of ${name}.`))]),
) as { [name in (typeof ADDONS)[number]]: Type.TOptional<ReturnType<typeof addonVersion>> };

const ArgoCd = strict(
  {
    role: roleArn('IAM role that Argo CD assumes to reach the cluster. It administers the cluster.'),
    name: Type.Optional(dnsLabel("The cluster's name in Argo CD. Default: its own.")),
  },
  'How an Argo CD that runs elsewhere delivers to this cluster.',
);

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
      description: 'EKS add-ons. One that leaves the list is no longer looked after, but stays installed.',
    }),
    addonVersions: Type.Optional(
      strict(
        addonVersions,
        'Versions of add-ons by name. Left out: the one that EKS recommends when it is installed.',
      ),
    ),
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
    zones: Type.Optional(
      zoneList(
        'Letters of the zones of the control plane. Left out: all of the network. Cannot be changed later: name them before the network gets another.',
        2,
      ),
    ),
    logRetention: Type.Optional(
      Type.Enum([...LOG_RETENTIONS], {
        description: 'How long CloudWatch keeps the logs of the control plane. Default 90d.',
      }),
    ),
    argoCd: Type.Optional(ArgoCd),
  },
  'The EKS cluster.',
);

export type NodeGroup = Type.Static<typeof NodeGroup>;
export type Taint = Type.Static<typeof Taint>;
export type Cluster = Type.Static<typeof Cluster>;
