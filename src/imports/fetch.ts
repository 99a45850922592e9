import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Lock, Source, SourceFile } from './lock.ts';
import { failed, type Outcome, type Problem } from './problem.ts';

/** Larger than any schema there is: the largest CRD known has 2 MB. */
export const LARGEST_SOURCE = 16 * 1024 * 1024;
/** Downloads at a time. */
const AT_ONCE = 8;

/** Where bytes come from; both throw where there are none. Passed in, so that tests need no network. */
export interface Origins {
  /** The bytes behind a URL, at most LARGEST_SOURCE. */
  readonly download: (url: string) => Promise<Uint8Array>;
  /** The bytes of a file in the mirror, whose path is relative to it. */
  readonly readMirror?: (path: string) => Promise<Uint8Array>;
}

/** A source file's content, unpacked and proved to be what the lock pins. */
export interface Fetched {
  readonly file: SourceFile;
  readonly source: Source;
  readonly text: string;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Gets every file of the lock, from the mirror if there is one, otherwise from the network, and compares the
 * sums. All problems of all files at once. With `pin`, other sums are taken as they are.
 */
export async function fetchSources(
  lock: Lock,
  origins: Origins,
  pin: boolean,
): Promise<Outcome<readonly Fetched[]>> {
  const fetched: Fetched[] = [];
  const problems: Problem[] = [];
  for (let start = 0; start < lock.files.length; start += AT_ONCE) {
    const batch = lock.files.slice(start, start + AT_ONCE);
    for (const outcome of await Promise.all(batch.map((file) => fetchOne(lock, file, origins, pin)))) {
      if (outcome.value !== undefined) fetched.push(outcome.value);
      problems.push(...outcome.problems);
    }
  }
  return { value: problems.length === 0 ? fetched : undefined, problems };
}

async function fetchOne(
  lock: Lock,
  file: SourceFile,
  origins: Origins,
  pin: boolean,
): Promise<Outcome<Fetched>> {
  const source = lock.sources[file.source];
  if (source === undefined) return failed();
  const { place, read } = placeOf(source, file, origins);
  let content: Buffer;
  try {
    content = await unpacked(await read(), place);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed({ code: 'source-missing', file: file.file, place, reason });
  }
  const sha256 = createHash('sha256').update(content).digest('hex');
  if (!pin && sha256 !== file.sha256) {
    return failed({ code: 'source-changed', file: file.file, place, pinned: file.sha256, found: sha256 });
  }
  return { value: { file, source, text: content.toString('utf8'), sha256 }, problems: [] };
}

function placeOf(source: Source, { file }: SourceFile, { download, readMirror }: Origins) {
  const fill = (template: string) =>
    template.replaceAll('{commit}', source.commit).replaceAll('{file}', file);
  const place = fill(readMirror === undefined ? source.url : source.mirror);
  return { place, read: () => (readMirror ?? download)(place) };
}

/** The sum is of the unpacked content, so that a mirror may pack what the origin serves as it is. */
async function unpacked(bytes: Uint8Array, place: string): Promise<Buffer> {
  if (bytes.byteLength > LARGEST_SOURCE) throw new Error(`larger than ${LARGEST_SOURCE} bytes`);
  return place.endsWith('.gz')
    ? await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_SOURCE })
    : Buffer.from(bytes);
}
