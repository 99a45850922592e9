import fs from 'node:fs';

/** Writes a file that is there anew, whole or not at all, with the permissions that it had. */
export function replaceFile(file: string, text: string): void {
  const { mode } = fs.statSync(file);
  fs.writeFileSync(`${file}.new`, text, { mode, flag: 'wx' });
  try {
    fs.renameSync(`${file}.new`, file);
  } catch (error) {
    fs.rmSync(`${file}.new`, { force: true });
    throw error;
  }
}
