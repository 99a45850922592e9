import { spawnSync } from 'node:child_process';
import { root } from './build.js';

/**
 * Everything that must hold before a change is merged. Runs every step even where one failed, so that one run
 * shows all there is to mend; exits with 1 if any failed.
 *
 * The tests take most of the time. Whoever has just run them on these very files, as CI has, says so with
 * PLIMSOLL_TESTED=1; that they did not run again is said, too.
 */

/** @type {readonly (readonly [name: string, command: string])[]} */
const steps = [
  ['format and lint', 'biome check --error-on-warnings .'],
  ['types', 'tsc -b'],
  ['architecture', 'depcruise --config .dependency-cruiser.json --output-type err src scripts'],
  ['unused code', 'knip'],
  ['generated files', 'node scripts/generate.js --check'],
  ['imports are what the lock says', 'node scripts/plimsoll.js import --check'],
  ['dist is current', 'node scripts/plimsoll.js synth --check'],
  ['tests', 'vitest run'],
];

const path = `${root}/node_modules/.bin:${process.env['PATH'] ?? ''}`;
const isTested = process.env['PLIMSOLL_TESTED'] === '1';
const due = steps.filter(([name]) => !(isTested && name === 'tests'));
const outcomes = due.map(([name, command]) => {
  process.stdout.write(`\n== ${name}: ${command}\n`);
  const [program = '', ...rest] = command.split(' ');
  const { status } = spawnSync(program, rest, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  return { name, passed: status === 0 };
});

process.stdout.write('\n');
for (const { name, passed } of outcomes) process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name}\n`);
if (isTested) process.stdout.write('-      tests: not again, they ran just before (PLIMSOLL_TESTED)\n');
if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
