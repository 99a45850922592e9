import { Comparable } from '#cel/values/equal.ts';
import { CelMap, putEntry } from '#cel/values/map.ts';
import { CelError, type Value } from '#cel/values/value.ts';
import { reads } from './cost.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';
import { parseUrl, queryOf, type UrlParts } from './url-parts.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */

export class Url extends Comparable {
  readonly typeName = 'kubernetes.URL';
  readonly text: string;
  readonly parts: UrlParts;
  constructor(text: string, parts: UrlParts) {
    super();
    this.text = text;
    this.parts = parts;
  }
  equals(other: Comparable): boolean {
    return other instanceof Url && other.text === this.text;
  }
}

function urlOf(text: string): Value {
  const parts = parseUrl(text);
  return typeof parts === 'string'
    ? new CelError(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: ${parts}`)
    : new Url(text, parts);
}

function queryMap({ parts }: Url): Value {
  const made = new CelMap();
  for (const [key, values] of queryOf(parts.query)) putEntry(made, key, values);
  return made;
}

/** Without the brackets of an IPv6 address. */
const hostName = (host: string): string => /^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/:[^:]*$/, '');
const port = (host: string): string => /:(\d*)$/.exec(host.replace(/^\[[^\]]*\]/, ''))?.[1] ?? '';

const url = (value: Value): value is Url => value instanceof Url;

export const URLS: Library = {
  name: 'url',
  overloads: [
    overload('url(string): URL', [is.text], urlOf, reads(1)),
    overload('isURL(string): bool', [is.text], (text) => typeof parseUrl(text) !== 'string'),
    overload('URL.getScheme(): string', [url], ({ parts }) => parts.scheme),
    overload('URL.getHost(): string', [url], ({ parts }) => parts.host),
    overload('URL.getHostname(): string', [url], ({ parts }) => hostName(parts.host)),
    overload('URL.getPort(): string', [url], ({ parts }) => port(parts.host)),
    overload('URL.getEscapedPath(): string', [url], ({ parts }) => parts.escapedPath),
    overload('URL.getQuery(): map(string, list(string))', [url], queryMap),
  ],
};
