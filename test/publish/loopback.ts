import http from 'node:http';

/** Servers on the loopback that behave like the APIs of GitHub and GitLab, faults included. */

export const TOKEN = 'tideline-token-0123456789';
export const MARKER = '<!-- plimsoll report -->';

export interface Stored {
  readonly id: number;
  readonly author: string;
  body: string;
}

/** What goes wrong, once unless it says more. */
export interface Fault {
  readonly method: string;
  readonly path?: RegExp;
  readonly times?: number;
  /** The answer instead; without: the connection is closed. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The work is done before it goes wrong. */
  readonly isDone?: boolean;
  /** Half of the right answer comes, then the connection is closed. */
  readonly isHalf?: boolean;
  /** Milliseconds before anything is answered. */
  readonly slow?: number;
}

export interface Loopback {
  readonly url: string;
  readonly comments: Stored[];
  /** Requests that came, as `GET /path`. */
  readonly seen: string[];
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Route = (method: string, url: URL, sent: unknown, store: Store) => Answer;

interface Store {
  readonly comments: Stored[];
  readonly url: string;
  nextId: number;
}

const ME = { github: 'github-actions[bot]', gitlab: '4711' } as const;

/** A comment of ours, with the marker. */
export const own = (platform: keyof typeof ME, id: number, body: string): Stored => ({
  id,
  author: ME[platform],
  body: `${MARKER}\n${body}`,
});

export async function loopback(
  platform: keyof typeof ME,
  comments: readonly Stored[] = [],
  faults: readonly Fault[] = [],
): Promise<Loopback> {
  const left = faults.map((fault) => ({ fault, times: fault.times ?? 1 }));
  const seen: string[] = [];
  const store: Store = { comments: [...comments], url: '', nextId: 1_000 };
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', store.url);
      const method = request.method ?? '';
      seen.push(`${method} ${url.pathname}${url.search}`);
      const due = left.find(
        ({ fault, times }) =>
          times > 0 && fault.method === method && (fault.path ?? /notes|comments/).test(url.pathname),
      );
      const text = Buffer.concat(parts).toString();
      const work = () =>
        allowed(platform, request)
          ? routes[platform](method, url, text === '' ? undefined : JSON.parse(text), store)
          : { status: 401, body: { message: `Bad credentials: ${credentials(platform, request)}` } };
      if (due === undefined) {
        send(response, work());
        return;
      }
      due.times--;
      const { fault } = due;
      const done = fault.isDone || fault.isHalf ? work() : undefined;
      setTimeout(() => fail(response, fault, done), fault.slow ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  Object.assign(store, { url });
  return {
    url: platform === 'gitlab' ? `${url}/api/v4` : url,
    comments: store.comments,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function fail(response: http.ServerResponse, fault: Fault, done: Answer | undefined): void {
  if (fault.isHalf && done !== undefined) {
    const body = JSON.stringify(done.body);
    response.writeHead(done.status, { 'content-type': 'application/json', 'content-length': body.length });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
    return;
  }
  if (fault.status === undefined) {
    response.destroy();
    return;
  }
  response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
  response.end(fault.body ?? JSON.stringify({ message: 'a storm' }));
}

function send(response: http.ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const allowed = (platform: keyof typeof ME, request: http.IncomingMessage): boolean =>
  credentials(platform, request) === (platform === 'github' ? `token ${TOKEN}` : TOKEN);

const credentials = (platform: keyof typeof ME, { headers }: http.IncomingMessage): string =>
  String(headers[platform === 'github' ? 'authorization' : 'private-token']);

const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };

const routes: Readonly<Record<keyof typeof ME, Route>> = {
  github: (method, url, sent, store) => {
    const shown = (comment: Stored) => ({
      id: comment.id,
      body: comment.body,
      user: { login: comment.author },
      html_url: `https://github.example/tideline/fleet/pull/7#issuecomment-${comment.id}`,
    });
    if (method === 'POST' && url.pathname === '/graphql')
      return { status: 200, body: { data: { viewer: { login: ME.github } } } };
    if (url.pathname === '/repos/tideline/fleet/pulls')
      return {
        status: 200,
        body:
          url.searchParams.get('head') === 'sailor:fix' ? [{ number: 7, head: { sha: 'a'.repeat(40) } }] : [],
      };
    return commentRoute(method, url, sent, store, {
      list: '/repos/tideline/fleet/issues/7/comments',
      one: '/repos/tideline/fleet/issues/comments/',
      edit: 'PATCH',
      author: ME.github,
      shown,
    });
  },
  gitlab: (method, url, sent, store) => {
    if (url.pathname === '/api/v4/user') return { status: 200, body: { id: Number(ME.gitlab) } };
    const list = '/api/v4/projects/42/merge_requests/7/notes';
    return commentRoute(method, url, sent, store, {
      list,
      one: `${list}/`,
      edit: 'PUT',
      author: ME.gitlab,
      shown: ({ id, body, author }) => ({ id, body, author: { id: Number(author) }, system: false }),
    });
  },
};

interface Shape {
  readonly list: string;
  readonly one: string;
  readonly edit: string;
  readonly author: string;
  readonly shown: (comment: Stored) => unknown;
}

function commentRoute(
  method: string,
  url: URL,
  sent: unknown,
  store: Store,
  { list, one, edit, author, shown }: Shape,
): Answer {
  const body =
    typeof sent === 'object' && sent !== null && 'body' in sent && typeof sent.body === 'string'
      ? sent.body
      : '';
  if (url.pathname === list && method === 'GET') {
    const size = Number(url.searchParams.get('per_page') ?? 20);
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    const isLast = page * size >= store.comments.length;
    return {
      status: 200,
      body: store.comments.slice((page - 1) * size, page * size).map(shown),
      ...(!isLast && { headers: { link: `<${next.href}>; rel="next"` } }),
    };
  }
  if (url.pathname === list && method === 'POST') {
    const made = { id: store.nextId++, author, body };
    store.comments.push(made);
    return { status: 201, body: shown(made) };
  }
  const index = store.comments.findIndex(({ id }) => url.pathname === `${one}${id}`);
  const comment = store.comments[index];
  if (comment === undefined) return NOT_FOUND;
  if (comment.author !== author) return { status: 403, body: { message: 'Forbidden' } };
  if (method === edit) {
    comment.body = body;
    return { status: 200, body: shown(comment) };
  }
  if (method === 'DELETE') {
    store.comments.splice(index, 1);
    return { status: 204 };
  }
  return NOT_FOUND;
}
