import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../build.js';

/**
 * Where a run's CPU time goes, by the part of the sources that it is spent in: from Node's own profile of the real
 * command, so that nothing in it has to take the time. What a library or Node itself does counts for who called it.
 */

/** The parts, in the order of their work. @type {readonly (readonly [name: string, sources: RegExp])[]} */
const PARTS = [
  ['read and parse', /^src\/manifests\/read|\/yaml\//],
  ['schema', /^src\/validate\/schema/],
  ['cel', /^src\/(validate\/)?cel/],
  ['policy', /^src\/validate\/policy/],
  ['kubeconform', /^src\/validate\/kubeconform/],
  ['', /^src\/validate\/([a-z-]+)/],
  ['report', /^src\/report/],
  ['command', /^src\//],
];

/**
 * Milliseconds by part, in the order of the largest first.
 * @param {readonly string[]} args of the command
 * @param {string} cwd
 * @param {string} folder where the profile goes
 * @returns {readonly (readonly [part: string, milliseconds: number])[]}
 */
export function phases(args, cwd, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  const command = path.join(root, 'scripts/plimsoll.js');
  const profiled = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500', command, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, profiled, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0)
    throw new Error(
      `plimsoll ${args.join(' ')} ended with ${status}: ${stdout.slice(0, 2000)}${stderr.slice(0, 500)}`,
    );
  const [file = ''] = fs.readdirSync(folder);
  return byPart(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
}

/**
 * @typedef {{ id: number, callFrame: { functionName: string, url: string, lineNumber: number }, children?: number[] }} ProfileNode
 * @param {{ nodes: readonly ProfileNode[], samples: readonly number[], timeDeltas: readonly number[] }} profile
 */
function byPart({ nodes, samples, timeDeltas }) {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => /** @type {const} */ ([child, id]))),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Map<number, string>} */
  const known = new Map();
  /** @param {number | undefined} id @returns {string} */
  const partOf = (id) => {
    const node = id === undefined ? undefined : byId.get(id);
    if (node === undefined || id === undefined) return 'start of Node and loading';
    const before = known.get(id);
    if (before !== undefined) return before;
    const part = own(node) ?? partOf(parents.get(id));
    known.set(id, part);
    return part;
  };
  /** @type {Map<string, number>} */
  const parts = new Map();
  for (const [index, id] of samples.entries()) {
    const part = partOf(id);
    parts.set(part, (parts.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  }
  parts.delete('idle');
  return [...parts].sort(([, left], [, right]) => right - left);
}

/** The part of a node's own code; undefined where its caller's counts. @param {ProfileNode} node */
function own({ callFrame: { functionName, url, lineNumber } }) {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(anonymous)' && lineNumber === 0) return undefined;
  const source = url.startsWith('file:') ? sourceAt(url.slice('file://'.length), lineNumber) : undefined;
  if (source === undefined) return undefined;
  const [name, sources] = PARTS.find(([, pattern]) => pattern.test(source)) ?? [undefined, undefined];
  return name === '' ? sources?.exec(source)?.[1] : name;
}

/** @type {Map<string, readonly (readonly [line: number, source: string])[]>} */
const sources = new Map();

/** Which source file a line of the bundle comes from: the bundler says so above each. @param {string} file @param {number} line */
function sourceAt(file, line) {
  if (!fs.existsSync(file)) return undefined;
  let known = sources.get(file);
  if (known === undefined) {
    known = fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, index) =>
        /^\/\/ (src|node_modules|imports)\//.test(text)
          ? [/** @type {const} */ ([index, text.slice(3)])]
          : [],
      );
    sources.set(file, known);
  }
  return known.findLast(([start]) => start <= line)?.[1];
}
