import { describe, expect, it } from 'vitest';
import { at, manifestOf, objectsOf, production, rendered } from './tideline.ts';

/** What `dist/` must show of each system, in the real production environment of Tideline. */

const { manifests } = production;
const object = (kind: string, name: string) => manifestOf(manifests, kind, name).object;
const spec = (kind: string, name: string) => at(object(kind, name), 'spec');
const annotations = (kind: string, name: string) => object(kind, name).metadata.annotations;
const container = (name: string) => at(spec('Deployment', name), 'template', 'spec', 'containers', 0);

it('renders staging, production and a public system', () => {
  expect(rendered.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['tideline production', 'tideline staging']),
  );
  expect(rendered.length).toBeGreaterThanOrEqual(3);
});

describe('EKS', () => {
  it('claims a cluster with add-ons, and a node group for each sort of workload', () => {
    expect(at(spec('KubernetesCluster', 'tideline-production'), 'version')).toBe('1.34');
    expect(
      Object.keys(Object(at(spec('KubernetesCluster', 'tideline-production'), 'addons'))).sort(),
    ).toEqual([
      'aws-ebs-csi-driver',
      'coredns',
      'eks-pod-identity-agent',
      'kube-proxy',
      'metrics-server',
      'snapshot-controller',
      'vpc-cni',
    ]);
    expect(objectsOf(manifests, 'NodeGroup').map(({ metadata }) => metadata.name)).toEqual([
      'general',
      'memory',
      'inference',
    ]);
    expect(at(spec('NodeGroup', 'inference'), 'taints')).toEqual([
      { key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' },
    ]);
  });
});

describe('the backend', () => {
  it('is a Deployment without replicas, restricted, spread and drained', () => {
    expect(spec('Deployment', 'api')).not.toHaveProperty('replicas');
    expect(at(spec('Deployment', 'api'), 'strategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' },
    });
    expect(at(spec('Deployment', 'api'), 'template', 'spec')).toMatchObject({
      serviceAccountName: 'api',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 60,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        fsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      topologySpreadConstraints: [
        { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
        { topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    });
  });

  it('has one container with probes, resources and no privileges', () => {
    expect(container('api')).toMatchObject({
      ports: [{ name: 'main', containerPort: 8000, protocol: 'TCP' }],
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
      startupProbe: { httpGet: { path: '/healthz', port: 8000 }, periodSeconds: 5, failureThreshold: 12 },
      readinessProbe: { httpGet: { path: '/healthz', port: 8000 } },
      livenessProbe: { tcpSocket: { port: 8000 } },
      lifecycle: { preStop: { sleep: { seconds: 15 } } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
    });
    expect(at(container('api'), 'image')).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  it('grows at once and shrinks slowly', () => {
    expect(spec('HorizontalPodAutoscaler', 'api')).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
      minReplicas: 3,
      maxReplicas: 30,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }],
        },
        scaleDown: {
          stabilizationWindowSeconds: 300,
          policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
        },
      },
    });
    expect(object('HorizontalPodAutoscaler', 'api').apiVersion).toBe('autoscaling/v2');
  });

  it('loses one pod at a time, and broken ones at once', () => {
    expect(spec('PodDisruptionBudget', 'api')).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/part-of': 'tideline' } },
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  it('is reached on port 80 by name, and signs in to AWS with a role of its own', () => {
    expect(at(spec('Service', 'api'), 'ports')).toEqual([
      { name: 'main', port: 80, targetPort: 'main', protocol: 'TCP' },
    ]);
    expect(annotations('ServiceAccount', 'api')).toMatchObject({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/tideline-production-api',
      'eks.amazonaws.com/sts-regional-endpoints': 'true',
    });
    expect(object('ServiceAccount', 'api')['automountServiceAccountToken']).toBe(false);
  });

  it('connects to what it uses and to nothing else; only its callers connect to it', () => {
    const cidr = (range: string) => [{ ipBlock: { cidr: range } }];
    expect(spec('NetworkPolicy', 'api')).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }],
          ports: [{ protocol: 'TCP', port: 8000 }],
        },
      ],
      egress: [
        {
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { to: cidr('0.0.0.0/0'), ports: [{ protocol: 'TCP', port: 443 }] },
        { to: cidr('10.30.0.0/16'), ports: [{ protocol: 'TCP', port: 1024, endPort: 65535 }] },
        { to: cidr('10.30.0.0/16'), ports: [{ protocol: 'TCP', port: 6379 }] },
      ],
    });
    expect(spec('NetworkPolicy', 'default-deny')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });
});

