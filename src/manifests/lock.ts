import fs from 'node:fs';

/**
 * A lock file that names the process that holds it. A process that died holds nothing; neither does one whose id
 * was given to another process since, which is common in containers, where ids are small.
 */

/** Takes the lock, over from a dead owner if need be. False where a living process holds it. */
export function holdLock(lock: string): boolean {
  if (!isHeld(lock)) fs.rmSync(lock, { force: true });
  // Linked into place, so that nobody ever reads a lock without a name on it.
  const own = `${lock}.${process.pid}`;
  fs.writeFileSync(own, owner());
  try {
    fs.linkSync(own, lock);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** Whether a living process, another one than this, holds the lock. */
export function isHeld(lock: string): boolean {
  const [id = '', started = ''] = (read(lock) ?? '').split(' ');
  const pid = Number(id);
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid || startOf(pid) !== started) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Whether this process holds the lock. */
export const isOurs = (lock: string): boolean => read(lock) === owner();

const owner = () => `${process.pid} ${startOf(process.pid)}`;

/** When a process started, in the kernel's ticks; empty where there is no /proc. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  // The second field, the program's name in parentheses, may hold anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
