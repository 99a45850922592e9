import { describe, expect, it } from 'vitest';
import { apiObjects, buildApp } from '#charts/app.ts';
import { isAccepted } from '#cli/accepted.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { projects } from '#model/projects.ts';
import { releases } from '#model/releases.ts';
import { platformServices } from '#platform/catalogue.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { validate } from '#validate/validate.ts';
import { store } from '../validate/schemas.ts';
import { renderings } from './namespaced.ts';
import { at, objectsOf } from './tideline.ts';

const MOVED = new Set([
  'apiextensions.crossplane.io',
  'aws.upbound.io',
  'kubernetes.crossplane.io',
  'mongodbatlas.crossplane.io',
  'platform.plimsoll.dev',
]);

const groupOf = ({ object }: Manifest) => object.apiVersion.split('/')[0] ?? '';
const isMoved = (manifest: Manifest) => MOVED.has(groupOf(manifest));
const objects = (manifests: readonly Manifest[]) => manifests.map(({ object }) => object);

describe.each(renderings)('$name with namespaced composites', ({ environment, claims, namespaced }) => {
  const of = (kind: string) => objectsOf(namespaced, kind);

  it('has the same documents in the same folders, but for those of Crossplane', () => {
    expect(namespaced.length).toBe(claims.length);
    claims.forEach((before, index) => {
      const after = namespaced[index] ?? expect.fail();
      if (isMoved(before)) expect(after.object).not.toEqual(before.object);
      else if (before.object.kind !== 'AppProject') expect(after.object).toEqual(before.object);
      const folder = ({ file }: Manifest) => file.split('/').slice(0, 2);
      expect(folder(after)).toEqual(folder(before));
    });
  });

  it('keeps kind, namespace, name, annotations and fields of every claim, and the lines to blame', () => {
    const asked = claims.filter((manifest) => groupOf(manifest) === 'platform.plimsoll.dev');
    expect(asked.length).toBeGreaterThan(0);
    for (const before of asked) {
      const after = namespaced.find(({ file }) => file === before.file) ?? expect.fail(before.file);
      expect(after.object.metadata).toEqual(before.object.metadata);
      const { compositionRef, ...fields } = Object(before.object['spec']);
      expect(after.object['spec']).toEqual({ ...fields, crossplane: { compositionRef } });
      for (const field of Object.keys(fields)) {
        expect(after.locate(`/spec/${field}`)).toEqual(before.locate(`/spec/${field}`));
      }
    }
  });

  it('defines the kinds of the claims, in namespaces, for Crossplane 2 alone', () => {
    const definitions = of('CompositeResourceDefinition');
    expect(definitions.map(({ apiVersion }) => apiVersion)).toEqual(
      definitions.map(() => 'apiextensions.crossplane.io/v2'),
    );
    expect(definitions.map((definition) => at(definition, 'spec', 'names', 'kind'))).toEqual(
      platformServices.map(({ claimKind }) => claimKind),
    );
    const crds = definitions.flatMap((definition) => crdsOfXrd(definition));
    expect(crds.map(({ spec }) => spec.scope)).toEqual(definitions.map(() => 'Namespaced'));
    expect(crds.map(({ metadata }) => metadata.name)).toEqual(
      definitions.map(({ metadata }) => metadata.name),
    );
  });

  it('composes what its definitions define', () => {
    const kinds = new Set(of('CompositeResourceDefinition').map((one) => at(one, 'spec', 'names', 'kind')));
    for (const composition of of('Composition')) {
      expect(kinds).toContain(at(composition, 'spec', 'compositeTypeRef', 'kind'));
      // No cluster-scoped managed resource is left.
      expect(JSON.stringify(composition)).not.toMatch(
        /"apiVersion":"([a-z0-9]+\.)?(aws\.upbound|mongodbatlas\.crossplane|kubernetes\.crossplane)\.io/,
      );
      expect(JSON.stringify(composition)).not.toContain(
        '"spec.deletionPolicy","toFieldPath":"spec.deletionPolicy"',
      );
    }
  });

  it('lets Argo CD apply every kind without a namespace that the platform has', () => {
    const [platform] = projects(environment);
    const allowed = new Set(platform?.clusterKinds.map(({ group, kind }) => `${kind}.${group}`));
    const applied = namespaced
      .filter(({ file, object }) => !file.includes('/service-') && object.metadata.namespace === undefined)
      .map(({ object }) => {
        const [group = '', version] = object.apiVersion.split('/');
        return `${object.kind}.${version === undefined ? '' : group}`;
      });
    expect(applied.filter((kind) => !allowed.has(kind))).toEqual([]);
    expect([...allowed].filter((kind) => kind.startsWith('ProviderConfig.'))).toEqual([]);
  });

  it('waits for composites as it waits for claims', () => {
    const settings = at(of('ConfigMap')[0], 'data', 'resource.customizations');
    expect(settings).toContain('"platform.plimsoll.dev/*":');
  });

  it('runs on a Crossplane that knows them', () => {
    const crossplane = releases(environment).find(({ name }) => name === 'crossplane');
    expect(Number(crossplane?.version.split('.')[0])).toBeGreaterThanOrEqual(2);
  });

  it('gives what the constructs of a cdk8s app give', () => {
    const constructs = apiObjects(buildApp([environment])).map((construct) => construct.toJson());
    expect(objects(namespaced)).toEqual(constructs);
  });

  it('is valid, every document by its schema and its rules', () => {
    const schemas = store(environment.spec.cluster.kubernetesVersion);
    const outcomes = validate(namespaced, {
      store: schemas,
      checks: ['schema', 'cel', 'composition', 'graph'],
      crdsOfXrd,
    });
    const found = outcomes
      .flatMap(({ findings }) => findings)
      .filter((finding) => finding.severity === 'error' && !isAccepted(finding));
    expect(found).toEqual([]);
    const known = withCrds(schemas, crdsIn(namespaced, schemas, crdsOfXrd).crds);
    expect(
      objects(namespaced).filter(({ apiVersion, kind }) => known.find(apiVersion, kind) === undefined),
    ).toEqual([]);
  });
});
