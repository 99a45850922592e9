import { describe, expect, it } from 'vitest';
import { renderEnvironment } from '#charts/render.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { checkDelivery, checkReferences } from '#validate/graph/check.ts';
import { readFleet } from '../../charts/hub-fleet.ts';
import { renderings } from '../../charts/namespaced.ts';
import { store } from '../schemas.ts';

/**
 * What synth makes, with the wave of one Application moved behind those that need what it brings: Argo CD would wait for
 * ever. Who needs whom is written down here by hand, and nothing else may be found.
 */
const schemas = store();
const WAVE = 'argocd.argoproj.io/sync-wave';
const LAST = 1000;

type Table = Readonly<Record<string, readonly string[]>>;
type Check = (manifests: readonly Manifest[]) => readonly Finding[];

const TIDELINE: Table = {
  // Namespaces, storage classes.
  cluster: [
    ...['chart-cloudwatch-exporter', 'chart-crossplane', 'chart-external-dns', 'chart-external-secrets'],
    ...['crossplane', 'infrastructure'],
    ...['service-api', 'service-inference', 'service-planner', 'service-reports', 'service-web'],
  ],
  'chart-crossplane': ['crossplane', 'platform-api'],
  'chart-external-secrets': ['crossplane', 'service-api'],
  // Providers and functions.
  crossplane: ['infrastructure'],
  'platform-api': ['infrastructure'],
  // IAM roles, connection secrets, the add-on that brings snapshots.
  infrastructure: [
    ...['add-ons', 'chart-aws-load-balancer-controller', 'chart-cloudwatch-exporter'],
    ...['chart-cluster-autoscaler', 'chart-external-dns'],
    ...['service-api', 'service-inference', 'service-planner', 'service-reports'],
  ],
  'chart-aws-load-balancer-controller': ['add-ons', 'service-web'],
  'chart-nvidia-device-plugin': ['service-inference'],
  // The class of Ingresses.
  'add-ons': ['service-web'],
};

const BOUTIQUE: Table = {
  cluster: [
    ...['chart-crossplane', 'infrastructure', 'service-adservice', 'service-cartservice'],
    ...['service-checkoutservice', 'service-currencyservice', 'service-emailservice', 'service-frontend'],
    ...['service-loadgenerator', 'service-paymentservice', 'service-productcatalogservice'],
    ...['service-recommendationservice', 'service-shippingservice'],
  ],
  'chart-crossplane': ['crossplane', 'platform-api'],
  crossplane: ['infrastructure'],
  'platform-api': ['infrastructure'],
  infrastructure: [
    ...['add-ons', 'chart-aws-load-balancer-controller', 'chart-cluster-autoscaler', 'service-cartservice'],
  ],
  'chart-aws-load-balancer-controller': ['add-ons', 'service-frontend'],
  'add-ons': ['service-frontend'],
};

/** A hub, and production, which it runs: of Crossplane, which has another root, nobody knows when it comes. */
const HUB: Table = {
  cluster: ['chart-crossplane', 'chart-external-secrets', 'crossplane', 'infrastructure'],
  'chart-crossplane': ['crossplane', 'platform-api'],
  crossplane: ['infrastructure'],
  'platform-api': ['infrastructure'],
  infrastructure: ['chart-cluster-autoscaler'],
  // Namespace of the claims, compositions.
  'production-hub': ['production-infrastructure'],
  // The cluster itself.
  'production-infrastructure': [
    ...['production-add-ons', 'production-chart-aws-load-balancer-controller'],
    ...['production-chart-cloudwatch-exporter', 'production-chart-cluster-autoscaler'],
    ...['production-chart-external-dns', 'production-chart-external-secrets'],
    ...['production-chart-nvidia-device-plugin', 'production-cluster', 'production-service-api'],
    ...['production-service-inference', 'production-service-planner', 'production-service-reports'],
    'production-service-web',
  ],
  'production-cluster': [
    ...['production-add-ons', 'production-chart-cloudwatch-exporter', 'production-chart-external-dns'],
    ...['production-chart-external-secrets', 'production-service-api', 'production-service-inference'],
    ...['production-service-planner', 'production-service-reports', 'production-service-web'],
  ],
  // Connection secrets, the class of Ingresses.
  'production-add-ons': [
    ...['production-service-api', 'production-service-planner', 'production-service-reports'],
    'production-service-web',
  ],
  'production-chart-external-secrets': ['production-add-ons', 'production-service-api'],
  'production-chart-aws-load-balancer-controller': ['production-add-ons', 'production-service-web'],
  'production-chart-nvidia-device-plugin': ['production-service-inference'],
};

