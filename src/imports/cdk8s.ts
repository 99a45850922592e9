import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** Runs `cdk8s import` at the edge: in a folder of its own, without network, reading the bundles that it is given. */

const LIMIT = 10 * 60_000;

/** The installed cdk8s-cli's version, or undefined where it is not installed. */
export function cdk8sVersion(project: string): string | undefined {
  const found = resolvePackage(project);
  return found === undefined ? undefined : JSON.parse(fs.readFileSync(found, 'utf8')).version;
}

/** Bundle path (as in cdk8s.yaml) -> text in; module file name -> text out. Throws what `cdk8s import` says. */
export async function importConstructs(
  project: string,
  bundles: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const found = resolvePackage(project);
  if (found === undefined) throw new Error('cdk8s-cli is not installed; run npm ci in a clone of plimsoll');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-import-'));
  try {
    for (const [file, text] of bundles) {
      fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    const settings = { language: 'typescript', imports: [...bundles.keys()] };
    fs.writeFileSync(path.join(folder, 'cdk8s.yaml'), JSON.stringify(settings));
    await run(path.join(path.dirname(found), 'bin', 'cdk8s'), folder);
    const output = path.join(folder, 'imports');
    const modules = fs.readdirSync(output).sort();
    return new Map(modules.map((name) => [name, fs.readFileSync(path.join(output, name), 'utf8')]));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function run(program: string, cwd: string): Promise<void> {
  // It would look for a newer version of itself, and print a stack trace where there is no network.
  const options = ['import', '--check-upgrade=false', '--save=false', '--output=imports'];
  try {
    await promisify(execFile)(process.execPath, [program, ...options], {
      cwd,
      timeout: LIMIT,
      maxBuffer: 1 << 24,
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(said.split('\n').slice(-20).join('\n') || String(error));
  }
}

function resolvePackage(project: string): string | undefined {
  try {
    return createRequire(path.join(project, 'package.json')).resolve('cdk8s-cli/package.json');
  } catch {
    return undefined;
  }
}
