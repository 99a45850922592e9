/** What can be wrong with an import, as data. */
export type Problem =
  | { readonly code: 'lock-unreadable'; readonly reason: string }
  | { readonly code: 'lock-invalid'; readonly pointer: string; readonly reason: string }
  | {
      readonly code: 'source-missing';
      readonly file: string;
      readonly place: string;
      readonly reason: string;
    }
  | {
      readonly code: 'source-changed';
      readonly file: string;
      readonly place: string;
      readonly pinned: string;
      readonly found: string;
    }
  | { readonly code: 'source-unusable'; readonly file: string; readonly reason: string }
  | { readonly code: 'module-undeclared'; readonly bundle: string }
  | { readonly code: 'module-unused'; readonly bundle: string }
  | { readonly code: 'constructs-failed'; readonly reason: string }
  | { readonly code: 'generated-stale' }
  | { readonly code: 'generated-missing' | 'generated-changed' | 'generated-extra'; readonly file: string };

/** The sentence for a person: what is wrong and what to do about it. */
export function describe(problem: Problem): string {
  switch (problem.code) {
    case 'lock-unreadable':
      return `imports/imports.lock.json cannot be read: ${problem.reason}`;
    case 'lock-invalid':
      return `imports/imports.lock.json ${problem.pointer || '/'}: ${problem.reason}`;
    case 'source-missing':
      return `${problem.file} is not at ${problem.place} (${problem.reason}); check the version in imports/imports.lock.json, or the mirror's layout`;
    case 'source-changed':
      return `${problem.file} from ${problem.place} has the sha256 ${problem.found}, but imports/imports.lock.json pins ${problem.pinned}; if the change is wanted, run plimsoll import --pin and review the difference`;
    case 'source-unusable':
      return `${problem.file} is not usable: ${problem.reason}`;
    case 'module-undeclared':
      return `cdk8s.yaml does not list ${problem.bundle} under "imports", but imports/imports.lock.json asks for its constructs; add it`;
    case 'module-unused':
      return `cdk8s.yaml lists ${problem.bundle} under "imports", but imports/imports.lock.json asks for no construct of it; remove it`;
    case 'constructs-failed':
      return `cdk8s import failed: ${problem.reason}`;
    case 'generated-stale':
      return 'imports/ was generated from other sources than imports/imports.lock.json, cdk8s.yaml and the platform definitions say now; run npm run import';
    case 'generated-missing':
      return `imports/${problem.file} is missing; run npm run import`;
    case 'generated-changed':
      return `imports/${problem.file} differs from what was generated; never edit it, run npm run import`;
    case 'generated-extra':
      return `imports/${problem.file} was not generated; remove it`;
  }
}

/** A value and what stood in its way; `value` is undefined where nothing usable came out. */
export interface Outcome<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** Nothing but problems. */
export const failed = (...problems: readonly Problem[]): Outcome<never> => ({ value: undefined, problems });