describe('the inference worker', () => {
  it('runs on nodes with a GPU, has no Service, and a volume for each pod', () => {
    const pod = at(spec('Deployment', 'inference'), 'template', 'spec');
    expect(at(pod, 'nodeSelector')).toEqual({ 'workload-type': 'inference' });
    expect(at(pod, 'tolerations')).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
    ]);
    expect(at(container('inference'), 'resources', 'limits')).toEqual({
      memory: '8Gi',
      'nvidia.com/gpu': '1',
    });
    expect(at(pod, 'terminationGracePeriodSeconds')).toBe(120);
    expect(at(pod, 'volumes', 1, 'ephemeral', 'volumeClaimTemplate', 'spec')).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast-ephemeral',
      resources: { requests: { storage: '50Gi' } },
    });
    expect(objectsOf(manifests, 'Service').map(({ metadata }) => metadata.name)).not.toContain('inference');
    expect(at(spec('Deployment', 'inference'), 'replicas')).toBe(2);
  });
});

describe('nodes', () => {
  it('come with the cluster, whose add-ons run on them: neither is healthy without the other', () => {
    const wave = (kind: string, name: string) =>
      Number(annotations(kind, name)?.['argocd.argoproj.io/sync-wave']);
    const cluster = wave('KubernetesCluster', 'tideline-production');
    expect(wave('Network', 'tideline-production')).toBeLessThan(cluster);
    for (const { metadata } of objectsOf(manifests, 'NodeGroup')) {
      expect(wave('NodeGroup', metadata.name)).toBe(cluster);
    }
  });

  it('are added and taken away by a controller with a role of its own', () => {
    expect(spec('Application', 'chart-cluster-autoscaler')).toMatchObject({
      project: 'chart-cluster-autoscaler',
      source: {
        repoURL: 'https://kubernetes.github.io/autoscaler',
        chart: 'cluster-autoscaler',
        targetRevision: '9.50.1',
      },
      destination: { namespace: 'kube-system' },
    });
    expect(at(spec('ServiceIdentity', 'cluster-autoscaler'), 'serviceAccount')).toEqual({
      namespace: 'kube-system',
      name: 'cluster-autoscaler',
    });
  });

  it('offer their GPUs', () => {
    expect(spec('Application', 'chart-nvidia-device-plugin')).toMatchObject({
      source: {
        chart: 'nvidia-device-plugin',
        helm: {
          valuesObject: {
            tolerations: expect.arrayContaining([
              { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
            ]),
          },
        },
      },
      destination: { namespace: 'kube-system' },
    });
    expect(at(spec('NodeGroup', 'inference'), 'labels')).toHaveProperty(['k8s.amazonaws.com/accelerator']);
    expect(at(spec('NodeGroup', 'general'), 'labels')).toEqual({ 'workload-type': 'general' });
  });
});

describe('secrets', () => {
  it('of a service come as its ServiceAccount, into a Secret that its pods read', () => {
    expect(at(spec('SecretStore', 'api'), 'provider', 'aws')).toEqual({
      service: 'SecretsManager',
      region: 'eu-west-1',
      auth: { jwt: { serviceAccountRef: { name: 'api' } } },
    });
    expect(spec('ExternalSecret', 'api-secrets')).toMatchObject({
      secretStoreRef: { kind: 'SecretStore', name: 'api' },
      target: { name: 'api-secrets' },
      data: [
        { secretKey: 'CUSTOMS_API_KEY', remoteRef: { key: 'tideline/production/customs', property: 'key' } },
      ],
    });
    expect(at(container('api'), 'env')).toContainEqual({
      name: 'CUSTOMS_API_KEY',
      valueFrom: { secretKeyRef: { name: 'api-secrets', key: 'CUSTOMS_API_KEY' } },
    });
  });

  it('come after the ServiceAccount that they are fetched as, and before the pods', () => {
    const waves = [
      annotations('ServiceAccount', 'api'),
      annotations('SecretStore', 'api'),
      annotations('ExternalSecret', 'api-secrets'),
      annotations('Deployment', 'api'),
    ].map((all) => Number(all?.['argocd.argoproj.io/sync-wave']));
    expect(waves).toEqual([40, 40, 45, 50]);
  });

  it('of Atlas come with Crossplane’s own role, and are where its provider looks', () => {
    expect(annotations('ServiceAccount', 'atlas-credentials')?.['eks.amazonaws.com/role-arn']).toBe(
      production.environment.spec.aws.crossplaneRole,
    );
    expect(at(spec('ExternalSecret', 'atlas-credentials'), 'data')).toEqual([
      { secretKey: 'credentials', remoteRef: { key: 'tideline/production/atlas' } },
    ]);
    const providers = objectsOf(manifests, 'ProviderConfig').map((one) =>
      at(one, 'spec', 'credentials', 'secretRef'),
    );
    expect(providers).toContainEqual({
      name: 'atlas-credentials',
      namespace: 'crossplane-system',
      key: 'credentials',
    });
    for (const kind of ['ServiceAccount', 'SecretStore', 'ExternalSecret'])
      expect(annotations(kind, 'atlas-credentials')?.['argocd.argoproj.io/sync-options']).toBe(
        'Prune=false,Delete=false',
      );
  });
});

describe('roles', () => {
  it('of services and charts have the environment’s boundary, those of the platform don’t', () => {
    const bounded = objectsOf(manifests, 'ServiceIdentity').map((one) => [
      one.metadata.name,
      at(one, 'spec', 'permissionsBoundaryArn') !== undefined,
    ]);
    expect(Object.fromEntries(bounded)).toEqual({
      'aws-load-balancer-controller': false,
      'cluster-autoscaler': false,
      'cloudwatch-exporter': true,
      'external-dns': false,
      api: true,
      inference: true,
      planner: true,
      reports: true,
    });
  });
});

describe('the ALB', () => {
  it('is made by a pinned chart with a role of its own', () => {
    expect(spec('Application', 'chart-aws-load-balancer-controller')).toMatchObject({
      project: 'chart-aws-load-balancer-controller',
      source: {
        repoURL: 'https://aws.github.io/eks-charts',
        chart: 'aws-load-balancer-controller',
        targetRevision: '3.5.0',
        helm: {
          valuesObject: {
            clusterName: 'tideline-production',
            region: 'eu-west-1',
            vpcTags: { Name: 'tideline-production' },
            enableServiceMutatorWebhook: false,
            createIngressClassResource: false,
            serviceAccount: {
              name: 'aws-load-balancer-controller',
              annotations: {
                'eks.amazonaws.com/role-arn':
                  'arn:aws:iam::111122223333:role/tideline-production-aws-load-balancer-controller',
              },
            },
          },
        },
      },
      destination: { namespace: 'kube-system' },
    });
    expect(at(spec('ServiceIdentity', 'aws-load-balancer-controller'), 'serviceAccount')).toEqual({
      namespace: 'kube-system',
      name: 'aws-load-balancer-controller',
    });
  });

  it('is shared: what must agree stands in the class’s parameters, out of the services’ reach', () => {
    expect(spec('IngressClassParams', 'alb')).toMatchObject({
      group: { name: 'tideline-production' },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'tideline' } },
      scheme: 'internet-facing',
      targetType: 'ip',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      sslRedirectPort: '443',
      certificateArn: ['arn:aws:acm:eu-west-1:111122223333:certificate/8c1d7e52-0b9f-4a63-8e2d-5f4b3a2c1d0e'],
      loadBalancerAttributes: [
        { key: 'deletion_protection.enabled', value: 'true' },
        { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
      ],
    });
  });

  it('sends a host’s traffic to the pods, over TLS, checking their health', () => {
    expect(spec('Ingress', 'web')).toEqual({
      ingressClassName: 'alb',
      tls: [{ hosts: ['ship.tideline.example'] }],
      rules: [
        {
          host: 'ship.tideline.example',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'web', port: { name: 'main' } } },
              },
            ],
          },
        },
      ],
    });
    expect(annotations('Ingress', 'web')).toEqual({
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
      'alb.ingress.kubernetes.io/ssl-redirect': '443',
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/target-group-attributes': 'deregistration_delay.timeout_seconds=30',
      'alb.ingress.kubernetes.io/healthcheck-path': '/api/health',
      'alb.ingress.kubernetes.io/success-codes': '200',
      'argocd.argoproj.io/sync-wave': '40',
    });
  });

  it('comes in from its subnets only', () => {
    expect(at(spec('NetworkPolicy', 'web'), 'ingress')).toEqual([
      {
        from: ['10.30.192.0/20', '10.30.208.0/20', '10.30.224.0/20'].map((cidr) => ({ ipBlock: { cidr } })),
        ports: [{ protocol: 'TCP', port: 3000 }],
      },
    ]);
    const zones = Object.values(Object(at(spec('Network', 'tideline-production'), 'zones')));
    expect(zones.map((zone) => at(zone, 'publicCidr'))).toEqual([
      '10.30.192.0/20',
      '10.30.208.0/20',
      '10.30.224.0/20',
    ]);
  });
});

