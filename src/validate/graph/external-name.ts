import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { findingAt } from '../finding.ts';
import { type JsonSchema, schemaOf, textOf, textsOf } from '../schema/jsonSchema.ts';

/**
 * Each thing in AWS or Atlas once: two managed resources with the same external name are two objects to Kubernetes and
 * one to AWS, and their controllers fight over it.
 *
 * Input: manifests that go to one cluster. Guarantees: pure; resources that only observe are left out; of kinds whose
 * names are not their own (parts of another thing, or named by AWS) nothing is said.
 */
export function checkExternalNames(manifests: readonly Manifest[]): readonly Finding[] {
  const first = new Map<string, Manifest>();
  const findings: Finding[] = [];
  for (const manifest of manifests) {
    const thing = thingOf(manifest.object);
    if (thing === undefined) continue;
    const other = first.get(thing.key);
    if (other === undefined) first.set(thing.key, manifest);
    else findings.push(taken(manifest, thing, other));
  }
  return findings;
}

interface Thing {
  readonly key: string;
  readonly name: string;
  /** Where the name is written. */
  readonly pointer: string;
}

/**
 * Within what a name is unique: everywhere, or in an account, or in a region of it. Kinds whose external name is their
 * own, as the providers configure them: https://github.com/crossplane-contrib/provider-upjet-aws/blob/main/config/externalname.go
 */
const SCOPES: ReadonlyMap<string, 'world' | 'account' | 'region'> = new Map([
  ['Bucket.s3.aws.upbound.io', 'world'],
  ['Role.iam.aws.upbound.io', 'account'],
  ['Policy.iam.aws.upbound.io', 'account'],
  ['Cluster.eks.aws.upbound.io', 'region'],
  ['Queue.sqs.aws.upbound.io', 'region'],
  ['ReplicationGroup.elasticache.aws.upbound.io', 'region'],
  ['ServerlessCache.elasticache.aws.upbound.io', 'region'],
  ['SubnetGroup.elasticache.aws.upbound.io', 'region'],
  ['ParameterGroup.elasticache.aws.upbound.io', 'region'],
  ['User.elasticache.aws.upbound.io', 'region'],
  ['UserGroup.elasticache.aws.upbound.io', 'region'],
  ['Group.cloudwatchlogs.aws.upbound.io', 'region'],
  ['MetricAlarm.cloudwatch.aws.upbound.io', 'region'],
  ['Alias.kms.aws.upbound.io', 'region'],
  ['Project.mongodbatlas.crossplane.io', 'account'],
]);

/** Kinds whose external name AWS or Atlas gives: what one chooses is a field. */
const NAMED_BY_FIELD: ReadonlySet<string> = new Set([
  'Queue.sqs.aws.upbound.io',
  'Project.mongodbatlas.crossplane.io',
]);

const EXTERNAL_NAME = 'crossplane.io/external-name';

function thingOf(object: KubernetesObject): Thing | undefined {
  // Namespaced kinds are the same things.
  const kind = `${object.kind}.${groupOf(object.apiVersion).replace(/\.m\.(upbound|crossplane)\.io$/, '.$1.io')}`;
  const scope = SCOPES.get(kind);
  if (scope === undefined) return undefined;
  const spec = schemaOf(object, 'spec') ?? {};
  const forProvider = schemaOf(spec, 'forProvider') ?? {};
  if (isOnlyObserved(spec)) return undefined;
  const isField = NAMED_BY_FIELD.has(kind);
  const name = isField
    ? textOf(forProvider, 'name')
    : textOf(object.metadata.annotations ?? {}, EXTERNAL_NAME);
  if (name === undefined || name === '') return undefined;
  const config = textOf(schemaOf(spec, 'providerConfigRef') ?? {}, 'name') ?? 'default';
  const region = textOf(forProvider, 'region') ?? '';
  const place = scope === 'world' ? [] : scope === 'account' ? [config] : [config, region];
  const pointer = isField ? '/spec/forProvider/name' : '/metadata/annotations/crossplane.io~1external-name';
  return { key: JSON.stringify([kind, name, ...place]), name, pointer };
}

/** https://docs.crossplane.io/latest/managed-resources/managed-resources/#managementpolicies */
function isOnlyObserved(spec: JsonSchema): boolean {
  const policies = textsOf(spec, 'managementPolicies');
  return policies.length > 0 && policies.every((policy) => policy === 'Observe');
}

function taken(manifest: Manifest, { name, pointer }: Thing, other: Manifest): Finding {
  const origin = other.locate(pointer);
  const place = origin === undefined ? other.file : `${origin.file}:${origin.line}:${origin.column}`;
  const { kind } = manifest.object;
  const args = { kind, name, other: place };
  return findingAt(manifest, { code: 'manifest-duplicate-external-name', severity: 'error', args }, pointer);
}
