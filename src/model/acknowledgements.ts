import type { Acknowledgement } from './environment/acknowledge.ts';
import type { Environment } from './environment/environment.ts';
import { claimNamespace, namespace } from './names.ts';

/** A thing in the cluster. */
export interface Held {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * What an acknowledgement means. Whoever writes `MongoDatabase bookings` means the environment's;
 * of kinds that have no namespace there is one anyway.
 */
export function acknowledgedThing(environment: Environment, { resource }: Acknowledgement): Held {
  const [kind = '', path = ''] = resource.split(' ');
  const [within, name] = path.split('/');
  if (within !== undefined && name !== undefined) return { kind, namespace: within, name };
  if (CLAIMS.has(kind)) return { kind, namespace: claimNamespace(environment), name: path };
  return IN_NAMESPACES.has(kind)
    ? { kind, namespace: namespace(environment), name: path }
    : { kind, name: path };
}

/** The acknowledgement of a deletion or a replacement, if there is one. Whoever may replace a thing may delete it for that. */
export function acknowledgementOf(
  environment: Environment,
  action: Acknowledgement['action'],
  { kind, namespace, name }: Held,
): Acknowledgement | undefined {
  return environment.spec.acknowledge?.find((one) => {
    const held = acknowledgedThing(environment, one);
    // Without a namespace it is a kind that has none, or the caller doesn't know.
    const isThere = held.namespace === undefined || namespace === undefined || held.namespace === namespace;
    return one.action === action && held.kind === kind && held.name === name && isThere;
  });
}

/** As policies read them: `MongoDatabase tideline/bookings`, or `VPC tideline-production`. */
export function acknowledgedLines(environment: Environment): readonly string[] {
  return (environment.spec.acknowledge ?? []).map((one) => {
    const { kind, namespace, name } = acknowledgedThing(environment, one);
    return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  });
}

/** Claims that hold data. */
const CLAIMS: ReadonlySet<string> = new Set([
  'KubernetesCluster',
  'MessageQueue',
  'MongoDatabase',
  'Network',
  'ObjectBucket',
  'ValkeyCache',
]);

/** What Kubernetes itself has of this sort in a namespace. */
const IN_NAMESPACES: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'StatefulSet']);
