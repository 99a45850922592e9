import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubFleet } from '../charts/hub-fleet.ts';
import { contents, plimsoll, workspace } from './terminal.ts';

/** The commands, with an environment that another one's cluster runs. */
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
beforeAll(async () => {
  folder = workspace();
  fs.rmSync(at('dist'), { recursive: true, force: true });
  for (const { path: file, text } of hubFleet()) fs.writeFileSync(at(file), text);
  const { code, out } = await plimsoll(folder, ['synth', '--fresh']);
  expect(code === 0 ? '' : out).toBe('');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const report = async (...words: string[]) => {
  const { code, out } = await plimsoll(folder, [...words, '--report', 'json=-']);
  const { findings } = JSON.parse(out) as {
    findings: { code: string; severity: string; origin?: { file: string; line: number } }[];
  };
  return { code, findings: findings.filter(({ severity }) => severity !== 'info') };
};
const codesOf = (findings: readonly { code: string }[]) =>
  [...new Set(findings.map(({ code }) => code))].sort();

describe('dist/ of a hub and of an environment that it runs', () => {
  it('has a file to begin with for each, and Crossplane once', () => {
    const files = Object.keys(contents(at('dist')));
    expect(files.filter((file) => file.startsWith('bootstrap/'))).toEqual([
      'bootstrap/operations.yaml',
      'bootstrap/production.yaml',
      'bootstrap/staging.yaml',
    ]);
    const packages = files.filter((file) => /production\/.*pkg\.crossplane\.io/.test(file));
    expect(packages).toEqual([]);
  });

  it('is valid as a whole', async () => {
    const { code, findings } = await report('validate', at('dist'));
    expect(code).toBe(0);
    // Kinds of managed resources that imports/ has no schemas of.
    expect(codesOf(findings)).toEqual(['composition-base-unknown', 'schema-missing']);
  });

  it('is valid with the hub given beside it', async () => {
    expect((await report('validate', at('dist/operations'), at('dist/production'))).code).toBe(0);
  });

  it('tells who is missing where the hub is not given', async () => {
    const { findings } = await report('validate', at('dist/production'));
    const absent = findings.filter(({ code }) => code === 'application-hub-absent');
    expect(absent).toHaveLength(1);
    expect(absent[0]?.origin?.file).toContain('application.argoproj.io_argocd_production-argocd.yaml');
  });
});

it('a policy of production judges what a hub holds for it, at the line of the environment', async () => {
  const file = at('environments/production.yaml');
  const former = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, former.replace('tier: M30', 'tier: M10').replace('min: M30', 'min: M10'));
  const { code, findings } = await report('synth', '--check');
  fs.writeFileSync(file, former);
  expect(code).toBe(1);
  const line = former.split('\n').findIndex((text) => text.includes('tier: M30')) + 1;
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'policy-violated',
      origin: expect.objectContaining({ file: 'environments/production.yaml', line }),
    }),
  );
});
