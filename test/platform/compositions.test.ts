import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { granted } from '#model/identities.ts';
import { type PlatformService, platformServices } from '#platform/catalogue.ts';
import type { ComposedResource } from '#platform/composed.ts';
import type { Composition } from '#platform/composition.ts';
import { compositeCrd } from '#platform/crd.ts';
import { EXTERNAL_NAME, type Patch } from '#platform/patches.ts';
import type { StructuralSchema } from '#platform/structural.ts';
import { schemaAt, segments, valueAt } from './field-path.ts';
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

/** Metadata is the API server's; its fields that patches may touch are few. */
const isMetadata = (path: string) =>
  /^metadata\.(name|uid|annotations\[[a-z.]+\/[a-z-]+\]|labels\[[a-z.]+\/[a-z-]+\])$/.test(path);

/** A value for each field that the status declares, as if AWS had answered everything. */
function sample(schema: StructuralSchema): unknown {
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, sample(child)]),
    );
  return schema.type === 'string' ? 'sample' : {};
}

const composites = ({ service, composition, environment }: Case, status: object) =>
  service
    .claims(environment, granted(environment))
    .filter(({ spec }) => spec.compositionRef.name === composition.metadata.name)
    .map(({ name, spec }) => ({ metadata: { name, uid: '11111111-2222' }, spec, status }));

