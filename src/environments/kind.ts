import type { Checked } from '#model/finding.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding, suggested } from './finding.ts';
import { places } from './place.ts';
import { describe } from './schema/types.ts';
import { child, type Mapping, text } from './tree.ts';

/** The kinds of files that an environments' folder holds. */
const KINDS = ['Environment', 'EnvironmentBase'] as const;
export type Kind = (typeof KINDS)[number];

const isKind = (kind: string | undefined): kind is Kind => KINDS.some((known) => known === kind);

/**
 * What a file says it is. A word that is nearly a kind counts as that kind, so that the rest of the file is
 * judged, too; the schema reports it. Anything else is not for this reader, and one finding says so.
 */
export function kindOf(tree: Mapping, suggest: Suggest): Checked<Kind> {
  const kind = text(tree, 'kind');
  const near = kind === undefined ? undefined : suggest(kind, KINDS);
  if (isKind(kind)) return { value: kind, findings: [] };
  if (isKind(near)) return { value: near, findings: [] };
  const written = child(tree, 'kind');
  const origin = places(tree).value('/kind');
  if (written === undefined) {
    const args = { field: 'kind', description: `${KINDS.join(' or ')}.` };
    return { value: undefined, findings: [finding('environment-missing-field', '', origin, args)] };
  }
  const allowed = KINDS.map((known) => JSON.stringify(known));
  const args = { value: describe(written), allowed, ...suggested(undefined) };
  return { value: undefined, findings: [finding('environment-not-allowed-value', '/kind', origin, args)] };
}
