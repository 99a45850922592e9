import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { LIMITS, type SourceFile } from './source.ts';

/**
 * The environments' folder on disk -> source files. The only place of this part that touches the file system.
 * Links are refused, so nothing outside of the folder is read; what can't be read is among the results and
 * becomes a finding. Hidden files and those that are not named `.yaml` or `.yml` are passed over. Findings call
 * the folder by `shownAs`.
 */
export function readSourceFiles(folder: string, shownAs: string = folder): readonly SourceFile[] {
  const shown = shownAs
    .split(sep)
    .join('/')
    .replace(/(?<=.)\/+$/, '');
  const files: SourceFile[] = [];
  list(folder, shown, 0, files);
  if (files.length <= LIMITS.files) return files;
  return [{ path: shown, unreadable: `it holds more than ${LIMITS.files} environment files` }];
}

const isYaml = (name: string) => /\.ya?ml$/.test(name);

function list(folder: string, shown: string, depth: number, files: SourceFile[]): void {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    files.push({ path: shown, unreadable: reason(error) });
    return;
  }
  const byName = [...entries].sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const entry of byName) {
    if (entry.name.startsWith('.') || files.length > LIMITS.files) continue;
    const path = posix.join(shown, entry.name);
    if (entry.isDirectory()) {
      if (depth < LIMITS.folders) list(join(folder, entry.name), path, depth + 1, files);
      else files.push({ path, unreadable: `it is more than ${LIMITS.folders} folders deep` });
    } else if (isYaml(entry.name)) {
      files.push(entry.isSymbolicLink() ? link(path) : read(join(folder, entry.name), path));
    } else if (entry.isSymbolicLink()) {
      // It may be a folder of environments that somebody expects to be read.
      files.push(link(path));
    }
  }
}

const link = (path: string): SourceFile => ({ path, unreadable: 'it is a symbolic link' });

/** Without following links, without waiting for a pipe, and no more than the limit and one byte. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function read(file: string, path: string): SourceFile {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, FLAGS);
    if (!fstatSync(descriptor).isFile()) return { path, unreadable: 'it is not a file' };
    const bytes = readUpTo(descriptor, LIMITS.size + 1);
    if (bytes.length > LIMITS.size) return { path, unreadable: `it has more than ${LIMITS.size} bytes` };
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    return { path, unreadable: error instanceof TypeError ? 'it is not UTF-8 text' : reason(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, limit: number): Uint8Array {
  const buffer = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const count = readSync(descriptor, buffer, length, limit - length, null);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

const REASONS = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['ENOTDIR', 'it is not a folder'],
  ['ELOOP', 'it is a symbolic link'],
]);

/** The system's reason in words; anything that is no answer of the file system is thrown on. */
function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  return REASONS.get(code) ?? code;
}
