import { groupOf } from '#manifests/identity.ts';
import { isKubernetesObject, type KubernetesObject } from '#manifests/manifest.ts';
import { type AdmissionRequest, creationOf, updateOf } from './admission-request.ts';
import { admitted } from './admitted.ts';

/**
 * Which requests a document stands for, the best first; each policy judges the first that it concerns.
 *
 * A document that changes becomes an update. One that is new or unchanged is judged as the creation that it was, or
 * will be in a new cluster; by policies on updates alone, as an update that changes nothing, such as a controller's
 * annotation would be. So each rule on what is there judges everything that is there, with a base and without.
 *
 * @param former What it was; undefined where it is new, or nobody knows.
 */
export function requestsFor(object: KubernetesObject, former: unknown): readonly AdmissionRequest[] {
  if (!isKubernetesObject(former) || groupOf(former.apiVersion) !== groupOf(object.apiVersion))
    return [creationOf(object), updateOf(object, object)];
  return isSame(admitted(former), admitted(object))
    ? [creationOf(object), updateOf(object, object)]
    : [updateOf(former, object), creationOf(object)];
}

/** Deeper than any Kubernetes object, shallower than the stack. */
const MAX_DEPTH = 200;

/** Whether two documents say the same, in whatever order. */
export function isSame(one: unknown, other: unknown, depth = 0): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (depth > MAX_DEPTH || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key), depth + 1),
    )
  );
}
