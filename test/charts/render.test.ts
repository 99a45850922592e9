import { describe, expect, it } from 'vitest';
import { apiObjects, buildApp } from '#charts/app.ts';
import { causeOf } from '#charts/blame.ts';
import { renderEnvironment } from '#charts/render.ts';
import { identity } from '#manifests/identity.ts';
import { sample } from '../model/sample.ts';
import { at, manifestOf, production, rendered } from './tideline.ts';

describe.each(rendered)('rendering $name', ({ environment, locate, manifests }) => {
  it('gives what the constructs of a cdk8s app give, in the same order', () => {
    const constructs = apiObjects(buildApp([environment])).map((construct) => construct.toJson());
    expect(manifests.map(({ object }) => object)).toEqual(constructs);
  });

  it('gives what cdk8s itself collects', () => {
    const charts = buildApp([environment]).charts.map((chart) => chart.toJson());
    const byIdentity = new Map(charts.flat().map((object) => [identity(object), object]));
    expect(byIdentity).toEqual(new Map(manifests.map(({ object }) => [identity(object), object])));
  });

  it('is the same twice', () => {
    const again = renderEnvironment({ environment, locate });
    expect(again.map(({ object, file }) => ({ object, file }))).toEqual(
      manifests.map(({ object, file }) => ({ object, file })),
    );
  });

  it('gives each document a file of its own, in the folder of an application', () => {
    const files = manifests.map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
    const shape = new RegExp(`^${environment.metadata.name}/[a-z0-9-]+/[^/]+\\.yaml$`);
    expect(files.filter((file) => !shape.test(file))).toEqual([]);
  });

  it('holds nothing but what JSON can say', () => {
    const objects = manifests.map(({ object }) => object);
    expect(JSON.parse(JSON.stringify(objects))).toStrictEqual(objects);
  });

  it('knows for every document a line of the environment', () => {
    const lost = manifests.filter((manifest) => manifest.locate('') === undefined);
    expect(lost.map(({ file }) => file)).toEqual([]);
  });

  it('blames only places that the documents hold, on things that the environment can hold', () => {
    const places = apiObjects(buildApp([environment])).flatMap((construct) => {
      const { pointer, fields } = causeOf(construct);
      return [pointer, ...Object.values(fields?.() ?? {})];
    });
    expect(places.filter((place) => !place.startsWith('/spec'))).toEqual([]);
    // A cause that isn't written in any file falls back to what holds it, which must be there.
    const parents = [...new Set(places.map((place) => place.split('/').slice(0, 3).join('/')))];
    expect(parents.filter((place) => locate(place) === undefined)).toEqual([]);
  });
});

describe('what the samples leave out', () => {
  const environment = sample(
    {
      api: {
        command: ['python'],
        args: ['-m', 'api'],
        health: { protocol: 'grpc', path: '/', port: 9000, startup: '2m' },
        ingress: { host: 'ship.tideline.example', path: '/api', healthPath: '/up' },
        autoscaling: { min: 2, max: 9, cpu: 60, memory: 80 },
        resources: { cpu: '1', memory: '1Gi', cpuLimit: '2' },
        writableRoot: true,
        egress: [{ cidr: '192.0.2.0/24', ports: [25, 587] }],
        env: { EMPTY: '', MOTTO: 'yes: "fair winds"' },
        uses: { tracks: 'readWrite', bookings: 'read' },
      },
      bare: { health: { protocol: 'tcp', path: '/' } },
    },
    {
      storageClasses: {
        fast: { iops: 4000, throughput: 250, fileSystem: 'xfs', reclaim: 'Delete', default: true },
      },
      charts: {
        tides: {
          repository: 'oci://registry.tideline.example/charts',
          chart: 'tides',
          version: '1.2.3',
          namespace: 'tides',
          values: { list: [], map: {}, deep: { on: true, text: '' } },
        },
      },
    },
  );
  const manifests = renderEnvironment({ environment, locate: () => undefined });

  it('is what the constructs give, too', () => {
    expect(manifests.map(({ object }) => object)).toEqual(
      apiObjects(buildApp([environment])).map((construct) => construct.toJson()),
    );
  });

  it('asks a gRPC service its own way', () => {
    expect(manifestOf(manifests, 'Ingress', 'api').object.metadata.annotations).toMatchObject({
      'alb.ingress.kubernetes.io/backend-protocol-version': 'GRPC',
      'alb.ingress.kubernetes.io/healthcheck-path': '/up',
      'alb.ingress.kubernetes.io/healthcheck-port': '9000',
      'alb.ingress.kubernetes.io/success-codes': '0',
    });
  });

  it('names an OCI registry as Argo CD does, without its scheme', () => {
    const { object } = manifestOf(manifests, 'Application', 'chart-tides');
    expect(at(object, 'spec', 'source', 'repoURL')).toBe('registry.tideline.example/charts');
    expect(at(manifestOf(manifests, 'AppProject', 'chart-tides').object, 'spec', 'sourceRepos')).toContain(
      'registry.tideline.example/charts',
    );
  });
});

