import fs from 'node:fs';
import path from 'node:path';
import { build, isCurrent, root } from './build.js';

/**
 * Writes the files that are made from the sources: the schema that editors use, the reference documentation.
 * With --check writes nothing, names what is not current, and exits with 1.
 */
if (!isCurrent()) await build();
const { generatedFiles } = await import(new URL('../lib/generated.js', import.meta.url).href);

const stale = Object.entries(/** @type {Record<string, string>} */ (generatedFiles())).filter(
  ([file, text]) =>
    !fs.existsSync(path.join(root, file)) || fs.readFileSync(path.join(root, file), 'utf8') !== text,
);
for (const [file, text] of stale) {
  if (process.argv.includes('--check')) {
    process.stderr.write(`${file} is not current: npm run generate\n`);
    process.exitCode = 1;
  } else {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
    process.stdout.write(`wrote ${file}\n`);
  }
}
