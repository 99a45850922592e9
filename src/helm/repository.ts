import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { addressOf, fetchBytes, RepositoryError } from './fetch.ts';
import { sha256 } from './lock.ts';
import { ociChart, ociVersions } from './oci.ts';

/**
 * Helm repositories and OCI registries: which versions there are of a chart, and the bytes of one.
 *
 * Throws RepositoryError for whatever a network or a server does. Bounded in time and size; no credentials are sent.
 * https://helm.sh/docs/topics/chart_repository/ https://helm.sh/docs/topics/registries/
 */
export interface ChartPlace {
  readonly repository: string;
  readonly chart: string;
}

export async function versionsOf({ repository, chart }: ChartPlace): Promise<readonly string[]> {
  if (repository.startsWith('oci://')) return ociVersions(repository, chart);
  return (await entriesOf(repository, chart))
    .filter(({ deprecated }) => deprecated !== true)
    .map(({ version }) => version);
}

export async function packedChart(place: ChartPlace & { readonly version: string }): Promise<Uint8Array> {
  const { repository, chart, version } = place;
  if (repository.startsWith('oci://')) return ociChart(repository, chart, version);
  const entry = (await entriesOf(repository, chart)).find((one) => one.version === version);
  const [url] = entry?.urls ?? [];
  if (entry === undefined || url === undefined)
    throw new RepositoryError(`it has no ${chart} of version ${version}`);
  const bytes = await fetchBytes(addressOf(url, folderOf(repository)), LARGEST_CHART);
  if (entry.digest !== undefined && entry.digest.replace(/^sha256:/, '') !== sha256(bytes))
    throw new RepositoryError(`${chart} ${version} is not what its index says: another SHA-256`);
  return bytes;
}

/** What its own addresses are relative to. */
const folderOf = (repository: string): URL => addressOf(`${repository.replace(/\/+$/, '')}/`);

const LARGEST_CHART = 32 * 2 ** 20;
const LARGEST_INDEX = 32 * 2 ** 20;

const Entry = Type.Object({
  version: Type.String(),
  deprecated: Type.Optional(Type.Boolean()),
  urls: Type.Optional(Type.Array(Type.String())),
  digest: Type.Optional(Type.String()),
});
type Entry = Type.Static<typeof Entry>;

async function entriesOf(repository: string, chart: string): Promise<readonly Entry[]> {
  const bytes = await fetchBytes(addressOf('index.yaml', folderOf(repository)), LARGEST_INDEX);
  const own = chartPart(new TextDecoder().decode(bytes), chart);
  let listed: unknown;
  try {
    listed = parse(own, { maxAliasCount: 0, logLevel: 'silent' });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new RepositoryError('its index.yaml is no index of charts');
  }
  const entries = Array.isArray(listed) ? listed.filter((entry) => Value.Check(Entry, entry)) : [];
  if (entries.length === 0) throw new RepositoryError(`it has no chart ${chart}`);
  return entries;
}

const isKey = (line: string, chart: string): boolean =>
  /^ +[^ #-]/.test(line) && line.trim().replaceAll(/["']/g, '') === `${chart}:`;

/** The list of one chart, cut out: an index of a thousand charts takes seconds to parse, and one is wanted. */
function chartPart(index: string, chart: string): string {
  const lines = index.split('\n');
  const start = lines.findIndex((line) => /^entries:\s*$/.test(line));
  if (start === -1) throw new RepositoryError('its index.yaml is no index of charts');
  const own = lines.findIndex((line, number) => number > start && isKey(line, chart));
  if (own === -1) return '';
  const indent = /^ */.exec(lines[own] ?? '')?.[0].length ?? 0;
  const rest = lines.slice(own + 1);
  const end = rest.findIndex((line) => {
    const depth = /^ */.exec(line)?.[0].length ?? 0;
    return line.trim() !== '' && (depth < indent || (depth === indent && !/^ *-( |$)/.test(line)));
  });
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
}
