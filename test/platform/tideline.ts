import type { Environment } from '#model/environment/environment.ts';

/** Environments of Tideline, a shipping line, as the reader hands them on: defaults filled in. */

const aws: Environment['spec']['aws'] = {
  account: '111122223333',
  region: 'eu-west-1',
  crossplaneRole: 'arn:aws:iam::111122223333:role/crossplane',
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/services',
  alarmTopic: 'arn:aws:sns:eu-west-1:111122223333:fleet-alarms',
  tags: { owner: 'platform', costCenter: 'cc-100' },
};

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666';

/** Everything that an environment can hold. */
export const production: Environment = {
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'production' },
  spec: {
    product: 'tideline',
    stage: 'production',
    topology: 'single',
    aws,
    delivery: { repository: 'https://git.tideline.example/ship.git', revision: 'main', path: 'dist' },
    network: {
      cidr: '10.40.0.0/16',
      availabilityZones: ['a', 'b', 'c'],
      natGateways: 'perZone',
      endpoints: ['sts', 'ecr.api', 'ecr.dkr', 'sqs', 'logs'],
    },
    cluster: {
      kubernetesVersion: '1.34',
      nodeGroups: {
        general: { instanceTypes: ['m7g.large'], min: 3, max: 12, capacity: 'onDemand', diskGiB: 80 },
        inference: {
          instanceTypes: ['g6.xlarge', 'g6.2xlarge'],
          min: 0,
          max: 4,
          capacity: 'spot',
          diskGiB: 200,
          zones: ['b'],
          generation: 2,
          labels: { 'tideline.example/gpu': 'l4' },
          taints: [
            { key: 'nvidia.com/gpu', effect: 'NoSchedule' },
            { key: 'tideline.example/spot', value: 'yes', effect: 'PreferNoSchedule' },
          ],
        },
      },
      addons: [
        'vpc-cni',
        'coredns',
        'kube-proxy',
        'aws-ebs-csi-driver',
        'eks-pod-identity-agent',
        'metrics-server',
        'snapshot-controller',
      ],
      administrators: [
        'arn:aws:iam::111122223333:role/Platform-Admin',
        'arn:aws:iam::111122223333:role/breakglass/platform.admin',
      ],
      publicAccessCidrs: ['203.0.113.0/24'],
      addonVersions: { 'vpc-cni': 'v1.20.4-eksbuild.2' },
      zones: ['a', 'b'],
      logRetention: '365d',
      argoCd: { role: 'arn:aws:iam::999900001111:role/argocd', name: 'ships' },
    },
    ingress: {
      domains: ['tideline.example'],
      certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
      scheme: 'internet-facing',
    },
    atlas: { organization: '0123456789abcdef01234567', alertEmails: ['fleet@tideline.example'] },
    databases: {
      bookings: {
        tier: 'M30',
        autoscaling: { min: 'M30', max: 'M50' },
        version: '8.0',
        nodes: 3,
        diskGiB: 100,
        backup: { retention: '14d', pointInTime: true, window: '7d' },
      },
      berths: {
        tier: 'M10',
        version: '7.0',
        nodes: 5,
        backup: { pointInTime: false },
        addresses: ['203.0.113.0/24', '198.51.100.7/32'],
        maintenanceWindow: 'sat:23:00',
        alerts: { disk: 97, replicationLag: '2m' },
      },
    },
    caches: {
      sessions: { nodeType: 'cache.r7g.large', version: '8.0', shards: 1, replicas: 2 },
      tracking: {
        nodeType: 'cache.m7g.large',
        version: '7.2',
        shards: 3,
        replicas: 1,
        parameters: { timeout: 300, 'maxmemory-policy': 'allkeys-lru' },
        snapshotRetention: '36h',
        snapshotWindow: '01:00-02:00',
        maintenanceWindow: 'mon:03:00-mon:04:00',
      },
      quotes: {
        serverless: { maximumGiB: 10, maximumECPU: 5000 },
        version: '8.0',
        shards: 1,
        replicas: 1,
      },
    },
    queues: {
      'voyage-events': { fifo: false, visibilityTimeout: '60s', maxReceiveCount: 5 },
      'cargo-orders': { fifo: true, retention: '14d', delay: '15m', maxReceiveCount: 3 },
      'berth-requests': {
        fifo: true,
        highThroughput: true,
        receiveWait: '5s',
        maxMessageKiB: 1024,
        kmsKey: KEY,
        alarms: { oldestMessage: '2m', deadLetters: 10 },
        maxReceiveCount: 5,
      },
      // Queues that were there before plimsoll.
      soundings: { name: 'Soundings', deadLetterName: 'Soundings_failed', fifo: false, maxReceiveCount: 5 },
    },
    buckets: {
      documents: {
        versioning: true,
        cors: [{ origins: ['https://ship.tideline.example'], methods: ['GET', 'PUT'], maxAge: '10m' }],
      },
      telemetry: { versioning: false, accessLogs: false, primary: false, lifecycle: { expireAfter: '14d' } },
      ledger: { versioning: true, objectLock: true, kmsKey: KEY },
      charts: {
        versioning: true,
        accessLogs: false,
        cors: [{ origins: ['https://ship.tideline.example'], methods: ['GET'] }],
      },
      manifests: {
        name: 'tideline-cargo-manifests',
        versioning: true,
        lifecycle: { archiveAfter: '60d', expireAfter: '365d' },
      },
    },
    charts: {
      'external-dns': {
        repository: 'https://charts.tideline.example',
        chart: 'external-dns',
        version: '1.19.0',
        namespace: 'external-dns',
        identity: { hostedZones: ['Z0123456789TIDELINE'] },
      },
    },
    services: {
      web: {
        image: 'registry.tideline.example/web:1.4.2',
        resources: { cpu: '100m', memory: '128Mi' },
        user: 10001,
        writableRoot: false,
      },
      api: {
        image: 'registry.tideline.example/api:1.4.2',
        resources: { cpu: '250m', memory: '512Mi' },
        user: 10001,
        writableRoot: false,
        uses: {
          bookings: 'readWrite',
          sessions: 'readWrite',
          tracking: 'read',
          quotes: 'read',
          'voyage-events': 'send',
          'berth-requests': 'receive',
          documents: 'read',
          ledger: 'readWrite',
        },
      },
      clerk: {
        image: 'registry.tideline.example/clerk:1.4.2',
        resources: { cpu: '250m', memory: '512Mi' },
        user: 10001,
        writableRoot: false,
        uses: { bookings: 'read', sessions: 'read' },
      },
      archivist: {
        image: 'registry.tideline.example/archivist:1.4.2',
        resources: { cpu: '250m', memory: '512Mi' },
        user: 10001,
        writableRoot: false,
        uses: { berths: 'read' },
      },
    },
  },
};

