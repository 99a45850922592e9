import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSources } from '../../src/cli/import.ts';
import { platformKinds } from '../../src/cli/platform-kinds.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readFolder } from '../../src/imports/disk.ts';
import { writeLock } from '../../src/imports/lock.ts';
import { lock, mirror, VESSEL, vesselYaml } from './fleet.ts';

/** A clone in a folder of its own, with a mirror beside it. */
let clone: string;
let beside: string;
let said: string;

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
}

function run(...options: readonly string[]): Promise<number> {
  said = '';
  const hear = (text: string) => {
    said += text;
  };
  const terminal: Terminal = {
    out: hear,
    err: hear,
    cwd: clone,
    env: { PLIMSOLL_MIRROR: beside },
    now: () => 0,
    today: () => '2026-11-23',
    isTerminal: false,
    columns: 80,
    isErrTerminal: false,
  };
  const typed = {
    positionals: [],
    has: (name: string) => options.includes(name),
    value: () => undefined,
    list: () => [],
  };
  return importSources(typed, terminal);
}

beforeEach(() => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-import-test-'));
  clone = path.join(folder, 'clone');
  beside = path.join(folder, 'mirror');
  write(beside, mirror());
  write(
    clone,
    new Map([
      ['imports/imports.lock.json', writeLock(lock())],
      ['imports/tsconfig.json', '{}'],
      ['imports/former.tideline.example.ts', 'export const former = true;'],
      [
        'cdk8s.yaml',
        `imports: [.plimsoll/imports/fleet.tideline.example.yaml, .plimsoll/imports/platform.plimsoll.dev.yaml]`,
      ],
    ]),
  );
  fs.symlinkSync(
    fileURLToPath(new URL('../../node_modules', import.meta.url)),
    path.join(clone, 'node_modules'),
  );
});

afterEach(() => fs.rmSync(path.dirname(clone), { recursive: true, force: true }));

describe('plimsoll import', () => {
  it('writes constructs and schemas, keeps what people wrote, and removes what is no longer made', async () => {
    expect(await run(), said).toBe(0);
    const files = readFolder(path.join(clone, 'imports'));
    expect([...files.keys()].filter((file) => !file.includes('platform.plimsoll.dev')).sort()).toEqual([
      'SOURCES.md',
      'fleet.tideline.example.ts',
      'imports.lock.json',
      'schemas/crds/fleet.tideline.example/vessel.json',
      'schemas/crds/index.json',
      'schemas/kubernetes/1.34/definitions.json',
      'schemas/kubernetes/1.34/index.json',
      'tsconfig.json',
    ]);
    const constructs = files.get('fleet.tideline.example.ts') ?? '';
    expect(constructs).toContain('export class Vessel extends ApiObject');
    expect(constructs).toContain("apiVersion: 'fleet.tideline.example/v1'");
    expect(constructs).not.toContain('VesselStatus');
    for (const { definition, constructs: wanted } of platformKinds()) {
      const { kind } = (definition as { spec: { names: { kind: string } } }).spec.names;
      const text = files.get('platform.plimsoll.dev.ts') ?? '';
      expect(text.includes(`export class ${kind} extends ApiObject`), kind).toBe(wanted);
    }
    expect(files.get('platform.plimsoll.dev.ts')).not.toContain('export enum');

    expect(await run('check'), said).toBe(0);
    write(clone, new Map([['imports/fleet.tideline.example.ts', `${constructs}\n// by hand`]]));
    write(clone, new Map([['imports/stray.ts', '']]));
    fs.rmSync(path.join(clone, 'imports/SOURCES.md'));
    expect(await run('check')).toBe(1);
    expect(said).toContain('imports/fleet.tideline.example.ts differs');
    expect(said).toContain('imports/stray.ts was not generated');
    expect(said).toContain('imports/SOURCES.md is missing');
  });

  const untouched = async (expected: string, ...options: readonly string[]) => {
    const before = readFolder(clone.concat('/imports'));
    expect(await run(...options)).toBe(2);
    expect(said).toContain(expected);
    expect(readFolder(clone.concat('/imports'))).toEqual(before);
    expect(fs.readdirSync(clone).sort()).toEqual(['cdk8s.yaml', 'imports', 'node_modules']);
  };

  it('refuses a changed source and writes nothing', () => {
    write(beside, new Map([[`crds/fleet/${VESSEL}`, `${vesselYaml}# changed`]]));
    return untouched(`${VESSEL} from crds/fleet/${VESSEL} has the sha256`);
  });

  it('names a missing source and writes nothing', () => {
    fs.rmSync(path.join(beside, `crds/fleet/${VESSEL}`));
    return untouched(`${VESSEL} is not at crds/fleet/${VESSEL}`);
  });

  it('refuses a lock whose path leads out of the mirror', () => {
    write(path.dirname(beside), new Map([['outside.yaml', vesselYaml]]));
    const text = writeLock(lock()).replace(VESSEL, '../../../outside.yaml');
    write(clone, new Map([['imports/imports.lock.json', text]]));
    return untouched('/files/0/file');
  });

  it('asks for a group that cdk8s.yaml does not list', () => {
    write(clone, new Map([['cdk8s.yaml', 'imports: [.plimsoll/imports/platform.plimsoll.dev.yaml]']]));
    return untouched('cdk8s.yaml does not list .plimsoll/imports/fleet.tideline.example.yaml');
  });

  it('passes on what cdk8s import says against a schema', () => {
    const text = vesselYaml.replace('draught: { type: integer,', 'draught: { $ref: "#/nowhere",');
    write(beside, new Map([[`crds/fleet/${VESSEL}`, text]]));
    return untouched('cdk8s import failed', 'pin');
  });
});
