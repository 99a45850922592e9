import fs from 'node:fs';
import path from 'node:path';
import { replaceTree } from '#manifests/tree.ts';
import { cdk8sVersion, importConstructs } from '../imports/cdk8s.ts';
import { BUNDLES } from '../imports/constructs.ts';
import { download, mirrorReader, readDeclared, readFolder } from '../imports/disk.ts';
import { generate, type Inputs, LOCK_FILE } from '../imports/generate.ts';
import { readLock } from '../imports/lock.ts';
import { describe, type Problem } from '../imports/problem.ts';
import { HAND_WRITTEN, verify } from '../imports/verify.ts';
import type { Arguments } from './arguments.ts';
import { platformKinds } from './platform-kinds.ts';
import { type Progress, progress } from './progress.ts';
import { CLEAN, COULD_NOT_CHECK, type ExitCode, FOUND, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll import`: regenerates imports/ in the current folder, all or nothing. `--check` compares without network
 * and writes nothing; `--pin` takes new sums into the lock.
 */
export async function importSources(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const project = terminal.cwd;
  const folder = path.join(project, 'imports');
  const read = readInputs(project);
  if (read.inputs === undefined) return tell(read.problems, terminal);
  const { inputs } = read;
  if (typed.has('check')) return tell(verify(inputs, readFolder(folder)), terminal, FOUND);

  const mirror = mirrorFolder(typed, terminal);
  const waiting = wait(terminal);
  const outcome = await generate(
    inputs,
    {
      download,
      ...(mirror === undefined ? {} : { readMirror: mirrorReader(mirror) }),
      importConstructs: (bundles) => importConstructs(project, bundles),
      say: waiting.say,
    },
    typed.has('pin'),
  ).finally(waiting.end);
  if (outcome.value === undefined) return tell(outcome.problems, terminal);

  const kept = [...readFolder(folder)].filter(([file]) => HAND_WRITTEN.has(file));
  const { files, bundles } = outcome.value;
  if (!replaceTree(folder, new Map([...kept, ...files]))) {
    terminal.err('plimsoll: another import is writing imports/ right now\n');
    return COULD_NOT_CHECK;
  }
  const below = [...bundles].map(([file, text]): [string, string] => [
    path.posix.relative(BUNDLES, file),
    text,
  ]);
  replaceTree(path.join(project, BUNDLES), new Map(below));
  terminal.out(`imports/: ${files.size} files from ${inputs.lock.files.length} pinned sources\n`);
  return CLEAN;
}

/** A few long steps, each announced once: repeats the last, so that a person who waits sees it. */
function wait(terminal: Terminal): Progress {
  const shown = progress(terminal);
  let doing = '';
  const repeat = setInterval(() => shown.say(doing), 200);
  return {
    say: (what) => {
      doing = what;
    },
    end: () => {
      clearInterval(repeat);
      shown.end();
    },
  };
}

function readInputs(project: string): {
  readonly inputs: Inputs | undefined;
  readonly problems: readonly Problem[];
} {
  const file = path.join(project, 'imports', LOCK_FILE);
  if (!fs.existsSync(file))
    throw new UsageError(`there is no imports/${LOCK_FILE} here; run this in a clone of plimsoll`);
  const lock = readLock(fs.readFileSync(file, 'utf8'));
  if (lock.value === undefined) return { inputs: undefined, problems: lock.problems };
  const generator = cdk8sVersion(project);
  if (generator === undefined) throw new UsageError('cdk8s-cli is not installed; run npm ci first');
  return {
    inputs: { lock: lock.value, declared: readDeclared(project), platform: platformKinds(), generator },
    problems: [],
  };
}

/** The option before the variable. */
function mirrorFolder(typed: Arguments, { env, cwd }: Terminal): string | undefined {
  const mirror = typed.value('mirror') ?? env['PLIMSOLL_MIRROR'];
  if (mirror === undefined || mirror === '') return undefined;
  const folder = path.resolve(cwd, mirror);
  if (!fs.existsSync(path.join(folder, 'crds')))
    throw new UsageError(`${mirror} is no mirror: it has no folder crds`);
  return folder;
}

function tell(problems: readonly Problem[], terminal: Terminal, code: ExitCode = COULD_NOT_CHECK): ExitCode {
  if (problems.length === 0) {
    terminal.out('imports/ is what imports/imports.lock.json says\n');
    return CLEAN;
  }
  for (const problem of problems) terminal.err(`plimsoll: ${describe(problem)}\n`);
  return code;
}
