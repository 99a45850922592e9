import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReport } from '#report/report-schema.ts';
import { plimsoll } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-policy-test-'));
  write('policies/quay/no-crane.yaml', policy('no-crane'));
  write('policies/quay/no-crane.cases.yaml', cases('no-crane'));
  write('policies/no-ship.yaml', policy('no-ship'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
};

const policy = (name: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: ${name}
  annotations:
    plimsoll.dev/title: a
    plimsoll.dev/why: b
    plimsoll.dev/severity: low
    plimsoll.dev/standard: the harbour rules
    plimsoll.dev/mend: c
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
  validations:
    - { expression: "!has(object.data)", message: it has data }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name}, validationActions: [Deny] }
`;

const cases = (name: string) => `policy: ${name}
object: { apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: quay } }
cases:
  - { name: empty, allowed: true }
  - { name: full, like: empty, set: { /data/a: b }, denied: [it has data] }
`;

async function test(...typed: readonly string[]) {
  const result = await plimsoll(folder, ['policy', 'test', ...typed, '--report', 'json=r.json']);
  const at = path.join(folder, 'r.json');
  // The form of the report is proven by its own tests.
  const report = fs.existsSync(at) ? (JSON.parse(fs.readFileSync(at, 'utf8')) as JsonReport) : undefined;
  return {
    ...result,
    codes: report?.findings.map(({ code }) => code) ?? [],
    scopes: report?.summary.scopes.map(({ name }) => name) ?? [],
  };
}

describe('plimsoll policy test', () => {
  it('tests all policies of the folder, with or without cases', async () => {
    const { code, codes, scopes } = await test();
    expect(code).toBe(1);
    expect(scopes).toEqual(['no-ship', 'no-crane']);
    expect(codes).toEqual(['policy-case-missing', 'policy-case-missing']);
  });

  it.each([
    ['no-crane'],
    ['policies/quay'],
    ['policies/quay/no-crane.yaml'],
    ['policies/quay/no-crane.cases.yaml'],
  ])('tests only %s', async (named) => {
    const { code, codes, scopes, out } = await test(named);
    expect({ code, codes, scopes }).toEqual({ code: 0, codes: [], scopes: ['no-crane'] });
    expect(out).toContain('2 cases');
    expect(out).toContain('1 allowed, 1 denied');
  });

  it('is clean once every policy has its cases', async () => {
    write('policies/no-ship.cases.yaml', cases('no-ship'));
    expect(await test()).toMatchObject({ code: 0, codes: [] });
  });

  it('fails with a case that ends otherwise', async () => {
    write('policies/no-ship.cases.yaml', cases('no-ship').replace('[it has data]', '[it is full]'));
    expect(await test('no-ship')).toMatchObject({ code: 1, codes: ['policy-case-failed'] });
  });

  it('fails with cases of nobody, and with a policy that is broken, and tests the others', async () => {
    write('policies/no-ship.cases.yaml', cases('no-sheep'));
    write('policies/quay/broken.yaml', policy('broken').replace('!has(', '!has'));
    const { code, codes, scopes } = await test();
    expect(code).toBe(1);
    expect(codes).toEqual(expect.arrayContaining(['policy-case-stray', 'policy-expression-invalid']));
    expect(scopes).toContain('no-crane');
  });

  it('could not test where there is nothing', async () => {
    fs.mkdirSync(path.join(folder, 'empty'));
    expect(await test('empty')).toMatchObject({ code: 2 });
  });

  it.each([
    [['policy', 'test', 'no-cran'], 'did you mean no-crane?'],
    [['policy', 'tst'], 'did you mean policy test?'],
    [['policy'], 'did you mean policy test?'],
    [['policy', 'test', '--reprt', 'x'], 'did you mean --report?'],
  ])('%j is told in one line and exits with 2', async (typed, told) => {
    const { code, err } = await plimsoll(folder, typed);
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('has its help under both words', async () => {
    const asked = await plimsoll(folder, ['policy', 'test', '--help']);
    expect(asked.code).toBe(0);
    expect(asked.out).toContain('plimsoll policy test');
    expect((await plimsoll(folder, ['help', 'policy', 'test'])).out).toBe(asked.out);
  });

  it('tells of a field that the kind does not have, although no case may show it', async () => {
    write('policies/no-ship.yaml', policy('no-ship').replace('has(object.data)', 'has(object.dato)'));
    const { out } = await plimsoll(folder, ['policy', 'test', 'no-ship']);
    expect(out).toMatch(/policies\/no-ship.yaml:15:\d+ {2}error {2}policy-field-unknown/);
  });
});
