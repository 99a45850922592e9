import { describe, expect, it } from 'vitest';
import type { Service } from '#model/environment/service.ts';
import { clusterName } from '#model/names.ts';
import { ephemeralClasses, storageClasses } from '#model/storage.ts';
import { subnets } from '#model/subnets.ts';
import { type Workload, workloads } from '#model/workload.ts';
import { sample } from './sample.ts';

const derive = (changes: Partial<Service>): Workload => {
  const [workload] = workloads(sample({ api: changes, web: { uses: { api: 'call' } } }));
  return workload ?? expect.fail();
};

describe('a workload', () => {
  it('has replicas or scaling, never both', () => {
    expect(derive({}).replicas).toBe(2);
    expect(derive({ replicas: 5 }).replicas).toBe(5);
    const scaled = derive({ replicas: 5, autoscaling: { min: 3, max: 30 } });
    expect(scaled).not.toHaveProperty('replicas');
    expect(scaled.scaling).toEqual({ min: 3, max: 30, metrics: [{ resource: 'cpu', utilization: 70 }] });
  });

  it('names memory before CPU, as the API server stores metrics', () => {
    expect(derive({ autoscaling: { min: 2, max: 4, cpu: 60, memory: 80 } }).scaling?.metrics).toEqual([
      { resource: 'memory', utilization: 80 },
      { resource: 'cpu', utilization: 60 },
    ]);
  });

  it('is a single pod that is recreated, where a volume outlives it', () => {
    const volumes = { ledger: { size: '20Gi', mountPath: '/var/ledger', lifetime: 'service' } } as const;
    const attached = derive({ replicas: 4, volumes });
    expect([attached.replicas, attached.rollout, attached.volumes[0]?.claim]).toEqual([
      1,
      'Recreate',
      'api-ledger',
    ]);
    expect(derive({ volumes, autoscaling: { min: 2, max: 4 } })).not.toHaveProperty('scaling');
  });

  it('may be forced apart only where there are as many pods as zones', () => {
    expect(derive({ replicas: 2 }).isSpreadForced).toBe(false);
    expect(derive({ replicas: 3 }).isSpreadForced).toBe(true);
    expect(derive({ autoscaling: { min: 3, max: 9 } }).isSpreadForced).toBe(true);
  });

  it('limits memory to what it reserves, and CPU only where asked', () => {
    expect(derive({}).limits).toEqual({ memory: '512Mi' });
    expect(derive({ resources: { cpu: '1', memory: '1Gi', cpuLimit: '2', gpus: 2 } }).limits).toEqual({
      cpu: '2',
      memory: '1Gi',
      'nvidia.com/gpu': '2',
    });
  });

  it('puts derived variables first by name, then its own as written; its own win', () => {
    const { variables } = derive({
      uses: { documents: 'read', 'voyage-events': 'send' },
      env: { WHERE: '$(DOCUMENTS_BUCKET)/in', AWS_REGION: 'eu-north-1', AFTER: '$(WHERE)' },
    });
    expect(variables.map(({ name }) => name)).toEqual([
      'DOCUMENTS_BUCKET',
      'VOYAGE_EVENTS_QUEUE_URL',
      'WHERE',
      'AWS_REGION',
      'AFTER',
    ]);
    expect(variables.map(({ pointer }) => pointer)).toEqual([
      '/spec/services/api/uses/documents',
      '/spec/services/api/uses/voyage-events',
      '/spec/services/api/env/WHERE',
      '/spec/services/api/env/AWS_REGION',
      '/spec/services/api/env/AFTER',
    ]);
  });

  it('learns its region only where it has a role', () => {
    expect(derive({ uses: { bookings: 'read' } }).variables.map(({ name }) => name)).toContain('AWS_REGION');
    expect(derive({}).variables).toEqual([]);
    expect(derive({})).not.toHaveProperty('identity');
  });
});

describe('placement', () => {
  it('is any group without taints, where none is named', () => {
    expect(derive({}).placement).toEqual({ nodeSelector: {}, tolerations: [] });
  });

  it('selects the group and tolerates its taints', () => {
    expect(derive({ nodeGroup: 'memory' }).placement).toEqual({
      nodeSelector: { 'workload-type': 'memory' },
      tolerations: [{ key: 'memory', operator: 'Equal', value: 'heavy', effect: 'NoSchedule' }],
    });
  });

  it('tolerates the taint of GPU nodes, once', () => {
    const gpu = [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }];
    const resources = { cpu: '1', memory: '1Gi', gpus: 1 };
    expect(derive({ resources, nodeGroup: 'inference' }).placement.tolerations).toEqual(gpu);
    expect(derive({ resources, nodeGroup: 'general' }).placement.tolerations).toEqual(gpu);
  });
});

