import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { findingAt } from '../finding.ts';
import type { KindSchema } from '../schema/store.ts';
import { hasForm } from './forms.ts';
import { fixedName, isPrefix, longestName, nameFormOf } from './name-rules.ts';
import { metadataProblems } from './problems.ts';

/**
 * What the API server asks of every object's metadata, beyond its schema.
 *
 * Input: a manifest whose kind is known. Output: findings with pointer and place. Guarantees: pure; values of the
 * wrong type are passed over (the schema speaks of them); cost is linear in the metadata.
 * https://github.com/kubernetes/apimachinery/blob/v0.34.4/pkg/api/validation/objectmeta.go
 */
export function checkMetadata(manifest: Manifest, kind: KindSchema): readonly Finding[] {
  const { metadata } = manifest.object;
  const problems = [
    ...nameProblems(manifest, kind),
    ...metadataProblems(metadata, isLenient(kind)),
    ...serverProblems(metadata, kind),
  ];
  return problems.map((problem) => findingAt(manifest, problem, `/metadata${problem.pointer ?? ''}`));
}

type Fields = Readonly<Record<string, unknown>>;

/** Built-in groups that take finalizers without a domain. */
const LENIENT: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'coordination.k8s.io',
  'policy',
]);

const isLenient = ({ family, apiVersion }: KindSchema) =>
  family === 'custom' || LENIENT.has(groupOf(apiVersion));

function nameProblems({ object }: Manifest, kind: KindSchema): readonly Finding[] {
  const { name, namespace, generateName } = object.metadata;
  const problems: Finding[] = [];
  const form = nameFormOf(object.apiVersion, object.kind);
  const refuse = (field: 'name' | 'generateName' | 'namespace', found: string, as = form) =>
    problems.push({
      code: 'metadata-name',
      severity: 'error',
      pointer: pointerTo(field),
      args: { field, kind: object.kind, found, form: as },
    });
  if (!hasForm(form, name)) refuse('name', name);
  else problems.push(...moreOfName(object, name));
  const expected = fixedName(object);
  if (expected !== undefined && expected !== name) {
    const args = { kind: object.kind, found: name, expected };
    problems.push({ code: 'metadata-name-other', severity: 'error', pointer: '/name', args });
  }
  if (typeof generateName === 'string' && generateName !== '' && !isPrefix(form, generateName))
    refuse('generateName', generateName);
  if (kind.scope === 'Namespaced' && namespace !== undefined && namespace !== '') {
    if (!hasForm('label', namespace)) refuse('namespace', namespace, 'label');
  }
  return problems;
}

const SYSTEM = 'system-';

/** What single kinds ask of their names besides. */
function moreOfName(object: KubernetesObject, name: string): readonly Finding[] {
  const { apiVersion, kind } = object;
  const limit = longestName(object);
  if (name.length > limit) {
    const args = { kind, found: name.length, limit };
    return [{ code: 'metadata-name-long', severity: 'error', pointer: '/name', args }];
  }
  if (groupOf(apiVersion) === 'scheduling.k8s.io' && kind === 'PriorityClass' && name.startsWith(SYSTEM)) {
    // Those that every cluster has.
    if (name === 'system-node-critical' || name === 'system-cluster-critical') return [];
    const args = { kind, found: name, prefix: SYSTEM };
    return [{ code: 'metadata-name-reserved', severity: 'error', pointer: '/name', args }];
  }
  return [];
}

/**
 * Fields that only the API server sets. It takes them or drops them where an object is created, and refuses them in
 * one of the other ways in which objects get there: by an update, or by an apply on the server's side.
 */
function serverProblems(metadata: Fields, { family, kind }: KindSchema): readonly Finding[] {
  const { resourceVersion, generation, managedFields, deletionTimestamp } = metadata;
  const set = (field: string, severity: 'warning' | 'error'): Finding => ({
    code: 'metadata-managed-by-server',
    severity,
    pointer: pointerTo(field),
    args: { field },
  });
  const problems: Finding[] = [];
  if (typeof resourceVersion === 'string' && resourceVersion !== '' && resourceVersion !== '0')
    problems.push(set('resourceVersion', 'warning'));
  if (typeof deletionTimestamp === 'string') problems.push(set('deletionTimestamp', 'warning'));
  if (Array.isArray(managedFields) && managedFields.length > 0)
    problems.push(set('managedFields', 'warning'));
  if (typeof generation === 'number' && generation < 0 && family !== 'custom' && !STARTS_ANEW.has(kind))
    problems.push(set('generation', 'error'));
  return problems;
}

/** Kinds whose objects always begin with generation 1, whatever they say; others take what is not negative. */
const STARTS_ANEW: ReadonlySet<string> = new Set([
  ...['Pod', 'PodTemplate', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'],
  ...['PodDisruptionBudget', 'NetworkPolicy', 'Ingress', 'IngressClass', 'EndpointSlice', 'PriorityClass'],
  ...['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration'],
  ...['MutatingWebhookConfiguration', 'FlowSchema', 'PriorityLevelConfiguration', 'CustomResourceDefinition'],
]);
