import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plimsoll } from '../terminal.ts';

/** A harbour whose berths may only grow and whose cranes never go, in git. */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-base-'));
const at = (file: string) => path.join(folder, file);
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true });
  fs.writeFileSync(at(file), text);
};
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=pilot', '-c', 'user.email=pilot@tideline.example', ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const berths = (count: number) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: berths, namespace: default }\ndata: { count: "${count}" }\n`;
const CRANES = berths(1).replace('berths', 'cranes');
const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: harbour }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE, DELETE], resources: [configmaps] }
  validations:
    - { expression: "request.operation != 'DELETE'", message: it stays }
    - { expression: "request.operation != 'UPDATE' || int(object.data.count) >= int(oldObject.data.count)", message: it only grows }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: harbour }
spec: { policyName: harbour, validationActions: [Deny] }
`;

beforeAll(() => {
  write('policies/harbour.yaml', POLICY);
  write('manifests/berths.yaml', berths(4));
  write('manifests/cranes.yaml', CRANES);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
});
beforeEach(() => git('checkout', '--quiet', '.'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function validate(...typed: readonly string[]) {
  const { code, out, err } = await plimsoll(folder, [
    'validate',
    at('manifests'),
    '--checks=policy',
    '--no-cache',
    '--report',
    'json=-',
    ...typed,
  ]);
  const report = code === 2 ? undefined : JSON.parse(out);
  const findings: readonly Found[] = report?.findings ?? [];
  return { code, err, codes: findings.map(({ code: own }) => own), findings };
}

interface Found {
  readonly code: string;
  readonly message: string;
  readonly origin?: { readonly file: string; readonly line: number };
}

describe('a base', () => {
  it.each(['main', 'HEAD', '.'])('%j that is as it is now', async (base) => {
    expect(await validate(`--base=${base}`)).toMatchObject({ code: 0, codes: [] });
  });

  it('shows what shrinks, at its line', async () => {
    write('manifests/berths.yaml', berths(3));
    const { code, findings } = await validate('--base=main');
    expect(code).toBe(1);
    expect(findings).toMatchObject([{ code: 'policy-violated', origin: { line: 4 } }]);
    expect(findings[0]?.message).toContain('it only grows');
    expect(findings[0]?.origin?.file).toMatch(/manifests\/berths\.yaml$/);
    expect((await validate()).codes).toEqual([]);
  });

  it('shows what goes, where it was', async () => {
    fs.rmSync(at('manifests/cranes.yaml'));
    const { findings } = await validate('--base=main');
    expect(findings).toMatchObject([
      { code: 'policy-violated', origin: { file: 'main:manifests/cranes.yaml', line: 1 } },
    ]);
    expect(findings[0]?.message).toContain('it stays');
  });

  it('knows what moved to another file', async () => {
    fs.rmSync(at('manifests/cranes.yaml'));
    write('manifests/berths.yaml', `${berths(4)}---\n${CRANES}`);
    expect((await validate('--base=main')).codes).toEqual([]);
  });

  it('may be a folder, which has the paths or is what lies there', async () => {
    write('before/manifests/berths.yaml', berths(9));
    write('plain/berths.yaml', berths(9));
    for (const base of ['before', './before', 'plain', at('plain')])
      expect((await validate(`--base=${base}`)).codes).toEqual(['policy-violated']);
  });

  it('without anything there is said to have nothing', async () => {
    fs.mkdirSync(at('empty'), { recursive: true });
    expect(await validate('--base=empty')).toMatchObject({ code: 0, codes: ['manifest-base-empty'] });
  });

  it('that cannot be read says which file', async () => {
    write('broken/manifests/berths.yaml', 'a: [\n');
    expect((await validate('--base=broken')).codes).toEqual(['manifest-base-unreadable']);
  });

  it.each([
    ['--base=nowhere', 'there is no revision "nowhere"'],
    ['--base=--output=owned', 'there is no revision'],
    ['--base=main:manifests', 'there is no revision'],
    ['--base=main;touch owned', 'there is no revision'],
  ])('%s is wrong usage', async (typed, said) => {
    const { code, err } = await validate(typed);
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(fs.existsSync(at('owned'))).toBe(false);
  });

  it('has nothing of what lies outside its repository, nor of standard input', async () => {
    const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-outside-'));
    fs.writeFileSync(path.join(outside, 'berths.yaml'), berths(1));
    const { code, err } = await validate(outside, '--base=main');
    fs.rmSync(outside, { recursive: true });
    expect(code).toBe(2);
    expect(err).toContain('lies outside the repository');
    expect(await validate('-', '--base=main')).toMatchObject({ code: 2 });
  });

  it('beyond a shallow clone says how to get it', async () => {
    write('manifests/berths.yaml', berths(5));
    git('commit', '--quiet', '--all', '--message=second');
    const shallow = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-shallow-'));
    git('clone', '--quiet', '--depth=1', `file://${folder}`, shallow);
    const { code, err } = await plimsoll(shallow, [
      'validate',
      path.join(shallow, 'manifests'),
      '--base=HEAD~1',
    ]);
    fs.rmSync(shallow, { recursive: true });
    expect(code).toBe(2);
    expect(err).toContain('this clone is shallow');
  });
});
