/** What a repository, a registry or the network between did wrong, in words. */
export class RepositoryError extends Error {}

/** An address that somebody wrote, an index or a registry among them. */
export function addressOf(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href))
    throw new RepositoryError(`this is no address: ${JSON.stringify(text)}`);
  return new URL(text, base);
}

/** One request takes no longer. */
const LONGEST = 30_000;

/** The answer of a server, if it is one: bounded in time; redirects never leave HTTPS. */
export async function answer(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers, signal: AbortSignal.timeout(LONGEST) });
  } catch (error) {
    throw new RepositoryError(reason(error));
  }
  if (url.protocol === 'https:' && response.url !== '' && !response.url.startsWith('https:'))
    throw new RepositoryError('it redirects to a place without TLS');
  return response;
}

/** The body of a good answer, not more than a limit. */
export async function bytesOf(response: Response, limit: number): Promise<Uint8Array> {
  if (!response.ok) throw new RepositoryError(`it answers ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > limit) throw new RepositoryError(`it sends more than ${limit / 2 ** 20} MiB`);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof RepositoryError ? error : new RepositoryError(reason(error));
  }
  return Buffer.concat(parts);
}

export const fetchBytes = async (url: URL, limit: number): Promise<Uint8Array> =>
  bytesOf(await answer(url), limit);

/** JSON of a good answer. */
export async function jsonOf(response: Response): Promise<unknown> {
  const bytes = await bytesOf(response, 4 * 2 ** 20);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RepositoryError('it answers with something that is not JSON');
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'TimeoutError') return `it does not answer within ${LONGEST / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' ? error.message : `it can't be reached (${code})`;
}
