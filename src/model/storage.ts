import type { StorageClass } from './environment/data.ts';
import type { Environment } from './environment/environment.ts';
import { volumesKeyArn } from './names.ts';
import { pointerTo } from './pointer.ts';

/**
 * EBS storage classes of a cluster: those of the environment, a default where it names none, and one more for the
 * volumes that end with their pods.
 */

/** A class of volumes, and the line that asks for it. */
export interface DerivedStorageClass extends StorageClass {
  readonly name: string;
  /** KMS key that encrypts the volumes, by its alias. */
  readonly keyArn: string;
  readonly pointer: string;
}

/** Class that is there unless the environment has a default of its own. */
const BUILT_IN: StorageClass = {
  iops: 3000,
  throughput: 125,
  fileSystem: 'ext4',
  reclaim: 'Retain',
  default: true,
};
const BUILT_IN_NAME = 'gp3';

/**
 * The classes, at most one of which is the default: the one that says so, else `gp3`, which is made where it's
 * missing. None is only where `gp3` itself says that it isn't. Sorted by name.
 */
export function storageClasses(environment: Environment): readonly DerivedStorageClass[] {
  const keyArn = volumesKeyArn(environment);
  const own = Object.entries(environment.spec.storageClasses ?? {}).map(([name, storage]) => ({
    ...storage,
    name,
    keyArn,
    pointer: pointerTo('spec', 'storageClasses', name),
  }));
  const hasDefault = own.some((storage) => storage.default);
  const others = hasDefault ? own : own.filter(({ name }) => name !== BUILT_IN_NAME);
  const builtIn = own.find(({ name }) => name === BUILT_IN_NAME) ?? {
    ...BUILT_IN,
    name: BUILT_IN_NAME,
    keyArn,
    pointer: pointerTo('spec', 'storageClasses'),
  };
  const last = hasDefault ? [] : [{ ...builtIn, default: builtIn.default ?? true }];
  return [...others, ...last].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Name of the class of a volume that ends with its pod, given the class that the service asks for. */
export function ephemeralClassName(environment: Environment, asked: string | undefined): string | undefined {
  const base = storageClasses(environment).find(({ name, default: isDefault }) =>
    asked === undefined ? isDefault : name === asked,
  );
  return base === undefined ? asked : ephemeral(base).name;
}

/** The classes of volumes that end with their pods, where they aren't the environment's own. Sorted by name. */
export function ephemeralClasses(environment: Environment): readonly DerivedStorageClass[] {
  const used = new Set(
    Object.values(environment.spec.services ?? {})
      .flatMap(({ volumes }) => Object.values(volumes ?? {}))
      .filter(({ lifetime }) => lifetime === 'pod')
      .map((volume) => ephemeralClassName(environment, volume.class)),
  );
  return storageClasses(environment)
    .filter(({ reclaim }) => reclaim === 'Retain')
    .map(ephemeral)
    .filter(({ name }) => used.has(name));
}

/** The same class, but the volume goes with its claim: `Retain` would leave one behind for every pod that ever ran. */
const ephemeral = (base: DerivedStorageClass): DerivedStorageClass =>
  base.reclaim === 'Delete'
    ? base
    : { ...base, name: `${base.name}-ephemeral`, reclaim: 'Delete', default: false };