describe('health', () => {
  it('is asked over http at /healthz, and liveness only connects', () => {
    const { health } = derive({});
    expect(health?.readiness.question).toEqual({ protocol: 'http', path: '/healthz', port: 8000 });
    expect(health?.liveness.question).toEqual({ protocol: 'tcp', port: 8000 });
    expect((health?.startup.periodSeconds ?? 0) * (health?.startup.failureThreshold ?? 0)).toBe(60);
  });

  it('takes protocol, port and time to start', () => {
    const { health } = derive({
      health: { protocol: 'grpc', path: '/healthz', port: 9000, startup: '2m' },
    });
    expect(health?.readiness.question).toEqual({ protocol: 'grpc', port: 9000 });
    expect(health?.startup.failureThreshold).toBe(24);
  });

  it('is not asked of a worker without a port', () => {
    const environment = sample({ worker: {} });
    const { port: _, ...worker } = environment.spec.services?.['worker'] ?? expect.fail();
    const [workload] = workloads({ ...environment, spec: { ...environment.spec, services: { worker } } });
    expect(workload).not.toHaveProperty('health');
    expect(workload).not.toHaveProperty('drainSeconds');
  });
});

describe('traffic', () => {
  const https = { peers: [{ cidr: '0.0.0.0/0' }], ports: [{ port: 443 }] };
  const egress = (uses: NonNullable<Service['uses']>) =>
    derive({ uses }).traffic.egress.map(({ peers, ports }) => ({ peers, ports }));

  it.each([
    [
      'bookings',
      'read',
      [https, { peers: [{ cidr: '10.20.0.0/16' }], ports: [{ port: 1024, endPort: 65535 }] }],
    ],
    ['sessions', 'read', [https, { peers: [{ cidr: '10.20.0.0/16' }], ports: [{ port: 6379 }] }]],
    ['voyage-events', 'send', [https]],
    ['voyage-events', 'receive', [https]],
    ['documents', 'write', [https]],
    ['web', 'call', [{ peers: [{ service: 'web' }], ports: [{ port: 8000 }] }]],
  ] as const)('%s: %s', (name, access, expected) => {
    expect(egress({ [name]: access })).toEqual(expected);
  });

  it('leads into the internet where a database is reached by addresses', () => {
    const database = { tier: 'M10', version: '8.0', nodes: 3, addresses: ['203.0.113.7/32'] } as const;
    const environment = sample(
      { api: { uses: { bookings: 'read' } } },
      { databases: { bookings: { ...database, addresses: [...database.addresses] } } },
    );
    const rules = workloads(environment)[0]?.traffic.egress.map(({ peers, ports }) => ({ peers, ports }));
    expect(rules).toEqual([https, { peers: [{ cidr: '0.0.0.0/0' }], ports: [{ port: 27_017 }] }]);
  });

  it('leads to both ports of a serverless cache', () => {
    const quotes = {
      serverless: { maximumGiB: 10, maximumECPU: 5000 },
      version: '8.0',
      shards: 1,
      replicas: 1,
    } as const;
    const environment = sample({ api: { uses: { quotes: 'read' } } }, { caches: { quotes } });
    const rules = workloads(environment)[0]?.traffic.egress.map(({ peers, ports }) => ({ peers, ports }));
    expect(rules).toEqual([
      https,
      { peers: [{ cidr: '10.20.0.0/16' }], ports: [{ port: 6379, endPort: 6380 }] },
    ]);
  });

  it('allows nothing that nothing needs', () => {
    expect(derive({}).traffic.egress).toEqual([]);
  });

  it('names a way out once, with the first use as its cause', () => {
    const { egress } = derive({ uses: { invoices: 'send', documents: 'read' } }).traffic;
    expect(egress.map(({ pointer }) => pointer)).toEqual(['/spec/services/api/uses/documents']);
  });

  it('adds what the service asks for itself', () => {
    const { egress } = derive({ egress: [{ cidr: '192.0.2.0/24', ports: [25, 587] }] }).traffic;
    expect(egress).toEqual([
      {
        peers: [{ cidr: '192.0.2.0/24' }],
        ports: [{ port: 25 }, { port: 587 }],
        pointer: '/spec/services/api/egress/0',
      },
    ]);
  });

  it('lets callers in, on the port of the container', () => {
    expect(derive({}).traffic.ingress).toEqual([
      { peers: [{ service: 'web' }], ports: [{ port: 8000 }], pointer: '/spec/services/web/uses/api' },
    ]);
  });

  it.each([
    ['internet-facing', ['10.20.192.0/20', '10.20.208.0/20', '10.20.224.0/20']],
    ['internal', ['10.20.0.0/18', '10.20.64.0/18', '10.20.128.0/18']],
  ] as const)('lets an %s load balancer in from its subnets', (scheme, cidrs) => {
    const { ingress } = sample({}).spec;
    const environment = sample(
      {
        api: {
          ingress: { host: 'ship.tideline.example', path: '/' },
          health: { protocol: 'http', path: '/up', port: 9000 },
        },
      },
      { ingress: { ...(ingress ?? expect.fail()), scheme } },
    );
    expect(workloads(environment)[0]?.traffic.ingress).toEqual([
      {
        peers: cidrs.map((cidr) => ({ cidr })),
        ports: [{ port: 8000 }, { port: 9000 }],
        pointer: '/spec/services/api/ingress',
      },
    ]);
  });
});

