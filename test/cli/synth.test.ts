import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonReport } from '#report/report-schema.ts';
import { contents, plimsoll, workspace } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = workspace();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);
const edit = (file: string, from: string | RegExp, to: string) => {
  const before = fs.readFileSync(at(file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  fs.writeFileSync(at(file), after);
};
/** Line of the first occurrence of a text in a file, counted from 1. */
const lineOf = (file: string, text: string) =>
  fs
    .readFileSync(at(file), 'utf8')
    .slice(0, fs.readFileSync(at(file), 'utf8').indexOf(text))
    .split('\n').length;

describe('synth', () => {
  test('writes the manifests of every environment, and tells what was checked', async () => {
    const { code, out, err } = await plimsoll(folder, ['synth']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(fs.readdirSync(at('dist'))).toEqual(['bootstrap', 'production', 'staging']);
    expect(fs.readdirSync(at('dist/bootstrap'))).toEqual(['production.yaml', 'staging.yaml']);
    // What begins an environment is a copy: it was checked where it comes from.
    const count = Object.keys(contents(at('dist'))).length - 2;
    expect(out).toContain(`${count} documents, 2 environments`);
    expect(out).toMatch(/schema +(\d+) of \1 +embedded/);
    expect(out).toMatch(/graph +(\d+) of \1/);
    expect(out).toMatch(/policy +\d+ of \d+ +\d+ policies/);
  });

  test('what it writes for the sample company is what lies in dist/', async () => {
    await plimsoll(folder, ['synth']);
    expect(contents(at('dist'))).toEqual(contents('dist'));
  });

  test('two runs give the same bytes, and the second writes nothing', async () => {
    await plimsoll(folder, ['synth']);
    const first = contents(at('dist'));
    const written = fs.statSync(at('dist')).ctimeMs;
    const { out } = await plimsoll(folder, ['synth']);
    expect(out).toContain('dist/ was already current');
    expect(contents(at('dist'))).toEqual(first);
    expect(fs.statSync(at('dist')).ctimeMs).toBe(written);
  });

  test.each([
    ['a shrinking disk', 'diskGiB: 200', 'diskGiB: 100', 'environments/base.yaml', 'diskGiB: 100'],
    [
      'a version that goes down',
      'version: "8.0"',
      'version: "7.0"',
      'environments/production.yaml',
      'bookings:',
    ],
  ])('%s is refused at the line that changed it, and dist/ stays', async (_, from, to, file, line) => {
    await plimsoll(folder, ['synth']);
    const before = contents(at('dist'));
    edit('environments/base.yaml', from, to);
    const { code, out } = await plimsoll(folder, ['synth']);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`${file}:${lineOf(file, line)}:\\d+ +error +rule-violated`));
    expect(contents(at('dist'))).toEqual(before);
    // Where nothing of it was ever applied, nothing stands in the way.
    expect((await plimsoll(folder, ['synth', '--fresh'])).code).toBe(0);
  });

  test('one environment by name leaves the other as it lies', async () => {
    await plimsoll(folder, ['synth']);
    fs.writeFileSync(at('dist/staging/argocd/hand.yaml'), 'written by hand\n');
    edit('environments/production.yaml', 'replicas: 3', 'replicas: 4');
    expect((await plimsoll(folder, ['synth', 'production'])).code).toBe(0);
    const files = contents(at('dist'));
    expect(files['staging/argocd/hand.yaml']).toBe('written by hand\n');
    expect(files).toHaveProperty(['bootstrap/staging.yaml']);
    expect(files).toHaveProperty(['bootstrap/production.yaml']);
    expect(files['production/service-planner/deployment.apps_tideline_planner.yaml']).toContain(
      'replicas: 4',
    );
  });

  test('files that no longer belong are removed', async () => {
    await plimsoll(folder, ['synth']);
    fs.rmSync(at('environments/staging.yaml'));
    expect((await plimsoll(folder, ['synth'])).code).toBe(0);
    expect(fs.readdirSync(at('dist'))).toEqual(['bootstrap', 'production']);
    expect(fs.readdirSync(at('dist/bootstrap'))).toEqual(['production.yaml']);
  });

  test.each([
    ['a field that does not exist', 'replicas: 3', 'replikas: 3', 'replikas: 3', 'environment-unknown-field'],
    [
      'a dangling use',
      'replicas: 3',
      'replicas: 3\n      uses: { cargo: read }',
      'cargo: read',
      'environment-',
    ],
    [
      'a value that a policy refuses',
      'web@sha256:0b7d9c1e5f3a2846b0d1c2e3f4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3021',
      'web:latest',
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline/web:latest',
      'policy-violated',
    ],
    [
      'a tag where production asks for a digest',
      'web@sha256:0b7d9c1e5f3a2846b0d1c2e3f4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3021',
      'web:v1.42.3',
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline/web:v1.42.3',
      'policy-violated',
    ],
  ])('%s is blamed on its line, and dist/ stays as it was', async (_, from, to, place, code) => {
    await plimsoll(folder, ['synth']);
    const before = contents(at('dist'));
    edit('environments/production.yaml', from, to);
    const result = await plimsoll(folder, ['synth']);
    expect(result.code).toBe(1);
    expect(result.out).toContain(
      `environments/production.yaml:${lineOf('environments/production.yaml', place)}:`,
    );
    expect(result.out).toContain(code);
    expect(contents(at('dist'))).toEqual(before);
  });

  test('an environment whose name is an unquoted "on" is an error, not an environment that is gone', async () => {
    await plimsoll(folder, ['synth']);
    const before = contents(at('dist'));
    edit('environments/staging.yaml', 'name: staging', 'name: on');
    const { code, out } = await plimsoll(folder, ['synth']);
    expect(code).toBe(1);
    expect(out).toContain('environment-ambiguous-scalar');
    expect(contents(at('dist'))).toEqual(before);
  });

  test('findings of all files come at once', async () => {
    edit('environments/production.yaml', 'replicas: 3', 'replikas: 3');
    fs.appendFileSync(at('environments/staging.yaml'), '\n  colour: blue\n');
    const { code, out } = await plimsoll(folder, ['synth']);
    expect(code).toBe(1);
    expect(out).toContain('environments/production.yaml:');
    expect(out).toContain('environments/staging.yaml:');
    expect(fs.existsSync(at('dist'))).toBe(false);
  });

  test.each([
    [
      'an empty folder',
      () => {
        for (const file of fs.readdirSync(at('environments'))) fs.rmSync(at('environments', file));
      },
    ],
    ['no folder', () => fs.rmSync(at('environments'), { recursive: true })],
  ])('%s: nothing could be checked', async (_, prepare) => {
    prepare();
    const { code, out } = await plimsoll(folder, ['synth']);
    expect(code).toBe(2);
    expect(out).not.toBe('');
    expect(fs.existsSync(at('dist'))).toBe(false);
  });
});

describe('what is written does not depend on what is checked', () => {
  test.each([
    ['--skip-checks', 'policy'],
    ['--checks', 'graph'],
    ['--policies', 'workload-resources'],
  ])('%s %s', async (...options) => {
    await plimsoll(folder, ['synth']);
    const { code, out } = await plimsoll(folder, ['synth', ...options]);
    expect(code).toBe(0);
    expect(out).toContain('dist/ was already current');
  });

  test('a folder policies/ without policies does not stand for "no policies"', async () => {
    for (const file of fs.readdirSync(at('policies'))) fs.rmSync(at('policies', file), { recursive: true });
    fs.writeFileSync(at('policies/README.md'), 'to do\n');
    const { out } = await plimsoll(folder, ['synth']);
    expect(out).toMatch(/policy +\d+ of \d+ +\d+ policies/);
    expect(contents(at('dist'))).toEqual(contents('dist'));
  });
});

describe('what the file system refuses', () => {
  test.each([
    ['an output below a file', ['synth', '--output', 'environments/base.yaml/dist']],
    ['an output that cannot be made', ['synth', '--output', '/proc/tideline/dist']],
    ['a report below a file', ['synth', '--report', 'json=environments/base.yaml/report.json']],
    ['a report that is a folder', ['synth', '--report', 'json=environments']],
  ])('%s is told in one line, with exit code 2 and nothing written', async (_, typed) => {
    const { code, err } = await plimsoll(folder, typed);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(fs.readdirSync(folder).sort()).toEqual(['environments', 'policies']);
  });

  test('an output folder that somebody else filled is left alone', async () => {
    fs.mkdirSync(at('work/.git'), { recursive: true });
    fs.writeFileSync(at('work/.git/HEAD'), 'ref: refs/heads/main\n');
    const { code, err } = await plimsoll(folder, ['synth', '--output', 'work']);
    expect(code).toBe(2);
    expect(err).toContain('.git/HEAD');
    expect(contents(at('work'))).toEqual({ '.git/HEAD': 'ref: refs/heads/main\n' });
  });

  test.each(['a link', 'a file'])('an output that is %s is refused', async (what) => {
    fs.mkdirSync(at('elsewhere'));
    if (what === 'a link') fs.symlinkSync(at('elsewhere'), at('dist'));
    else fs.writeFileSync(at('dist'), 'hi');
    expect((await plimsoll(folder, ['synth'])).code).toBe(2);
    expect(fs.readdirSync(at('elsewhere'))).toEqual([]);
  });

  test('a run that was killed in the middle of its swap is put right by the next command', async () => {
    await plimsoll(folder, ['synth']);
    const before = contents(at('dist'));
    fs.renameSync(at('dist'), at('.dist.old'));
    edit('environments/production.yaml', 'replicas: 3', 'replikas: 3');
    expect((await plimsoll(folder, ['synth'])).code).toBe(1);
    expect(contents(at('dist'))).toEqual(before);
  });
});

describe('synth --check', () => {
  test('is content with what synth wrote, and writes nothing', async () => {
    await plimsoll(folder, ['synth']);
    const before = contents(at('dist'));
    const { code, out } = await plimsoll(folder, ['synth', '--check']);
    expect(code).toBe(0);
    expect(out).toContain('dist/ is current');
    expect(contents(at('dist'))).toEqual(before);
  });

  test('names every file that somebody changed, added or removed', async () => {
    await plimsoll(folder, ['synth']);
    const api = 'dist/production/service-api';
    edit(`${api}/service_tideline_api.yaml`, 'port: 80', 'port: 81');
    fs.writeFileSync(at(api, 'extra.yaml'), 'kind: Stowaway\n');
    fs.rmSync(at(api, 'serviceaccount_tideline_api.yaml'));
    const before = contents(at('dist'));
    const { code, out } = await plimsoll(folder, ['synth', '--check']);
    expect(code).toBe(1);
    for (const file of ['service_tideline_api.yaml', 'extra.yaml', 'serviceaccount_tideline_api.yaml']) {
      expect(out).toContain(`${api}/${file}`);
    }
    expect(out.match(/output-stale/g)).toHaveLength(3);
    expect(contents(at('dist'))).toEqual(before);
  });
});

describe('reports', () => {
  test('any number in one run; the one for standard output has it for itself', async () => {
    const { code, out, err } = await plimsoll(folder, [
      'synth',
      '--report',
      'json=-,markdown=reports/plimsoll.md',
    ]);
    expect(code).toBe(0);
    const report: JsonReport = JSON.parse(out);
    expect(report).toMatchObject({ apiVersion: 'plimsoll.dev/v1alpha1', kind: 'Report' });
    // What no environment has anything of is a note.
    expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(err).toContain('2 environments');
    expect(fs.readFileSync(at('reports/plimsoll.md'), 'utf8')).toContain('production');
  });

  test('each finding carries code, severity, subject, pointer and origin', async () => {
    edit(
      'environments/production.yaml',
      'web@sha256:0b7d9c1e5f3a2846b0d1c2e3f4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3021',
      'web:latest',
    );
    const { out } = await plimsoll(folder, ['synth', '--report', 'json=-']);
    expect(JSON.parse(out).findings[0]).toMatchObject({
      code: 'policy-violated',
      severity: 'error',
      subject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'tideline', name: 'web' },
      pointer: '/spec/template/spec/containers/0/image',
      origin: {
        file: 'environments/production.yaml',
        line: lineOf('environments/production.yaml', 'web:latest'),
      },
    });
  });
});