const SAMPLES: Readonly<Record<string, Table>> = {
  'tideline production': TIDELINE,
  'tideline staging': TIDELINE,
  'boutique demo': BOUTIQUE,
};

const single: Check = (manifests) => checkReferences(manifests, schemas);
const samples = renderings.flatMap(({ name, claims, namespaced }) => {
  const table = SAMPLES[name];
  if (table === undefined) return [];
  return [
    { title: `${name}, with claims`, table, manifests: claims, check: single },
    { title: `${name}, namespaced`, table, manifests: namespaced, check: single },
  ];
});

const CONTROL = /^dist\/production\/(argocd|hub|infrastructure)\//;
const fleet = (readFleet().value ?? [])
  .filter(({ environment }) => environment.metadata.name !== 'staging')
  .flatMap((one) => renderEnvironment(one))
  .map((manifest) => ({ ...manifest, file: `dist/${manifest.file}` }));
const hub = {
  title: 'a hub and what it runs',
  table: HUB,
  manifests: fleet,
  check: (manifests: readonly Manifest[]) =>
    checkDelivery(manifests, schemas, ({ file }) =>
      file.startsWith('dist/production/') && !CONTROL.test(file) ? 'production' : 'operations',
    ),
};

describe.each([...samples, hub])('$title', ({ table, manifests, check }) => {
  const applications = manifests.filter(({ object }) => object.kind === 'Application');
  const names = applications.map(({ object }) => object.metadata.name);
  const waveOf = (name: string) =>
    Number(
      applications.find(({ object }) => object.metadata.name === name)?.object.metadata.annotations?.[WAVE],
    );

  /** Applications that are found to need one that has a later wave. */
  function waiting(name: string, wave: number): readonly string[] {
    const waits = new Set<string>();
    for (const finding of check(moved(manifests, name, wave))) {
      if (finding.code !== 'wave-too-late') continue;
      expect(finding).toMatchObject({ severity: 'error', args: { application: name } });
      waits.add(applicationOf(manifests, finding));
    }
    return [...waits].sort();
  }

  it('is in order', () => {
    expect(check(manifests).filter(({ code }) => code === 'wave-too-late')).toEqual([]);
    expect(Object.keys(table).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(names)('would wait for %s, were it last, with all that need it and nothing else', (name) => {
    expect(waiting(name, LAST)).toEqual(table[name] ?? []);
  });

  const pairs = Object.entries(table).flatMap(([name, needing]) =>
    needing.map((one) => [name, one] as const),
  );

  it.each(pairs)('would wait for %s, were it one wave behind %s', (name, one) => {
    expect(waiting(name, waveOf(one) + 1)).toContain(one);
    // Argo CD knows a cluster only after the wave of its claim.
    if (name !== 'production-infrastructure') expect(waiting(name, waveOf(one))).not.toContain(one);
  });
});

function moved(manifests: readonly Manifest[], name: string, wave: number): readonly Manifest[] {
  return manifests.map((manifest) => {
    const { object } = manifest;
    if (object.kind !== 'Application' || object.metadata.name !== name) return manifest;
    const annotations = { ...object.metadata.annotations, [WAVE]: String(wave) };
    return { ...manifest, object: { ...object, metadata: { ...object.metadata, annotations } } };
  });
}

/** The Application of a chart itself, or that of the folder. */
function applicationOf(manifests: readonly Manifest[], { subject }: Finding): string {
  if (subject?.kind === 'Application') return subject.name;
  const found = manifests.find(
    ({ object: { kind, metadata } }) =>
      kind === subject?.kind && metadata.name === subject.name && metadata.namespace === subject.namespace,
  );
  const [folder, environment] = found?.file.split('/').slice(-3, -1).reverse() ?? [];
  return found?.file.startsWith('dist/production/') ? `${environment}-${folder}` : String(folder);
}
