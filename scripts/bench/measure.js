import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** @typedef {{ cpu: number, wall: number, megabytes: number }} Figures */

/**
 * One run of a whole command: seconds of CPU (user and system, children included), seconds by the clock, and
 * the largest process's peak memory in MB (Linux only, else NaN). Throws where the command fails: a failed run
 * is no figure.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<Figures>}
 */
export async function measure(program, args, cwd) {
  const start = performance.now();
  // Bash's `time` counts children too, and is on every machine; what the command prints is thrown away.
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null';
  const shell = spawn('bash', ['-c', script, 'measure', program, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let times = '';
  shell.stderr.on('data', (part) => {
    times += part;
  });
  let peak = Number.NaN;
  const watch = setInterval(() => {
    for (const pid of descendants(shell.pid ?? 0))
      peak = Math.max(Number.isNaN(peak) ? 0 : peak, highWater(pid));
  }, 10);
  const status = await new Promise((resolve) => shell.once('close', resolve));
  clearInterval(watch);
  const wall = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  const [user = Number.NaN, system = Number.NaN] = times.trim().split(' ').map(Number);
  return { cpu: user + system, wall, megabytes: peak / 1024 };
}

/**
 * @param {readonly Figures[]} runs
 * @param {keyof Figures} figure
 */
export function median(runs, figure) {
  const sorted = runs.map((run) => run[figure]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} pid @returns {readonly number[]} */
function descendants(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** Most memory that a process ever held, in KiB. @param {number} pid */
function highWater(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
