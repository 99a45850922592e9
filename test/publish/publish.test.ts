import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PublishFailure } from '#publish/failure.ts';
import { githubClient, githubForge } from '#publish/github.ts';
import { gitlabForge } from '#publish/gitlab.ts';
import { type Pace, type Published, publishComment } from '#publish/publish.ts';
import { type Fault, loopback, MARKER, own, type Stored, TOKEN } from './loopback.ts';

const REPORT = `${MARKER}\n### plimsoll diff passed\n`;

interface Run {
  readonly published: Published | undefined;
  readonly failure: PublishFailure | undefined;
  readonly comments: readonly Stored[];
  readonly seen: readonly string[];
  /** What was waited between attempts, in seconds. */
  readonly waits: readonly number[];
}

interface Weather {
  readonly comments?: readonly Stored[];
  readonly faults?: readonly Fault[];
  readonly token?: string;
  readonly report?: string;
  readonly timeout?: number;
}

/** Seconds of five milliseconds. */
const SECOND = 5;

async function run(platform: 'github' | 'gitlab', weather: Weather = {}): Promise<Run> {
  const server = await loopback(platform, weather.comments, weather.faults);
  const token = weather.token ?? TOKEN;
  const waits: number[] = [];
  const end = performance.now() + (weather.timeout ?? 20_000);
  const pace: Pace = {
    second: SECOND,
    left: () => end - performance.now(),
    pause: (milliseconds) => {
      waits.push(milliseconds / SECOND);
      return pause(milliseconds);
    },
  };
  const api = new URL(server.url);
  const forge =
    platform === 'github'
      ? githubForge(githubClient(api, token, pace), 'tideline/fleet', 7)
      : gitlabForge(api, token, '42', 7, pace);
  let published: Published | undefined;
  let failure: PublishFailure | undefined;
  try {
    published = await publishComment(forge, MARKER, weather.report ?? REPORT, pace);
  } catch (error) {
    if (!(error instanceof PublishFailure)) throw error;
    failure = error;
    // The server of these tests says the token in its own words, which the command line takes out; we add it nowhere.
    const told = inspect(error, { depth: 20, showHidden: true });
    expect(told.replaceAll(/Bad credentials: (token )?\S+/g, '')).not.toContain(token);
  } finally {
    await server.close();
  }
  return { published, failure, comments: server.comments, seen: server.seen, waits };
}

const creations = ({ seen }: Run): number =>
  seen.filter((line) => /^POST .*(comments|notes)/.test(line)).length;
const strangers = (count: number): Stored[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, author: '99', body: 'ahoy' }));

