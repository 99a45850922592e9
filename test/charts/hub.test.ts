import { describe, expect, it, test } from 'vitest';
import { renderEnvironment } from '#charts/render.ts';
import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { checkDelivery } from '#validate/graph/check.ts';
import { store } from '../validate/schemas.ts';
import { hubFleet, readFleet } from './hub-fleet.ts';
import { at, manifestOf, objectsOf } from './tideline.ts';

/** Production, run from the cluster of `operations`. */
const { value: loaded = [], findings } = readFleet();
const of = (name: string): readonly Manifest[] =>
  loaded
    .filter(({ environment }) => environment.metadata.name === name)
    .flatMap((one) => renderEnvironment(one));
// Folders as they are below an environment's delivery path, which closure checks look for.
const asFolder = (manifest: Manifest): Manifest => ({ ...manifest, file: `dist/${manifest.file}` });
const hub = of('operations').map(asFolder);
const hosted = of('production').map(asFolder);
const CONTROL = ['argocd', 'hub', 'infrastructure'];
const folderOf = ({ file }: Manifest) => file.split('/')[2] ?? '';
const applications = objectsOf(hosted, 'Application');
const wave = (name: string) =>
  Number(
    manifestOf(hosted, 'Application', `production-${name}`).object.metadata.annotations?.[
      'argocd.argoproj.io/sync-wave'
    ],
  );

test('nothing is wrong with them', () => {
  expect(findings).toEqual([]);
});

describe('an environment that a hub runs', () => {
  it('sends to the hub what Argo CD and Crossplane read, and all else to its own cluster', () => {
    const places = applications.map(({ metadata, spec }) => [
      metadata.name,
      at(spec, 'destination', 'server') ?? at(spec, 'destination', 'name'),
    ]);
    expect(Object.fromEntries(places)).toMatchObject({
      'production-argocd': 'https://kubernetes.default.svc',
      'production-hub': 'https://kubernetes.default.svc',
      'production-infrastructure': 'https://kubernetes.default.svc',
      'production-cluster': 'tideline-production',
      'production-add-ons': 'tideline-production',
      'production-service-api': 'tideline-production',
      'production-chart-external-secrets': 'tideline-production',
    });
    const elsewhere = places.filter(([, place]) => place !== 'tideline-production').map(([name]) => name);
    expect(elsewhere.sort()).toEqual(CONTROL.map((folder) => `production-${folder}`).sort());
  });

  it('has no Crossplane of its own', () => {
    const groups = new Set(hosted.map(({ object }) => groupOf(object.apiVersion)));
    expect([...groups].filter((group) => group.startsWith('pkg.crossplane.io'))).toEqual([]);
    expect(objectsOf(hosted, 'CompositeResourceDefinition')).toEqual([]);
    expect(applications.map(({ metadata }) => metadata.name)).not.toContain('production-chart-crossplane');
  });

  it('puts nothing but Applications and its Atlas key outside of its own namespace', () => {
    const namespaces = new Map<string, Set<string>>();
    for (const manifest of hosted.filter((one) => CONTROL.includes(folderOf(one)))) {
      const { kind, metadata } = manifest.object;
      if (metadata.namespace === undefined) continue;
      namespaces.set(metadata.namespace, (namespaces.get(metadata.namespace) ?? new Set()).add(kind));
    }
    expect([...namespaces.keys()].sort()).toEqual(['argocd', 'crossplane-system', 'tideline-production']);
    expect([...(namespaces.get('argocd') ?? [])].sort()).toEqual(['AppProject', 'Application']);
    expect([...(namespaces.get('crossplane-system') ?? [])].sort()).toEqual([
      'ExternalSecret',
      'SecretStore',
    ]);
  });

  it('lets providers take its role, with the hub’s own', () => {
    const config = manifestOf(hosted, 'ClusterProviderConfig', 'tideline-production').object;
    expect(at(config, 'spec', 'assumeRoleChain')).toEqual([
      { roleARN: 'arn:aws:iam::111122223333:role/tideline-production-crossplane' },
    ]);
    expect(at(manifestOf(hosted, 'SecretStore', 'tideline-production-atlas').object, 'spec')).toMatchObject({
      provider: {
        aws: {
          role: 'arn:aws:iam::111122223333:role/tideline-production-crossplane',
          auth: { jwt: { serviceAccountRef: { name: 'atlas-credentials' } } },
        },
      },
    });
    expect(manifestOf(hub, 'ServiceAccount', 'atlas-credentials').object.metadata.namespace).toBe(
      'crossplane-system',
    );
  });

  it('waits for its cluster with all that goes there, and not for itself', () => {
    expect(wave('hub')).toBeLessThan(wave('infrastructure'));
    for (const name of ['cluster', 'chart-external-secrets', 'add-ons', 'service-api'])
      expect(wave(name), name).toBeGreaterThan(wave('infrastructure'));
    expect(wave('cluster')).toBeLessThan(wave('chart-external-secrets'));
  });
});

