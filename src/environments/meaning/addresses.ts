import type { Finding } from '#model/finding.ts';
import { isRange, overlaps, parseRange, range } from './ipv4.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** What no packet in the internet comes from: https://www.rfc-editor.org/rfc/rfc6890 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].map(range);

/** Wider than that is no list of one's own addresses, and two halves of the internet are all of it. */
const WIDEST = 16;

/** Who may connect to a database over the internet: addresses that are public, and somebody's. */
export const checkAddresses: MeaningCheck = (meaning) =>
  entriesOf('/spec/databases', meaning.environment.spec.databases).flatMap(({ entry, pointer }) =>
    (entry.addresses ?? []).flatMap((value, index) => judge(meaning, `${pointer}/addresses/${index}`, value)),
  );

function judge(meaning: Meaning, pointer: string, value: string): readonly Finding[] {
  const bad = (args: { readonly problem: string; readonly write?: string }) => [
    blameValue(meaning, 'environment-bad-cidr', pointer, { value, ...args }),
  ];
  const parsed = parseRange(value);
  if (parsed === undefined) return [];
  if (!isRange(parsed)) return bad(parsed);
  if (parsed.prefix === 0) return bad({ problem: 'the database would be open to the whole internet' });
  if (NOT_PUBLIC.some((block) => overlaps(block, parsed))) {
    return bad({ problem: 'Atlas sees public addresses, and these are not' });
  }
  return parsed.prefix < WIDEST ? bad({ problem: `a range that may connect is /${WIDEST} to /32` }) : [];
}
