import fs from 'node:fs';
import path from 'node:path';
import { root } from '../build.js';
import { benchmarkEnvironment, serviceName } from './environment.js';
import { measure, median } from './measure.js';

/**
 * What `plimsoll diff` costs where two of many services changed: a release, and more room to scale. Base and head are
 * folders, so that git has no part in it; both are rendered, previewed and compared, the head checked as by synth.
 * @param {string} work
 * @param {number} services
 * @param {number} runs
 * @returns {Promise<import('./measure.js').Figures>} medians
 */
export async function diffFigures(work, services, runs) {
  const [base, head] = ['diff-base', 'diff-head'].map((name) => path.join(work, name));
  const before = benchmarkEnvironment(services);
  const name = serviceName(Math.floor(services / 2));
  const after = before
    .replace(`registry.tideline.example/${name}:v1.`, `registry.tideline.example/${name}:v2.`)
    .replace('max: 6', 'max: 8');
  if (after === before) throw new Error('nothing was changed to be compared');
  for (const [folder, text] of /** @type {const} */ ([
    [base, before],
    [head, after],
  ])) {
    fs.mkdirSync(path.join(folder ?? '', 'environments'), { recursive: true });
    fs.writeFileSync(path.join(folder ?? '', 'environments/bench.yaml'), text);
    fs.cpSync(path.join(root, 'policies'), path.join(folder ?? '', 'policies'), { recursive: true });
  }
  const command = [path.join(root, 'scripts/plimsoll.js'), 'diff', '--base', base ?? ''];
  const all = [];
  for (let run = -1; run < runs; run++) {
    const measured = await measure(process.execPath, command, head ?? '');
    // The first one does not count: the files are in memory then.
    if (run >= 0) all.push(measured);
  }
  return { cpu: median(all, 'cpu'), wall: median(all, 'wall'), megabytes: median(all, 'megabytes') };
}
