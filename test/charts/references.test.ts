import { describe, expect, it } from 'vitest';
import { renderEnvironment } from '#charts/render.ts';
import { WAVES } from '#model/delivery.ts';
import { granted } from '#model/identities.ts';
import { allClaims, platformServices } from '#platform/catalogue.ts';
import { production as everything, sandbox } from '../platform/tideline.ts';
import { at, objectsOf, rendered } from './tideline.ts';

/** What one document says of another must be true of it. */
describe.each(rendered)('references of $name', ({ environment, manifests }) => {
  const of = (kind: string) => objectsOf(manifests, kind);
  const names = (kind: string) => of(kind).map(({ metadata }) => metadata.name);
  const product = environment.spec.product;

  it('select exactly the pods of one Deployment', () => {
    for (const deployment of of('Deployment')) {
      const labels = at(deployment, 'spec', 'template', 'metadata', 'labels');
      expect(at(deployment, 'spec', 'selector', 'matchLabels')).toEqual(labels);
      const spread = at(deployment, 'spec', 'template', 'spec', 'topologySpreadConstraints');
      for (const constraint of Array.isArray(spread) ? spread : [expect.fail()]) {
        expect(at(constraint, 'labelSelector', 'matchLabels')).toEqual(labels);
      }
      const { name } = deployment.metadata;
      const selectors = [
        ...of('Service').map((object) => [object.metadata.name, at(object, 'spec', 'selector')]),
        ...of('PodDisruptionBudget').map((object) => [
          object.metadata.name,
          at(object, 'spec', 'selector', 'matchLabels'),
        ]),
        ...of('NetworkPolicy').map((object) => [
          object.metadata.name,
          at(object, 'spec', 'podSelector', 'matchLabels'),
        ]),
      ].filter(([owner]) => owner === name);
      expect(selectors.length).toBeGreaterThanOrEqual(2);
      for (const [, selector] of selectors) expect(selector).toEqual(labels);
    }
  });

  it('give every Deployment a ServiceAccount, a disruption budget and a network policy', () => {
    const accounts = names('ServiceAccount').filter((name) => name !== 'atlas-credentials');
    expect(accounts).toEqual(names('Deployment'));
    expect(names('PodDisruptionBudget')).toEqual(names('Deployment'));
    expect(names('NetworkPolicy')).toEqual(['default-deny', ...names('Deployment')]);
    for (const deployment of of('Deployment')) {
      expect(at(deployment, 'spec', 'template', 'spec', 'serviceAccountName')).toBe(deployment.metadata.name);
    }
  });

  it('let an autoscaler own the replicas of an existing Deployment, or nobody', () => {
    const scaled = of('HorizontalPodAutoscaler').map((object) =>
      at(object, 'spec', 'scaleTargetRef', 'name'),
    );
    for (const { metadata, ...deployment } of of('Deployment')) {
      expect(at(deployment, 'spec', 'replicas') === undefined).toBe(scaled.includes(metadata.name));
    }
    expect(scaled.filter((name) => !names('Deployment').includes(String(name)))).toEqual([]);
  });

  it('send a Service’s traffic to a port that the container has', () => {
    for (const service of of('Service')) {
      const deployment = of('Deployment').find(({ metadata }) => metadata.name === service.metadata.name);
      const target = at(service, 'spec', 'ports', 0, 'targetPort');
      expect(target).toBe(at(deployment, 'spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'name'));
      expect(target).toBeDefined();
    }
  });

  it('send an Ingress’s traffic to a Service that exists, by a class that exists', () => {
    for (const ingress of of('Ingress')) {
      const backend = at(ingress, 'spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service');
      const service = of('Service').find(({ metadata }) => metadata.name === at(backend, 'name'));
      expect(at(backend, 'port', 'name')).toBe(at(service, 'spec', 'ports', 0, 'name'));
      expect(names('IngressClass')).toContain(at(ingress, 'spec', 'ingressClassName'));
    }
    for (const ingressClass of of('IngressClass')) {
      expect(names('IngressClassParams')).toContain(at(ingressClass, 'spec', 'parameters', 'name'));
    }
  });

  it('mount volumes that are declared, by claims and classes that exist', () => {
    const claims = names('PersistentVolumeClaim');
    const classes = [...names('StorageClass'), undefined];
    for (const deployment of of('Deployment')) {
      const pod = at(deployment, 'spec', 'template', 'spec');
      const volumes = at(pod, 'volumes');
      const mounts = at(pod, 'containers', 0, 'volumeMounts');
      if (!Array.isArray(volumes) || !Array.isArray(mounts)) return expect.fail();
      expect(mounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
      for (const volume of volumes) {
        const claim = at(volume, 'persistentVolumeClaim', 'claimName');
        if (claim !== undefined) expect(claims).toContain(claim);
        expect(classes).toContain(at(volume, 'ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName'));
      }
    }
    for (const claim of of('PersistentVolumeClaim')) {
      expect(classes).toContain(at(claim, 'spec', 'storageClassName'));
    }
  });

  it('read secrets that a claim writes, or External Secrets, in the same namespace', () => {
    const written = manifests
      .filter(({ object }) => object.apiVersion.startsWith('platform.plimsoll.dev/'))
      .map(({ object }) => at(object, 'spec', 'writeConnectionSecretToRef', 'name'));
    const fetched = of('ExternalSecret').filter(
      ({ metadata }) => metadata.namespace === environment.spec.product,
    );
    written.push(...fetched.map((object) => at(object, 'spec', 'target', 'name')));
    const read = of('Deployment').flatMap((deployment) => {
      const env = at(deployment, 'spec', 'template', 'spec', 'containers', 0, 'env');
      return Array.isArray(env) ? env.map((one) => at(one, 'valueFrom', 'secretKeyRef', 'name')) : [];
    });
    expect(read.filter((name) => name !== undefined && !written.includes(name))).toEqual([]);
    expect(names('Secret')).toEqual([]);
  });

  it('give a ServiceAccount the role that a ServiceIdentity makes for it, and only then', () => {
    const roles = new Map(
      of('ServiceIdentity').map((object) => [
        `${at(object, 'spec', 'serviceAccount', 'namespace')}/${at(object, 'spec', 'serviceAccount', 'name')}`,
        `arn:aws:iam::${environment.spec.aws.account}:role/${at(object, 'spec', 'roleName')}`,
      ]),
    );
    // Crossplane's own is there before anything that it makes.
    roles.set('crossplane-system/atlas-credentials', environment.spec.aws.crossplaneRole);
    for (const { metadata } of of('ServiceAccount')) {
      expect(metadata.annotations?.['eks.amazonaws.com/role-arn']).toBe(
        roles.get(`${metadata.namespace}/${metadata.name}`),
      );
    }
  });

  it('place pods on node groups that exist, and tolerate their taints', () => {
    for (const deployment of of('Deployment')) {
      const pod = at(deployment, 'spec', 'template', 'spec');
      const group = at(pod, 'nodeSelector', 'workload-type');
      if (group === undefined) continue;
      const claim = of('NodeGroup').find((one) => at(one, 'spec', 'labels', 'workload-type') === group);
      expect(claim).toBeDefined();
      const taints = at(claim, 'spec', 'taints');
      const tolerations = at(pod, 'tolerations');
      const keys = (list: unknown) => (Array.isArray(list) ? list.map(({ key }) => key) : []);
      expect(keys(tolerations)).toEqual(expect.arrayContaining(keys(taints)));
    }
  });

  it('claim all that the platform claims, whole', () => {
    const claims = allClaims(environment, granted(environment));
    const wanted = claims.map(({ kind, name, spec }) => [`${kind} ${name}`, spec]);
    const given = manifests
      .filter(({ object }) => object.apiVersion === 'platform.plimsoll.dev/v1alpha1')
      .map(({ object }) => [`${object.kind} ${object.metadata.name}`, object['spec']]);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(wanted));
  });

  it('put everything into namespaces that are made, before anything else is', () => {
    const used = new Set(manifests.map(({ object }) => object.metadata.namespace));
    const made = [...names('Namespace'), 'kube-system', undefined];
    expect([...used].filter((name) => !made.includes(name))).toEqual([]);
    const cluster = of('Application').find(({ metadata }) => metadata.name === 'cluster');
    expect(cluster?.metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe(String(WAVES.namespaces));
  });

  it('let one Application own each folder, and each folder have one', () => {
    const folders = new Set(manifests.map(({ file }) => file.split('/').slice(0, 2).join('/')));
    const paths = of('Application').flatMap((object) => at(object, 'spec', 'source', 'path') ?? []);
    expect(paths.map(String).sort()).toEqual([...folders].map((folder) => `dist/${folder}`).sort());
  });

  it('let each project apply what its folders hold, where they hold it', () => {
    for (const application of of('Application')) {
      const path = at(application, 'spec', 'source', 'path');
      if (path === undefined) continue;
      const project = of('AppProject').find(
        ({ metadata }) => metadata.name === at(application, 'spec', 'project'),
      );
      const allowed = (list: unknown, group: string, kind: string) =>
        Array.isArray(list) &&
        list.some((one) => one.group === group && (one.kind === kind || one.kind === '*'));
      const namespaces = at(project, 'spec', 'destinations');
      for (const { object, file } of manifests.filter((one) => `dist/${one.file}`.startsWith(`${path}/`))) {
        const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
        const { namespace } = object.metadata;
        const whitelist = at(
          project,
          'spec',
          namespace === undefined ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist',
        );
        const isOpen = namespace !== undefined && whitelist === undefined;
        expect([file, isOpen || allowed(whitelist, group, object.kind)]).toEqual([file, true]);
        if (namespace !== undefined) {
          expect(namespaces).toContainEqual({ server: 'https://kubernetes.default.svc', namespace });
        }
      }
    }
  });

  it('have a provider for every kind that compositions make, and every function that they call', () => {
    const bases = of('Composition').flatMap((composition) => {
      const steps = at(composition, 'spec', 'pipeline');
      return Array.isArray(steps) ? steps : [];
    });
    const packages = [...names('Provider'), ...names('Function')];
    for (const step of bases) {
      expect(names('Function')).toContain(at(step, 'functionRef', 'name'));
      const resources = at(step, 'input', 'resources');
      for (const resource of Array.isArray(resources) ? resources : []) {
        const group = String(at(resource, 'base', 'apiVersion')).split('/')[0] ?? '';
        const provider = group.endsWith('.aws.upbound.io')
          ? `provider-aws-${group.split('.')[0]}`
          : `provider-${group.endsWith('mongodbatlas.crossplane.io') ? 'mongodbatlas' : group.split('.')[0]}`;
        if (provider !== 'provider-mongodbatlas' || environment.spec.atlas !== undefined) {
          expect(packages).toContain(provider);
        }
      }
    }
  });

  it('keep everything that holds data, or that data hangs on, from being pruned', () => {
    const kinds = [
      'Namespace',
      'StorageClass',
      'PersistentVolumeClaim',
      'CompositeResourceDefinition',
      'Composition',
      'Provider',
      'Function',
      'ProviderConfig',
      'Network',
      'KubernetesCluster',
      'MongoDatabase',
      'ValkeyCache',
      'MessageQueue',
      'ObjectBucket',
    ];
    const unkept = manifests
      .filter(({ object }) => kinds.includes(object.kind))
      .filter(
        ({ object }) =>
          !object.metadata.annotations?.['argocd.argoproj.io/sync-options']?.includes(
            'Prune=false,Delete=false',
          ),
      );
    expect(unkept.map(({ file }) => file)).toEqual([]);
  });

  it('never replace or force, which would make claims anew', () => {
    expect(JSON.stringify(manifests.map(({ object }) => object))).not.toMatch(/Replace=true|Force=true/);
  });

  it('run services in the namespace of the product, restricted', () => {
    expect(new Set(of('Deployment').map(({ metadata }) => metadata.namespace))).toEqual(new Set([product]));
    const namespace = of('Namespace').find(({ metadata }) => metadata.name === product);
    expect(namespace?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
    });
  });
});

/** The charts name each service of the catalogue, because generated classes differ; none may be left out. */
describe('the catalogue of the platform', () => {
  const claimsOf = (environment: typeof everything) => allClaims(environment, granted(environment));

  it('is claimed from as a whole by the environment that holds everything', () => {
    const kinds = new Set(claimsOf(everything).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(platformServices.map(({ claimKind }) => claimKind).sort());
  });

  it.each([
    ['everything', everything],
    ['next to nothing', sandbox],
  ])('is rendered claim by claim: %s', (_, environment) => {
    const given = renderEnvironment({ environment, locate: () => undefined })
      .filter(({ object }) => object.apiVersion === 'platform.plimsoll.dev/v1alpha1')
      .map(({ object }) => [`${object.kind} ${object.metadata.name}`, object['spec']]);
    const wanted = claimsOf(environment).map(({ kind, name, spec }) => [`${kind} ${name}`, spec]);
    expect(given).toHaveLength(wanted.length);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(wanted));
  });
});
