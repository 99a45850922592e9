import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { addressOf, answer, bytesOf, jsonOf, RepositoryError } from './fetch.ts';
import { sha256 } from './lock.ts';

/** Charts in OCI registries, without credentials: https://github.com/opencontainers/distribution-spec/blob/main/spec.md */

const Tags = Type.Object({ tags: Type.Array(Type.String()) });
const Layer = Type.Object({
  mediaType: Type.String(),
  digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
});
const OciManifest = Type.Object({ layers: Type.Array(Layer) });
const Token = Type.Object({
  token: Type.Optional(Type.String()),
  access_token: Type.Optional(Type.String()),
});

const CHART = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const MOST_PAGES = 20;

/** Tags, as versions: a tag can't hold the + of a version. */
export async function ociVersions(repository: string, chart: string): Promise<readonly string[]> {
  const registry = openRegistry(repository, chart);
  const tags: string[] = [];
  let next: URL | undefined = new URL('tags/list?n=1000', registry.base);
  for (let page = 0; next !== undefined; page++) {
    // What is left out might be the newest.
    if (page === MOST_PAGES) throw new RepositoryError(`its list of tags has more than ${MOST_PAGES} pages`);
    const response: Response = await registry.get(next, 'application/json');
    const list = await jsonOf(response);
    if (!Value.Check(Tags, list))
      throw new RepositoryError('it answers with something that is no list of tags');
    tags.push(...list.tags);
    const link = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
    const following: URL | undefined = link === undefined ? undefined : addressOf(link, next);
    if (following !== undefined && following.origin !== next.origin)
      throw new RepositoryError(`its list of tags goes on at another place: ${following.origin}`);
    next = following;
  }
  return tags.map((tag) => tag.replaceAll('_', '+'));
}

export async function ociChart(repository: string, chart: string, version: string): Promise<Uint8Array> {
  const registry = openRegistry(repository, chart);
  const tag = version.replaceAll('+', '_');
  const manifest = await jsonOf(await registry.get(new URL(`manifests/${tag}`, registry.base), MANIFEST));
  const layer = Value.Check(OciManifest, manifest)
    ? manifest.layers.find(({ mediaType }) => mediaType === CHART)
    : undefined;
  if (layer === undefined) throw new RepositoryError(`${chart} ${version} is no chart`);
  const blob = await registry.get(new URL(`blobs/${layer.digest}`, registry.base), '*/*');
  const bytes = await bytesOf(blob, 32 * 2 ** 20);
  if (`sha256:${sha256(bytes)}` !== layer.digest)
    throw new RepositoryError(`${chart} ${version} is not what its manifest says: another SHA-256`);
  return bytes;
}

interface Registry {
  readonly base: URL;
  readonly get: (url: URL, accept: string) => Promise<Response>;
}

/** One chart of a registry. Registries ask for a token even where anybody gets one. */
function openRegistry(repository: string, chart: string): Registry {
  const [host = '', ...folders] = repository.slice('oci://'.length).replace(/\/+$/, '').split('/');
  // As container tools have it: a registry on this very machine speaks plain HTTP.
  const scheme = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? 'http' : 'https';
  const base = addressOf(`${scheme}://${host}/v2/${[...folders, chart].join('/')}/`);
  let token: string | undefined;
  const get = async (url: URL, accept: string) => {
    const headers = () => ({ accept, ...(token !== undefined && { authorization: `Bearer ${token}` }) });
    const first = await answer(url, headers());
    if (first.status !== 401 || token !== undefined) return first;
    token = await anonymousToken(first.headers.get('www-authenticate') ?? '', scheme);
    return answer(url, headers());
  };
  return { base, get };
}

/** https://distribution.github.io/distribution/spec/auth/token/ */
async function anonymousToken(challenge: string, scheme: string): Promise<string> {
  const said = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const realm = said.get('realm');
  if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm))
    throw new RepositoryError('it asks for credentials');
  const url = new URL(realm);
  if (url.protocol !== `${scheme}:`)
    throw new RepositoryError('it asks for a token from a place without TLS');
  for (const key of ['service', 'scope']) {
    const value = said.get(key);
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const given = await jsonOf(await answer(url));
  const token = Value.Check(Token, given) ? (given.token ?? given.access_token) : undefined;
  if (token === undefined) throw new RepositoryError('it asks for credentials');
  return token;
}
