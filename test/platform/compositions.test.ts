import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#manifests/manifest.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Finding } from '#model/finding.ts';
import { granted } from '#model/identities.ts';
import { type PlatformService, platformServices } from '#platform/catalogue.ts';
import type { ComposedResource } from '#platform/composed.ts';
import type { Composition } from '#platform/composition.ts';
import { compositeCrd } from '#platform/crd.ts';
import { AUTO_READY, PATCH_AND_TRANSFORM } from '#platform/functions.ts';
import { EXTERNAL_NAME, type Patch } from '#platform/patches.ts';
import type { StructuralSchema } from '#platform/structural.ts';
import { found, manifestOf } from '../validate/composition/harbour.ts';
import { schemaAt, valueAt } from './field-path.ts';
import { expand, render } from './render.ts';
import { objections, schemaOf } from './schemas.ts';
import { environments } from './tideline.ts';

interface Case {
  readonly title: string;
  readonly service: PlatformService;
  readonly composition: Composition;
  readonly environment: Environment;
}

const cases: readonly Case[] = Object.entries(environments).flatMap(([name, environment]) =>
  platformServices.flatMap((service) =>
    service.compositions(environment).map((composition) => ({
      title: `${composition.metadata.name} in ${name}`,
      service,
      composition,
      environment,
    })),
  ),
);

const inputOf = (composition: Composition) => composition.spec.pipeline[0].input;

const patchesOf = (composition: Composition, { patches }: ComposedResource): readonly Patch[] => {
  const sets = new Map(inputOf(composition).patchSets.map((set) => [set.name, set.patches]));
  return patches.flatMap((patch) => expand(patch, sets));
};

const compositeSchema = (service: PlatformService): StructuralSchema =>
  compositeCrd(service.xrd()).spec.versions[0]?.schema.openAPIV3Schema ?? {};

const resourceSchema = ({ base }: ComposedResource) => schemaOf(base.apiVersion, base.kind);

const sourcesOf = ({ fromFieldPath, combine }: Patch): readonly string[] =>
  combine === undefined ? [fromFieldPath ?? ''] : combine.variables.map((variable) => variable.fromFieldPath);

/** A value for each field that the status declares, as if AWS had answered everything. */
function sample(schema: StructuralSchema): unknown {
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, sample(child)]),
    );
  return schema.type === 'string' ? 'sample' : {};
}

const FUNCTIONS = [PATCH_AND_TRANSFORM, AUTO_READY].map((name) => ({
  apiVersion: 'pkg.crossplane.io/v1',
  kind: 'Function',
  metadata: { name },
  spec: { package: `xpkg.crossplane.io/crossplane-contrib/${name}:v1` },
}));

/** Kinds that imports/ has no definitions of: those of ./schemas.ts stand in. */
const DEFINITIONS = ['Subnet', 'SecurityGroup', 'RouteTable'].map((to) => {
  const kind = `VPCEndpoint${to}Association`;
  const plural = `${kind.toLowerCase()}s`;
  const group = 'ec2.aws.upbound.io';
  const schema = { openAPIV3Schema: schemaOf(`${group}/v1beta1`, kind) };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: 'Cluster',
      versions: [{ name: 'v1beta1', served: true, storage: true, schema }],
    },
  };
});

/** What plimsoll finds in compositions of a service. */
function checked(service: PlatformService, compositions: readonly Composition[]): readonly Finding[] {
  const documents = [service.xrd(), ...compositions, ...FUNCTIONS, ...DEFINITIONS];
  // As they are read from a file.
  const objects: readonly KubernetesObject[] = JSON.parse(JSON.stringify(documents));
  return found(objects.map(manifestOf));
}

const composites = ({ service, composition, environment }: Case, status: object) =>
  service
    .claims(environment, granted(environment))
    .filter(({ spec }) => spec.compositionRef.name === composition.metadata.name)
    .map(({ name, spec }) => ({ metadata: { name, uid: '11111111-2222' }, spec, status }));

