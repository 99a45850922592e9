import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { ChartFiles } from './archive.ts';

/** Which bytes a chart's version is: kept beside the charts, and only changed by `plimsoll charts vendor`. */
const LockedChart = Type.Object(
  {
    repository: Type.String(),
    chart: Type.String(),
    version: Type.String(),
    /** In the folder of the lock file, or in the cache. */
    file: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]*$' }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  { additionalProperties: false },
);
const LockFile = Type.Object(
  { version: Type.Literal(1), charts: Type.Array(LockedChart) },
  { additionalProperties: false },
);

export type LockedChart = Type.Static<typeof LockedChart>;

/** Name of the file. */
export const LOCK_FILE = 'lock.json';

/** Undefined where it is no lock file. */
export function readLock(text: string): readonly LockedChart[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return Value.Check(LockFile, value) ? value.charts : undefined;
}

/** Sorted, so that two people's additions merge. */
export const lockText = (charts: readonly LockedChart[]): string =>
  `${JSON.stringify({ version: 1, charts: charts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) }, undefined, 2)}\n`;

interface Wanted {
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
}

const keyOf = ({ repository, chart, version }: Wanted): string => `${chart} ${version} ${repository}`;

export const lockedOf = (charts: readonly LockedChart[], wanted: Wanted): LockedChart | undefined =>
  charts.find((chart) => keyOf(chart) === keyOf(wanted));

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of a chart that lies there as a folder: names, lengths and bytes of its files, in order. */
export function folderDigest(files: ChartFiles): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}
