import type { Finding } from '#model/finding.ts';

/** What keeps the API server from looking at rules: wrong types, what is missing, unknown or too much. */
const BLOCKING: ReadonlySet<string> = new Set([
  'schema-type',
  'schema-required',
  'schema-enum',
  'schema-unknown-field',
  'schema-more',
]);

export const isBlocking = (finding: Finding): boolean =>
  finding.severity === 'error' &&
  (finding.code === 'schema-size' ? finding.args.bound === 'most' : BLOCKING.has(finding.code));
