import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from './terminal.ts';

/**
 * A file that a report goes to. A plain one is written beside itself and renamed, because whoever reads reports may look at
 * any moment; a link is followed; and what is no file at all (`/dev/fd/63` of a shell, a named pipe) is written to, and
 * never replaced.
 */

/** Found out before any work is done, and before anything else is written. */
export function refuseUnwritable(file: string): void {
  telling(file, ({ at, isPlain }) => {
    if (isPlain) {
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(`${at}.new`, '');
      fs.rmSync(`${at}.new`);
    } else {
      fs.accessSync(at, fs.constants.W_OK);
    }
  });
}

/** @throws UsageError for what the file system refuses: a full disk, say. */
export function writeReportFile(file: string, text: string): void {
  telling(file, ({ at, isPlain }) => {
    if (!isPlain) {
      fs.writeFileSync(at, text);
      return;
    }
    try {
      fs.writeFileSync(`${at}.new`, text);
      fs.renameSync(`${at}.new`, at);
    } finally {
      fs.rmSync(`${at}.new`, { force: true });
    }
  });
}

interface Target {
  readonly at: string;
  readonly isPlain: boolean;
}

function targetOf(file: string): Target {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return { at: file, isPlain: true };
  if (stat.isDirectory()) throw new Error('it is a folder');
  // The path of a pipe (`pipe:[4242]`) names nothing: only a plain file is looked up.
  return stat.isFile() ? { at: fs.realpathSync(file), isPlain: true } : { at: file, isPlain: false };
}

function telling(file: string, act: (target: Target) => void): void {
  try {
    act(targetOf(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the report ${file} can't be written: ${reason}`);
  }
}
