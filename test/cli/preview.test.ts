import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { JsonReport } from '#report/report-schema.ts';
import { contents, plimsoll, workspace } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = workspace();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);
const edit = (file: string, from: string, to: string) => {
  const before = fs.readFileSync(at(file), 'utf8');
  expect(before).toContain(from);
  fs.writeFileSync(at(file), before.replace(from, to));
};

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}
const documentsIn = (text: string): readonly Document[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Document);

describe('preview', () => {
  test('shows a tree of what each claim becomes, then what was checked', async () => {
    const { code, out, err } = await plimsoll(folder, ['preview', 'staging']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^staging {2}\d+ claims {2}\d+ managed resources\n/);
    expect(out).toMatch(
      /├─ MessageQueue tideline\/voyage-events\n│ {2}└─ XMessageQueue {2}name \(known after creation\) {2}by message-queue\S*\n│ {5}├─ /,
    );
    expect(out).toMatch(/Role tideline-staging-api {2}assumeRolePolicy \(known after creation\)/);
    expect(out).toMatch(/Queue tideline-staging-voyage-events /);
    expect(out).toMatch(/Cluster tideline-staging {2}only observed/);
    expect(out).not.toContain('production');
    expect(out).toMatch(/graph +(\d+) of \1 +embedded/);
    expect(fs.readdirSync(folder).sort()).toEqual(['environments', 'policies']);
  });

  test('shows every environment where none is named', async () => {
    const { out } = await plimsoll(folder, ['preview']);
    expect(out).toMatch(/^production .*^staging /ms);
  });

  test('fits a narrow terminal, with colours only there, and in ASCII where that is all', async () => {
    const narrow = await plimsoll(folder, ['preview', 'staging'], {
      columns: 60,
      isTerminal: true,
      env: { LANG: 'C.UTF-8', PATH: process.env['PATH'] },
    });
    expect(narrow.out).toContain('\u001B[1m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours are made of
    const plain = narrow.out.replace(/\u001B\[[0-9;]*m/g, '').split('\n');
    // A single word or field that is longer stays whole.
    expect(plain.filter((line) => line.length > 60 && / {2}\S+ .* {2}/.test(line.slice(20)))).toEqual([]);
    const ascii = await plimsoll(folder, ['preview', 'staging'], {
      isTerminal: true,
      env: { LANG: 'C', NO_COLOR: '1', PATH: process.env['PATH'] },
    });
    expect(ascii.out).not.toContain('\u001B');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: whatever is not ASCII
    expect(ascii.out).toMatch(/^[\x00-\x7f]*$/);
    expect(ascii.out).toContain('|- MessageQueue tideline/voyage-events');
  });

  test('prints the managed resources as YAML, and says of each what is a stand-in', async () => {
    const { code, out, err } = await plimsoll(folder, ['preview', 'staging', '--format', 'yaml']);
    expect(code).toBe(0);
    expect(err).toContain('staging');
    const documents = documentsIn(out);
    expect(documents.filter(({ kind }) => kind === 'Queue').length).toBeGreaterThan(1);
    expect(documents.every(({ metadata }) => metadata.name !== '')).toBe(true);
    expect(out).toContain(
      '---\n# ServiceIdentity tideline/api: role\n# known after creation: /metadata/generateName\n',
    );
    expect(out).toContain('# known after creation: /spec/forProvider/assumeRolePolicy\n');
  });

  test('a finding on a managed resource blames the line of the environment', async () => {
    fs.writeFileSync(
      at('policies/queues.yaml'),
      `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: queue-timeouts }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [sqs.aws.upbound.io], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [queues] }
  validations:
    - { expression: "!has(object.spec.forProvider.visibilityTimeoutSeconds) || object.spec.forProvider.visibilityTimeoutSeconds != 77", message: too odd }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: queue-timeouts }
spec: { policyName: queue-timeouts, validationActions: [Deny] }
`,
    );
    const file = 'environments/base.yaml';
    edit(file, 'visibilityTimeout: 60s', 'visibilityTimeout: 77s');
    const line = fs.readFileSync(at(file), 'utf8').split('visibilityTimeout: 77s')[0]?.split('\n').length;
    for (const command of ['preview', 'synth']) {
      const { code, out } = await plimsoll(folder, [command, 'staging', '--report', 'json=-']);
      expect(code).toBe(1);
      const report: JsonReport = JSON.parse(out);
      expect(report.findings.filter(({ severity }) => severity !== 'info')).toMatchObject([
        {
          code: 'policy-violated',
          subject: { kind: 'Queue' },
          pointer: '/spec/forProvider/visibilityTimeoutSeconds',
          origin: { file, line },
        },
      ]);
    }
    expect(fs.existsSync(at('dist'))).toBe(false);
  });
});

describe('preview --output', () => {
  test('writes the managed resources beside their claims; synth never does', async () => {
    await plimsoll(folder, ['synth']);
    const { code, out } = await plimsoll(folder, ['preview', '--output', 'previews']);
    expect(code).toBe(0);
    expect(out).toContain('previews/ written');
    const dist = contents(at('dist'));
    const files = Object.keys(contents(at('previews')));
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) expect(dist).toHaveProperty([`${path.dirname(file)}.yaml`]);
    expect(JSON.stringify(Object.keys(dist))).not.toContain('aws.upbound.io_voyage');
    expect((await plimsoll(folder, ['preview', '--output', 'previews'])).out).toContain(
      'previews/ was already current',
    );
  });

  test('leaves environments that were not asked for as they lie', async () => {
    await plimsoll(folder, ['preview', '--output', 'previews']);
    const before = contents(at('previews'));
    expect((await plimsoll(folder, ['preview', 'staging', '--output', 'previews'])).code).toBe(0);
    expect(contents(at('previews'))).toEqual(before);
  });

  test('refuses a folder that somebody else filled, dist/ among them', async () => {
    await plimsoll(folder, ['synth']);
    const before = contents(at('dist'));
    for (const output of ['dist', 'environments', '.']) {
      const { code, err } = await plimsoll(folder, ['preview', '--output', output]);
      expect(code).toBe(2);
      expect(err).toContain('--output');
    }
    expect(contents(at('dist'))).toEqual(before);
  });

  test('writes nothing with an error anywhere', async () => {
    edit('environments/staging.yaml', 'spec:', 'spec:\n  colour: blue');
    const { code } = await plimsoll(folder, ['preview', '--output', 'previews']);
    expect(code).toBe(1);
    expect(fs.existsSync(at('previews'))).toBe(false);
  });
});

describe('wrong usage', () => {
  test.each([
    [['preview', 'stagin'], 'did you mean staging?'],
    [['preview', '--format', 'xml'], 'text, yaml'],
    [['preview', '--format', 'yaml', '--report', 'json=-'], 'standard output'],
  ])('%j is told in one line and exits with 2', async (typed, told) => {
    const { code, out, err } = await plimsoll(folder, typed);
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toBe('');
  });
});

test('validate previews the claims of anybody, with their own line', async () => {
  const { claim, composition, DEFINITION, FUNCTIONS, POLICY, QUEUE } = await import(
    '../preview/claims/tideline.ts'
  );
  const waiting = POLICY.replace('status.queueArn', 'status.account');
  const documents = [DEFINITION, FUNCTIONS, composition(QUEUE + waiting), claim()];
  fs.writeFileSync(at('harbour.yaml'), documents.join('---'));
  const { code, out } = await plimsoll(folder, ['validate', at('harbour.yaml'), '--report', 'json=-']);
  expect(code).toBe(1);
  const report = JSON.parse(out);
  expect(report.summary.scopes[0].previewed).toMatchObject({ claims: 1, resources: 1 });
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      code: 'preview-never-created',
      subject: expect.objectContaining({ kind: 'Berth' }),
    }),
  );
});
