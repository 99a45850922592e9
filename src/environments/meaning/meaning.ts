import type { EnvironmentCodes } from '#model/codes/environment.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Finding, Severity } from '#model/finding.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding } from '../finding.ts';
import type { Places } from '../place.ts';

/** The maps of an environment that other parts refer to by name. */
export type Section =
  | 'databases'
  | 'caches'
  | 'queues'
  | 'buckets'
  | 'services'
  | 'storageClasses'
  | 'nodeGroups';

/**
 * An environment whose types are right but whose meaning is yet to be judged. Where the schema objected to
 * something, that part is left out of `environment` or has a bad form: a check passes over what it can't
 * read, because that has its finding already.
 */
export interface Meaning {
  readonly file: string;
  readonly environment: Environment;
  readonly places: Places;
  /** Names in a section as they are written, those that are left out of `environment` included. */
  readonly declared: (section: Section) => readonly string[];
  /** Whether some file of the chain says something at `pointer`, be it right or wrong. */
  readonly isDeclared: (pointer: string) => boolean;
  /** Whether the schema has nothing against the value itself; what is missing is right. */
  readonly isRight: (pointer: string) => boolean;
  readonly suggest: Suggest;
  /** The day, `2026-11-23`. Undefined: nobody asks for what time makes wrong, as with files of the past. */
  readonly today: string | undefined;
}

/** Judges one idea in one environment. */
export type MeaningCheck = (meaning: Meaning) => readonly Finding[];

/** A finding at the value that `pointer` leads to. */
export const blameValue = <C extends keyof EnvironmentCodes>(
  { places }: Meaning,
  code: C,
  pointer: string,
  args: EnvironmentCodes[C],
  severity: Severity = 'error',
): Finding => finding(code, pointer, places.value(pointer), args, severity);

/** A finding at the key that `pointer` leads to: what is wrong is the name, or that it is there at all. */
export const blameKey = <C extends keyof EnvironmentCodes>(
  { places }: Meaning,
  code: C,
  pointer: string,
  args: EnvironmentCodes[C],
  severity: Severity = 'error',
): Finding => finding(code, pointer, places.key(pointer), args, severity);

/** Name, entry and pointer of each entry of the map that stands at `at`. */
export function entriesOf<T>(
  at: string,
  entries: Readonly<Record<string, T>> | undefined,
): readonly { readonly name: string; readonly entry: T; readonly pointer: string }[] {
  // Names have no characters that a pointer would have to escape: the schema's patterns say so.
  return Object.entries(entries ?? {}).map(([name, entry]) => ({
    name,
    entry,
    pointer: `${at}/${name}`,
  }));
}
