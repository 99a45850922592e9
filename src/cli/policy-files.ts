import fs from 'node:fs';
import path from 'node:path';
import type { Finding } from '#model/finding.ts';
import type { PolicyFile } from '#validate/policy/policy-file.ts';

/**
 * The files of policies in a folder and those within it, in the order of their paths, so that the same folder reads the
 * same everywhere.
 *
 * What stands beside policies and is none is passed over: cases (`*.cases.yaml`), the folder's own waivers and
 * baseline, hidden files. A link is a finding: it could lead anywhere, and a policy left out in silence guards nothing.
 */
export function policyFiles(
  folder: string,
  shown: string,
  isWanted: (file: string) => boolean = isPolicyName,
): { readonly files: readonly PolicyFile[]; readonly findings: readonly Finding[] } {
  const files: PolicyFile[] = [];
  const findings: Finding[] = [];
  const unreadable = (file: string, error: string): void => {
    const origin = { file: `${shown}/${file}`, line: 1, column: 1 };
    findings.push({ code: 'policy-unreadable', severity: 'error', origin, args: { error } });
  };
  let bytes = 0;
  for (const { file, problem } of entriesOf(folder, isWanted)) {
    const at = path.join(folder, file);
    if (problem !== undefined) {
      unreadable(file, problem);
      continue;
    }
    const { size } = fs.statSync(at);
    bytes += size;
    if (size > LARGEST_FILE || bytes > MOST_BYTES) {
      unreadable(file, 'it is larger than policies that a cluster takes can be');
      continue;
    }
    try {
      files.push({ file: `${shown}/${file}`, text: utf8.decode(fs.readFileSync(at)) });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      unreadable(file, 'it holds bytes that are no UTF-8');
    }
  }
  return { files, findings };
}

/** etcd takes 1.5 MiB for an object; a file holds a policy or a few. */
const LARGEST_FILE = 4 * 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
/** Folders within folders. */
const DEEPEST = 8;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A path below the folder, with `/`, and why it can't be read, if it can't. */
interface Entry {
  readonly file: string;
  readonly problem?: string;
}

function entriesOf(folder: string, isWanted: (file: string) => boolean): readonly Entry[] {
  if (!fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return [...within(folder, '', 0, isWanted)].sort((left, right) => (left.file < right.file ? -1 : 1));
}

function within(
  folder: string,
  prefix: string,
  depth: number,
  isWanted: (file: string) => boolean,
): readonly Entry[] {
  return fs.readdirSync(path.join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const file = `${prefix}${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    if (entry.isSymbolicLink()) return [{ file, problem: 'it is a link, and links are not followed' }];
    if (entry.isFile()) return isWanted(file) ? [{ file }] : [];
    if (!entry.isDirectory()) return [];
    return depth < DEEPEST
      ? within(folder, `${file}/`, depth + 1, isWanted)
      : [{ file, problem: 'it lies too deep within folders' }];
  });
}

/** Whether a path below `policies/` is one of a policy, by its name. */
export const isPolicyName = (file: string): boolean =>
  /\.ya?ml$/.test(file) && !/\.cases\.ya?ml$/.test(file) && !/^(waivers|baseline)\.ya?ml$/.test(file);

/** Whether it is one of cases beside a policy. */
export const isCasesName = (file: string): boolean => /\.cases\.ya?ml$/.test(file);
