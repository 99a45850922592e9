import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, type Loopback, loopback, MARKER, type Stored, TOKEN } from '../publish/loopback.ts';
import { plimsoll, type Result } from './terminal.ts';

const REPORT = `${MARKER}\n### plimsoll diff passed\n`;
let cwd = '';
let server: Loopback | undefined;

beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-publish-'));
  fs.writeFileSync(path.join(cwd, 'plimsoll.md'), REPORT);
});
afterEach(async () => {
  fs.rmSync(cwd, { recursive: true });
  await server?.close();
  server = undefined;
});

type Variables = Readonly<Record<string, string>>;

async function publish(typed: readonly string[], env: Variables): Promise<Result> {
  const result = await plimsoll(cwd, ['publish', ...typed], { env: { LANG: 'C.UTF-8', ...env } });
  for (const [name, value] of Object.entries(env))
    if (name.endsWith('_TOKEN') && value !== '') expect(result.out + result.err).not.toContain(value);
  return result;
}

const comment = ['--comment', 'plimsoll.md'];

/** As GitHub Actions runs it for a pull request. */
async function github(env: Variables = {}, faults: readonly Fault[] = [], comments: readonly Stored[] = []) {
  server = await loopback('github', comments, faults);
  return publish(['github', ...comment], {
    GITHUB_API_URL: server.url,
    GITHUB_REPOSITORY: 'tideline/fleet',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_TOKEN: TOKEN,
    ...env,
  });
}

/** As GitLab runs it for a merge request. */
async function gitlab(env: Variables = {}, faults: readonly Fault[] = []) {
  server = await loopback('gitlab', [], faults);
  return publish(['gitlab', ...comment], {
    CI_API_V4_URL: server.url,
    CI_MERGE_REQUEST_PROJECT_ID: '42',
    CI_PROJECT_ID: '43',
    CI_MERGE_REQUEST_IID: '7',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    GITLAB_TOKEN: TOKEN,
    ...env,
  });
}

describe('plimsoll publish', () => {
  it('comments on the pull request of the run', async () => {
    expect(await github()).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('#issuecomment-1000'),
    });
    expect(server?.comments).toMatchObject([{ body: REPORT }]);
  });

  it('comments on the merge request of the pipeline', async () => {
    expect(await gitlab()).toMatchObject({ code: 0, err: '', out: expect.stringContaining('42!7') });
    expect(server?.comments).toMatchObject([{ body: REPORT }]);
  });

  it('says that a push has nothing to comment on, and needs no token for that', async () => {
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_TOKEN: '' };
    expect(await github(push)).toMatchObject({ code: 0, out: expect.stringContaining('push') });
    expect(server?.seen).toEqual([]);
    await server?.close();
    const pipeline = { CI_MERGE_REQUEST_IID: '', CI_PIPELINE_SOURCE: 'push', GITLAB_TOKEN: '' };
    expect(await gitlab(pipeline)).toMatchObject({ code: 0, out: expect.stringContaining('push') });
    expect(server?.seen).toEqual([]);
  });

  describe('after a run that had no token', () => {
    const following = (head_sha: string, head_branch = 'fix') => {
      const event = {
        workflow_run: {
          event: 'pull_request',
          head_sha,
          head_branch,
          head_repository: { owner: { login: 'sailor' } },
        },
      };
      fs.writeFileSync(path.join(cwd, 'event.json'), JSON.stringify(event));
      return {
        GITHUB_EVENT_NAME: 'workflow_run',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_EVENT_PATH: 'event.json',
      };
    };

    it('finds the pull request by its head', async () => {
      expect(await github(following('a'.repeat(40)))).toMatchObject({ code: 0 });
      expect(server?.comments).toMatchObject([{ body: REPORT }]);
    });

    it.each([
      ['has moved on', 'b'.repeat(40), 'fix'],
      ['is no more', 'a'.repeat(40), 'merged'],
    ])('says nothing where the branch %s', async (_, commit, branch) => {
      expect(await github(following(commit, branch))).toMatchObject({
        code: 0,
        out: expect.stringContaining('Nothing'),
      });
      expect(server?.comments).toEqual([]);
    });
  });

  it('exits with 2 where it could not publish, and repeats no token that the server tells', async () => {
    for (const run of [github, gitlab]) {
      const { code, err } = await run({ PLIMSOLL_TOKEN: 'of-another-fleet' });
      expect(code).toBe(2);
      expect(err).toMatch(/^plimsoll: could not publish: the token is not accepted \(401\): .*\*\*\*/);
      await server?.close();
    }
  });

  it('prints what the server says on one line that is no command', async () => {
    const faults = [
      { method: 'POST', path: /comments/, status: 422, body: '{"message":"no\\n::set-env name=A::b"}' },
    ];
    const { code, err } = await github({}, faults);
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain('\\::set-env');
  });

  it('tells that Node has to be told of a proxy', async () => {
    const faults = [{ method: 'GET', times: 99 }];
    const env = { HTTPS_PROXY: 'http://proxy.tideline.example:3128' };
    server = await loopback(
      'gitlab',
      [],
      faults.map((fault) => ({ ...fault, path: /user/ })),
    );
    const { code, err } = await publish(['gitlab', ...comment, '--timeout', '500ms'], {
      CI_API_V4_URL: server.url,
      CI_PROJECT_ID: '42',
      CI_MERGE_REQUEST_IID: '7',
      GITLAB_TOKEN: TOKEN,
      ...env,
    });
    expect(code).toBe(2);
    expect(err).toContain('NODE_USE_ENV_PROXY=1');
  });

  const reached = ['--api', 'http://127.0.0.1:1', '--project', 'tideline/fleet', '--request', '7'];
  const wrong: readonly [string, readonly string[], Variables, RegExp][] = [
    ['no platform', comment, {}, /github or gitlab/],
    ['another platform', ['bitbucket', ...comment], {}, /github or gitlab/],
    ['no report', ['github'], {}, /--comment/],
    ['a report that is not there', ['github', '--comment', 'no.md'], {}, /not there/],
    ['a folder', ['github', '--comment', '.'], {}, /regular/],
    ['a link', ['github', '--comment', 'link.md'], {}, /regular/],
    ['another text', ['github', '--comment', 'other.md'], {}, /no report of plimsoll/],
    ['no token', ['github', ...comment, ...reached], {}, /GITHUB_TOKEN/],
    ['a token of two lines', ['github', ...comment, ...reached], { GITHUB_TOKEN: 'tide\nline' }, /no token/],
    ['no repository', ['github', ...comment], { GITHUB_TOKEN: TOKEN }, /--project/],
    ['no project', ['gitlab', ...comment], { GITLAB_TOKEN: TOKEN }, /--project/],
    ['a time that is none', ['github', ...comment, '--timeout', 'soon'], {}, /--timeout/],
    ['an event that is none', ['github', ...comment], { GITHUB_EVENT_PATH: 'other.md' }, /GITHUB_EVENT_PATH/],
  ];
  it.each(wrong)('takes %s for wrong usage', async (_, typed, env, message) => {
    fs.symlinkSync(path.join(cwd, 'plimsoll.md'), path.join(cwd, 'link.md'));
    fs.writeFileSync(path.join(cwd, 'other.md'), 'SECRET=1\n');
    const { code, err, out } = await publish(typed, env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toContain('SECRET');
  });
});
