import type { StorageClass } from './environment/data.ts';
import type { Environment } from './environment/environment.ts';
import { pointerTo } from './pointer.ts';

/** EBS storage classes of a cluster: those of the environment, and a default where it names none. */

/** A class of volumes, and the line that asks for it. */
export interface DerivedStorageClass extends StorageClass {
  readonly name: string;
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

/** The classes, exactly one of which is the default. Sorted by name. */
export function storageClasses(environment: Environment): readonly DerivedStorageClass[] {
  const own = Object.entries(environment.spec.storageClasses ?? {}).map(([name, storage]) => ({
    ...storage,
    name,
    pointer: pointerTo('spec', 'storageClasses', name),
  }));
  const hasDefault = own.some((storage) => storage.default);
  const others = hasDefault ? own : own.filter(({ name }) => name !== BUILT_IN_NAME);
  const builtIn = own.find(({ name }) => name === BUILT_IN_NAME) ?? {
    ...BUILT_IN,
    name: BUILT_IN_NAME,
    pointer: pointerTo('spec', 'storageClasses'),
  };
  return [...others, ...(hasDefault ? [] : [{ ...builtIn, default: true }])].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}
