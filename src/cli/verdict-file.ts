import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Source } from '#manifests/manifest.ts';
import type { ClusterVerdicts, Verdict, Verdicts } from '#validate/verdicts.ts';

/**
 * Verdicts on the disk: a file for each key and cluster, a line for each file of manifests. Anything that is wrong
 * with a cache makes it an empty one, and what can't be written is not: neither is ever told. A file is written whole
 * or not at all, holds the sum of its content, and neither it nor the folder grows without end.
 */
export interface VerdictFiles extends Verdicts {
  /** Writes what is new. */
  readonly save: () => void;
}

/** Lines of one file; those of this run come first, older ones are dropped. */
const MOST_LINES = 100_000;
const LARGEST = 16 * 1024 * 1024;
const MOST_FILES = 24;
const HEADER = 'plimsoll verdicts';
/** `-` for a document without verdict, else a character from here on. */
const FIRST = 64;
const NONE = '-';

export const sha256 = (content: string | Uint8Array): string =>
  crypto.createHash('sha256').update(content).digest('base64url');

/** `key` is all that verdicts depend on besides the documents. */
export function verdictFiles(folder: string, key: string): VerdictFiles {
  const clusters = new Map<string, Lines>();
  return {
    within: (circumstances) => {
      const name = sha256(`${key}\n${circumstances}`);
      const lines = clusters.get(name) ?? new Lines(read(path.join(folder, name)));
      clusters.set(name, lines);
      return lines;
    },
    save: () =>
      trying(() => {
        const changed = [...clusters].filter(([, lines]) => lines.isChanged);
        if (changed.length === 0) return;
        fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
        for (const [name, lines] of changed) write(path.join(folder, name), lines.text());
        prune(folder);
      }),
  };
}

/** The lines of one file: what earlier runs knew, and what this one found. */
class Lines implements ClusterVerdicts {
  isChanged = false;
  readonly #earlier: ReadonlyMap<string, string>;
  readonly #current = new Map<string, string[]>();

  constructor(earlier: ReadonlyMap<string, string>) {
    this.#earlier = earlier;
  }

  get({ digest, index }: Source): Verdict | undefined {
    const code = this.#earlier.get(digest)?.charCodeAt(index);
    return code === undefined || !(code >= FIRST) ? undefined : code - FIRST;
  }

  set({ digest, index }: Source, verdict: Verdict): void {
    let line = this.#current.get(digest);
    if (line === undefined) {
      line = [...(this.#earlier.get(digest) ?? '')];
      this.#current.set(digest, line);
    }
    while (line.length < index) line.push(NONE);
    line[index] = String.fromCharCode(FIRST + verdict);
    this.isChanged = true;
  }

  text(): string {
    const lines = [...this.#current].map(([digest, line]) => `${digest} ${line.join('')}`);
    for (const [digest, line] of this.#earlier) {
      if (lines.length >= MOST_LINES) break;
      if (!this.#current.has(digest)) lines.push(`${digest} ${line}`);
    }
    return lines.slice(0, MOST_LINES).join('\n');
  }
}

function read(file: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  trying(() => {
    if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? LARGEST) >= LARGEST) return;
    const text = fs.readFileSync(file, 'latin1');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== `${HEADER} ${sha256(body)}`) return;
    for (const line of body.split('\n')) {
      const space = line.indexOf(' ');
      lines.set(line.slice(0, space), line.slice(space + 1));
    }
  });
  return lines;
}

function write(file: string, body: string): void {
  const fresh = `${file}.${crypto.randomUUID()}.new`;
  fs.writeFileSync(fresh, `${HEADER} ${sha256(body)}\n${body}`, { mode: 0o600 });
  fs.renameSync(fresh, file);
}

/** Removes what was not written for longest, and what killed runs left. */
function prune(folder: string): void {
  const files = fs
    .readdirSync(folder)
    .filter((name) => /^[\w-]{43}(\.[\w-]+\.new)?$/.test(name))
    .map((name) => ({ file: path.join(folder, name), written: fs.statSync(path.join(folder, name)).mtimeMs }))
    .sort((one, other) => other.written - one.written);
  for (const { file } of files.slice(MOST_FILES)) fs.rmSync(file, { force: true });
}

/** A cache that can't be used is none. */
function trying(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
