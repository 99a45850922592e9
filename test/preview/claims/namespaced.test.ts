import { describe, expect, it } from 'vitest';
import { isAccepted } from '#cli/accepted.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { managedApi, namespacedManaged } from '#platform/namespaced/managed.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { type SchemaStore, withCrds } from '#validate/schema/store.ts';
import { validate } from '#validate/validate.ts';
import { renderings } from '../../charts/namespaced.ts';
import { at } from '../../charts/tideline.ts';
import { store } from '../../validate/schemas.ts';

/** Which way one goes first, rendering or moving to namespaces, makes no difference. */

const ACCOUNT = '111122223333';

const preview = (manifests: readonly Manifest[], schemas: SchemaStore) => {
  const { value = [], findings } = previewClaims(manifests, {
    store: schemas,
    account: ACCOUNT,
    blameBase: 'claim',
  });
  expect(findings).toEqual([]);
  return value;
};

const resourcesOf = ({ resources }: PreviewedClaim) =>
  new Map(resources.map(({ entry, manifest }) => [entry, manifest.object]));

/** What must be alike: all but what follows from the composite's own name and uid. */
function comparable({ metadata, status, ...object }: KubernetesObject): unknown {
  const { labels, annotations = {} } = metadata;
  const own = Object.entries(labels ?? {}).filter(([label]) => !label.startsWith('crossplane.io/'));
  return JSON.parse(
    JSON.stringify({ ...object, labels: Object.fromEntries(own), annotations })
      // Names of connection secrets begin with the composite's uid.
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-valkey/g, 'uid-valkey'),
  );
}

describe.each(renderings)('what $name becomes', ({ name, claims, namespaced, environment }) => {
  const schemas = store(environment.spec.cluster.kubernetesVersion);
  const known = withCrds(schemas, crdsIn(namespaced, schemas, crdsOfXrd).crds);
  const before = preview(claims, schemas);
  const after = preview(namespaced, known);

  it('is the same resources of the same claims', () => {
    expect(after.map(({ claim }) => claim.file)).toEqual(before.map(({ claim }) => claim.file));
    after.forEach(({ resources }, index) => {
      const names = resources
        .map(({ entry }) => entry)
        .filter((entry) => !entry.endsWith('-connection-secret'));
      expect(names).toEqual(before[index]?.resources.map(({ entry }) => entry));
    });
  });

  it('lives in the namespace of its composite, and belongs to it', () => {
    for (const { composite, resources } of after) {
      for (const { manifest } of resources) {
        expect(manifest.object.metadata.namespace).toBe(composite.metadata.namespace);
        expect(at(manifest.object.metadata, 'ownerReferences', 0)).toMatchObject({
          kind: composite.kind,
          name: composite.metadata.name,
          controller: true,
        });
      }
    }
  });

  it('is what each resource would be, moved to its namespace', () => {
    after.forEach((claim, index) => {
      const others = resourcesOf(before[index] ?? expect.fail());
      for (const [entry, object] of resourcesOf(claim)) {
        const other = others.get(entry);
        if (other === undefined) continue;
        const api = managedApi(other) ?? expect.fail(`${other.apiVersion} ${other.kind}`);
        const moved = namespacedManaged(other, api, true) as KubernetesObject;
        // A list of policies outweighs the word, and the composition says both.
        const own = at(other, 'spec', 'managementPolicies');
        const spec = { ...Object(moved['spec']), ...(own === undefined ? {} : { managementPolicies: own }) };
        expect(comparable(object)).toEqual(comparable({ ...moved, spec }));
      }
    });
  });

  it('writes each connection secret that a service reads, under the same name', () => {
    for (const { composite, resources } of after) {
      const wanted = at(composite, 'spec', 'writeConnectionSecretToRef', 'name');
      const secrets = resources.filter(({ manifest }) => manifest.object.kind === 'Secret');
      const names = secrets.map(({ manifest }) => manifest.object.metadata.name);
      // Details of a cache come from its provider, who writes nothing here.
      expect(names).toEqual(wanted === undefined || composite.kind === 'ValkeyCache' ? [] : [wanted]);
    }
  });

  it('is valid, every resource that has a schema', () => {
    const manifests = after.flatMap(({ resources }) => resources.map(({ manifest }) => manifest));
    const outcomes = validate(manifests, { store: known, checks: ['schema', 'cel'], crdsOfXrd });
    // Of the associations of VPC endpoints, imports/ has no definition, in either group.
    const found = outcomes.flatMap(({ findings }) => findings).filter((finding) => !isAccepted(finding));
    expect(found).toEqual([]);
  });

  it('fits together with all the rest', () => {
    const manifests = [
      ...namespaced,
      ...after.flatMap(({ resources }) => resources.map(({ manifest }) => manifest)),
    ];
    const graph = (all: readonly Manifest[]) =>
      validate(all, { store: known, checks: ['graph'], crdsOfXrd })
        .flatMap(({ findings }) => findings)
        .filter(({ severity }) => severity === 'error');
    expect(graph(manifests)).toEqual([]);
    // Who asks for a key that no Composition writes is told, whatever the composed Secret holds by now.
    const asking = manifests.filter(({ object }) =>
      JSON.stringify(object).includes('"key":"connectionStringPrivateSrv"'),
    );
    const wrong = manifests.map((manifest) =>
      asking.includes(manifest)
        ? {
            ...manifest,
            object: JSON.parse(
              JSON.stringify(manifest.object).replaceAll(
                '"key":"connectionStringPrivateSrv"',
                '"key":"tide"',
              ),
            ),
          }
        : manifest,
    );
    const told = graph(wrong).filter(({ code }) => code === 'reference-key-missing');
    expect(told.length).toBe(asking.length);
    if (environment.spec.databases !== undefined && name.startsWith('tideline'))
      expect(asking.length).toBeGreaterThan(0);
  });
});
