import { type Inputs, inputsSum, LOCK_FILE, sha256 } from './generate.ts';
import type { Problem } from './problem.ts';

/** Files in imports/ that people write. */
export const HAND_WRITTEN: ReadonlySet<string> = new Set(['tsconfig.json', 'schemas/README.md']);

/** What imports/ holds: path -> text. */
export type Folder = ReadonlyMap<string, string>;

/**
 * Proves without network that imports/ is what the lock says, and that the lock was written for what goes in now.
 * It cannot prove that the sources still say the same: that takes `plimsoll import`.
 */
export function verify(inputs: Inputs, folder: Folder): readonly Problem[] {
  const { from, files } = inputs.lock.generated;
  const problems: Problem[] = from === inputsSum(inputs) ? [] : [{ code: 'generated-stale' }];
  for (const [file, sum] of Object.entries(files)) {
    const text = folder.get(file);
    if (text === undefined) problems.push({ code: 'generated-missing', file });
    else if (sha256(text) !== sum) problems.push({ code: 'generated-changed', file });
  }
  for (const file of folder.keys()) {
    if (file !== LOCK_FILE && !HAND_WRITTEN.has(file) && !Object.hasOwn(files, file)) {
      problems.push({ code: 'generated-extra', file });
    }
  }
  return problems;
}
