/** Why the platform did not do what it was asked to. The message is for people, and holds no token. */
export class PublishFailure extends Error {
  /** HTTP status; undefined where no whole answer came. */
  readonly status: number | undefined;
  /** Whether another attempt may succeed. */
  readonly isPassing: boolean;
  /** So many seconds the platform asks to wait. */
  readonly after: number | undefined;

  constructor(message: string, status: number | undefined, isPassing: boolean, after?: number) {
    super(message);
    this.status = status;
    this.isPassing = isPassing;
    this.after = after;
  }
}

/** An answer that is no success, as far as it matters. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** What the platform says of it. */
  readonly message: string;
}

/** For a secondary limit without Retry-After GitHub asks to wait for at least a minute. */
const SECONDARY_LIMIT = 60;

/**
 * What an answer means. `now` is in seconds since 1970, for limits that tell when they end.
 *
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
 * https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/
 */
export function failureOf({ status, headers, message }: Answer, now: number): PublishFailure {
  const after = secondsToWait(headers, message, now);
  const said = message === '' ? '' : `: ${message}`;
  if (status === 429 || (status === 403 && after !== undefined))
    return new PublishFailure(`too many requests (${status})${said}`, status, true, after);
  if (status >= 500) return new PublishFailure(`the server failed (${status})${said}`, status, true, after);
  if (status === 408 || status === 409 || status === 425)
    return new PublishFailure(`the server could not do it now (${status})${said}`, status, true, after);
  if (status === 401) return new PublishFailure(`the token is not accepted (401)${said}`, status, false);
  if (status === 403) return new PublishFailure(`the token may not do this (403)${said}`, status, false);
  if (status === 404)
    return new PublishFailure(`not found, or the token may not see it (404)${said}`, status, false);
  return new PublishFailure(`refused (${status})${said}`, status, false);
}

function secondsToWait(headers: Answer['headers'], message: string, now: number): number | undefined {
  const asked = number(headers['retry-after']);
  if (asked !== undefined) return asked;
  const remaining = number(headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining']);
  const reset = number(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']);
  if (remaining === 0 && reset !== undefined) return Math.max(1, reset - now + 1);
  return /\bsecondary rate limit\b/i.test(message) ? SECONDARY_LIMIT : undefined;
}

function number(header: string | number | undefined): number | undefined {
  const text = String(header ?? '').trim();
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
