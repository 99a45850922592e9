import type { TSchema } from 'typebox';
import type { Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { suggest } from '#model/suggest.ts';
import { pathText } from '../policy/fields.ts';
import {
  memberAt,
  type Path,
  type PolicyDocument,
  type PolicyFile,
  policyDocuments,
} from '../policy/policy-file.ts';
import { type Misfit, misfits } from './form.ts';

/**
 * Reads the small files beside the policies: waivers, the baseline, cases.
 *
 * Input: a file's text, and the definition of its form. Output: its head and its entries, as far as they have that
 * form. Guarantees: pure; what has not is a finding at its place, and is not in the output.
 */
export interface Records {
  /** The whole file, without the entries that are wrong. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Entries of the list, with their places in it. */
  readonly entries: readonly RecordEntry[];
  readonly origin: (path: Path) => Origin;
}

export interface RecordEntry {
  readonly value: unknown;
  readonly path: Path;
}

/** @param list The field that holds the entries. */
export function readRecords(
  file: PolicyFile,
  schema: TSchema,
  list: string,
): { readonly records: Records | undefined; readonly findings: readonly Finding[] } {
  const { documents, findings: unreadable } = policyDocuments(file);
  const findings = unreadable.map((finding) => asRecord(finding));
  const [document, second] = documents;
  if (document === undefined) {
    if (findings.length === 0) findings.push(unreadableFinding(file, 'it is empty'));
    return { records: undefined, findings };
  }
  if (second !== undefined)
    findings.push(unreadableFinding(file, 'it holds several documents', second.origin([])));
  const wrong = misfits(document.value, schema);
  findings.push(...wrong.map((misfit) => misfitFinding(misfit, document)));
  const isOfEntry = ({ path }: Misfit) => path[0] === list && typeof path[1] === 'number';
  if (wrong.some((misfit) => !isOfEntry(misfit) && misfit.problem !== 'unknown'))
    return { records: undefined, findings };
  const items = document.value[list];
  const entries = (Array.isArray(items) ? items : []).flatMap((value: unknown, index) =>
    wrong.some(({ path }) => path[0] === list && path[1] === index)
      ? []
      : [{ value, path: [list, index] as const }],
  );
  const value = { ...document.value, [list]: entries.map((entry) => entry.value) };
  return { records: { value, entries, origin: document.origin }, findings };
}

const unreadableFinding = ({ file }: PolicyFile, error: string, origin?: Origin): Finding => ({
  code: 'record-unreadable',
  severity: 'error',
  origin: origin ?? { file, line: 1, column: 1 },
  args: { error },
});

/** What is no YAML is told as of a policy there. */
const asRecord = (finding: Finding): Finding =>
  finding.code === 'policy-unreadable' ? { ...finding, code: 'record-unreadable' } : finding;

function misfitFinding(misfit: Misfit, document: PolicyDocument): Finding {
  const { problem, path } = misfit;
  const expected = problem === 'unknown' ? suggest(String(path.at(-1)), misfit.known) : misfit.expected;
  const isThere = memberAt(at(document.value, path.slice(0, -1)), path.at(-1) ?? '') !== undefined;
  return {
    code: 'record-field',
    severity: 'error',
    origin: document.origin(isThere ? path : path.slice(0, -1)),
    args: { field: pathText(path), problem, ...(expected !== undefined && { expected }) },
  };
}

const at = (value: unknown, path: Path): unknown => path.reduce<unknown>(memberAt, value);
