import type { Codes } from './codes/index.ts';
import type { Origin } from './origin.ts';

/** How bad a finding is. `error` fails the run by default; `warning` and `info` are shown and counted. */
export type Severity = 'error' | 'warning' | 'info';

/** The Kubernetes object that a finding speaks of. */
export interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Every finding's code: kebab-case, stable, part of the public interface. */
export type Code = keyof Codes;

/** A finding of one code: what is wrong as data; its sentence is made by `#report/messages`. */
export interface FindingOf<C extends Code> {
  readonly code: C;
  readonly severity: Severity;
  readonly subject?: Subject;
  /** JSON pointer (RFC 6901) into the subject, or into the file where there is no subject. */
  readonly pointer?: string;
  /** The line that somebody can change. */
  readonly origin?: Origin;
  readonly args: Codes[C];
}

/** The one currency of plimsoll: every check returns these, every report prints these. */
export type Finding = { [C in Code]: FindingOf<C> }[Code];

/** A value and what was found on the way to it. `value` is undefined only where nothing usable was found. */
export interface Checked<T> {
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}