describe.each(['github', 'gitlab'] as const)(
  'publishing on %s',
  { concurrent: true, timeout: 20_000 },
  (platform) => {
    const mine = (id: number, body: string) => own(platform, id, body);
    const stays = { body: REPORT };

    it('makes the comment', async () => {
      const { published, comments } = await run(platform);
      expect(published?.did).toBe('created');
      expect(comments).toMatchObject([stays]);
    });

    it('finds it again behind pages of others, and updates it in place', async () => {
      const { published, comments, seen } = await run(platform, {
        comments: [...strangers(230), mine(500, 'old'), ...strangers(3)],
      });
      expect(published).toMatchObject({ did: 'updated', comment: { id: 500 } });
      expect(comments).toHaveLength(234);
      expect(comments.find(({ id }) => id === 500)).toMatchObject(stays);
      expect(seen.filter((line) => line.startsWith('GET')).length).toBeGreaterThanOrEqual(6);
    });

    it('writes nothing where nothing changed', async () => {
      const line = REPORT.replaceAll('\n', '\r\n').trimEnd();
      const { published, seen } = await run(platform, { comments: [{ ...mine(5, ''), body: line }] });
      expect(published?.did).toBe('left as it was');
      expect(seen.filter((one) => /^(PUT|PATCH|DELETE|POST (?!\/graphql))/.test(one))).toEqual([]);
    });

    it('keeps the newest of several, and deletes the others', async () => {
      const { published, comments } = await run(platform, {
        comments: [mine(5, 'a'), mine(9, 'b'), mine(7, 'c')],
      });
      expect(published).toMatchObject({ did: 'updated', removed: 2 });
      expect(comments).toMatchObject([{ id: 9, ...stays }]);
    });

    it("leaves others' comments with the marker alone, and our own without it", async () => {
      const others = [
        { id: 1, author: '99', body: REPORT },
        { ...mine(2, ''), body: `see:\n${MARKER}` },
      ];
      const { published, comments } = await run(platform, { comments: others });
      expect(published?.did).toBe('created');
      expect(comments).toMatchObject([...others, stays]);
    });

    describe('still ends in one comment', () => {
      const lost: readonly [string, Fault][] = [
        ['the connection is closed after it was stored', { method: 'POST', isDone: true }],
        ['half of the answer comes', { method: 'POST', isHalf: true }],
        ['502 comes after it was stored', { method: 'POST', isDone: true, status: 502 }],
      ];
      it.each(lost)('where %s', async (_, fault) => {
        const result = await run(platform, { faults: [fault] });
        expect(result.published?.did).toBe('created');
        expect(result.comments).toMatchObject([stays]);
        expect(creations(result)).toBe(1);
      });

      const missed: readonly [string, Fault][] = [
        ['the connection is closed before it was stored', { method: 'POST' }],
        ['503 comes', { method: 'POST', status: 503 }],
      ];
      it.each(missed)('where %s', async (_, fault) => {
        const result = await run(platform, { faults: [fault] });
        expect(result.comments).toMatchObject([stays]);
        expect(creations(result)).toBe(2);
      });

      it('where half of the list comes: it is no empty list', async () => {
        const { comments } = await run(platform, {
          comments: [mine(5, 'old')],
          faults: [{ method: 'GET', isHalf: true }],
        });
        expect(comments).toMatchObject([{ id: 5, ...stays }]);
      });

      it('where the list is another thing', async () => {
        const { comments } = await run(platform, {
          comments: [mine(5, 'old')],
          faults: [{ method: 'GET', status: 200, body: '{"maintenance":true}' }],
        });
        expect(comments).toMatchObject([{ id: 5, ...stays }]);
      });

      it('where somebody deletes it while we update it', async () => {
        const { published, comments } = await run(platform, {
          comments: [mine(5, 'old')],
          faults: [
            { method: platform === 'github' ? 'PATCH' : 'PUT', status: 404, body: '{"message":"gone"}' },
          ],
        });
        expect(published?.did).toBe('updated');
        expect(comments).toMatchObject([{ id: 5, ...stays }]);
      });

      it('where the answer of an update or a deletion is lost', async () => {
        const { comments } = await run(platform, {
          comments: [mine(5, 'older'), mine(6, 'old')],
          faults: [
            { method: platform === 'github' ? 'PATCH' : 'PUT', isDone: true },
            { method: 'DELETE', isDone: true },
          ],
        });
        expect(comments).toMatchObject([{ id: 6, ...stays }]);
      });
    });

    it('waits as long as Retry-After says', async () => {
      const { published, waits } = await run(platform, {
        faults: [{ method: 'GET', status: 429, headers: { 'retry-after': '31' } }],
      });
      expect(published?.did).toBe('created');
      expect(waits).toContain(31);
    });

    it('gives up at once where the wait would be longer than the time that is left', async () => {
      const { failure, waits } = await run(platform, {
        faults: [{ method: 'GET', status: 429, headers: { 'retry-after': '3600' } }],
        timeout: 5_000,
      });
      expect(failure).toMatchObject({ status: 429, after: 3600 });
      expect(waits).toEqual([]);
    });

    it('gives up after a while where the server keeps failing', async () => {
      const { failure } = await run(platform, { faults: [{ method: 'GET', status: 500, times: 99 }] });
      expect(failure).toMatchObject({ status: 500 });
    });

    it('ends in time where the server never answers', async () => {
      const start = performance.now();
      const { failure } = await run(platform, {
        faults: [{ method: 'GET', slow: 10_000, times: 99 }],
        timeout: 1_500,
      });
      expect(failure?.isPassing).toBe(true);
      expect(performance.now() - start).toBeLessThan(4_000);
    });

    const final: readonly [number, Fault | undefined, string | undefined][] = [
      [401, undefined, 'another-token'],
      [403, { method: 'POST', path: /comments|notes/, status: 403 }, undefined],
      [404, { method: 'GET', status: 404 }, undefined],
      [422, { method: 'POST', path: /comments|notes/, status: 422 }, undefined],
    ];
    it.each(final)('takes %i for an answer', async (status, fault, token) => {
      const { failure, waits } = await run(platform, {
        ...(fault && { faults: [fault] }),
        ...(token !== undefined && { token }),
      });
      expect(failure).toMatchObject({ status, isPassing: false });
      expect(waits).toEqual([]);
    });

    it('follows no redirect: the token would go along', async () => {
      const { failure, seen } = await run(platform, {
        faults: [{ method: 'GET', status: 307, headers: { location: 'http://localhost:9/elsewhere' } }],
      });
      expect(failure?.message).toContain('redirects');
      expect(seen.filter((line) => /^GET .*(comments|notes)/.test(line))).toHaveLength(1);
    });

    it('refuses a report that is larger than a comment, before anything is asked', async () => {
      const { failure, seen } = await run(platform, { report: `${MARKER}\n${'x'.repeat(1_000_000)}` });
      expect(failure?.message).toContain('too large');
      expect(seen).toEqual([]);
    });

    it('takes no line for a command of its author', async () => {
      const { comments } = await run(platform, { report: `${MARKER}\n/approve\n  /merge now\na/b\n` });
      expect(comments).toMatchObject([{ body: `${MARKER}\n\\/approve\n  \\/merge now\na/b\n` }]);
    });
  },
);

describe('publishing on github', { concurrent: true, timeout: 20_000 }, () => {
  it('takes an error of GraphQL for an answer', async () => {
    const body = '{"data":null,"errors":[{"type":"FORBIDDEN","message":"no viewer"}]}';
    const { failure, comments } = await run('github', {
      faults: [{ method: 'POST', path: /graphql/, status: 200, body }],
    });
    expect(failure).toMatchObject({ isPassing: false, message: expect.stringContaining('no viewer') });
    expect(comments).toEqual([]);
  });

  it('waits for the end of a secondary limit', async () => {
    const { published, seen } = await run('github', {
      faults: [
        {
          method: 'POST',
          path: /comments/,
          status: 403,
          headers: { 'retry-after': '2' },
          body: '{"message":"You have exceeded a secondary rate limit."}',
        },
      ],
    });
    expect(published?.did).toBe('created');
    expect(seen.filter((line) => /^POST .*comments/.test(line))).toHaveLength(2);
  });
});