describe.each(cases.map((each) => ({ title: each.title, each })))('$title', ({ each }) => {
  const { composition, service } = each;
  const { resources } = inputOf(composition);
  const schema = compositeSchema(service);

  it('is sound', () => {
    expect(objections(schemaOf(composition.apiVersion, composition.kind), composition)).toEqual([]);
    // What the XRD offers, other compositions may read.
    expect(checked(service, [composition]).filter(({ code }) => !code.startsWith('xrd-'))).toEqual([]);
  });

  it('tags whatever has tags, and says what deletion does wherever it can be said', () => {
    for (const resource of resources) {
      const targets = patchesOf(composition, resource).map(({ toFieldPath }) => toFieldPath);
      const isObserved = JSON.stringify(valueAt(resource.base, 'spec.managementPolicies')) === '["Observe"]';
      expect(targets).toContain('spec.deletionPolicy');
      expect(targets).toContain('spec.providerConfigRef.name');
      if (schemaAt(resourceSchema(resource), 'spec.forProvider.tags') !== undefined && !isObserved)
        expect(targets, resource.name).toContain('spec.forProvider.tags');
    }
  });

  it('renders valid resources from every claim', () => {
    const status = sample(schema.properties?.['status'] ?? {});
    for (const composite of composites(each, status as object)) {
      const { resources: rendered, waiting } = render(composition, composite);
      expect(waiting).toEqual([]);
      for (const [name, resource] of rendered) {
        const { apiVersion, kind } = resource as ComposedResource['base'];
        const full = schemaOf(apiVersion, kind);
        expect(objections(full, resource), `${composite.metadata.name}: ${name}`).toEqual([]);
        expect(missing(full, resource), name).toEqual([]);
        expect(badJson(resource), name).toEqual([]);
      }
    }
  });

  it('creates nothing whose way is not yet clear', () => {
    for (const composite of composites(each, {})) {
      const { waiting } = render(composition, composite);
      const expected = resources.filter((resource) =>
        patchesOf(composition, resource).some(
          (patch) =>
            patch.policy?.fromFieldPath === 'Required' &&
            sourcesOf(patch).some((path) => path.startsWith('status.')),
        ),
      );
      expect(waiting).toEqual(expected.map(({ name }) => name));
    }
  });
});

describe('every field of a claim, and the rest of the XRD', () => {
  it.each(platformServices.map((service) => [service.claimKind, service] as const))(
    'of %s does something',
    (_, service) => {
      const all = Object.values(environments).flatMap((environment) => service.compositions(environment));
      expect(checked(service, all).filter(({ code }) => code.startsWith('xrd-'))).toEqual([]);
    },
  );
});

describe('names that other composites rely on', () => {
  const rendered = (kind: string) => {
    const found = cases.find(
      ({ service, title }) => service.claimKind === kind && title.endsWith('production'),
    );
    if (found === undefined) throw new Error(`no ${kind}`);
    const status = sample(compositeSchema(found.service).properties?.['status'] ?? {}) as object;
    const [composite] = composites(found, status);
    return render(found.composition, composite ?? {}).resources;
  };
  const nameIn = (kind: string, resource: string) => valueAt(rendered(kind).get(resource), 'metadata.name');

  it('are those of the subnets', () => {
    const references = valueAt(rendered('NodeGroup').get('node-group'), 'spec.forProvider.subnetIdRefs');
    expect(references).toEqual(
      ['a', 'b', 'c'].map((zone) => ({
        name: nameIn('Network', `private-${zone}`),
        policy: { resolve: 'Always' },
      })),
    );
    expect(
      valueAt(rendered('MongoDatabase').get('vpc-endpoint-subnet-b'), 'spec.forProvider.subnetIdRef.name'),
    ).toBe(nameIn('Network', 'private-b'));
  });

  it('are those of the VPC, the cluster, its nodes and the Atlas project', () => {
    const node = rendered('NodeGroup').get('node-group');
    expect(valueAt(rendered('ValkeyCache').get('security-group'), 'spec.forProvider.vpcIdRef.name')).toBe(
      nameIn('Network', 'vpc'),
    );
    expect(valueAt(node, 'spec.forProvider.clusterNameRef.name')).toBe(
      nameIn('KubernetesCluster', 'cluster'),
    );
    expect(valueAt(node, 'spec.forProvider.nodeRoleArnRef.name')).toBe(
      nameIn('KubernetesCluster', 'node-role'),
    );
    expect(valueAt(rendered('MongoUser').get('user'), 'spec.forProvider.projectIdRef.name')).toBe(
      nameIn('MongoDatabase', 'project'),
    );
  });

  it('are those that AWS knows the cluster and the role by', () => {
    const name = valueAt(rendered('KubernetesCluster').get('cluster'), EXTERNAL_NAME);
    expect(valueAt(rendered('ServiceIdentity').get('cluster'), EXTERNAL_NAME)).toBe(name);
    expect(valueAt(rendered('ServiceIdentity').get('role'), EXTERNAL_NAME)).toBe(
      'tideline-production-aws-load-balancer-controller',
    );
  });
});

/** The providers' CEL rules: `spec.forProvider.x is a required parameter`, unless the resource is only observed. */
function missing(schema: StructuralSchema, resource: unknown): readonly string[] {
  const policies = valueAt(resource, 'spec.managementPolicies');
  if (Array.isArray(policies) && !policies.includes('Create')) return [];
  const rules = schema.properties?.['spec']?.['x-kubernetes-validations'];
  return (Array.isArray(rules) ? rules : []).flatMap((rule: { readonly message: string }) => {
    const path = /^(spec\.forProvider\.\S+) is a required parameter$/.exec(rule.message)?.[1];
    return path !== undefined && valueAt(resource, path) === undefined ? [path] : [];
  });
}

/** Texts that AWS reads as JSON must be JSON. */
function badJson(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      JSON.parse(value);
      return [];
    } catch {
      return [`${path}: ${value}`];
    }
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => badJson(child, `${path}/${key}`))
    : [];
}
