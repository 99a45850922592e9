import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diffFigures } from './bench/diff.js';
import { benchmarkEnvironment } from './bench/environment.js';
import { helm, helmChart } from './bench/helm.js';
import { measure, median } from './bench/measure.js';
import { root } from './build.js';

/**
 * What synth costs, checks included, for 10, 100 and 1,000 services, and beside it `helm template` of a chart
 * with the same documents. The two alternate in one run, so that a slow moment of the machine meets both;
 * medians of RUNS runs (default 5). Then what `plimsoll diff` costs for the largest of these sizes. Reports figures;
 * judges nothing.
 */

const runs = Number(process.env['RUNS'] ?? 5);
const sizes = (process.env['SIZES'] ?? '10,100,1000').split(',').map(Number);
const command = path.join(root, 'scripts/plimsoll.js');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bench-'));

/** @param {number} value @param {number} digits */
const figure = (value, digits = 2) => value.toFixed(digits).padStart(9);

try {
  const helmBinary = helm(work);
  process.stdout.write(`node ${process.version}, ${os.cpus().length} cores, median of ${runs} runs\n\n`);

  const help = await repeat(() => measure(process.execPath, [command, '--help'], work));
  process.stdout.write(
    `plimsoll --help: ${figure(median(help, 'cpu') * 1000, 0)} ms CPU, ${figure(median(help, 'wall') * 1000, 0)} ms wall\n\n`,
  );

  process.stdout.write(
    'services  documents  plimsoll: CPU s   wall s   peak MB    docs/s   growth | helm: CPU s   wall s | CPU ratio\n',
  );
  let former = Number.NaN;
  for (const size of sizes) {
    const folder = path.join(work, String(size));
    fs.mkdirSync(path.join(folder, 'environments'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'environments/bench.yaml'), benchmarkEnvironment(size));
    fs.cpSync(path.join(root, 'policies'), path.join(folder, 'policies'), { recursive: true });
    const synth = () => {
      fs.rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
      return measure(
        'npm',
        [
          'run',
          '--silent',
          '--prefix',
          root,
          'synth',
          '--',
          '--environments',
          path.join(folder, 'environments'),
          '--output',
          path.join(folder, 'dist'),
        ],
        root,
      );
    };
    await synth();
    const chart = helmChart(path.join(folder, 'dist'), path.join(folder, 'chart'), size);
    const template = () => measure(helmBinary, ['template', 'bench', chart.folder], folder);
    await template();
    /** @type {import('./bench/measure.js').Figures[]} */
    const ours = [];
    /** @type {import('./bench/measure.js').Figures[]} */
    const theirs = [];
    for (let run = 0; run < runs; run++) {
      ours.push(await synth());
      theirs.push(await template());
    }
    const cpu = median(ours, 'cpu');
    process.stdout.write(
      `${String(size).padStart(8)} ${String(chart.documents).padStart(10)} ${figure(cpu).padStart(15)} ${figure(median(ours, 'wall'))} ${figure(median(ours, 'megabytes'), 0)} ${figure(chart.documents / median(ours, 'wall'), 0)} ${figure(cpu / former, 1)} | ${figure(median(theirs, 'cpu'))} ${figure(median(theirs, 'wall'))} | ${figure(cpu / median(theirs, 'cpu'))}\n`,
    );
    former = cpu;
  }

  const largest = Math.max(...sizes);
  const { cpu, wall, megabytes } = await diffFigures(work, largest, runs);
  process.stdout.write(
    `\nplimsoll diff, ${largest} services, two changed: ${figure(cpu)} s CPU, ${figure(wall)} s wall, ${figure(megabytes, 0)} MB\n`,
  );
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}

/** @param {() => Promise<import('./bench/measure.js').Figures>} once */
async function repeat(once) {
  const all = [];
  for (let run = 0; run < runs; run++) all.push(await once());
  return all;
}
