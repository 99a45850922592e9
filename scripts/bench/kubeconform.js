import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../build.js';

/**
 * kubeconform as its users run it: with the schemas of the kinds in JSON, the same that plimsoll judges by. Undefined
 * where it is not installed. Says which it is, so that figures name what they compare with.
 * @param {string} folder where the schemas go
 * @param {readonly (readonly [apiVersion: string, kind: string])[]} kinds
 */
export async function kubeconform(folder, kinds) {
  const program = [...(process.env['PATH'] ?? '').split(path.delimiter), path.join(os.homedir(), 'go/bin')]
    .map((place) => path.join(place, 'kubeconform'))
    .find((file) => fs.existsSync(file));
  if (program === undefined) return undefined;
  const { schemaText } = await schemaWriter(folder);
  fs.mkdirSync(path.join(folder, 'schemas'), { recursive: true });
  for (const [apiVersion, kind] of kinds) {
    const parts = apiVersion.split('/');
    const name = `${parts[0]}_${parts.at(-1)}_${kind.toLowerCase()}.json`;
    fs.writeFileSync(path.join(folder, 'schemas', name), schemaText(apiVersion, kind));
  }
  const location = `${folder}/schemas/{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json`;
  return { program, version: version(program), args: ['-strict', '-summary', '-schema-location', location] };
}

/** `go install` leaves `-v` at "development"; the module's version stands in the program. @param {string} program */
function version(program) {
  const said = spawnSync(program, ['-v'], { encoding: 'utf8' }).stdout.trim();
  const content = fs.readFileSync(program);
  const start = content.indexOf('mod\tgithub.com/yannh/kubeconform\t');
  return start === -1
    ? said
    : (content
        .toString('latin1', start, start + 100)
        .split('\t')[2]
        ?.split('\n')[0] ?? said);
}

/** What the engine `kubeconform` of plimsoll writes, without the rest of plimsoll. @param {string} folder */
async function schemaWriter(folder) {
  const { build } = await import('esbuild');
  const outfile = path.join(folder, 'schema-writer.mjs');
  const contents = `
    import fs from 'node:fs';
    import { plainSchema } from '#validate/kubeconform/convert.ts';
    import { openStore } from '#validate/schema/store.ts';
    const store = openStore('1.34', (file) => JSON.parse(fs.readFileSync(${JSON.stringify(`${root}/imports/schemas/`)} + file, 'utf8')));
    export function schemaText(apiVersion, kind) {
      const schema = store.find(apiVersion, kind);
      if (schema === undefined) throw new Error('no schema of ' + apiVersion + ' ' + kind);
      return JSON.stringify(plainSchema(schema, store));
    }`;
  await build({
    stdin: { contents, resolveDir: root, sourcefile: 'schema-writer.ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  return import(outfile);
}
