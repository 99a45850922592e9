import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opensWith, planOf, withoutCommands } from '#publish/plan.ts';
import { type Given, githubTarget, gitlabTarget } from '#publish/target.ts';
import { MARKER } from '#report/markdown.ts';
import * as server from './loopback.ts';

const nothing: Given = { project: undefined, request: undefined, api: undefined };
const actions = { GITHUB_REPOSITORY: 'tideline/fleet', GITHUB_EVENT_NAME: 'pull_request' };

describe('which pull request', () => {
  it('is told by the event, or by the ref', () => {
    const found = { kind: 'request', project: 'tideline/fleet', request: 7 };
    expect(githubTarget(actions, { pull_request: { number: 7 } }, nothing)).toMatchObject(found);
    expect(githubTarget({ ...actions, GITHUB_REF: 'refs/pull/7/merge' }, undefined, nothing)).toMatchObject(
      found,
    );
  });

  it('is told by options before all', () => {
    const given = {
      project: 'tideline/harbour',
      request: '9',
      api: 'https://github.tideline.example/api/v3/',
    };
    const target = githubTarget(actions, { pull_request: { number: 7 } }, given);
    expect(target).toMatchObject({ kind: 'request', project: 'tideline/harbour', request: 9 });
    expect(target.kind === 'request' && target.api.href).toBe('https://github.tideline.example/api/v3');
  });

  it('is never taken from an address with credentials, or from a file', () => {
    for (const api of [
      'https://me:secret@github.example',
      'file:///etc/passwd',
      'github.example',
      'https://x/?a',
    ])
      expect(githubTarget(actions, undefined, { ...nothing, request: '7', api }).kind).toBe('unknown');
  });

  it('is unknown or none for an event of any shape, and no number out of nowhere', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (event) => {
        const { kind } = githubTarget({ ...actions, GITHUB_REF: 'refs/heads/main' }, event, nothing);
        expect(kind).toBe('none');
        const odd = githubTarget(actions, { workflow_run: event, pull_request: { number: event } }, nothing);
        expect(odd.kind === 'request' && odd.request !== event).toBe(false);
      }),
    );
  });
});

describe('which merge request', () => {
  const pipeline = {
    CI_PROJECT_ID: '43',
    CI_MERGE_REQUEST_IID: '7',
    CI_PIPELINE_SOURCE: 'merge_request_event',
  };

  it('lies in the project that is to be merged into, not in the fork', () => {
    const target = gitlabTarget({ ...pipeline, CI_MERGE_REQUEST_PROJECT_ID: '42' }, nothing);
    expect(target).toMatchObject({ kind: 'request', project: '42', request: 7 });
  });

  it('lies on the server of the pipeline', () => {
    const target = gitlabTarget({ ...pipeline, CI_SERVER_URL: 'https://tideline.example/gitlab' }, nothing);
    expect(target.kind === 'request' && target.api.href).toBe('https://tideline.example/gitlab/api/v4');
  });
});

it('finds comments by the marker that reports begin with', () => {
  expect(server.MARKER).toBe(MARKER);
});

describe('what is ours', () => {
  it('is what we wrote with the marker on its first line', () => {
    expect(opensWith(`${MARKER}\r\nreport`, MARKER)).toBe(true);
    expect(opensWith(`> ${MARKER}\nreport`, MARKER)).toBe(false);
  });

  it('is at most one comment when the plan is done, whatever is there', () => {
    const comment = fc.record({
      id: fc.nat(),
      author: fc.constantFrom('me', 'you'),
      body: fc.constantFrom(MARKER, `${MARKER}\nreport`, 'ahoy'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(comment, { selector: ({ id }) => id }), (comments) => {
        const { own, surplus } = planOf(comments, 'me', MARKER, MARKER);
        const ours = comments.filter(({ author, body }) => author === 'me' && body.startsWith(MARKER));
        expect([...(own ? [own] : []), ...surplus].map(({ id }) => id).sort()).toEqual(
          ours.map(({ id }) => id).sort(),
        );
        expect(surplus.every(({ id }) => own !== undefined && id < own.id)).toBe(true);
      }),
    );
  });

  it('holds no line that begins with a slash, and is not changed twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('/', 'merge', ' ', '\n', '\\', '|')), (parts) => {
        const text = withoutCommands(parts.join(''));
        expect(text).not.toMatch(/^\s*\/\w/m);
        expect(withoutCommands(text)).toBe(text);
      }),
    );
  });
});
