import type { Finding } from '#model/finding.ts';

/** What is wrong with a text, at an offset (UTF-16 code units) in it; a place in a file is made of it later. */
export interface Problem {
  readonly finding: Finding;
  readonly offset: number;
}
