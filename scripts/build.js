import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Bundles the command into lib/, dependencies included: starting a bundle takes half the time of starting the
 * modules one by one. Types are checked apart, by `npm run check`.
 */

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const lib = path.join(root, 'lib');

/** Whether lib/ was built from the sources as they are now. Looks at times only: about a millisecond. */
export function isCurrent() {
  const built = modified(path.join(lib, 'plimsoll.js'));
  return ['package-lock.json', 'scripts/build.js', 'src', 'imports'].every(
    (source) => newest(path.join(root, source)) <= built,
  );
}

/** Writes lib/. Throws esbuild's own error where a source does not compile. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  // Beside the old one, so that a run in another window never meets half a bundle.
  const fresh = `${lib}.${process.pid}`;
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      plimsoll: 'src/cli/main.ts',
      app: 'src/cli/cdk8s-app.ts',
      generated: 'src/cli/generated.ts',
      'known-policies': 'src/cli/known-policies.ts',
    },
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: false,
    keepNames: false,
    legalComments: 'linked',
    logLevel: 'error',
    plugins: [definedFields],
    // The bundled CommonJS packages ask for Node's own modules with require().
    banner: {
      js: "import{createRequire as $plimsollRequire}from'node:module';const require=$plimsollRequire(import.meta.url);",
    },
  });
  const known = await import(pathToFileURL(path.join(fresh, 'known-policies.js')).href);
  known.writeKnown(fresh);
  fs.rmSync(lib, { recursive: true, force: true });
  fs.renameSync(fresh, lib);
}

/**
 * The generated classes leave undefined fields out by copying the object once for each field, which is most of
 * the time of a large synth. The same in one pass; a test compares every document with what cdk8s itself renders.
 * @type {import('esbuild').Plugin}
 */
const definedFields = {
  name: 'defined-fields',
  setup({ onLoad }) {
    const slow =
      /Object\.entries\(result\)\.reduce\(\(r, i\) => \(i\[1\] === undefined\) \? r : \(\{ \.\.\.r, \[i\[0\]\]: i\[1\] \}\), \{\}\)/g;
    const quick = `
function definedFields(fields) {
  const defined = {};
  for (const name in fields) if (fields[name] !== undefined) defined[name] = fields[name];
  return defined;
}`;
    onLoad({ filter: /[\\/]imports[\\/][^\\/]+\.[jt]s$/ }, ({ path: file }) => {
      const text = fs.readFileSync(file, 'utf8');
      const loader = file.endsWith('.ts') ? 'ts' : 'js';
      return slow.test(text)
        ? { contents: text.replace(slow, 'definedFields(result)') + quick, loader }
        : undefined;
    });
  },
};

/** @param {string} file */
function modified(file) {
  return fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
}

/** @param {string} file @returns {number} */
function newest(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return fs
    .readdirSync(file)
    .filter((name) => name !== 'schemas')
    .reduce((latest, name) => Math.max(latest, newest(path.join(file, name))), stat.mtimeMs);
}

/** npm links the commands of dependencies, not the project's own; `npx plimsoll` shall work in a clone too. */
function linkCommand() {
  const link = path.join(root, 'node_modules/.bin/plimsoll');
  if (process.platform === 'win32' || !fs.existsSync(path.dirname(link))) return;
  fs.rmSync(link, { force: true });
  fs.symlinkSync('../../scripts/plimsoll.js', link);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
  linkCommand();
}
