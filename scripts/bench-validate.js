import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeDocuments } from './bench/documents.js';
import { kubeconform } from './bench/kubeconform.js';
import { measure, median } from './bench/measure.js';
import { phases } from './bench/phases.js';
import { isCurrent, root } from './build.js';

/**
 * What `plimsoll validate` costs with all checks, for 1,000 and 10,000 documents in files, and beside it kubeconform
 * and flux-schema where they are installed. They alternate in one run, so that a slow moment of the machine meets all;
 * medians of RUNS runs (default 5). Cold is without plimsoll's cache; warm is with it, after one file changed. Reports
 * figures, and leaves them in .plimsoll/bench-validate.json; judges nothing.
 */

const runs = Number(process.env['RUNS'] ?? 5);
const sizes = (process.env['SIZES'] ?? '1000,10000').split(',').map(Number);
const command = path.join(root, 'scripts/plimsoll.js');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bench-'));

/** @typedef {import('./bench/measure.js').Figures} Figures */
/** @typedef {{ readonly name: string, readonly before: () => void, readonly run: () => Promise<Figures> }} Contender */

/** Kinds among the documents, for kubeconform's schemas. */
const KINDS = /** @type {const} */ ([
  ['v1', 'Namespace'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['v1', 'ServiceAccount'],
  ['v1', 'ConfigMap'],
  ['apps/v1', 'Deployment'],
  ['v1', 'Service'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['sqs.aws.upbound.io/v1beta1', 'Queue'],
]);

try {
  if (!isCurrent()) spawnSync(process.execPath, [command, '--version']);
  const peer = await kubeconform(work, KINDS);
  const flux = onPath('flux-schema');
  say(`node ${process.version}, ${os.cpus().length} cores, median of ${runs} runs, one document a file`);
  say(
    peer === undefined
      ? 'kubeconform is not installed'
      : `kubeconform ${peer.version} -strict, schemas of Kubernetes 1.34`,
  );
  say(flux === undefined ? 'flux-schema is not installed' : `flux-schema ${flux}`);
  const results = [];
  for (const size of sizes) results.push(await benchmark(size, peer, flux));
  fs.mkdirSync(path.join(root, '.plimsoll'), { recursive: true });
  const about = { node: process.version, cores: os.cpus().length, runs, kubeconform: peer?.version };
  fs.writeFileSync(
    path.join(root, '.plimsoll/bench-validate.json'),
    `${JSON.stringify({ ...about, results }, null, 1)}\n`,
  );
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}

/**
 * @param {number} size
 * @param {Awaited<ReturnType<typeof kubeconform>>} peer
 * @param {string | undefined} flux
 */
async function benchmark(size, peer, flux) {
  const folder = path.join(work, String(size));
  const files = writeDocuments(path.join(folder, 'manifests'), size);
  const help = spawnSync(process.execPath, [command, 'validate', '--help'], { encoding: 'utf8' }).stdout;
  // Wherever it keeps what it knows (beside the manifests or in the user's folder), this run has its own.
  const caches = [path.join(folder, '.plimsoll'), path.join(folder, 'cache')];
  const forget = () => {
    for (const cache of caches) fs.rmSync(cache, { recursive: true, force: true });
  };
  const own = [`XDG_CACHE_HOME=${caches[1]}`, process.execPath, command, 'validate', 'manifests'];
  const ours = () => measure('env', own, folder);
  let change = 0;
  /** @type {Contender[]} */
  const contenders = [{ name: 'plimsoll, cold', before: forget, run: ours }];
  if (help.includes('--no-cache')) {
    const touch = () =>
      fs.appendFileSync(files[Math.floor(files.length / 2)] ?? '', `# change ${change++}\n`);
    contenders.push({ name: 'plimsoll, warm', before: touch, run: ours });
  }
  if (peer !== undefined) {
    const run = () => measure(peer.program, [...peer.args, 'manifests'], folder);
    contenders.push({ name: 'kubeconform', before: () => {}, run });
  }
  if (flux !== undefined) {
    const run = () => measure(flux, ['validate', 'manifests', '--skip-missing-schemas'], folder);
    contenders.push({ name: 'flux-schema', before: () => {}, run });
  }
  /** @type {Map<string, Figures[]>} */
  const figures = new Map(contenders.map(({ name }) => [name, []]));
  // One run each that does not count: the files are in memory then, for all.
  for (let run = -1; run < runs; run++) {
    for (const { name, before, run: once } of contenders) {
      before();
      const measured = await once();
      if (run >= 0) figures.get(name)?.push(measured);
    }
  }
  say(`\n${size} documents in ${files.length} files${' '.repeat(12)}CPU s   wall s  peak MB`);
  const medians = [...figures].map(([name, all]) => ({
    name,
    cpu: median(all, 'cpu'),
    wall: median(all, 'wall'),
    megabytes: median(all, 'megabytes'),
  }));
  for (const { name, cpu, wall, megabytes } of medians)
    say(`  ${name.padEnd(36)}${figure(cpu)}${figure(wall)}${figure(megabytes, 0)}`);
  compare(medians);
  forget();
  const parts = phases(['validate', 'manifests'], folder, path.join(folder, 'profile'));
  say(
    `  cold, by phase: ${parts.map(([part, milliseconds]) => `${part} ${milliseconds.toFixed(0)} ms`).join(', ')}`,
  );
  return { size, medians, phases: Object.fromEntries(parts) };
}

/** @param {readonly (Figures & { readonly name: string })[]} medians */
function compare(medians) {
  const named = (/** @type {string} */ name) => medians.find((one) => one.name === name);
  const [cold, warm, peer] = [named('plimsoll, cold'), named('plimsoll, warm'), named('kubeconform')];
  const fastest = Math.min(
    ...medians.filter(({ name }) => !name.startsWith('plimsoll')).map(({ cpu }) => cpu),
  );
  if (cold === undefined) return;
  if (Number.isFinite(fastest))
    say(`  cold / fastest peer, CPU: ${(cold.cpu / fastest).toFixed(2)} (goal 0.33)`);
  if (warm !== undefined) say(`  warm / cold, CPU: ${(warm.cpu / cold.cpu).toFixed(2)} (goal 0.10)`);
  if (peer !== undefined)
    say(`  memory / kubeconform's: ${(cold.megabytes / peer.megabytes).toFixed(1)} (goal 3)`);
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
