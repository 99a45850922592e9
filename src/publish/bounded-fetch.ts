/** One request takes no longer. */
const LONGEST = 30_000;
/** A page of a hundred comments of the largest size is smaller than this, on both platforms. */
const LARGEST = 128 * 2 ** 20;

/**
 * `fetch` for a server that is trusted with a token, and for no other.
 *
 * - Bounded in time, by the time that is left for all as well, and in size.
 * - Whole answers only: half a list of comments would make a second comment.
 * - No redirects, and no other server, whatever an answer says: the token would go there too.
 */
export function boundedFetch(api: URL, left: () => number): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    // As answers that no client asks for again.
    if (url.origin !== api.origin) return refusal(`${api.origin} points to ${url.origin}`);
    const milliseconds = Math.max(1, Math.min(LONGEST, Math.floor(left())));
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(milliseconds),
    });
    const { status, headers } = response;
    if (status >= 300 && status < 400)
      return refusal(
        `${api.origin} redirects (${status}) to another place; is the address of the API right?`,
      );
    const body = await whole(response);
    return new Response(body.length === 0 ? null : new Blob(body), { status, headers });
  };
}

async function whole(response: Response): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  if (response.body === null) return parts;
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > LARGEST) throw new Error('the answer is too large');
    parts.push(part);
  }
  return parts;
}

const refusal = (message: string): Response =>
  new Response(JSON.stringify({ message }), { status: 400, headers: { 'content-type': 'application/json' } });
