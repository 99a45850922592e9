import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';
import type { NameForm } from '#model/codes/metadata.ts';
import { hasForm, isPathSegmentPrefix } from './forms.ts';

/**
 * What a kind's names may be: each kind has a rule of its own in the API server.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names
 */

/** Kinds whose names are no subdomains, by group. */
const FORMS: ReadonlyMap<string, NameForm> = new Map<string, NameForm>([
  [' Namespace', 'label'],
  [' Service', 'rfc1035-label'],
  [' Event', 'path-segment'],
  ['apps StatefulSet', 'label'],
  ['rbac.authorization.k8s.io Role', 'path-segment'],
  ['rbac.authorization.k8s.io ClusterRole', 'path-segment'],
  ['rbac.authorization.k8s.io RoleBinding', 'path-segment'],
  ['rbac.authorization.k8s.io ClusterRoleBinding', 'path-segment'],
  ['policy PodDisruptionBudget', 'path-segment'],
  ['certificates.k8s.io CertificateSigningRequest', 'path-segment'],
  ['certificates.k8s.io ClusterTrustBundle', 'path-segment'],
  ['networking.k8s.io IPAddress', 'path-segment'],
  ['internal.apiserver.k8s.io StorageVersion', 'path-segment'],
  ['coordination.k8s.io LeaseCandidate', 'config-key'],
]);

export const nameFormOf = (apiVersion: string, kind: string): NameForm =>
  FORMS.get(`${groupOf(apiVersion)} ${kind}`) ?? 'subdomain';

/** A prefix's trailing dash is no end: something follows. The letter before it is not looked at, as in Kubernetes. */
export const isPrefix = (form: NameForm, text: string): boolean =>
  form === 'path-segment'
    ? isPathSegmentPrefix(text)
    : hasForm(form, text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);

/** How long a name may be that has the form of its kind, where what comes of it is shorter still. */
export function longestName({ apiVersion, kind, spec }: KubernetesObject): number {
  if (groupOf(apiVersion) !== 'batch') return Number.POSITIVE_INFINITY;
  // The controller adds eleven characters to the names of the jobs.
  if (kind === 'CronJob') return 52;
  // Its pods get the name as a label, unless their selector is the author's own.
  return kind === 'Job' && member(spec, 'manualSelector') !== true ? 63 : Number.POSITIVE_INFINITY;
}

/** The name that an object must have because of what it says elsewhere; undefined where it is free. */
export function fixedName(object: KubernetesObject): string | undefined {
  const spec = object['spec'];
  switch (`${groupOf(object.apiVersion)} ${object.kind}`) {
    case 'apiextensions.k8s.io CustomResourceDefinition': {
      const plural = text(member(member(spec, 'names'), 'plural'));
      const group = text(member(spec, 'group'));
      return plural === undefined || group === undefined ? undefined : `${plural}.${group}`;
    }
    case 'apiregistration.k8s.io APIService': {
      const version = text(member(spec, 'version'));
      return version === undefined ? undefined : `${version}.${text(member(spec, 'group')) ?? ''}`;
    }
    default:
      return undefined;
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
