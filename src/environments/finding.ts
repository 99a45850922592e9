import type { EnvironmentCodes } from '#model/codes/environment.ts';
import type { Code, Finding, FindingOf, Severity } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';

/** A finding in an environment file. `pointer` leads to the value in the file that `origin` names. */
export function finding<C extends keyof EnvironmentCodes & Code>(
  code: C,
  pointer: string,
  origin: Origin | undefined,
  args: EnvironmentCodes[C],
  severity: Severity = 'error',
): Finding {
  const made: Omit<FindingOf<C>, 'args'> & { args: EnvironmentCodes[C] } = {
    code,
    severity,
    pointer,
    ...(origin === undefined ? {} : { origin }),
    args,
  };
  // TypeScript can't see that FindingOf<C> for a C of the union is a member of the union.
  return made as unknown as Finding;
}

/** A place that stands for a whole file. */
export const startOf = (file: string): Origin => ({ file, line: 1, column: 1 });

/** `{ suggestion }`, or nothing where there is none: optional arguments are left out, never undefined. */
export const suggested = (suggestion: string | undefined): { readonly suggestion?: string } =>
  suggestion === undefined ? {} : { suggestion };

/** Text of a file as a finding quotes it: not more than a line of it. */
export const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** The same findings by file, line and column, each said once: environments share the lines of their base. */
export function sorted(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const one of findings) {
    const key = JSON.stringify([one.code, one.pointer, one.origin, one.args]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()].sort(
    (left, right) =>
      compare(left.origin?.file ?? '', right.origin?.file ?? '') ||
      (left.origin?.line ?? 0) - (right.origin?.line ?? 0) ||
      (left.origin?.column ?? 0) - (right.origin?.column ?? 0) ||
      compare(left.code, right.code) ||
      compare(left.pointer ?? '', right.pointer ?? ''),
  );
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
