import type { Manifest } from '#manifests/manifest.ts';
import type { Checked, Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import {
  type FileAccess,
  type FoundFiles,
  findFiles,
  readText,
  type Skipped,
  STANDARD_INPUT,
} from './files.ts';
import { LARGEST_FILE } from './limits.ts';
import { linesOf } from './lines.ts';
import { objectsOf } from './objects.ts';
import { type ParsedDocument, parseChunk, streamOf } from './parse.ts';
import { splitDocuments } from './split.ts';

/**
 * Manifests that somebody wrote, from files, folders and standard input, as the API machinery would read them.
 *
 * Input: paths and a file system. Output: manifests that find their own places, findings, and what was skipped.
 * Guarantees: never throws on content; everything is read, found wanting, or counted; time and memory bounded
 * (limits.ts). `value` is undefined where there was nothing at all to check.
 */
export interface Reading extends Checked<readonly Manifest[]> {
  readonly counts: ReadingCounts;
}

export interface ReadingCounts extends Skipped {
  readonly files: number;
  /** Documents and items of Lists that became manifests. */
  readonly manifests: number;
  /** Documents that hold nothing, or only comments; Lists without items. */
  readonly emptyDocuments: number;
}

/** Reads all paths; `-` is standard input. */
export function readManifests(
  paths: readonly string[],
  access: FileAccess,
  found: FoundFiles = findFiles(paths, access),
): Reading {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [
    ...found.unreadable.map(({ path, problem }) => unreadable(path, problem)),
    ...found.strayLinks.map(
      (path): Finding => ({ code: 'manifest-link-skipped', severity: 'warning', args: { path } }),
    ),
  ];
  let emptyDocuments = 0;
  for (const file of found.files) {
    const reading = readFile(file, access);
    for (const manifest of reading.manifests) manifests.push(manifest);
    for (const finding of reading.findings) findings.push(finding);
    emptyDocuments += reading.emptyDocuments;
  }
  // Something that is there but broken is a finding; nothing at all means that nothing could be checked.
  const nothing = manifests.length === 0 && !findings.some(({ severity }) => severity === 'error');
  if (nothing) findings.push({ code: 'manifest-none', severity: 'error', args: { paths } });
  const counts = {
    ...found.skipped,
    files: found.files.length,
    manifests: manifests.length,
    emptyDocuments,
  };
  return { value: manifests.length === 0 ? undefined : manifests, findings, counts };
}

/** What one file's text holds. */
export interface TextReading {
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
  readonly emptyDocuments: number;
}

/** Reads the manifests in a text; `file` is only what places in it are called, `digest` that of the whole text. */
export function readManifestText(text: string, file: string, digest?: string): TextReading {
  const lines = linesOf(text);
  const stream = streamOf(text);
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  let emptyDocuments = 0;
  for (const chunk of splitDocuments(text)) {
    const place = (offset: number): Origin => ({ file, ...lines.at(chunk.start + offset) });
    for (const document of parseChunk(chunk, stream)) {
      for (const { finding, offset } of document.problems) {
        findings.push({ ...finding, origin: place(offset) });
      }
      if (document.empty) emptyDocuments++;
      if (document.value === undefined) continue;
      const { objects, findings: identity, empty } = objectsOf(document.value);
      emptyDocuments += empty;
      for (const finding of identity) {
        findings.push({ ...finding, origin: place(document.offsetOf(finding.pointer)) });
      }
      for (const { object, pointer } of objects) {
        const manifest = { object, file, locate: locator(document, pointer, place) };
        const index = manifests.length;
        manifests.push(digest === undefined ? manifest : { ...manifest, source: { digest, index } });
      }
    }
  }
  return { manifests, findings, emptyDocuments };
}

const locator =
  (document: ParsedDocument, base: string, place: (offset: number) => Origin) =>
  (pointer: string): Origin =>
    place(document.offsetOf(`${base}${pointer}`));

function readFile(file: string, access: FileAccess): TextReading {
  const name = file === STANDARD_INPUT ? '<stdin>' : file;
  const content = readText(file, access);
  if ('text' in content) return readManifestText(content.text, name, content.digest);
  return { manifests: [], findings: [refusal(name, content)], emptyDocuments: 0 };
}

function refusal(file: string, content: Exclude<ReturnType<typeof readText>, { text: string }>): Finding {
  if ('unreadable' in content) return unreadable(file, content.unreadable);
  const origin: Origin = { file, line: 1, column: 1 };
  if ('encoding' in content) {
    return { code: 'manifest-encoding', severity: 'error', origin, args: { problem: content.encoding } };
  }
  const bytes = content.tooLarge;
  const args = { what: 'file', ...(bytes === undefined ? {} : { bytes }), limit: LARGEST_FILE } as const;
  return { code: 'manifest-too-large', severity: 'error', origin, args };
}

const unreadable = (path: string, problem: string): Finding => ({
  code: 'manifest-unreadable',
  severity: 'error',
  args: { path, problem },
});
