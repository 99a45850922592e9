import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plimsoll, workspace } from './terminal.ts';

/** The sample company in git, with all that was delivered. */
let folder: string;
const at = (file: string) => path.join(folder, file);
const read = (file: string) => fs.readFileSync(at(file), 'utf8');
const edit = (file: string, from: string | RegExp, to: string) => {
  const before = read(file);
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  fs.writeFileSync(at(file), after);
};
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=pilot', '-c', 'user.email=pilot@tideline.example', ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

beforeAll(() => {
  folder = workspace();
  fs.cpSync('dist', at('dist'), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  git('tag', 'before');
});
beforeEach(() => git('reset', '--hard', '--quiet', 'before'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const PRODUCTION = 'environments/production.yaml';
const STAGING = 'environments/staging.yaml';
const DIGEST = `sha256:${'a1'.repeat(32)}`;
/** Lines that differ from what is committed, old and new, by file. */
const changed = (file: string): readonly string[] =>
  git('diff', '--unified=0', 'before', '--', file)
    .split('\n')
    .filter((line) => /^[+-][^+-]/.test(line))
    .map((line) => line.replace(/\s+/g, ' '));

describe('promote', () => {
  test('edits the image, and the remark that tells its version, and nothing else', async () => {
    edit(STAGING, /( {4}web:)\n/, '$1 # 1.43.0\n');
    const { code, out, err } = await plimsoll(folder, ['promote', 'staging', 'production', `web@${DIGEST}`]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^environments\/production\.yaml:\d+:\d+: spec\.services\.web\.image: \S+ -> \S+\n/);
    expect(changed(PRODUCTION)).toEqual([
      '- web: # 1.42.3',
      expect.stringMatching(/^- image: \S+\/web@sha256:0b7d/),
      '+ web: # 1.43.0',
      `+ image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline/web:1.43.0@${DIGEST}`,
    ]);
  });

  test('what production does not take is refused, and nothing is written', async () => {
    const { code, out } = await plimsoll(folder, ['promote', 'staging', 'production', 'web']);
    expect(code).toBe(1);
    expect(out).toContain('policy-violated');
    expect(out).toContain('nothing is changed');
    expect(changed(PRODUCTION)).toEqual([]);
  });

  test('only shows it, where that is asked for', async () => {
    const { code, out } = await plimsoll(folder, ['promote', 'production', 'staging', '--dry-run']);
    expect(code).toBe(0);
    expect(out.match(/spec\.services\.\w+\.image/g)).toHaveLength(5);
    expect(changed(STAGING)).toEqual([]);
  });

  test('a service that the other has not', async () => {
    fs.appendFileSync(at(STAGING), '    tugs:\n      image: registry.tideline.example/tugs:1\n');
    const { code, out } = await plimsoll(folder, ['promote', 'staging', 'production', 'tugs']);
    expect(code).toBe(1);
    expect(out).toContain('promote-missing');
  });

  test('an image that others in the file share is refused, with its place', async () => {
    const line = /( {6}image:) (\S+\/web@\S+)/;
    edit(PRODUCTION, line, '$1 &web $2');
    edit(PRODUCTION, /( {6}image:) \S+\/api@\S+/, '$1 *web');
    git('commit', '--quiet', '--all', '--message=shared');
    const { code, out } = await plimsoll(folder, ['promote', 'staging', 'production', `web@${DIGEST}`]);
    const place = read(PRODUCTION).split('&web')[0]?.split('\n').length;
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`environments/production\\.yaml:${place}:\\d+ +error +edit-refused`));
  });

  test.each([
    [['promote', 'staging'], /two environments/],
    [['promote', 'staging', 'producton'], /did you mean production/],
    [['promote', 'staging', 'production', 'wbe'], /did you mean web/],
    [['promote', 'staging', 'production', 'web@sha256:12'], /64 hexadecimal/],
  ])('%j', async (typed, message) => {
    const { code, err } = await plimsoll(folder, typed);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
    expect(changed(PRODUCTION)).toEqual([]);
  });
});

describe('rollback', () => {
  test('of a service restores all of it, and dist/ byte for byte', async () => {
    edit(PRODUCTION, '    web: # 1.42.3\n', '    web: # 1.43.0\n      replicas: 7\n');
    edit(PRODUCTION, /\n {6}autoscaling: \{ min: 3, max: 30 \}\n {6}ingress/, '\n      ingress');
    edit(PRODUCTION, /\/web@sha256:\w+/, `/web@${DIGEST}`);
    const { code, out } = await plimsoll(folder, ['rollback', 'production', 'web', '--to', 'before']);
    expect(code).toBe(0);
    expect(out).toMatch(/dist\/production: all \d+ files as at before \(\w+\), byte for byte/);
    expect(read(PRODUCTION).split('\n').sort()).toEqual(
      git('show', `before:${PRODUCTION}`).split('\n').sort(),
    );
  });

  test('of a chart tells what its kinds keep', async () => {
    const version = /( {4}cloudwatch-exporter:\n(?: {6}.*\n)*? {6}version:) (\S+)/;
    const [, , now = ''] = version.exec(read('environments/base.yaml')) ?? [];
    edit(PRODUCTION, '    cloudwatch-exporter:\n', '    cloudwatch-exporter:\n      version: 0.27.0\n');
    await plimsoll(folder, ['synth', 'production']);
    const typed = ['rollback', 'production', 'charts/cloudwatch-exporter', '--to', 'before'];
    const { code, out } = await plimsoll(folder, typed);
    expect(now).not.toBe('');
    expect(code).toBe(0);
    expect(out).toContain(`spec.charts.cloudwatch-exporter.version: 0.27.0 -> ${now}`);
    expect(out).toContain('byte for byte');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'What does not come back: objects of the kinds that chart cloudwatch-exporter brings stay as the other version of the chart left them',
    );
    expect(changed(PRODUCTION)).toEqual([]);
  });

  test('of an environment leaves the others as they are, though a base changed', async () => {
    edit('environments/base.yaml', 'maxReceiveCount: 5', 'maxReceiveCount: 9');
    edit(PRODUCTION, 'tier: M30', 'tier: M40');
    git('commit', '--quiet', '--all', '--message=second');
    const { code, out } = await plimsoll(folder, ['rollback', 'production', '--to', 'before']);
    const files = git('diff', '--name-only', 'HEAD').trim();
    expect(code).toBe(0);
    expect(out).toContain('byte for byte');
    expect(files).toBe(PRODUCTION);
  });

  test('what is deleted comes back empty, and that is said', async () => {
    edit('environments/base.yaml', /\n {4}# One customer[^\n]*\n {4}invoices:(\n {6}[^\n]*)*/, '');
    edit('environments/base.yaml', /\n +invoices: \w+/g, '');
    fs.rmSync(at('dist/production/infrastructure/messagequeue.platform.plimsoll.dev_tideline_invoices.yaml'));
    const { code, out } = await plimsoll(folder, ['rollback', 'production', '--to', 'before', '--dry-run']);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('MessageQueue invoices comes back without the messages');
  });

  test.each([
    [['rollback', 'production'], /--to/],
    [['rollback', 'production', 'wbe', '--to', 'before'], /did you mean web/],
    [['rollback', 'harbour', '--to', 'before'], /no environment "harbour"/],
    [['rollback', 'production', 'web', '--to', 'mian'], /no revision "mian"/],
  ])('%j', async (typed, message) => {
    const { code, err } = await plimsoll(folder, typed);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });
});
