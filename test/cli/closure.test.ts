import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plimsoll } from './terminal.ts';

/** What synth made, then edited by hand: what Argo CD could not deliver fails. */
let folder: string;
const at = (...parts: string[]) => path.join(folder, 'dist', 'production', ...parts);
const applicationOf = (name: string) => at('argocd', `application.argoproj.io_argocd_${name}.yaml`);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-'));
  fs.cpSync('dist/production', at(), { recursive: true });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function validated(what = at()) {
  const { code, out } = await plimsoll(folder, ['validate', what, '--checks', 'graph', '--report', 'json=-']);
  const { findings } = JSON.parse(out) as {
    findings: { code: string; severity: string; args: { folder?: string; application?: string } }[];
  };
  return { code, findings: findings.filter((one) => /^(application-none|wave-too-late)$/.test(one.code)) };
}

const STRAY = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stray, namespace: tideline }\n';

function stray(...parts: string[]): void {
  fs.mkdirSync(at(...parts), { recursive: true });
  fs.writeFileSync(at(...parts, 'x.yaml'), STRAY);
}

it('passes what nobody edited', async () => {
  expect(await validated()).toEqual({ code: 0, findings: [] });
});

it.each([
  ['a folder that nobody syncs', 'stray', () => stray('stray')],
  ['a folder deep below one', 'extra/deep', () => stray('extra', 'deep')],
  ['a service without its Application', 'service-web', () => fs.rmSync(applicationOf('service-web'))],
  ['a root that does not bring itself', 'argocd', () => fs.rmSync(applicationOf('argocd'))],
])('fails %s', async (_title, unsynced, edit) => {
  edit();
  const { code, findings } = await validated();
  expect(code).toBe(1);
  expect(findings).toEqual([expect.objectContaining({ code: 'application-none', severity: 'error' })]);
  expect(JSON.stringify(findings)).toContain(`dist/production/${unsynced}`);
});

it.each([
  ['crossplane', 45],
  ['chart-crossplane', 35],
  ['chart-external-secrets', 60],
  ['chart-aws-load-balancer-controller', 60],
])('fails %s in wave %i, which comes too late', async (name, wave) => {
  const file = applicationOf(name);
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(/sync-wave: .*/, `sync-wave: "${wave}"`));
  const { code, findings } = await validated();
  expect(code).toBe(1);
  expect(new Set(findings.map((one) => `${one.severity} ${one.code}`))).toEqual(
    new Set(['error wave-too-late']),
  );
});

describe('beside environments', () => {
  const dist = (...parts: string[]) => path.join(folder, 'dist', ...parts);
  beforeEach(() => {
    fs.cpSync('dist/staging', dist('staging'), { recursive: true });
    fs.cpSync('dist/bootstrap', dist('bootstrap'), { recursive: true });
  });

  it('passes what lies above their folder', async () => {
    fs.cpSync(at('service-web'), path.join(folder, 'other', 'service-web'), { recursive: true });
    expect(await validated(folder)).toEqual({ code: 0, findings: [] });
  });

  it('fails what an environment left behind', async () => {
    fs.cpSync(at('service-web'), dist('former', 'service-web'), { recursive: true });
    const { code, findings } = await validated(dist());
    expect(code).toBe(1);
    expect(findings).toEqual([expect.objectContaining({ code: 'application-none', severity: 'error' })]);
    expect(JSON.stringify(findings)).toContain(dist('former'));
  });

  it('fails an environment whose Applications are gone', async () => {
    fs.rmSync(at('argocd'), { recursive: true });
    const { code, findings } = await validated(dist());
    expect(code).toBe(1);
    expect(JSON.stringify(findings)).toContain(`no Application syncs ${at()},`);
  });

  it('warns of what somebody put there', async () => {
    fs.mkdirSync(dist('own'));
    fs.writeFileSync(dist('own', 'x.yaml'), STRAY);
    const { code, findings } = await validated(dist());
    expect(code).toBe(0);
    expect(findings).toEqual([expect.objectContaining({ code: 'application-none', severity: 'warning' })]);
  });
});