describe('addresses of databases and caches', () => {
  const published = objectsOf(hosted, 'MongoDatabase')
    .concat(objectsOf(hosted, 'ValkeyCache'))
    .map(({ spec }) => at(spec, 'publication'));

  it('are published by claims, and fetched under the same names and keys', () => {
    const fetched = objectsOf(hosted, 'ExternalSecret')
      .filter(({ spec }) => at(spec, 'secretStoreRef', 'name') === 'connection-details')
      .map(({ metadata, spec }) => ({
        name: at(spec, 'data', 0, 'remoteRef', 'key'),
        secretName: metadata.name,
        key: at(spec, 'data', 0, 'secretKey'),
      }));
    expect(published).toHaveLength(2);
    expect(fetched).toEqual(published);
  });

  it('are all that the ServiceAccount which fetches them may read', () => {
    const { spec } = manifestOf(hosted, 'ServiceIdentity', 'connection-details').object;
    const resources = at(spec, 'statements', 0, 'Resource') as readonly string[];
    expect(resources).toEqual(
      published.map(
        (one) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${String(at(one, 'name'))}-??????`,
      ),
    );
    expect(at(spec, 'statements', 1)).toBeUndefined();
  });

  it('are written by compositions of the environment, and by no other’s', () => {
    const kinds = (manifests: readonly Manifest[], name: string) =>
      (
        at(
          manifestOf(manifests, 'Composition', name).object,
          'spec',
          'pipeline',
          0,
          'input',
          'resources',
        ) as readonly KubernetesObject[]
      ).map((resource) => at(resource, 'base', 'apiVersion'));
    expect(kinds(hosted, 'valkey-cache-tideline-production')).toContain(
      'secretsmanager.aws.m.upbound.io/v1beta1',
    );
    expect(kinds(hub, 'valkey-cache')).not.toContain('secretsmanager.aws.m.upbound.io/v1beta1');
  });
});

describe('the closure check', () => {
  const schemas = store();
  const isOther = (manifest: Manifest) =>
    manifest.file.startsWith('dist/production/') && !CONTROL.includes(folderOf(manifest));
  const check = (manifests: readonly Manifest[]) =>
    checkDelivery(manifests, schemas, (manifest) => (isOther(manifest) ? 'production' : 'operations')).map(
      ({ code, subject }) => `${code} ${subject?.name}`,
    );
  // Policies come from files of their own.
  const POLICY = /ValidatingAdmissionPolicy/;

  it('has nothing to say', () => {
    expect(check([...hub, ...hosted])).toEqual([]);
  });

  const projects = objectsOf(hosted, 'AppProject').filter(({ metadata }) => !/-chart-/.test(metadata.name));
  const entries = projects.flatMap(({ metadata, spec }) =>
    (['clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const).flatMap((list) =>
      (at(spec, list) as readonly { group: string; kind: string }[])
        .filter(({ kind }) => !POLICY.test(kind))
        .map((entry) => [metadata.name, list, entry] as const),
    ),
  );

  it.each(entries)('refuses what %s would have to allow: %s %o', (name, list, { group, kind }) => {
    const fewer = hosted.map((manifest) => {
      const { object } = manifest;
      if (object.kind !== 'AppProject' || object.metadata.name !== name) return manifest;
      const left = (at(object.spec, list) as (typeof entries)[number][2][]).filter(
        (one) => one.group !== group || one.kind !== kind,
      );
      return { ...manifest, object: { ...object, spec: { ...(object.spec as object), [list]: left } } };
    });
    expect(check([...hub, ...fewer]).some((one) => one.startsWith('application-refused'))).toBe(true);
  });

  it('refuses what goes into the cluster before its claim', () => {
    const early = hosted.map((manifest) => {
      const { object } = manifest;
      if (object.metadata.name !== 'production-cluster') return manifest;
      const annotations = { ...object.metadata.annotations, 'argocd.argoproj.io/sync-wave': '-60' };
      return { ...manifest, object: { ...object, metadata: { ...object.metadata, annotations } } };
    });
    expect(check([...hub, ...early])).toContain('wave-too-late production-cluster');
  });
});

describe('a hub that', () => {
  const codes = (files: ReturnType<typeof hubFleet>) =>
    readFleet(files).findings.map(({ code, origin, pointer }) => `${code} ${origin?.file} ${pointer}`);

  it('is none', () => {
    const files = hubFleet().map((file) =>
      file.path.endsWith('operations.yaml')
        ? { ...file, text: file.text.replace('    hub: true\n', '') }
        : file,
    );
    expect(codes(files)).toEqual(['environment-hub-unfit environments/production.yaml /spec/hub']);
  });

  it('is not there', () => {
    const files = hubFleet(({ spec }) => {
      spec.hub = 'operation';
    });
    expect(codes(files)).toEqual(['environment-hub-unknown environments/production.yaml /spec/hub']);
  });

  it('is run by a hub itself', () => {
    const files = hubFleet(({ spec }) => {
      spec.hub = 'production';
    });
    expect(codes(files)).toEqual(['environment-hub-unfit environments/production.yaml /spec/hub']);
  });
});