describe.each(cases.map((each) => ({ title: each.title, each })))('$title', ({ each }) => {
  const { composition, service } = each;
  const { resources, patchSets } = inputOf(composition);
  const schema = compositeSchema(service);

  it('is a Composition whose input the function understands', () => {
    expect(objections(schemaOf(composition.apiVersion, composition.kind), composition)).toEqual([]);
    expect(objections(schemaOf('pt.fn.crossplane.io/v1beta1', 'Resources'), inputOf(composition))).toEqual(
      [],
    );
  });

  it('is meant for the composite of its XRD', () => {
    const { group, names, versions } = service.xrd().spec;
    expect(composition.spec.compositeTypeRef).toEqual({
      apiVersion: `${group}/${versions[0]?.name}`,
      kind: names.kind,
    });
  });

  it('names each resource once', () => {
    const names = resources.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('carries no patch set that nothing uses', () => {
    const used = resources.flatMap(({ patches }) => patches.map(({ patchSetName }) => patchSetName));
    expect(patchSets.filter(({ name }) => !used.includes(name))).toEqual([]);
  });

  it.each(resources.map((resource) => [resource.name, resource] as const))(
    '%s has a valid base',
    (_, resource) => {
      const wrong = objections(resourceSchema(resource), resource.base);
      // What patches bring is missing as yet.
      expect(wrong.filter((objection) => !objection.includes('must have required property'))).toEqual([]);
    },
  );

  it('reads only fields that the composite has', () => {
    const unknown = resources.flatMap((resource) =>
      patchesOf(composition, resource)
        .filter(({ type }) => type !== 'ToCompositeFieldPath')
        .flatMap(sourcesOf)
        .filter((path) => !isMetadata(path) && schemaAt(schema, path) === undefined)
        .map((path) => `${resource.name}: ${path}`),
    );
    expect(unknown).toEqual([]);
  });

  it('writes only fields that the resource has', () => {
    const unknown = resources.flatMap((resource) =>
      patchesOf(composition, resource)
        .filter(({ type }) => type !== 'ToCompositeFieldPath')
        .map(({ toFieldPath = '' }) => toFieldPath)
        .filter((path) => !isMetadata(path) && schemaAt(resourceSchema(resource), path) === undefined)
        .map((path) => `${resource.name}: ${path}`),
    );
    expect(unknown).toEqual([]);
  });

  it('reports from fields that the resource has, into fields that the status has', () => {
    const reports = resources.flatMap((resource) =>
      patchesOf(composition, resource)
        .filter(({ type }) => type === 'ToCompositeFieldPath')
        .map((patch) => ({ resource, patch })),
    );
    for (const { resource, patch } of reports) {
      const { fromFieldPath = '', toFieldPath = '' } = patch;
      expect(fromFieldPath.startsWith('status.atProvider.')).toBe(true);
      expect(toFieldPath.startsWith('status.')).toBe(true);
      expect(schemaAt(resourceSchema(resource), fromFieldPath), fromFieldPath).toBeDefined();
      expect(schemaAt(schema, toFieldPath), toFieldPath).toBeDefined();
    }
  });

  it('reads from the status only what it reports there, and holds the resource back until then', () => {
    const reported = resources.flatMap((resource) =>
      patchesOf(composition, resource).flatMap(({ type, toFieldPath }) =>
        type === 'ToCompositeFieldPath' && toFieldPath !== undefined ? [toFieldPath] : [],
      ),
    );
    const late = resources.flatMap((resource) =>
      patchesOf(composition, resource)
        .filter(({ type }) => type !== 'ToCompositeFieldPath')
        .filter((patch) => sourcesOf(patch).some((path) => path.startsWith('status.'))),
    );
    for (const patch of late) {
      expect(patch.policy?.fromFieldPath).toBe('Required');
      expect(reported).toEqual(
        expect.arrayContaining(sourcesOf(patch).filter((path) => path.startsWith('status.'))),
      );
    }
  });

  it('selects exactly one resource of the same composite', () => {
    for (const { name, base } of resources)
      for (const [field, selector] of Object.entries(valueAt(base, 'spec.forProvider') ?? {})) {
        if (!field.endsWith('Selector')) continue;
        expect(selector).toMatchObject({ matchControllerRef: true });
        const kinds = targetKinds(base.kind, field);
        const matches = resources.filter((candidate) => isSelected(candidate, kinds, selector));
        expect(matches.length, `${name}: ${field} ${JSON.stringify(selector)}`).toBe(1);
      }
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

  it('publishes only keys that the XRD lets through, from secrets that are written', () => {
    const details = resources.flatMap(({ connectionDetails = [] }) => connectionDetails);
    const { connectionSecretKeys = [] } = service.xrd().spec;
    expect(details.map(({ name }) => name).sort()).toEqual([...connectionSecretKeys].sort());
    expect(composition.spec.writeConnectionSecretsToNamespace).toBe(
      connectionSecretKeys.length === 0 ? undefined : 'crossplane-system',
    );
    for (const { base, patches, connectionDetails = [] } of resources) {
      if (!connectionDetails.some(({ type }) => type === 'FromConnectionSecretKey')) continue;
      expect(valueAt(base, 'spec.writeConnectionSecretToRef.namespace')).toBe('crossplane-system');
      expect(patches.map(({ toFieldPath }) => toFieldPath)).toContain('spec.writeConnectionSecretToRef.name');
    }
    for (const resource of resources)
      for (const { fromFieldPath } of resource.connectionDetails ?? [])
        if (fromFieldPath !== undefined)
          expect(schemaAt(resourceSchema(resource), fromFieldPath), fromFieldPath).toBeDefined();
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

describe('every field of a claim', () => {
  /** Fields that choose the composition or its shape instead of being copied. */
  const SHAPES = [
    'Network.natGateways',
    'MongoDatabase.zones',
    'KubernetesCluster.administrators',
    'KubernetesCluster.addons',
  ];

  it.each(platformServices.map((service) => [service.claimKind, service] as const))(
    'of %s does something',
    (kind, service) => {
      const read = Object.values(environments)
        .flatMap((environment) => service.compositions(environment))
        .flatMap((composition) =>
          inputOf(composition).resources.flatMap((resource) =>
            patchesOf(composition, resource).flatMap(sourcesOf),
          ),
        )
        .flatMap((path) => (path.startsWith('spec.') ? [segments(path)[1]] : []));
      const unused = Object.keys(service.definition.spec.properties).filter(
        (field) => !read.includes(field) && !SHAPES.includes(`${kind}.${field}`),
      );
      expect(unused).toEqual([]);
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
      ['a', 'b', 'c'].map((zone) => ({ name: nameIn('Network', `private-${zone}`) })),
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

/** What a selector looks for, by the field that it fills. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  vpcId: ['VPC'],
  allocationId: ['EIP'],
  subnetId: ['Subnet'],
  routeTableId: ['RouteTable'],
  gatewayId: ['InternetGateway'],
  natGatewayId: ['NATGateway'],
  vpcEndpointId: ['VPCEndpoint'],
  securityGroupId: ['SecurityGroup'],
  roleArn: ['Role'],
  serviceAccountRoleArn: ['Role'],
  role: ['Role'],
  clusterName: ['Cluster', 'AdvancedCluster'],
  principalArn: ['AccessEntry'],
  queueUrl: ['Queue'],
  bucket: ['Bucket'],
  subnetGroupName: ['SubnetGroup'],
  projectId: ['Project'],
  privateLinkId: ['Resource'],
};

function targetKinds(kind: string, field: string): readonly string[] {
  const kinds = TARGETS[field.replace(/Selector$/, '')];
  if (kinds === undefined) throw new Error(`${kind}.${field}: say what it selects`);
  return kinds;
}

function isSelected({ base }: ComposedResource, kinds: readonly string[], selector: unknown): boolean {
  const wanted = Object.entries(valueAt(selector, 'matchLabels') ?? {});
  const labels = valueAt(base, 'metadata.labels') ?? {};
  return kinds.includes(base.kind) && wanted.every(([key, value]) => Reflect.get(labels, key) === value);
}

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
