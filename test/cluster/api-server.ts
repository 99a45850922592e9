import fs from 'node:fs';
import https from 'node:https';
import readline from 'node:readline';
import { parse } from 'yaml';

/**
 * An API server that may be written to, over HTTP: a process of kubectl for each of hundreds of questions would take
 * minutes. PLIMSOLL_KUBECONFIG names its kubeconfig; credentials are a token, as `cluster/apiserver.sh` writes it.
 */
export const KUBECONFIG = process.env['PLIMSOLL_KUBECONFIG'] ?? '';

export interface Answer {
  readonly status: number;
  readonly isAccepted: boolean;
  readonly message: string;
  /** Field paths of what is refused, as the API server writes them: `spec.ports[0].name`. */
  readonly fields: readonly string[];
  readonly causes: readonly {
    readonly field?: string;
    readonly message?: string;
    readonly reason?: string;
  }[];
  readonly warnings: readonly string[];
  readonly body: Record<string, unknown>;
}

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

function connection() {
  const { clusters, users }: Kubeconfig = parse(fs.readFileSync(KUBECONFIG, 'utf8'));
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster;
  const agent = new https.Agent({ ca: Buffer.from(authority, 'base64'), keepAlive: true });
  return { server, token: users[0].user.token, agent };
}

let open: ReturnType<typeof connection> | undefined;

export function ask(
  method: string,
  path: string,
  body?: unknown,
  type = 'application/json',
): Promise<Answer> {
  open ??= connection();
  const { server, token, agent } = open;
  const text = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = https.request(
      new URL(path, server),
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': type,
          // Node sends the body of a DELETE without saying that there is one.
          'content-length': Buffer.byteLength(text),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const warnings = response.headersDistinct['warning'] ?? [];
          resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks).toString(), warnings));
        });
      },
    );
    request.on('error', (error) => {
      // The server had ended an idle connection: https://nodejs.org/api/http.html#requestreusedsocket
      if (request.reusedSocket && Object(error).code === 'ECONNRESET')
        ask(method, path, body, type).then(resolve, reject);
      else reject(error);
    });
    request.end(text);
  });
}

/** Follows a collection as it is and as it changes, until told to end or the server ends it. */
export function follow(path: string, seen: (type: string, object: Followed) => void): Following {
  open ??= connection();
  const { server, token, agent } = open;
  const headers = { authorization: `Bearer ${token}` };
  const request = https.get(new URL(`${path}?watch=true`, server), { agent, headers });
  const ended = new Promise<void>((resolve) => {
    request.on('error', () => resolve());
    request.on('response', (response) => {
      const lines = readline.createInterface({ input: response });
      lines.on('error', () => resolve());
      lines.on('line', (line) => {
        // A server that can't be followed just now answers with a Status, which is no event.
        const { type, object }: { type?: string; object: Followed } = JSON.parse(line);
        if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') seen(type, object);
      });
      response.on('error', () => resolve());
      response.on('close', () => resolve());
    });
  });
  return { ended, end: () => request.destroy() };
}

export interface Following {
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** An object as a server tells it. */
export interface Followed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

function answerOf(status: number, text: string, warnings: readonly string[]): Answer {
  const body = text.startsWith('{') ? JSON.parse(text) : { message: text };
  const isAccepted = status >= 200 && status < 300;
  const causes: Answer['causes'] = body.details?.causes ?? [];
  return {
    status,
    isAccepted,
    message: isAccepted ? '' : (body.message ?? text),
    fields: isAccepted ? [] : causes.flatMap(({ field }) => (field === undefined ? [] : [field])),
    causes: isAccepted ? [] : causes,
    warnings,
    body,
  };
}

interface Named {
  readonly apiVersion: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

/** The path of a collection of resources. */
export function collection({ apiVersion, metadata }: Named, plural: string, isNamespaced: boolean): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = encodeURIComponent(metadata.namespace ?? 'default');
  return isNamespaced ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

/** Creates an object as a trial, with unknown fields refused. */
export const tryCreate = (object: Named, plural: string, isNamespaced: boolean): Promise<Answer> =>
  ask('POST', `${collection(object, plural, isNamespaced)}?dryRun=All&fieldValidation=Strict`, object);

/** Applies an object on the server's side, as a trial or in earnest. */
export const apply = (
  object: Named,
  plural: string,
  isNamespaced: boolean,
  isTrial: boolean,
): Promise<Answer> =>
  ask(
    'PATCH',
    `${collection(object, plural, isNamespaced)}/${encodeURIComponent(object.metadata.name ?? '')}?fieldManager=plimsoll&force=true&fieldValidation=Strict${isTrial ? '&dryRun=All' : ''}`,
    object,
    'application/apply-patch+yaml',
  );

/** Installs definitions and waits until the server serves them. */
export async function define(definitions: readonly Definition[]): Promise<void> {
  for (const definition of definitions) {
    const { isAccepted, message } = await apply(definition, 'customresourcedefinitions', false, false);
    if (!isAccepted) throw new Error(`${definition.metadata.name}: ${message}`);
  }
  for (const definition of definitions) {
    const { group, names, versions } = definition.spec;
    const served = versions.filter(({ served: isServed }) => isServed);
    for (const { name } of served) await untilServed(`/apis/${group}/${name}/${names.plural}?limit=1`);
  }
}

export interface Definition extends Named {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

async function untilServed(path: string): Promise<void> {
  for (let trial = 0; trial < 300; trial++) {
    const { status } = await ask('GET', path);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${path} is not served`);
}

/** A field's path as its steps, whether the API server wrote it (`spec.ports[0]`) or a JSON pointer does. */
export const steps = (field: string): string =>
  field
    .replaceAll('~1', '/')
    .split(/[.[\]/]+/)
    .filter((step) => step !== '')
    .join(' ');
