import fs from 'node:fs';
import path from 'node:path';
import { root } from './build.js';

/**
 * Writes the figures of the last `npm run test:cluster`, `npm run bench:validate` and `npm run bench:policy` into the
 * documentation, between its marks: figures that somebody types are figures that somebody forgets. What was not measured stays as it was.
 */

const PAGE = path.join(root, 'docs/explanation/agreement.md');

/** @typedef {{ found: number, missed: number, wrong: number, right: number }} Confusion */
/** @typedef {{ readonly name: string, readonly plimsoll: Confusion, readonly peer: Confusion }} Tally */

let page = fs.readFileSync(PAGE, 'utf8');
const agreement = measured('agreement/figures.json');
if (agreement !== undefined) {
  const peer = agreement.kubeconform === undefined ? undefined : `kubeconform ${agreement.kubeconform}`;
  fill('agreement', summary(agreement, peer));
  fill('agreement-kinds', table('kind', agreement.kinds, peer));
  fill('agreement-classes', table('class of mutation', agreement.classes, peer));
}
const speed = measured('bench-validate.json');
if (speed !== undefined) fill('speed', speedTable(speed));
const policy = measured('bench-policy.json');
if (policy !== undefined) fill('speed-policy', policyTable(policy));
fs.writeFileSync(PAGE, page);

/** @param {string} file */
function measured(file) {
  const at = path.join(root, '.plimsoll', file);
  if (fs.existsSync(at)) return JSON.parse(fs.readFileSync(at, 'utf8'));
  process.stdout.write(`figures: ${file} was not measured, what stands on the page stays\n`);
  return undefined;
}

/** @param {string} mark @param {string} text */
function fill(mark, text) {
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${PAGE} has no ${begin} ... ${end}`);
  page = `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
}

/** @param {Confusion} counts */
function foundOf({ found, missed }) {
  return percent(found, found + missed);
}

/** @param {Confusion} counts */
function wrongOf({ wrong, right }) {
  return percent(wrong, wrong + right);
}

/** @param {any} figures @param {string | undefined} peer */
function summary({ mutants, seed, kubernetes, unjudged, plimsoll, explained, peer: peers }, peer) {
  const rows = [
    ['plimsoll', foundOf(plimsoll), wrongOf(plimsoll)],
    [
      'plimsoll, without the known disagreements',
      percent(explained.foundShare, 1),
      percent(explained.wrongShare, 1),
    ],
    ...(peer === undefined ? [] : [[peer, foundOf(peers), wrongOf(peers)]]),
  ];
  const rejected = plimsoll.found + plimsoll.missed;
  return [
    `${mutants} mutants (seed ${seed}) against API server ${kubernetes}: ${rejected} rejected, ${plimsoll.wrong + plimsoll.right} accepted, ${unjudged} decided by`,
    "the cluster's state and not counted.",
    '',
    '| validator | found, of what the API server rejects | wrongly rejected, of what it accepts |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** @param {string} title @param {readonly Tally[]} tallies @param {string | undefined} peer */
function table(title, tallies, peer) {
  const head = [
    'rejected',
    'found',
    'accepted',
    'wrong',
    ...(peer === undefined ? [] : [`${peer} found`, 'wrong']),
  ];
  const rows = [...tallies]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, plimsoll, peer: theirs }) => [
      name,
      plimsoll.found + plimsoll.missed,
      foundOf(plimsoll),
      plimsoll.wrong + plimsoll.right,
      wrongOf(plimsoll),
      ...(peer === undefined ? [] : [foundOf(theirs), wrongOf(theirs)]),
    ]);
  return [
    `| ${title} | ${head.join(' | ')} |`,
    `|---|${head.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** @param {any} speed */
function speedTable({ node, cores, runs, kubeconform, results }) {
  const lines = [
    `Node ${node}, ${cores} cores, median of ${runs} alternating runs, one document a file${kubeconform === undefined ? '' : `; kubeconform ${kubeconform} with the same schemas`}.`,
    '',
    '| documents | command | CPU s | wall s | peak MB |',
    '|---|---|---|---|---|',
  ];
  for (const { size, medians } of results) {
    for (const { name, cpu, wall, megabytes } of medians)
      lines.push(`| ${size} | ${name} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${megabytes.toFixed(0)} |`);
  }
  for (const { size, phases } of results) {
    const parts = Object.entries(phases)
      .filter(([, milliseconds]) => milliseconds >= 1)
      .map(([part, milliseconds]) => `${part} ${milliseconds.toFixed(0)} ms`);
    lines.push('', `A cold run of ${size} by phase, from Node's own profile: ${parts.join(', ')}.`);
  }
  return lines.join('\n');
}

/** @param {any} policy */
function policyTable({ node, cores, runs, documents, medians }) {
  return [
    `Policies alone, ${documents} documents: Node ${node}, ${cores} cores, median of ${runs} alternating runs.`,
    '',
    '| command | CPU s | wall s | peak MB |',
    '|---|---|---|---|',
    ...medians.map(
      (/** @type {any} */ { name, cpu, wall, megabytes }) =>
        `| ${name} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${megabytes.toFixed(0)} |`,
    ),
  ].join('\n');
}
