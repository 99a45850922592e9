import { isDeepStrictEqual } from 'node:util';
import type { Difference, How, Side } from '#model/comparison.ts';
import { pointerTo } from '#model/pointer.ts';
import { at, type Described, type DescribedEnvironment } from './described.ts';
import { places } from './place.ts';
import { data, keys, nearest, type Tree } from './tree.ts';

const IMAGE = /^\/spec\/services\/[^/]+\/image$/;

/**
 * Where environments differ, value by value, after all that they inherit, and whether somebody meant it.
 *
 * Input: the files of all environments; names of at least two. Output: a row for each value that is not the same in all,
 * in the order of the first environment's file. Pure.
 */
export function compare(all: Described, names: readonly string[]): readonly Difference[] {
  const environments = names.flatMap((name) => {
    const environment = all.environments.get(name);
    return environment === undefined ? [] : [{ name, ...environment }];
  });
  return rows(
    environments.map(({ tree }) => at(tree, ['spec'])),
    ['spec'],
  ).map((path) => {
    const pointer = pointerTo(...path);
    const sides = environments.map((environment): Side => {
      const value = at(environment.tree, path);
      return {
        environment: environment.name,
        value: value && data(value),
        ...(value && { origin: places(environment.tree).value(pointer) }),
      };
    });
    return { pointer, how: howOf(pointer, path, sides, environments, all), sides };
  });
}

/** Paths to what is not the same in all: as deep as all that have it have maps. */
function rows(trees: readonly (Tree | undefined)[], path: readonly string[]): readonly (readonly string[])[] {
  const there = trees.filter((tree) => tree !== undefined);
  const [first] = there;
  if (first === undefined) return [];
  const isEverywhere = there.length === trees.length;
  if (isEverywhere && there.every((tree) => isDeepStrictEqual(data(tree), data(first)))) return [];
  // A thing that is missing is one row; what differs in a thing that all have is a row for each value.
  const isOpened = path.length <= SECTION || isEverywhere;
  if (!isOpened || !there.every(({ kind }) => kind === 'mapping')) return [path];
  const names = new Set(there.flatMap(keys));
  return [...names].flatMap((name) =>
    rows(
      trees.map((tree) => at(tree, [name])),
      [...path, name],
    ),
  );
}

function howOf(
  pointer: string,
  path: readonly string[],
  sides: readonly Side[],
  environments: readonly (DescribedEnvironment & { readonly name: string })[],
  all: Described,
): How {
  if (IMAGE.test(pointer)) return 'release';
  // A value that is left out is the default; a thing that is left out may be forgotten.
  const isThing = path.length === SECTION + 1 && sides.some(({ value }) => isMap(value));
  const isSilent = sides.some(
    ({ value, environment }) =>
      value === undefined &&
      !takesAway(all, environments.find(({ name }) => name === environment)?.path, path),
  );
  return isThing && isSilent ? 'undeclared' : 'declared';
}

const isMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `spec.services`: what is below has names that a team chose. */
const SECTION = 2;

/** Whether an environment's own file says null there, or above. */
function takesAway(all: Described, file: string | undefined, path: readonly string[]): boolean {
  const own = file === undefined ? undefined : all.own.get(file);
  if (own === undefined) return false;
  const { node } = nearest(own, pointerTo(...path));
  return node.kind === 'scalar' && node.value === null;
}
