import fs from 'node:fs';
import { raw } from 'jq-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { isAccepted } from '#cli/accepted.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { previewClaims } from '#preview/claims/preview.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { validate } from '#validate/validate.ts';
import { renderings } from '../../charts/namespaced.ts';
import { at } from '../../charts/tideline.ts';
import { store } from '../../validate/schemas.ts';

/**
 * docs/how-to/move-to-crossplane-v2.jq, given what a cluster with claims holds (as the preview knows it): what it writes is
 * valid, leaves nothing behind, and only watches.
 */
const PROGRAM = 'docs/how-to/move-to-crossplane-v2.jq';

const jq = async (part: 'managed' | 'composites', items: readonly object[]): Promise<readonly Manifest[]> => {
  const list = { apiVersion: 'v1', kind: 'List', items };
  const text = await raw(list, fs.readFileSync(PROGRAM, 'utf8'), ['--arg', 'part', part]);
  return readManifestText(text, `${part}.json`).manifests;
};

const EXTERNAL_NAME = 'crossplane.io/external-name';

/** As the provider leaves it behind. */
const named = (object: KubernetesObject, index: number): KubernetesObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: { [EXTERNAL_NAME]: `id-${index}`, ...object.metadata.annotations },
  },
});

// A few claims of one environment: jq as WebAssembly takes many seconds for what the program does at once.
const MOVED = ['MessageQueue', 'MongoUser', 'ServiceIdentity', 'ValkeyCache'];
const cases = renderings.slice(0, 1).map(({ name, claims, namespaced, environment }) => {
  const base = store(environment.spec.cluster.kubernetesVersion);
  const schemas = withCrds(base, crdsIn(namespaced, base, crdsOfXrd).crds);
  const { value: all = [] } = previewClaims(claims, {
    store: base,
    account: '111122223333',
    blameBase: 'claim',
  });
  const value = all.filter(({ claim }) => MOVED.includes(claim.object.kind));
  const before = value
    .flatMap(({ resources }) => resources.map(({ manifest }) => manifest.object))
    .map(named);
  const asked = value.map(({ claim }) => claim.object);
  const kinds = new Set(asked.map(({ kind }) => kind));
  const wanted = namespaced.map(({ object }) => object).filter(({ kind }) => kinds.has(kind));
  return { name, schemas, before, asked, wanted };
});

const found = (manifests: readonly Manifest[], schemas: (typeof cases)[number]['schemas']) =>
  validate(manifests, { store: schemas, checks: ['schema', 'cel'], crdsOfXrd })
    .flatMap(({ findings }) => findings)
    .filter((finding) => !isAccepted(finding));

describe.each(cases)('moving $name', ({ schemas, before, asked, wanted }) => {
  let managed: readonly Manifest[] = [];
  let composites: readonly Manifest[] = [];
  beforeAll(async () => {
    managed = await jq('managed', [...asked, ...before]);
    composites = await jq('composites', [...asked, ...before]);
  }, 120_000);

  it('leaves no managed resource behind, and lets none do more than watch', () => {
    expect(managed.map(({ object }) => [object.kind, object.metadata.name])).toEqual(
      before.map(({ kind, metadata }) => [kind, metadata.name]),
    );
    managed.forEach(({ object }, index) => {
      const { annotations = {}, ownerReferences } = object.metadata;
      expect(annotations[EXTERNAL_NAME]).toBe(before[index]?.metadata.annotations?.[EXTERNAL_NAME]);
      expect(annotations['crossplane.io/composition-resource-name']).toBeDefined();
      expect(ownerReferences).toBeUndefined();
      expect(at(object, 'spec', 'managementPolicies')).toEqual(['Observe']);
      expect(at(object, 'spec', 'forProvider')).toEqual(at(before[index], 'spec', 'forProvider'));
    });
  });

  it('gives each to one composite', () => {
    const refs = composites.flatMap(({ object }) => {
      const own = at(object, 'spec', 'crossplane', 'resourceRefs');
      return (Array.isArray(own) ? own : []).map((ref) =>
        JSON.stringify([ref.apiVersion, ref.kind, ref.name]),
      );
    });
    expect([...refs].sort()).toEqual(
      managed
        .map(({ object }) => JSON.stringify([object.apiVersion, object.kind, object.metadata.name]))
        .sort(),
    );
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('makes the composites that the environment has', () => {
    const own = ({ apiVersion, kind, metadata, spec }: KubernetesObject) => {
      const { crossplane, ...fields } = Object(spec);
      return { apiVersion, kind, metadata, ...fields, compositionRef: crossplane.compositionRef };
    };
    const sorted = (objects: readonly KubernetesObject[]) =>
      objects
        .map(own)
        .sort((a, b) =>
          JSON.stringify([a.kind, a.metadata.name]) < JSON.stringify([b.kind, b.metadata.name]) ? -1 : 1,
        );
    expect(sorted(composites.map(({ object }) => object))).toEqual(sorted(wanted));
  });

  it('writes nothing that the cluster would refuse', () => {
    expect(found(managed, schemas)).toEqual([]);
    expect(found(composites, schemas)).toEqual([]);
  });
});
