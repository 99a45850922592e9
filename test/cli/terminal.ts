import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { main } from '#cli/main.ts';
import type { Terminal } from '#cli/terminal.ts';

/** What a run of the command line left: its exit code and all that it printed. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs plimsoll in a folder, as a script would: no terminal, no colours. */
export async function plimsoll(
  cwd: string,
  typed: readonly string[],
  terminal: Partial<Terminal> = {},
): Promise<Result> {
  let out = '';
  let err = '';
  let clock = 0;
  const code = await main(typed, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    cwd,
    env: { LANG: 'C.UTF-8', PATH: process.env['PATH'] },
    now: () => (clock += 7),
    today: () => '2026-11-23',
    isTerminal: false,
    columns: 100,
    isErrTerminal: false,
    ...terminal,
  });
  return { code, out, err };
}

/** A folder of its own with the sample company's environments and policies; the caller removes it. */
export function workspace(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-'));
  for (const part of ['environments', 'policies'])
    fs.cpSync(part, path.join(folder, part), { recursive: true });
  return folder;
}

/** Every file below a folder, by relative path. */
export function contents(folder: string): Readonly<Record<string, string>> {
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .filter((file) => fs.statSync(path.join(folder, file)).isFile())
      .map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
  );
}
