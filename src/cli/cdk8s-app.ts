import { buildApp } from '#charts/app.ts';
import { readSourceFiles } from '#environments/files.ts';
import { readEnvironments } from '#environments/read.ts';
import { messageOf } from '#report/messages.ts';

/**
 * The program that `cdk8s synth` runs (see cdk8s.yaml): the same constructs as `plimsoll synth`, written the way
 * cdk8s writes them. It refuses environment files with errors, but checks nothing that was rendered: use
 * `plimsoll validate` on its output.
 */
const { value: loaded = [], findings } = readEnvironments(readSourceFiles('environments'));
const errors = findings.filter(({ severity }) => severity === 'error');
for (const finding of errors) {
  const { file, line, column } = finding.origin ?? { file: 'environments', line: 1, column: 1 };
  process.stderr.write(`${file}:${line}:${column}  ${messageOf(finding).sentence}\n`);
}
if (errors.length > 0) process.exitCode = 1;
else buildApp(loaded.map(({ environment }) => environment)).synth();
