import type { Environment } from '#model/environment/environment.ts';
import type { Service } from '#model/environment/service.ts';

/** An environment of Tideline with one thing of each kind, as the reader hands it on: defaults filled in. */

type Services = Readonly<Record<string, Partial<Service>>>;

/** A service that asks for nothing but an image, a port and some memory, with changes. */
const service = (changes: Partial<Service>): Service => ({
  image: 'registry.tideline.example/pilot:1.4.2',
  port: 8000,
  resources: { cpu: '250m', memory: '512Mi' },
  user: 10_001,
  writableRoot: false,
  ...changes,
});

export function sample(services: Services, spec: Partial<Environment['spec']> = {}): Environment {
  return {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'production' },
    spec: {
      product: 'tideline',
      stage: 'production',
      topology: 'single',
      aws: {
        account: '111122223333',
        region: 'eu-west-1',
        crossplaneRole: 'arn:aws:iam::111122223333:role/crossplane',
        tags: { owner: 'fleet', costCenter: '4711' },
      },
      delivery: { repository: 'https://git.tideline.example/ship.git', revision: 'main', path: 'dist' },
      network: { cidr: '10.20.0.0/16', availabilityZones: ['a', 'b', 'c'], natGateways: 'perZone' },
      cluster: {
        kubernetesVersion: '1.34',
        nodeGroups: {
          general: group({}),
          memory: group({ taints: [{ key: 'memory', value: 'heavy', effect: 'NoSchedule' }] }),
          inference: group({ taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] }),
        },
        addons: ['vpc-cni', 'coredns', 'kube-proxy', 'aws-ebs-csi-driver', 'snapshot-controller'],
      },
      ingress: {
        domains: ['tideline.example'],
        certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
        scheme: 'internet-facing',
      },
      atlas: { organization: '0123456789abcdef01234567' },
      databases: { bookings: { tier: 'M30', version: '8.0', nodes: 3 } },
      caches: {
        sessions: { nodeType: 'cache.r7g.large', version: '8.0', shards: 1, replicas: 2 },
        tracks: { nodeType: 'cache.r7g.large', version: '8.0', shards: 3, replicas: 1 },
      },
      queues: {
        'voyage-events': { fifo: false, maxReceiveCount: 5 },
        invoices: { fifo: true, maxReceiveCount: 5 },
      },
      buckets: { documents: { versioning: true } },
      ...spec,
      services: Object.fromEntries(
        Object.entries(services).map(([name, changes]) => [name, service(changes)]),
      ),
    },
  };
}

type NodeGroup = Environment['spec']['cluster']['nodeGroups'][string];

const group = (changes: Partial<NodeGroup>): NodeGroup => ({
  instanceTypes: ['m7g.large'],
  min: 1,
  max: 4,
  capacity: 'onDemand',
  diskGiB: 80,
  ...changes,
});