describe('origins', () => {
  const { manifests, locate } = production;
  const container = '/spec/template/spec/containers/0';

  it.each([
    ['Deployment', 'api', `${container}/image`, '/spec/services/api/image'],
    ['Deployment', 'api', `${container}/resources/limits/memory`, '/spec/services/api/resources/memory'],
    ['Deployment', 'api', `${container}/env/3/valueFrom`, '/spec/services/api/uses/bookings'],
    ['Deployment', 'api', `${container}/volumeMounts/1/mountPath`, '/spec/services/api/volumes/uploads'],
    ['Deployment', 'api', `${container}/securityContext/capabilities`, '/spec/services/api'],
    ['Deployment', 'planner', '/spec/replicas', '/spec/services/planner/replicas'],
    ['Deployment', 'inference', '/spec/template/spec/tolerations/0', '/spec/services/inference/nodeGroup'],
    [
      'Deployment',
      'inference',
      `${container}/resources/limits/nvidia.com~1gpu`,
      '/spec/services/inference/resources/gpus',
    ],
    [
      'Deployment',
      'inference',
      `${container}/startupProbe/failureThreshold`,
      '/spec/services/inference/health/startup',
    ],
    ['HorizontalPodAutoscaler', 'api', '/spec/maxReplicas', '/spec/services/api/autoscaling/max'],
    ['HorizontalPodAutoscaler', 'api', '/spec/metrics/0', '/spec/services/api/autoscaling/cpu'],
    ['Ingress', 'web', '/spec/rules/0/host', '/spec/services/web/ingress/host'],
    ['NetworkPolicy', 'api', '/spec/egress/1', '/spec/services/api/uses/bookings'],
    ['NetworkPolicy', 'api', '/spec/ingress/0', '/spec/services/web/uses/api'],
    [
      'PersistentVolumeClaim',
      'reports-ledger',
      '/spec/resources/requests/storage',
      '/spec/services/reports/volumes/ledger/size',
    ],
    ['Application', 'service-api', '/spec/source/repoURL', '/spec/delivery/repository'],
    [
      'Application',
      'chart-cloudwatch-exporter',
      '/spec/source/targetRevision',
      '/spec/charts/cloudwatch-exporter/version',
    ],
    ['StorageClass', 'fast', '/parameters/iops', '/spec/storageClasses/fast/iops'],
    ['IngressClassParams', 'alb', '/spec/certificateArn/0', '/spec/ingress/certificate'],
    ['MongoDatabase', 'bookings', '/spec/tier', '/spec/databases/bookings/tier'],
  ])('%s %s %s', (kind, name, pointer, expected) => {
    const origin = manifestOf(manifests, kind, name).locate(pointer);
    expect(origin).toEqual(locate(expected));
    expect(origin).toBeDefined();
  });

  it('blame fields by whole names only', () => {
    const { locate: blame } = manifestOf(manifests, 'Deployment', 'planner');
    expect(blame('/spec/replicasOfOld')).toEqual(blame('/spec'));
    expect(blame('/spec/replicas')).not.toEqual(blame('/spec'));
  });
});

describe('Helm values', () => {
  it('keep a null, which means "no default", by travelling as text', () => {
    const { environment, locate } = production;
    const [[name, { identity: _, ...chart }] = expect.fail()] = Object.entries(environment.spec.charts ?? {});
    const values = { resources: { limits: null }, replicas: 2 };
    const changed = {
      ...environment,
      spec: { ...environment.spec, charts: { [name]: { ...chart, values } } },
    };
    const { object } = manifestOf(
      renderEnvironment({ environment: changed, locate }),
      'Application',
      `chart-${name}`,
    );
    expect(JSON.parse(String(at(object, 'spec', 'source', 'helm', 'values')))).toEqual(values);
    expect(at(object, 'spec', 'source', 'helm')).not.toHaveProperty('valuesObject');
  });
});
