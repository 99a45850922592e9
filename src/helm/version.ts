/** Versions of charts, which are semantic ones: https://semver.org/#spec-item-11 */

const STABLE = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:\+[0-9A-Za-z.-]+)?$/;

type Numbers = readonly [number, number, number];

/** Undefined for what is no version, and for one that is not released yet. */
function numbersOf(version: string): Numbers | undefined {
  const [, major, minor, patch] = STABLE.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Positive where the first is the newer one. */
const compare = (one: Numbers, other: Numbers): number =>
  one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

/** The newest released version that is newer than this one. What this one itself is need not be a release. */
export function newerThan(current: string, versions: readonly string[]): string | undefined {
  const own = numbersOf(current.replace(/-[^+]*/, ''));
  const isPreview = numbersOf(current) === undefined;
  let newest: { readonly version: string; readonly numbers: Numbers } | undefined;
  for (const version of versions) {
    const numbers = numbersOf(version);
    if (numbers === undefined || own === undefined) continue;
    const difference = compare(numbers, own);
    // 2.0.0 is newer than 2.0.0-rc.1.
    if (difference < 0 || (difference === 0 && !isPreview)) continue;
    if (newest === undefined || compare(numbers, newest.numbers) > 0) newest = { version, numbers };
  }
  return newest?.version;
}
