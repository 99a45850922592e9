import fs from 'node:fs';
import { raw } from 'jq-wasm';

/** jq as the documentation's commands use it, where a machine has none: `jq [--arg NAME VALUE] (PROGRAM | -f FILE) INPUT`. */
const words = process.argv.slice(2);
/** @type {string[]} */
const flags = [];
let program;
while (words[0]?.startsWith('-')) {
  const flag = words.shift() ?? '';
  if (flag === '-f') program = fs.readFileSync(words.shift() ?? '', 'utf8');
  else flags.push(flag, ...words.splice(0, flag === '--arg' ? 2 : 0));
}
program ??= words.shift() ?? '';
try {
  const text = await raw(fs.readFileSync(words[0] ?? '', 'utf8'), program, flags);
  process.stdout.write(text === '' ? '' : `${text.trimEnd()}\n`);
} catch (error) {
  process.stderr.write(`${error}\n`);
  process.exitCode = 5;
}
