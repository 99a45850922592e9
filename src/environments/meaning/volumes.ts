import type { Service } from '#model/environment/service.ts';
import type { Finding } from '#model/finding.ts';
import { storageClasses } from '#model/storage.ts';
import { suggested } from '../finding.ts';
import { blameKey, blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** Mounted in every pod by the platform, because the root file system is read-only. */
const TEMPORARY = '/tmp';

/** Volumes are of a class that exists, mounted in places of their own, and attached to one pod at a time. */
export const checkVolumes: MeaningCheck = (meaning) =>
  entriesOf('/spec/services', meaning.environment.spec.services).flatMap(({ entry, pointer }) => [
    ...entriesOf(`${pointer}/volumes`, entry.volumes).flatMap(({ name, entry: volume, pointer: place }) => [
      ...unknownClass(meaning, `${place}/class`, volume.class),
      ...(volume.lifetime === 'service' ? severalPods(meaning, place, name, entry) : []),
    ]),
    ...takenPaths(meaning, pointer, entry),
  ]);

function unknownClass(meaning: Meaning, pointer: string, name: string | undefined): readonly Finding[] {
  const known = [
    ...new Set([
      ...meaning.declared('storageClasses'),
      ...storageClasses(meaning.environment).map((storage) => storage.name),
    ]),
  ].sort();
  if (name === undefined || known.includes(name)) return [];
  const args = { name, known, ...suggested(meaning.suggest(name, known)) };
  return [blameValue(meaning, 'environment-unknown-storage-class', pointer, args)];
}

/** Pods of a service where nothing else is said; `replicas` documents it. */
const DEFAULT_REPLICAS = 2;

/** An EBS volume is attached to one node: a second pod that wants it never starts. */
function severalPods(
  meaning: Meaning,
  pointer: string,
  volume: string,
  service: Service,
): readonly Finding[] {
  const replicas = service.autoscaling?.max ?? service.replicas ?? DEFAULT_REPLICAS;
  if (replicas <= 1) return [];
  return [blameKey(meaning, 'environment-single-replica-volume', pointer, { volume, replicas })];
}

function takenPaths(meaning: Meaning, pointer: string, service: Service): readonly Finding[] {
  const takenBy = new Map([[TEMPORARY, 'the writable /tmp of every pod']]);
  return entriesOf(`${pointer}/volumes`, service.volumes).flatMap(({ name, entry, pointer: place }) => {
    const { mountPath } = entry;
    const path = mountPath.replace(/(?<=[^/])\/+$/, '');
    const by = takenBy.get(path);
    takenBy.set(path, by ?? `volume ${name}`);
    if (by === undefined) return [];
    const args = { path: mountPath, by };
    return [blameValue(meaning, 'environment-mount-path-taken', `${place}/mountPath`, args)];
  });
}
