import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

async function validated() {
  const { code, out } = await plimsoll(folder, ['validate', at(), '--checks', 'graph', '--report', 'json=-']);
  const { findings } = JSON.parse(out) as {
    findings: { code: string; severity: string; args: { folder?: string; application?: string } }[];
  };
  return { code, findings: findings.filter((one) => /^(application-none|wave-too-late)$/.test(one.code)) };
}

function stray(...parts: string[]): void {
  fs.mkdirSync(at(...parts), { recursive: true });
  fs.writeFileSync(
    at(...parts, 'x.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stray, namespace: tideline }\n',
  );
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