describe('subnets', () => {
  it('lie in the network, apart from each other, and stay when a zone is added at the end', () => {
    const two = sample(
      {},
      { network: { cidr: '10.20.0.0/18', availabilityZones: ['a', 'c'], natGateways: 'single' } },
    );
    const three = sample(
      {},
      { network: { cidr: '10.20.0.0/18', availabilityZones: ['a', 'c', 'b'], natGateways: 'single' } },
    );
    expect(subnets(two)).toEqual(subnets(three).slice(0, 2));
    expect(subnets(three)).toEqual([
      { zone: 'a', privateCidr: '10.20.0.0/20', publicCidr: '10.20.48.0/22' },
      { zone: 'c', privateCidr: '10.20.16.0/20', publicCidr: '10.20.52.0/22' },
      { zone: 'b', privateCidr: '10.20.32.0/20', publicCidr: '10.20.56.0/22' },
    ]);
  });
});

describe('storage classes', () => {
  const own = { iops: 3000, throughput: 125, fileSystem: 'ext4', reclaim: 'Retain' } as const;
  const derived = (classes?: Record<string, typeof own & { default?: boolean }>) =>
    storageClasses(sample({}, classes === undefined ? {} : { storageClasses: classes })).map((one) => [
      one.name,
      one.default,
    ]);

  it('have a default, whatever an environment names', () => {
    expect(derived()).toEqual([['gp3', true]]);
    expect(derived({ fast: own })).toEqual([
      ['fast', undefined],
      ['gp3', true],
    ]);
    expect(derived({ gp3: own })).toEqual([['gp3', true]]);
    expect(derived({ fast: { ...own, default: true } })).toEqual([['fast', true]]);
  });

  it('have none where the class that would be it says no', () => {
    expect(derived({ gp3: { ...own, default: false } })).toEqual([['gp3', false]]);
    expect(derived({ fast: { ...own, default: false } })).toEqual([
      ['fast', false],
      ['gp3', true],
    ]);
  });

  it('encrypt with the key of the environment, by an alias that is known beforehand', () => {
    expect(storageClasses(sample({})).map(({ keyArn }) => keyArn)).toEqual([
      `arn:aws:kms:eu-west-1:111122223333:alias/${clusterName(sample({}))}-ebs`,
    ]);
  });
});

describe('volumes that end with their pods', () => {
  const retained = {
    iops: 3000,
    throughput: 125,
    fileSystem: 'ext4',
    reclaim: 'Retain',
    default: false,
  } as const;
  const storageClasses = {
    fast: retained,
    scratch: { ...retained, reclaim: 'Delete' },
    slow: retained,
  } as const;
  const volume = { size: '20Gi', mountPath: '/var/tides', lifetime: 'pod' } as const;
  const lasting = { ...volume, lifetime: 'service', class: 'slow' } as const;
  const environment = sample(
    {
      api: { volumes: { a: volume, b: { ...volume, class: 'fast' }, c: { ...volume, class: 'scratch' } } },
      ledger: { volumes: { book: lasting, cache: { ...volume, class: 'fast' } } },
    },
    { storageClasses },
  );

  it('are of a class whose volumes end, too', () => {
    const [api, ledger] = workloads(environment);
    expect(api?.volumes.map((one) => one.class)).toEqual(['gp3-ephemeral', 'fast-ephemeral', 'scratch']);
    expect(ledger?.volumes.map((one) => one.class)).toEqual(['slow', 'fast-ephemeral']);
  });

  it('have such a class for each that is used, else none', () => {
    expect(
      ephemeralClasses(environment).map(({ name, reclaim, default: isDefault, iops }) => [
        name,
        reclaim,
        isDefault,
        iops,
      ]),
    ).toEqual([
      ['fast-ephemeral', 'Delete', false, 3000],
      ['gp3-ephemeral', 'Delete', false, 3000],
    ]);
    expect(ephemeralClasses(sample({ ledger: { volumes: { book: lasting } } }, { storageClasses }))).toEqual(
      [],
    );
  });
});
