import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';

/**
 * Asks the oracle (main.go) all expressions of the fixture again and writes its answers.
 *
 * @typedef {{ expression: string }} Case
 * @typedef {{ issues?: { message: string, line: number, column: number }[], programError?: string, error?: string, value?: string, cost?: number, panic?: string }} Answer
 */

const [, , oracle = './oracle'] = argv;
const fixture = new URL('../fixtures/apiserver-1.34.json', import.meta.url);
const content = JSON.parse(readFileSync(fixture, 'utf8'));

for (const group of content.groups) {
  const { variables, schema } = group;
  /** @type {Case[]} */
  const cases = group.cases;
  const input = cases.map(({ expression }) => JSON.stringify({ expr: expression, vars: variables, schema }));
  const { stdout } = spawnSync(oracle, [], {
    input: `${input.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const answers = stdout.trim().split('\n');
  group.cases = cases.map(({ expression }, index) => ({
    expression,
    ...answerOf(JSON.parse(answers[index] ?? 'null')),
  }));
}

writeFileSync(fixture, `${JSON.stringify(content, null, 1)}\n`);

/** @param {Answer} answer */
function answerOf({ issues, programError, error, value, cost, panic }) {
  if (panic !== undefined) throw new Error(panic);
  const [first] = issues ?? [];
  if (first !== undefined) return { issue: { ...first, column: first.column + 1 } };
  if (programError !== undefined) return { refused: programError };
  return error === undefined ? { value, cost } : { error };
}
