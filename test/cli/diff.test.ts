import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonReport } from '#report/report-schema.ts';
import { plimsoll, workspace } from './terminal.ts';

/** The sample company in git: `main` holds what it is, and each test edits the working tree. */
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);
const edit = (file: string, from: string | RegExp, to: string) => {
  const before = fs.readFileSync(at(file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  fs.writeFileSync(at(file), after);
};
const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=pilot', '-c', 'user.email=pilot@tideline.example', ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

beforeAll(() => {
  folder = workspace();
  fs.rmSync(at('environments/staging.yaml'));
  fs.cpSync('dist/production', at('dist/production'), { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=first');
});
beforeEach(() => {
  git(folder, 'reset', '--hard', '--quiet', 'main');
  git(folder, 'clean', '-fdq');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const PRODUCTION = 'environments/production.yaml';
/** A queue that invoices wait in, and what uses it. */
function removeQueue(): void {
  edit('environments/base.yaml', /\n {4}# One customer[^\n]*\n {4}invoices:(\n {6}[^\n]*)*/, '');
  edit('environments/base.yaml', /\n +invoices: \w+/g, '');
}
const acknowledge = (resource: string, action = 'delete') =>
  fs.appendFileSync(
    at(PRODUCTION),
    `\n  acknowledge:\n    - { resource: ${resource}, action: ${action}, reason: the berth is closed, until: 2026-12-01 }\n`,
  );

async function diff(...typed: readonly string[]) {
  const base = typed.some((word) => word.startsWith('--base')) ? [] : ['--base=main'];
  const { code, out, err } = await plimsoll(folder, ['diff', ...base, '--report', 'json=-', ...typed]);
  const findings = out.startsWith('{') ? reported(out) : [];
  return { code, err, findings };
}

/** Code and place of each finding but notes on policies. */
function reported(out: string): readonly string[] {
  const report: JsonReport = JSON.parse(out);
  return report.findings
    .filter(({ code }) => !code.startsWith('policy-') && !code.startsWith('schema-'))
    .map(({ code, origin }) =>
      [code, origin?.file, origin?.line].filter((part) => part !== undefined).join(' '),
    );
}

/** The line where a text stands, for the first time or a later one. */
const lineOf = (file: string, text: string, time = 1) =>
  fs.readFileSync(at(file), 'utf8').split(text).slice(0, time).join(text).split('\n').length;

describe('diff', () => {
  test('nothing changed: nothing found', async () => {
    expect(await diff()).toMatchObject({ code: 0, findings: [] });
  });

  test('a change that loses nothing passes, and is told by its line', async () => {
    edit(PRODUCTION, 'tier: M30', 'tier: M40');
    const { code, err } = await diff();
    expect(code).toBe(0);
    expect(err).toContain(`spec.databases.bookings.tier: M30 -> M40  ${PRODUCTION}:`);
    expect(err).toContain('downtime');
  });

  test('a queue that goes blocks until that very queue is acknowledged', async () => {
    removeQueue();
    const blocked = await diff();
    expect(blocked).toMatchObject({ code: 1 });
    expect(blocked.findings).toEqual([
      expect.stringMatching(/^change-unacknowledged environments\/base\.yaml \d+$/),
    ]);

    acknowledge('MessageQueue voyage-events');
    const other = await diff();
    expect(other.code).toBe(1);
    expect(other.findings.map((one) => one.split(' ')[0]).sort()).toEqual([
      'acknowledgement-stale',
      'change-unacknowledged',
    ]);

    edit(PRODUCTION, 'MessageQueue voyage-events', 'MessageQueue invoices');
    expect(await diff()).toMatchObject({ code: 0, findings: [] });
  });

  test('an acknowledgement of what does not happen is told, at its line', async () => {
    acknowledge('MessageQueue invoices');
    expect(await diff()).toMatchObject({
      code: 0,
      findings: [`acknowledgement-stale ${PRODUCTION} ${lineOf(PRODUCTION, '- { resource: MessageQueue')}`],
    });
  });

  test('an environment comes, and another goes', async () => {
    fs.renameSync(at(PRODUCTION), at('environments/harbour.yaml'));
    edit('environments/harbour.yaml', 'name: production', 'name: harbour');
    const { code, findings } = await diff();
    expect(code).toBe(1);
    expect(findings).toContain('change-environment-added');
    expect(findings).toContain('change-environment-removed');
  });

  test('an environment whose file has errors is no green, and does not go', async () => {
    fs.appendFileSync(at(PRODUCTION), '\n  berths: [\n');
    const { code, findings } = await diff();
    expect(code).not.toBe(0);
    expect(findings).not.toContain('change-environment-removed');
  });

  test('a base that cannot be rendered is no green', async () => {
    edit(PRODUCTION, 'stage: production', 'stage: of a play');
    git(folder, 'rm', '-rq', '--cached', 'dist');
    git(folder, 'commit', '--quiet', '--all', '--message=broken');
    const broken = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'reset', '--hard', '--quiet', 'main~1');
    const { code, findings } = await diff(`--base=${broken}`);
    expect(code).not.toBe(0);
    expect(findings).toContain('change-base-broken');
  });

  test('a base whose files broke is compared by what was delivered', async () => {
    const delivered = fs.mkdtempSync(path.join(folder, '../plimsoll-delivered-'));
    for (const part of ['environments', 'policies', 'dist'])
      fs.cpSync(at(part), path.join(delivered, part), { recursive: true });
    fs.writeFileSync(path.join(delivered, PRODUCTION), 'spec: [\n');
    edit(PRODUCTION, 'tier: M30', 'tier: M40');
    const { code, err, findings } = await diff(`--base=${delivered}`);
    fs.rmSync(delivered, { recursive: true });
    expect(findings).toContain('change-base-broken');
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('MongoDatabase') });
  });
});

describe('histories', () => {
  const commit = (message: string) => {
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', `--message=${message}`);
  };
  const service = (name: string, host: string) =>
    fs.appendFileSync(
      at(PRODUCTION),
      `    ${name}:
      image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline/${name}@sha256:${'b2'.repeat(32)}
      port: 8080
      replicas: 2
      resources: { cpu: 100m, memory: 128Mi }
      ingress: { host: ${host} }
`,
    );

  test('two branches that each were fine claim one host when git has merged both', async () => {
    const branch = (name: string) => git(folder, 'checkout', '--quiet', '-b', name, 'main');
    branch('tugs');
    service('tugs', 'tugs.tideline.example');
    expect(await diff()).toMatchObject({ code: 0, findings: [] });
    commit('tugs');
    // Far enough from the other for git to merge both without a conflict.
    branch('ferries');
    edit(PRODUCTION, 'ingress: { host: ship.tideline.example }', 'ingress: { host: tugs.tideline.example }');
    expect(await diff()).toMatchObject({ code: 0, findings: [] });
    commit('ferries');
    git(folder, 'merge', '--quiet', '--message=both', 'tugs');
    try {
      const { code, findings } = await diff();
      expect(code).toBe(1);
      expect(findings).toEqual([
        `environment-host-taken ${PRODUCTION} ${lineOf(PRODUCTION, 'ingress: { host: tugs.tideline.example }\n', 2)}`,
      ]);
    } finally {
      git(folder, 'checkout', '--quiet', 'main');
    }
  });

  test('a policy that is added judges what is there, and is shown as what comes', async () => {
    fs.writeFileSync(
      at('policies/no-night-sailing.yaml'),
      fs
        .readFileSync(at('policies/reliability/no-bare-pods.yaml'), 'utf8')
        .replaceAll('no-bare-pods', 'no-night-sailing')
        .replace(/resources: \[pods\]|resources: \["pods"\]/, 'resources: [configmaps]'),
    );
    const { err } = await diff();
    expect(err).toContain('ValidatingAdmissionPolicy');
    expect(err).toContain('no-night-sailing');
  });

  test('a provider that is upgraded is a change without an edited line', async () => {
    const former = fs.mkdtempSync(path.join(folder, '../plimsoll-former-'));
    for (const part of ['environments', 'policies', 'dist'])
      fs.cpSync(at(part), path.join(former, part), { recursive: true });
    const packages = path.join(former, 'dist/production/crossplane');
    for (const file of fs.readdirSync(packages)) {
      const text = fs.readFileSync(path.join(packages, file), 'utf8');
      fs.writeFileSync(path.join(packages, file), text.replace(/(provider-aws-sqs):v[0-9.]+/, '$1:v1.0.0'));
    }
    const { code, err } = await diff(`--base=${former}`);
    fs.rmSync(former, { recursive: true });
    expect(code).toBe(0);
    expect(err).toMatch(/by no edited line.*\n(.*\n)*?.*Provider.*provider-aws-sqs/);
  });

  test('a revision of an older plimsoll, with other kinds, is compared as it was delivered', async () => {
    const file = 'dist/production/infrastructure/messagequeue.platform.plimsoll.dev_tideline_invoices.yaml';
    edit(
      file,
      /apiVersion: .*\nkind: MessageQueue/,
      'apiVersion: platform.plimsoll.dev/v1alpha0\nkind: Mailbox',
    );
    commit('older');
    const { code, err } = await diff('--base=HEAD');
    git(folder, 'reset', '--hard', '--quiet', 'HEAD~1');
    expect(err).toContain('Mailbox');
    expect([0, 1]).toContain(code);
  });
});

describe('a base that is not there', () => {
  test.each([
    ['a misspelt branch', 'mian', /no revision "mian".*fetch it, or name another/],
    ['an option', '--output=stolen', /no revision "--output=stolen"/],
    ['a range', 'main..main', /no revision/],
    ['nothing', '', /revision|folder/],
  ])('%s', async (_, base, message) => {
    const { code, err } = await diff(`--base=${base}`);
    expect({ code, err: err.replace(/\s+/g, ' ') }).toEqual({ code: 2, err: expect.stringMatching(message) });
    expect(fs.existsSync(at('stolen'))).toBe(false);
  });

  test('in a shallow clone', async () => {
    edit(PRODUCTION, 'tier: M30', 'tier: M40');
    git(folder, 'commit', '--quiet', '--all', '--message=second');
    const first = git(folder, 'rev-parse', 'HEAD~1').trim();
    const shallow = fs.mkdtempSync(path.join(folder, '../plimsoll-shallow-'));
    git(shallow, 'clone', '--quiet', '--depth=1', `file://${folder}`, '.');
    git(folder, 'reset', '--hard', '--quiet', first);
    const { code, err } = await plimsoll(shallow, ['diff', `--base=${first}`]);
    fs.rmSync(shallow, { recursive: true });
    expect({ code, err: err.replace(/\s+/g, ' ') }).toEqual({
      code: 2,
      err: expect.stringContaining('this clone is shallow'),
    });
  });

  test('outside of any repository', async () => {
    const alone = workspace();
    const { code, err } = await plimsoll(alone, ['diff', '--base=main'], {
      env: { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: path.dirname(alone) },
    });
    fs.rmSync(alone, { recursive: true });
    expect(code).toBe(2);
    expect(err).toContain('no git repository');
  });
});

test('nothing of a repository is executed', async () => {
  const sign = at('.git/executed');
  const program = `#!/bin/sh\ntouch ${sign}\ncat\n`;
  for (const name of ['pwn', 'hooks/post-checkout', 'hooks/reference-transaction'])
    fs.writeFileSync(at('.git', name), program, { mode: 0o755 });
  for (const [key, value] of [
    ['core.fsmonitor', at('.git/pwn')],
    ['filter.x.smudge', at('.git/pwn')],
    ['filter.x.clean', at('.git/pwn')],
    ['core.pager', at('.git/pwn')],
  ] as const)
    git(folder, 'config', key, value);
  fs.writeFileSync(at('.gitattributes'), '* filter=x\n');
  fs.rmSync(sign, { force: true });
  expect(await diff()).toMatchObject({ code: 0 });
  expect(fs.existsSync(sign)).toBe(false);
});