describe('what services use', () => {
  it('is claimed, with a user or a role for each use', () => {
    expect(at(spec('MongoDatabase', 'bookings'), 'autoscaling')).toEqual({ min: 'M30', max: 'M50' });
    expect(at(spec('MongoUser', 'api-bookings'), 'role')).toBe('readWrite');
    expect(at(spec('MongoUser', 'planner-bookings'), 'role')).toBe('read');
    expect(at(spec('ValkeyCache', 'sessions'), 'userIds')).toEqual([
      'tideline-production-sessions-api',
      'tideline-production-sessions-planner',
    ]);
    expect(at(spec('ValkeyUser', 'planner-sessions'), 'accessString')).toContain('+@read');
    expect(at(spec('MessageQueue', 'invoices'), 'name')).toBe('tideline-production-invoices.fifo');
    expect(at(spec('ObjectBucket', 'documents'), 'bucketName')).toBe('tideline-production-documents-euw1');
    expect(at(spec('ServiceIdentity', 'inference'), 'statements', 0)).toEqual({
      Sid: 'DocumentsReadObjects',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws:s3:::tideline-production-documents-euw1/*'],
    });
  });
});

describe('EBS', () => {
  it('has encrypted, expandable classes, one of them the default, and one of snapshots', () => {
    expect(object('StorageClass', 'gp3')).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', iops: '3000', throughput: '125' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    const key = 'storageclass.kubernetes.io/is-default-class';
    expect(annotations('StorageClass', 'gp3')?.[key]).toBe('true');
    expect(annotations('StorageClass', 'fast')?.[key]).toBeUndefined();
    expect(object('VolumeSnapshotClass', 'ebs')).toMatchObject({
      driver: 'ebs.csi.aws.com',
      deletionPolicy: 'Retain',
    });
  });

  it('keeps what pods leave behind only where somebody wants it back', () => {
    const classes = objectsOf(manifests, 'StorageClass').map((one) => [
      one.metadata.name,
      one['reclaimPolicy'],
    ]);
    expect(Object.fromEntries(classes)).toEqual({
      fast: 'Retain',
      'fast-ephemeral': 'Delete',
      gp3: 'Retain',
      'gp3-ephemeral': 'Delete',
    });
    const key = 'storageclass.kubernetes.io/is-default-class';
    expect(annotations('StorageClass', 'gp3-ephemeral')?.[key]).toBeUndefined();
  });

  it('has a claim where a volume outlives the pods, in the wave of the one pod that binds it', () => {
    expect(spec('PersistentVolumeClaim', 'reports-ledger')).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '20Gi' } },
    });
    const wave = 'argocd.argoproj.io/sync-wave';
    expect(annotations('PersistentVolumeClaim', 'reports-ledger')?.[wave]).toBe(
      annotations('Deployment', 'reports')?.[wave],
    );
    expect(at(spec('Deployment', 'reports'), 'strategy')).toEqual({ type: 'Recreate' });
    expect(at(spec('Deployment', 'reports'), 'replicas')).toBe(1);
  });
});

describe('Crossplane', () => {
  it('is installed by a pinned chart; its packages are pinned, and sign in without keys', () => {
    expect(at(spec('Application', 'chart-crossplane'), 'source', 'targetRevision')).toBe('2.3.4');
    const images = [...objectsOf(manifests, 'Provider'), ...objectsOf(manifests, 'Function')].map((one) =>
      String(at(one, 'spec', 'package')),
    );
    expect(images.filter((image) => !/:v\d+\.\d+\.\d+$/.test(image))).toEqual([]);
    expect(images).toContain('xpkg.crossplane.io/crossplane-contrib/provider-aws-sqs:v2.6.0');
    expect(
      at(spec('DeploymentRuntimeConfig', 'aws'), 'serviceAccountTemplate', 'metadata', 'annotations'),
    ).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/tideline-production-crossplane',
    });
    expect(objectsOf(manifests, 'ProviderConfig').map((one) => at(one, 'spec', 'credentials'))).toEqual([
      { source: 'IRSA' },
      {
        source: 'Secret',
        secretRef: { name: 'atlas-credentials', namespace: 'crossplane-system', key: 'credentials' },
      },
    ]);
  });
});

describe('Argo CD', () => {
  it('syncs each folder by itself, server-side, and heals it', () => {
    expect(spec('Application', 'service-api')).toEqual({
      project: 'tideline-production',
      source: {
        repoURL: 'https://git.tideline.example/fleet/environments.git',
        targetRevision: 'main',
        path: 'dist/production/service-api',
        directory: { recurse: true },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'tideline' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: [
          'ApplyOutOfSyncOnly=true',
          'CreateNamespace=false',
          'FailOnSharedResource=true',
          'PruneLast=true',
          'RespectIgnoreDifferences=true',
          'ServerSideApply=true',
        ],
        retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
      ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    });
    expect(spec('Application', 'service-planner')).not.toHaveProperty('ignoreDifferences');
  });

  it('goes from what is needed to what needs it', () => {
    const wave = (name: string) => Number(annotations('Application', name)?.['argocd.argoproj.io/sync-wave']);
    const order = [
      'argocd',
      'cluster',
      'chart-crossplane',
      'crossplane',
      'platform-api',
      'infrastructure',
      'chart-aws-load-balancer-controller',
      'add-ons',
      'service-web',
    ].map(wave);
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
  });

  it('keeps its own root, and does not wait for it: a wave would never end that holds all that come later', () => {
    expect(at(spec('Application', 'argocd'), 'source', 'directory')).toEqual({ recurse: true });
    const data = at(object('ConfigMap', 'argocd-cm'), 'data');
    expect(at(data, 'resource.customizations.health.argoproj.io_Application')).toContain(
      '"plimsoll.dev/root"',
    );
    expect(object('Application', 'argocd').metadata.annotations).toMatchObject({
      'plimsoll.dev/root': 'production',
    });
  });

  it('deletes services with their Application, but nothing of the platform', () => {
    const finalizers = (name: string) => object('Application', name).metadata['finalizers'];
    expect(finalizers('service-api')).toEqual(['resources-finalizer.argocd.argoproj.io/foreground']);
    expect(finalizers('infrastructure')).toBeUndefined();
    expect(finalizers('chart-crossplane')).toBeUndefined();
  });

  it('prunes what a chart made as Helm deletes it, and waits for no garbage collector', () => {
    const options = (name: string) => at(spec('Application', name), 'syncPolicy', 'syncOptions');
    expect(options('chart-crossplane')).toContain('PrunePropagationPolicy=background');
    expect(options('service-api')).not.toContain('PrunePropagationPolicy=background');
  });

  it('lets services’ folders hold nothing without a namespace, no claims and no roles', () => {
    expect(at(spec('AppProject', 'tideline-production'), 'clusterResourceWhitelist')).toEqual([]);
    expect(
      JSON.stringify(at(spec('AppProject', 'tideline-production'), 'namespaceResourceWhitelist')),
    ).not.toMatch(/platform\.plimsoll|rbac|"Secret"/);
  });

  it('waits for claims and Applications to be healthy', () => {
    const data = at(object('ConfigMap', 'argocd-cm'), 'data');
    expect(String(at(data, 'resource.customizations')).match(/^".*"/gm)).toEqual([
      '"platform.plimsoll.dev/*"',
      '"*.crossplane.io/*"',
      '"*.upbound.io/*"',
    ]);
    expect(data).toHaveProperty(['resource.customizations.health.argoproj.io_Application']);
    expect(at(data, 'application.resourceTrackingMethod')).toBe('annotation');
  });

  it('installs third-party charts at exact versions', () => {
    const releases = objectsOf(manifests, 'Application')
      .map((one) => at(one, 'spec', 'source'))
      .filter((source) => at(source, 'chart') !== undefined);
    expect(releases.length).toBeGreaterThanOrEqual(4);
    expect(releases.filter((one) => !/^\d+\.\d+\.\d+$/.test(String(at(one, 'targetRevision'))))).toEqual([]);
  });
});
