import type { Volume } from '#model/environment/data.ts';
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
      ...noClass(meaning, place, name, volume.class),
      ...tooSmall(meaning, place, volume),
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

/** Where no class is the default, a volume that names none waits for ever. */
function noClass(
  meaning: Meaning,
  pointer: string,
  volume: string,
  name: string | undefined,
): readonly Finding[] {
  const classes = storageClasses(meaning.environment);
  if (name !== undefined || meaning.isDeclared(`${pointer}/class`)) return [];
  if (classes.some((storage) => storage.default)) return [];
  const args = { volume, known: classes.map((storage) => storage.name) };
  return [blameKey(meaning, 'environment-no-storage-class', pointer, args)];
}

/** Operations that a gp3 volume can have for each GiB: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const IOPS_PER_GIB = 500;
const GIB = { Mi: 1 / 1024, Gi: 1, Ti: 1024 };

function tooSmall(meaning: Meaning, pointer: string, volume: Volume): readonly Finding[] {
  const storage = storageClasses(meaning.environment).find(({ name, default: isDefault }) =>
    volume.class === undefined ? isDefault : name === volume.class,
  );
  const [, number, unit] = /^([0-9]+)(Mi|Gi|Ti)$/.exec(volume.size) ?? [];
  if (storage === undefined || (unit !== 'Mi' && unit !== 'Gi' && unit !== 'Ti')) return [];
  // EBS has no volume below one GiB, and makes one of that.
  const size = Math.max(1, Math.ceil(Number(number) * GIB[unit]));
  const least = Math.ceil(storage.iops / IOPS_PER_GIB);
  // Up to the first 3000 operations, size doesn't matter.
  if (storage.iops <= 3000 || size >= least) return [];
  const args = { value: volume.size, atLeast: `${least}Gi with ${storage.iops} iops` };
  return [blameValue(meaning, 'environment-out-of-bounds', `${pointer}/size`, args)];
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
