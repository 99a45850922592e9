import { gunzipSync } from 'node:zlib';

/**
 * A packed chart -> its files, in memory.
 *
 * Input: the bytes of a `.tgz`, foreign. Output: files by path below the chart's own folder, or what is wrong with it.
 * Guarantees: pure; bounded in size and count; no path leads out of the folder; no links, no devices.
 */
export type ChartFiles = ReadonlyMap<string, Uint8Array>;

export type Unpacked = { readonly files: ChartFiles } | { readonly problem: string };

/** Far above any chart that people publish: the largest are a few megabytes of CRDs. */
const LARGEST = 64 * 2 ** 20;
const MOST_FILES = 10_000;
const BLOCK = 512;

export function unpack(packed: Uint8Array): Unpacked {
  let tar: Uint8Array;
  try {
    tar = gunzipSync(packed, { maxOutputLength: LARGEST });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return {
      problem: code === 'ERR_BUFFER_TOO_LARGE' ? 'it holds more than 64 MiB' : 'it is not packed with gzip',
    };
  }
  return files(tar);
}

function files(tar: Uint8Array): Unpacked {
  const found = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = Number.parseInt(text(header, 124, 136).trim() || '0', 8);
    if (!Number.isSafeInteger(size) || size < 0 || at + BLOCK + size > tar.length)
      return { problem: 'it ends in the middle of a file' };
    const body = tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') longName = paxPath(body) ?? longName;
    else if (type === 'L') longName = text(body, 0, body.length);
    else if (type === '0' || type === '\0') {
      const name = longName ?? nameOf(header);
      longName = undefined;
      if (isOutside(name)) return { problem: `${JSON.stringify(name)} would lie outside of its folder` };
      // Charts are packed in a folder of their own name.
      const inside = name.split('/').slice(1).join('/');
      if (inside !== '') found.set(inside, body);
      if (found.size > MOST_FILES) return { problem: `it holds more than ${MOST_FILES} files` };
    } else if (type !== '5' && type !== 'g') {
      return { problem: `${JSON.stringify(longName ?? nameOf(header))} is neither a file nor a folder` };
    } else longName = undefined;
  }
  return found.has('Chart.yaml') ? { files: found } : { problem: 'it has no Chart.yaml' };
}

/** Name and, in ustar archives, the folders before it. */
function nameOf(header: Uint8Array): string {
  const prefix = text(header, 257, 262) === 'ustar' ? text(header, 345, 500) : '';
  return prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  const end = part.indexOf(0);
  return new TextDecoder().decode(end === -1 ? part : part.subarray(0, end));
}

/** `27 path=tide-tables/Chart.yaml\n`: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
const paxPath = (body: Uint8Array): string | undefined =>
  /^\d+ path=(.*)$/m.exec(text(body, 0, body.length))?.[1];

/** Whether a path leads out of the folder that it is unpacked into, on any system. */
const isOutside = (name: string): boolean =>
  /^[/\\]|^[A-Za-z]:|\\/.test(name) || name.split('/').includes('..');