describe('wrong usage', () => {
  test.each([
    [['synth', 'prodction'], 'did you mean production?'],
    [['synth', '--chek'], 'did you mean --check?'],
    [['sinth'], 'did you mean synth?'],
    [['synth', '--checks', 'shema'], 'did you mean schema?'],
    [['synth', '--policies', 'workload-resource'], 'did you mean workload-resources?'],
    [['synth', '--engine', 'magic'], 'kubeconform'],
    [['synth', '--report', 'pdf=x.pdf'], '(formats: '],
    [['synth', '--report', 'json=-,markdown=-'], 'both go to standard output'],
    [['synth', '--report', 'json=x,markdown=./x'], 'both go to'],
    [['synth', '--checks', 'schema', '--skip-checks', 'schema'], 'no check'],
    [['synth', '--output', '.'], '--output'],
    [['synth', '--output', '/'], '--output'],
    [['synth', '--output', 'environments'], '--output'],
    [['synth', '--output', 'environments/dist'], '--output'],
  ])('%j is told in one line and exits with 2', async (typed, told) => {
    const { code, out, err } = await plimsoll(folder, typed);
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toBe('');
    expect(fs.existsSync(at('dist'))).toBe(false);
  });

  test('kubeconform that is not there is told with the command that installs it', async () => {
    const { code, out } = await plimsoll(folder, ['synth', '--engine', 'kubeconform'], {
      env: { PATH: '', HOME: folder },
    });
    expect(code).toBe(2);
    expect(out).toContain('go install github.com/yannh/kubeconform/cmd/kubeconform@');
    expect(fs.existsSync(at('dist'))).toBe(false);
  });
});

test('progress shows on a terminal after a second, and vanishes', async () => {
  let clock = 0;
  const { err } = await plimsoll(folder, ['synth'], { isErrTerminal: true, now: () => (clock += 600) });
  expect(err).toContain('checking production');
  expect(err.endsWith('\r\u001b[2K')).toBe(true);
});