/** Next to nothing: two zones, one NAT gateway, three add-ons, no data. */
export const sandbox: Environment = {
  ...production,
  metadata: { name: 'sandbox' },
  spec: {
    product: 'tideline',
    stage: 'development',
    topology: 'single',
    aws: { ...aws, region: 'us-east-1' },
    delivery: production.spec.delivery,
    network: { cidr: '172.20.0.0/20', availabilityZones: ['d', 'b'], natGateways: 'single' },
    cluster: {
      kubernetesVersion: '1.33',
      nodeGroups: {
        general: { instanceTypes: ['m7i.large'], min: 1, max: 2, capacity: 'onDemand', diskGiB: 80 },
      },
      addons: ['coredns', 'kube-proxy', 'eks-pod-identity-agent'],
    },
    databases: { berths: { tier: 'M300', version: '8.0', nodes: 3 } },
    atlas: { organization: '0123456789abcdef01234567' },
  },
};

/** In a network that somebody else made, without public subnets; Argo CD is an administrator already. */
export const harbour: Environment = {
  ...sandbox,
  metadata: { name: 'harbour' },
  spec: {
    ...sandbox.spec,
    network: {
      cidr: '10.60.0.0/16',
      availabilityZones: ['a', 'b'],
      natGateways: 'perZone',
      endpoints: ['sts'],
      existing: {
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        privateSubnets: { a: 'subnet-0a1b2c3d4e5f60718', b: 'subnet-1a1b2c3d4e5f60718' },
        publicSubnets: { a: 'subnet-2a1b2c3d4e5f60718' },
      },
    },
    cluster: {
      ...sandbox.spec.cluster,
      administrators: ['arn:aws:iam::111122223333:role/argocd'],
      argoCd: { role: 'arn:aws:iam::111122223333:role/argocd' },
    },
  },
};

/** Run from the cluster of another environment, so that its claims are not where its services are. */
const overseas: Environment = {
  ...production,
  metadata: { name: 'overseas' },
  spec: {
    ...production.spec,
    topology: 'hub',
    hub: 'operations',
    crossplane: 'namespaced',
    cluster: {
      ...production.spec.cluster,
      argoCd: { role: 'arn:aws:iam::111122223333:role/argocd' },
    },
  },
};

export const environments = { production, sandbox, harbour, overseas };
