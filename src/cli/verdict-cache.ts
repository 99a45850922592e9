import fs from 'node:fs';
import path from 'node:path';
import { version as nodeVersion } from 'node:process';
import { fileURLToPath } from 'node:url';
import { contentOf, sumOfSchemas } from './schema-files.ts';
import type { Terminal } from './terminal.ts';
import { sha256, type VerdictFiles, verdictFiles } from './verdict-file.ts';

/**
 * The cache of `plimsoll validate`: documents that were clean under the same plimsoll, schemas, policies and options
 * are not judged again. Undefined where there is no place for it.
 */
export function openVerdicts(
  { env }: Terminal,
  kubernetesVersion: string,
  facts: readonly string[],
): VerdictFiles | undefined {
  const folder = cacheFolder(env);
  if (folder === undefined) return undefined;
  const key = [FORMAT, nodeVersion, engine(), kubernetesVersion, sumOfSchemas(kubernetesVersion), ...facts];
  return verdictFiles(path.join(folder, 'verdicts'), sha256(JSON.stringify(key)));
}

/** Of what a line in the cache means. */
const FORMAT = '1';

/** `$PLIMSOLL_CACHE`, else where the XDG base directory specification has caches. */
function cacheFolder(env: Terminal['env']): string | undefined {
  const { PLIMSOLL_CACHE: own, XDG_CACHE_HOME: caches, HOME: home } = env;
  if (own !== undefined && own !== '') return path.resolve(own);
  if (caches !== undefined && path.isAbsolute(caches)) return path.join(caches, 'plimsoll');
  return home !== undefined && path.isAbsolute(home) ? path.join(home, '.cache/plimsoll') : undefined;
}

/** The code that is running: the bundle's entry names each other part of it by the sum of its content. */
function engine(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const bundle = path.join(here, 'plimsoll.js');
  return fs.existsSync(bundle) ? sha256(fs.readFileSync(bundle)) : contentOf(path.dirname(here));
}
