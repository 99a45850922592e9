import { MergeRequestNotes, Users } from '@gitbeaker/rest';
import { boundedFetch } from './bounded-fetch.ts';
import { failureOf, PublishFailure } from './failure.ts';
import type { Comment, Forge } from './forge.ts';
import type { Pace } from './publish.ts';

/** GitLab's side of publishing. https://docs.gitlab.com/api/notes/#merge-requests */

/** "note is too long (maximum is 1000000 characters)" */
const MOST = 1_000_000;
const PAGE = 100;
const MOST_PAGES = 1_000;

type Options = ConstructorParameters<typeof MergeRequestNotes>[0];
type MakeRequester = NonNullable<Options['requesterFn']>;
type Requester = ReturnType<MakeRequester>;
type Sent = NonNullable<Parameters<Requester['get']>[1]>;

export function gitlabForge(api: URL, token: string, project: string, request: number, pace: Pace): Forge {
  const options: Options = {
    host: api.href.replace(/\/api\/v4\/?$/, ''),
    token,
    queryTimeout: null,
    requesterFn: requesterFor(boundedFetch(api, pace.left)),
  };
  const notes = new MergeRequestNotes(options);
  const users = new Users(options);
  return {
    shown: `${project}!${request}`,
    most: MOST,
    me: async () => {
      const { id } = await users.showCurrentUser();
      if (typeof id !== 'number') throw unexpected('who the token belongs to');
      return String(id);
    },
    comments: async () => {
      const found: unknown = await notes.all(project, request, { perPage: PAGE, maxPages: MOST_PAGES });
      if (!Array.isArray(found)) throw unexpected('the notes');
      if (!found.every(isNote)) throw unexpected('the notes');
      return found.map(({ id, body, author }): Comment => ({ id, body, author: String(author?.id ?? '') }));
    },
    create: async (body) => {
      await notes.create(project, request, body);
    },
    update: async (id, body) => {
      await notes.edit(project, request, id, { body });
    },
    remove: async (id) => {
      await notes.remove(project, request, id);
    },
  };
}

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author?: { readonly id?: number } | null;
}

function isNote(value: unknown): value is Note {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('body' in value)) return false;
  return typeof value.id === 'number' && typeof value.body === 'string';
}

const unexpected = (what: string): PublishFailure =>
  new PublishFailure(`the server did not tell ${what}`, undefined, true);

/**
 * How the client asks. Its own way repeats everything, creations included, ten times within a quarter of a second
 * after 429 and 502, and does not read Retry-After; and its errors hold the request with the token.
 */
function requesterFor(get: typeof fetch): MakeRequester {
  return ({ url, authHeaders }) => {
    const ask =
      (method: string) =>
      async <Body>(endpoint: string, sent: Sent = {}) => {
        const [[name, value] = []] = Object.entries(authHeaders);
        const headers = new Headers({ accept: 'application/json', 'user-agent': 'plimsoll' });
        if (name !== undefined && value !== undefined) headers.set(name, await value());
        const address = new URL(endpoint, `${url.replace(/\/+$/, '')}/`);
        for (const [key, one] of Object.entries(sent.searchParams ?? {}))
          address.searchParams.set(snakeCase(key), String(one));
        const body = bodyOf(method, sent);
        if (body !== undefined) headers.set('content-type', 'application/json');
        const response = await answered(
          get(address, { method, headers, ...(body !== undefined && { body }) }),
        );
        const told = Object.fromEntries(response.headers.entries());
        if (!response.ok) {
          const message = messageOf(await response.text());
          throw failureOf({ status: response.status, headers: told, message }, Date.now() / 1000);
        }
        return { body: jsonOf<Body>(await response.text()), headers: told, status: response.status };
      };
    return {
      get: ask('GET'),
      post: ask('POST'),
      put: ask('PUT'),
      patch: ask('PATCH'),
      delete: ask('DELETE'),
    };
  };
}

/** The client says what it expects; what is needed of it is looked at where it is used. */
function jsonOf<Body>(text: string): Body {
  try {
    return JSON.parse(text === '' ? 'null' : text) as Body;
  } catch {
    throw unexpected('anything that is JSON');
  }
}

async function answered(work: Promise<Response>): Promise<Response> {
  try {
    return await work;
  } catch (error) {
    throw new PublishFailure(`no answer: ${reasonOf(error)}`, undefined, true);
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for no known reason';
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Fields of notes have names of one word; nothing is to be renamed. */
function bodyOf(method: string, { body }: Sent): string | undefined {
  if (body === undefined || body instanceof FormData || method === 'GET' || method === 'DELETE')
    return undefined;
  return JSON.stringify(body);
}

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function messageOf(text: string): string {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== 'object' || said === null) return '';
    const message = 'message' in said ? said.message : 'error' in said ? said.error : '';
    return typeof message === 'string' ? message : JSON.stringify(message);
  } catch {
    return ''; // A page of HTML from something between us and GitLab.
  }
}
