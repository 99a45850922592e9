import { type BadInput, change } from './bad-input.ts';
import { edited } from './tideline.ts';

const ID = 'subnet-0a1b2c3d4e5f6071';

/** The network as one that is there already, below its zones. */
const existing = (subnets: string, more = '') =>
  edited(
    'availabilityZones: [a, b, c]\n',
    `availabilityZones: [a, b, c]\n${more}    existing:\n      vpcId: vpc-0a1b2c3d4e5f60718\n${subnets}`,
  );
const PRIVATE = `      privateSubnets: { a: ${ID}1, b: ${ID}2, c: ${ID}3 }\n`;

/** What is wrong about a network, a cluster, its node groups and its volumes. */
export const CLUSTER_INPUT: readonly BadInput[] = [
  {
    name: 'an existing network that lacks a subnet and has one too many',
    text: existing(`      privateSubnets: { a: ${ID}1, b: ${ID}2, d: ${ID}3 }\n`),
    expected: [
      'environment-zone-without-subnet /spec/network/existing/privateSubnets 20:7',
      'environment-unknown-zone /spec/network/existing/privateSubnets/d 20:83',
    ],
  },
  {
    name: 'one subnet for two purposes',
    text: existing(`${PRIVATE}      publicSubnets: { a: ${ID}1 }\n`),
    expected: ['environment-subnet-taken /spec/network/existing/publicSubnets/a 21:27'],
  },
  {
    name: 'gateways in a network that somebody else made',
    text: existing(PRIVATE, '    natGateways: single\n'),
    expected: ['environment-excluded-field /spec/network/natGateways 18:5'],
  },
  {
    name: 'ids that are none',
    text: existing(PRIVATE).replace('vpc-0a1b2c3d4e5f60718', 'tideline').replace(`${ID}2`, 'harbour'),
    expected: [
      'environment-bad-format /spec/network/existing/vpcId 19:14',
      'environment-bad-format /spec/network/existing/privateSubnets/b 20:57',
    ],
  },
  {
    name: 'a subnet of no zone',
    text: existing(PRIVATE).replace('c: subnet', 'harbour: subnet'),
    expected: [
      'environment-zone-without-subnet /spec/network/existing/privateSubnets 20:7',
      'environment-bad-name /spec/network/existing/privateSubnets/harbour 20:83',
    ],
  },
  change(
    'an endpoint for a service that has none here',
    '[a, b, c]',
    '[a, b, c]\n    endpoints: [sts, sqs, sts, dynamodb]',
    'environment-duplicate-item /spec/network/endpoints/2 18:27',
    'environment-not-allowed-value /spec/network/endpoints/3 18:32',
  ),
  change(
    'a single zone',
    '[a, b, c]',
    '[a]',
    'environment-wrong-length /spec/network/availabilityZones 17:24',
  ),
  change(
    'a single zone for the control plane',
    '"1.34"',
    '"1.34"\n    zones: [a]',
    'environment-wrong-length /spec/cluster/zones 24:12',
  ),
  change(
    'nodes and a control plane in zones that are none of the network',
    '"1.34"\n    nodeGroups:\n      general: {',
    '"1.34"\n    zones: [a, d]\n    nodeGroups:\n      general: { zones: [e],',
    'environment-unknown-zone /spec/cluster/zones/1 24:16',
    'environment-unknown-zone /spec/cluster/nodeGroups/general/zones/0 26:26',
  ),
  {
    name: 'a control plane of production in two zones',
    text: edited(
      'stage: staging',
      'stage: production',
      edited(
        '"1.34"',
        '"1.34"\n    zones: [a, b]',
        edited('cache.t4g.small', 'cache.r7g.large\n      replicas: 2'),
      ),
    ),
    expected: ['environment-production-zones /spec/cluster/zones 24:12'],
  },
  change(
    'a version of Kubernetes that EKS does not have',
    '"1.34"',
    '"1.99"',
    'environment-not-allowed-value /spec/cluster/kubernetesVersion 23:24',
  ),
  change(
    'a version of an add-on that is none',
    '"1.34"',
    '"1.34"\n    addonVersions: { vpc-cni: latest, calico: v1.0.0-eksbuild.1 }',
    'environment-bad-format /spec/cluster/addonVersions/vpc-cni 24:31',
    'environment-unknown-field /spec/cluster/addonVersions/calico 24:39',
  ),
  change(
    'a version of an add-on that is not there',
    '"1.34"',
    '"1.34"\n    addons: [vpc-cni, kube-proxy, coredns]\n    addonVersions: { metrics-server: v0.8.0-eksbuild.2 }',
    'environment-addon-missing /spec/cluster/addons 24:13',
  ),
  change(
    'logs for a time that CloudWatch does not know',
    '"1.34"',
    '"1.34"\n    logRetention: 100d',
    'environment-not-allowed-value /spec/cluster/logRetention 24:19',
  ),
  change(
    'an Argo CD without a role',
    '"1.34"',
    '"1.34"\n    argoCd: { role: argocd, name: The Ships }',
    'environment-bad-format /spec/cluster/argoCd/role 24:21',
    'environment-bad-format /spec/cluster/argoCd/name 24:35',
  ),
  change(
    'a disk that is too large, and a generation that is none',
    'min: 2, max: 6 }',
    'min: 2, max: 6, diskGiB: 501, generation: 0 }',
    'environment-out-of-bounds /spec/cluster/nodeGroups/general/diskGiB 25:71',
    'environment-out-of-bounds /spec/cluster/nodeGroups/general/generation 25:88',
  ),
  change(
    'a group with the name of another one’s successor',
    'min: 2, max: 6 }\n',
    'min: 2, max: 6, generation: 2 }\n      general-v2: { instanceTypes: [m7g.large], min: 0, max: 1 }\n',
    'environment-derived-name-taken /spec/cluster/nodeGroups/general-v2 26:7',
  ),
  {
    name: 'a group whose name in EKS is too long, but only with its generation',
    text: edited(
      'product: tideline',
      'product: tideline-of-the-seas',
      edited(
        'name: staging',
        'name: staging-of-the-seas1',
        edited(
          '      general: { instanceTypes: [m7g.large], min: 2, max: 6 }\n',
          '      general-purposes18: { instanceTypes: [m7g.large], min: 2, max: 2 }\n      general-purposes19: { instanceTypes: [m7g.large], min: 2, max: 2, generation: 10 }\n',
        ),
      ),
    ),
    expected: [
      'environment-file-name /metadata/name 4:9',
      'environment-derived-name /spec/ingress 18:3',
      'environment-derived-name /spec/cluster/nodeGroups/general-purposes19 26:7',
      'environment-derived-name /spec/caches/sessions 36:5',
      'environment-derived-name /spec/services/api/uses/sessions 57:9',
    ],
  },
  ...['cluster', 'node', 'vpc-cni', 'ebs-csi'].map((role) =>
    change(
      `a service with the role of the cluster's own ${role}`,
      '    web:\n',
      `    ${role}: { image: "tideline/worker:1", resources: { cpu: "1", memory: 1Gi } }\n    web:\n`,
      `environment-derived-name-taken /spec/services/${role} 43:5`,
    ),
  ),
  change(
    'a class of volumes that asks for more than its operations carry',
    '  databases:',
    '  storageClasses: { fast: { throughput: 751 } }\n  databases:',
    'environment-out-of-bounds /spec/storageClasses/fast/throughput 31:41',
  ),
  {
    name: 'a volume that is too small for the operations of its class',
    text: edited(
      'port: 8000',
      'port: 8000\n      volumes: { ship: { size: 11Gi, mountPath: /ship, class: fast, lifetime: pod } }',
      edited('  databases:', '  storageClasses: { fast: { iops: 6000 } }\n  databases:'),
    ),
    expected: ['environment-out-of-bounds /spec/services/api/volumes/ship/size 54:32'],
  },
  {
    name: 'a volume of no class, where none is the default',
    text: edited(
      'port: 8000',
      'port: 8000\n      volumes: { ship: { size: 11Gi, mountPath: /ship, lifetime: pod } }',
      edited('  databases:', '  storageClasses: { gp3: { default: false } }\n  databases:'),
    ),
    expected: ['environment-no-storage-class /spec/services/api/volumes/ship 54:18'],
  },
];
