import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { boundedFetch } from './bounded-fetch.ts';
import { failureOf, PublishFailure } from './failure.ts';
import type { Comment, Forge } from './forge.ts';
import type { Pace } from './publish.ts';
import type { Head } from './target.ts';

/** GitHub's side of publishing. https://docs.github.com/en/rest/issues/comments */

/** "body is too long (maximum is 65536 characters)" */
const MOST = 65_536;
const PAGE = 100;
/** GitHub has no pull request with more comments than this many pages; a server that never ends is none. */
const MOST_PAGES = 100;
/** What may be repeated is repeated so often by the client, before we look again. */
const RETRIES = 2;

const Client = Octokit.plugin(retry, throttling);
export type GitHubClient = InstanceType<typeof Client>;

const silent = () => undefined;

export function githubClient(api: URL, token: string, pace: Pace): GitHubClient {
  /** Waits for the end of a limit only where that comes in time; a longer wait is told instead. */
  const isInTime = (seconds: number, _options: object, _octokit: unknown, count: number): boolean =>
    count < RETRIES && seconds * pace.second < pace.left();
  return new Client({
    auth: token,
    baseUrl: api.href.replace(/\/$/, ''),
    userAgent: 'plimsoll',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: boundedFetch(api, pace.left) },
    retry: {
      retries: RETRIES,
      retryAfterBaseValue: pace.second,
      // 429 is for the throttling plugin and for us: the retry plugin does not read Retry-After.
      doNotRetry: [400, 401, 403, 404, 410, 413, 422, 429, 451],
    },
    // Limits of its own for each server: the plugin shares them by this name.
    throttle: {
      id: api.href,
      onRateLimit: isInTime,
      onSecondaryRateLimit: isInTime,
      retryAfterBaseValue: pace.second,
    },
  });
}

export function githubForge(client: GitHubClient, project: string, request: number): Forge {
  const [owner = '', repo = ''] = project.split('/');
  const place = { owner, repo };
  return {
    shown: `${project}#${request}`,
    most: MOST,
    // REST's /user is closed to the tokens of GitHub Actions and of apps; `viewer` is open to all.
    me: () =>
      told(async () => {
        const { viewer } = await client.graphql<{ viewer?: { login?: unknown } }>('{ viewer { login } }');
        if (typeof viewer?.login !== 'string') throw unexpected('who the token belongs to');
        return viewer.login;
      }),
    comments: () =>
      told(() =>
        paged((page) =>
          client.issues.listComments({ ...place, issue_number: request, per_page: PAGE, page }),
        ),
      ),
    create: (body) =>
      told(async () => {
        // Never repeated blindly: where the answer is lost the comment may be there.
        await client.issues.createComment({ ...place, issue_number: request, body, request: { retries: 0 } });
      }),
    update: (id, body) =>
      told(async () => {
        await client.issues.updateComment({ ...place, comment_id: id, body });
      }),
    remove: (id) =>
      told(async () => {
        await client.issues.deleteComment({ ...place, comment_id: id });
      }),
  };
}

/** The open pull request with this head. Undefined where the branch has moved on, or there is none any more. */
export function githubRequestOf(
  client: GitHubClient,
  project: string,
  { owner, branch, commit }: Head,
): Promise<number | undefined> {
  const [mine = '', repo = ''] = project.split('/');
  return told(async () => {
    const { data } = await client.pulls.list({
      owner: mine,
      repo,
      state: 'open',
      head: `${owner}:${branch}`,
      per_page: PAGE,
    });
    if (!Array.isArray(data)) throw unexpected('the pull requests');
    return data.find(({ head }) => head.sha === commit)?.number;
  });
}

interface Page {
  readonly headers: { readonly link?: string };
  readonly data: readonly {
    readonly id: number;
    readonly body?: string;
    readonly html_url: string;
    readonly user: { readonly login: string } | null;
  }[];
}

async function paged(get: (page: number) => Promise<Page>): Promise<readonly Comment[]> {
  const comments: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data, headers } = await get(page);
    if (!Array.isArray(data)) throw unexpected('the comments');
    for (const { id, user, body, html_url } of data)
      comments.push({ id, author: user?.login ?? '', body: body ?? '', url: html_url });
    if (!headers.link?.includes('rel="next"')) return comments;
  }
  throw unexpected('the comments, which never end');
}

const unexpected = (what: string): PublishFailure =>
  new PublishFailure(`the server did not tell ${what}`, undefined, true);

/** What the client throws, as what it means. Nothing of the request, which holds the token, is kept. */
async function told<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PublishFailure || !(error instanceof Error)) throw error;
    if (error.name === 'GraphqlResponseError') throw new PublishFailure(error.message, undefined, false);
    const { status, response } = partsOf(error);
    if (status === undefined) throw error;
    if (response === undefined) throw new PublishFailure(`no answer: ${error.message}`, undefined, true);
    throw failureOf({ status, headers: response.headers, message: error.message }, Date.now() / 1000);
  }
}

interface Parts {
  readonly status?: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** Octokit's RequestError, which the plugins may copy: by its fields, not by its class. */
function partsOf(error: Error & Parts): Parts {
  return error;
}
