import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeDocuments } from './bench/documents.js';
import { measure, median } from './bench/measure.js';
import { isCurrent, root } from './build.js';

/**
 * What the whole policy pack costs over 10,000 documents in files, reading and parsing included, beside kube-linter (its
 * default checks), conftest (the rules of bench/policies.rego) and kyverno (the same native policies), where they are
 * installed. They alternate in one run; medians of RUNS runs (default 5). Reports figures, and leaves them in
 * .plimsoll/bench-policy.json; judges nothing.
 */
const runs = Number(process.env['RUNS'] ?? 5);
const size = Number(process.env['SIZE'] ?? 10_000);
const command = path.join(root, 'scripts/plimsoll.js');
const policies = path.join(root, 'policies');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bench-'));

/** @typedef {import('./bench/measure.js').Figures} Figures */

try {
  if (!isCurrent()) spawnSync(process.execPath, [command, '--version']);
  const files = writeDocuments(path.join(work, 'manifests'), size);
  const peers = [
    { name: 'kube-linter', goal: 0.5, args: ['lint', 'manifests'] },
    {
      name: 'conftest',
      goal: 0.1,
      args: ['test', '--policy', path.join(root, 'scripts/bench/policies.rego'), 'manifests'],
    },
    { name: 'kyverno', goal: 1 / 30, args: ['apply', policies, '--resource', 'manifests', '--recurse'] },
  ].map((peer) => ({ ...peer, program: onPath(peer.name) }));
  const ours = [command, 'validate', 'manifests', '--checks', 'policy', '--no-cache'];
  const contenders = [
    { name: 'plimsoll', program: process.execPath, args: ours },
    ...peers.flatMap(({ name, program, args }) => (program === undefined ? [] : [{ name, program, args }])),
  ];
  for (const { name, program } of peers) if (program === undefined) say(`${name} is not installed`);
  say(
    `node ${process.version}, ${os.cpus().length} cores, median of ${runs} runs, ${files.length} documents`,
  );
  /** @type {Map<string, Figures[]>} */
  const figures = new Map(contenders.map(({ name }) => [name, []]));
  for (let run = -1; run < runs; run++) {
    for (const { name, program, args } of contenders) {
      // What is found makes some of them fail, which is no failure of the measurement.
      const measured = await measure('bash', ['-c', '"$@"; true', name, program, ...args], work);
      if (run >= 0) figures.get(name)?.push(measured);
    }
  }
  const medians = [...figures].map(([name, all]) => ({
    name,
    cpu: median(all, 'cpu'),
    wall: median(all, 'wall'),
    megabytes: median(all, 'megabytes'),
  }));
  say(`${' '.repeat(20)}CPU s   wall s  peak MB`);
  for (const { name, cpu, wall, megabytes } of medians)
    say(`  ${name.padEnd(14)}${figure(cpu)}${figure(wall)}${figure(megabytes, 0)}`);
  const own = medians[0]?.cpu ?? Number.NaN;
  for (const { name, goal } of peers) {
    const peer = medians.find((one) => one.name === name);
    if (peer !== undefined)
      say(`  plimsoll / ${name}, CPU: ${(own / peer.cpu).toFixed(3)} (goal ${goal.toFixed(3)})`);
  }
  fs.mkdirSync(path.join(root, '.plimsoll'), { recursive: true });
  const about = { node: process.version, cores: os.cpus().length, runs, documents: files.length };
  fs.writeFileSync(
    path.join(root, '.plimsoll/bench-policy.json'),
    `${JSON.stringify({ ...about, medians }, null, 1)}\n`,
  );
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}

/** @param {string} program */
function onPath(program) {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((place) => path.join(place, program))
    .find((file) => fs.existsSync(file));
}

/** @param {number} value @param {number} digits */
function figure(value, digits = 2) {
  return value.toFixed(digits).padStart(9);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
