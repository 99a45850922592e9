import { decode, encode } from '#cel/values/text.ts';

/** URLs as Go's net/url reads them, absolute ones and absolute paths only. */
export interface UrlParts {
  readonly scheme: string;
  /** With the port and an IPv6 address's brackets. */
  readonly host: string;
  readonly escapedPath: string;
  /** After the question mark, still escaped. */
  readonly query: string;
}

/** The parts, or what is wrong. */
export function parseUrl(text: string): UrlParts | string {
  if (text === '') return 'empty url';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\x00-\x1f\x7f]/.test(text)) return 'net/url: invalid control character in URL';
  if (text.startsWith(':')) return 'missing protocol scheme';
  const whole = split(text);
  if (typeof whole === 'string') return whole;
  // What was accepted as a whole is read again without its fragment, which the first reading takes for path or query.
  const made = split(text.replace(/#.*$/s, ''));
  return typeof made === 'string' ? whole : made;
}

function split(text: string): UrlParts | string {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? '';
  const afterScheme = scheme === '' ? text : text.slice(scheme.length + 1);
  const mark = afterScheme.indexOf('?');
  const query = mark < 0 ? '' : afterScheme.slice(mark + 1);
  let path = mark < 0 ? afterScheme : afterScheme.slice(0, mark);
  if (!path.startsWith('/')) {
    // An opaque URL, such as mailto:, has neither host nor path.
    return scheme === ''
      ? 'invalid URI for request'
      : { scheme: scheme.toLowerCase(), host: '', escapedPath: '', query };
  }
  let host = '';
  if (scheme !== '' && path.startsWith('//')) {
    const end = path.indexOf('/', 2);
    const authority = path.slice(2, end < 0 ? undefined : end);
    path = end < 0 ? '' : path.slice(end);
    const read = hostOf(authority);
    if ('problem' in read) return read.problem;
    host = read.host;
  }
  const escapedPath = escaped(path);
  if (escapedPath === undefined)
    return `invalid URL escape ${JSON.stringify(/%.{0,2}/.exec(badEscape(path))?.[0] ?? '%')}`;
  return { scheme: scheme.toLowerCase(), host, escapedPath, query };
}

const badEscape = (path: string): string => path.slice(path.search(/%(?![0-9A-Fa-f]{2})/));

type HostRead = { readonly host: string } | { readonly problem: string };

function hostOf(authority: string): HostRead {
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at)))
    return { problem: 'net/url: invalid userinfo' };
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) return { problem: "missing ']' in host" };
    const rest = host.slice(end + 1);
    if (!/^(?::\d*)?$/.test(rest)) return { problem: `invalid port ${JSON.stringify(rest)} after host` };
  } else {
    const colon = host.indexOf(':');
    const rest = colon < 0 ? '' : host.slice(host.lastIndexOf(':'));
    if (!/^(?::\d*)?$/.test(rest)) return { problem: `invalid port ${JSON.stringify(rest)} after host` };
  }
  const wrong = /\p{ASCII}/u.exec(
    host.replace(/[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"]|%(?:25|[89A-Fa-f][0-9A-Fa-f])/g, ''),
  );
  if (wrong !== null) {
    return wrong[0] === '%'
      ? { problem: `invalid URL escape ${JSON.stringify(/%.{0,2}/.exec(host)?.[0] ?? '%')}` }
      : { problem: `invalid character ${JSON.stringify(wrong[0])} in host name` };
  }
  return { host: undone(host) ?? host };
}

/** Percent escapes undone; `undefined` where one is malformed. Bytes that are no UTF-8 stay as they are. */
function undone(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
    return decode(bytes) ?? new TextDecoder().decode(bytes);
  });
}

/** A path with its characters escaped, kept as it is where it is properly escaped already. */
function escaped(path: string): string | undefined {
  const plain = undone(path);
  if (plain === undefined) return undefined;
  if (/^[A-Za-z0-9\-._~!$&'()*+,;=:@/[\]%]*$/.test(path)) return path;
  return plain.replace(/[^A-Za-z0-9\-._~$&+,/:;=@]/gu, (unit) =>
    [...encode(unit)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/** Keys and their values, unescaped, in order; malformed pairs are left out, as Go leaves them. */
export function queryOf(query: string): ReadonlyMap<string, readonly string[]> {
  const made = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const equals = pair.indexOf('=');
    const key = undone((equals < 0 ? pair : pair.slice(0, equals)).replaceAll('+', ' '));
    const value = undone((equals < 0 ? '' : pair.slice(equals + 1)).replaceAll('+', ' '));
    if (key === undefined || value === undefined) continue;
    made.set(key, [...(made.get(key) ?? []), value]);
  }
  return made;
}
