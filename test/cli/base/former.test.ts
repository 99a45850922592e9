import { describe, expect, it } from 'vitest';
import { formerOf } from '#cli/base/former.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { PreviewedClaim } from '#preview/claims/preview.ts';

const manifest = (name: string, file: string, data = '1', version = 'v1'): Manifest => ({
  object: {
    apiVersion: version,
    kind: 'ConfigMap',
    metadata: { name, namespace: 'harbour' },
    data: { count: data },
  },
  file,
  locate: () => undefined,
});

const claimed = (claim: Manifest, entries: Readonly<Record<string, string>>): PreviewedClaim => ({
  claim,
  composition: claim,
  composite: claim.object,
  resources: Object.entries(entries).map(([entry, name]) => ({
    entry,
    manifest: manifest(name, `${claim.file}/${entry}`),
    late: [],
  })),
});

const none = () => [];

describe('what was there before', () => {
  it('is known by identity, whatever file it lies in now', () => {
    const berths = manifest('berths', 'production/new/berths.yaml', '2');
    const { previous, deleted, counts } = formerOf(
      { manifests: [berths], claims: [] },
      [manifest('berths', 'production/old/berths.yaml'), manifest('cranes', 'production/old/cranes.yaml')],
      none,
    );
    expect(previous(berths)).toMatchObject({ data: { count: '1' } });
    expect(deleted.map(({ object }) => object.metadata.name)).toEqual(['cranes']);
    expect(counts).toEqual({ added: 0, changed: 1, removed: 1 });
  });

  it('is that of its own cluster', () => {
    const berths = manifest('berths', 'staging/berths.yaml');
    const clusterOf = ({ file }: Manifest) => file.split('/')[0] ?? '';
    const former = [manifest('berths', 'production/berths.yaml', '7')];
    const { previous, deleted } = formerOf({ manifests: [berths], claims: [] }, former, none, clusterOf);
    expect(previous(berths)).toBeUndefined();
    expect(deleted).toEqual(former);
  });

  it('holds what came of claims, by the name in the composition', () => {
    const claim = manifest('bookings', 'production/bookings.yaml', '2');
    const now = claimed(claim, { bucket: 'bookings-b', key: 'bookings-k' });
    const before = claimed(manifest('bookings', 'production/bookings.yaml'), {
      bucket: 'bookings-a',
      queue: 'bookings-q',
    });
    const { previous, deleted, claims } = formerOf(
      { manifests: [claim], claims: [now] },
      [before.claim],
      () => [before],
    );
    const [bucket, key] = now.resources;
    const nameOf = (object: unknown) => (object as KubernetesObject | undefined)?.metadata.name;
    expect(bucket && nameOf(previous(bucket.manifest))).toBe('bookings-a');
    expect(key && previous(key.manifest)).toBeUndefined();
    expect(deleted.map(({ object }) => object.metadata.name)).toEqual(['bookings-q']);
    expect(claims).toEqual([before]);
  });

  it('is not previewed where nothing changed', () => {
    const claim = manifest('bookings', 'production/bookings.yaml');
    const now = claimed(claim, { bucket: 'bookings-b' });
    const { previous, deleted, counts } = formerOf({ manifests: [claim], claims: [now] }, [claim], () => {
      throw new Error('previewed for nothing');
    });
    const [bucket] = now.resources;
    expect(bucket && previous(bucket.manifest)).toBe(bucket?.manifest.object);
    expect(deleted).toEqual([]);
    expect(counts).toEqual({ added: 0, changed: 0, removed: 0 });
  });
});
