import { Composer, type CST, Parser } from 'yaml';
import { DEEPEST, LARGEST_DOCUMENT, MOST_PROBLEMS } from './limits.ts';
import { convert, type Json } from './nodes.ts';
import { placeOf } from './place.ts';
import type { Problem } from './problem.ts';
import type { Chunk } from './split.ts';
import { isPrintable, readSubset } from './subset/document.ts';
import { subsetPlaces } from './subset/place.ts';

/**
 * One chunk of a stream to documents. Two readers, which agree: a fast one for the plain style in which nearly all
 * manifests are written, and the `yaml` package for all the rest, for whatever is wrong, and for places.
 * Guarantees: never throws, bounded time and memory; a value is undefined where it can't be trusted.
 */

export interface ParsedDocument {
  /** Undefined where the document is empty or has problems that are errors. */
  readonly value: Json | undefined;
  readonly empty: boolean;
  readonly problems: readonly Problem[];
  /** Where a value, or its nearest ancestor, is written: offset in the chunk. Parses again when first asked. */
  readonly offsetOf: (pointer: string) => number;
}

// Characters that neither YAML nor JSON may hold: https://yaml.org/spec/1.1/#id868518
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/;

/** Documents of one chunk; more than one only where `...` ends a document in it. */
export function parseChunk(chunk: Chunk, stream: Stream): readonly ParsedDocument[] {
  const { text, start } = chunk;
  const plain = stream.isPrintable ? readSubset(stream.text, start, start + text.length) : undefined;
  if (plain === undefined) return parseCompletely(text);
  if ('empty' in plain) return [{ value: undefined, empty: true, problems: [], offsetOf: () => 0 }];
  return [{ value: plain.value, empty: false, problems: [], offsetOf: quickPlacesOf(text) }];
}

/** What chunks are cut from. */
export interface Stream {
  readonly text: string;
  /** Whether it holds nothing that the fast reader can't take; found out once for all chunks. */
  readonly isPrintable: boolean;
}

export const streamOf = (text: string): Stream => ({ text, isPrintable: isPrintable(text) });

/** The same by the `yaml` package alone. */
export function parseCompletely(written: string): readonly ParsedDocument[] {
  // A carriage return alone is a line break too, which the package does not know.
  const text = written.includes('\r') ? written.replaceAll(/\r(?!\n)/g, '\n') : written;
  const refused = refuse(text);
  if (refused !== undefined) return [unusable([refused])];
  const tokens = [...new Parser().parse(text)];
  const deep = tokens.map(tooDeepAt).find((offset) => offset !== undefined);
  if (deep !== undefined) return [unusable([{ finding: tooDeep(), offset: deep }])];
  const documents = compose(tokens, text.length);
  if (documents === undefined) return [unusable([{ finding: tooDeep(), offset: 0 }])];
  return documents.map((document, index) => parsed(text, document, index));
}

function parsed(text: string, document: ComposedDocument, index: number): ParsedDocument {
  const problems: Problem[] = document.errors.slice(0, MOST_PROBLEMS).map(({ message, pos }) => ({
    finding: { code: 'manifest-syntax', severity: 'error', args: { problem: message } },
    offset: pos[0],
  }));
  if (problems.length > 0) return unusable(problems);
  const empty = isEmpty(document);
  const converted = empty ? { value: undefined, problems: [] } : convert(document.contents);
  const { value, problems: found } = converted;
  if (found.some(({ finding }) => finding.severity === 'error')) return unusable(found);
  return { value, empty, problems: found, offsetOf: placesOf(text, index) };
}

/** Reads again rather than keeping every tree: places are asked for only where something was found. */
function placesOf(text: string, index: number): (pointer: string) => number {
  let latest: WeakRef<ComposedDocument> | undefined;
  return (pointer) => {
    let document = latest?.deref();
    if (document === undefined) {
      document = compose([...new Parser().parse(text)], text.length)?.[index];
      if (document === undefined) return 0;
      latest = new WeakRef(document);
    }
    return placeOf(document.contents, pointer);
  };
}

/** The same by the fast reader, which read the text before. */
function quickPlacesOf(text: string): (pointer: string) => number {
  let latest: WeakRef<(pointer: string) => number | undefined> | undefined;
  return (pointer) => {
    let places = latest?.deref();
    if (places === undefined) {
      places = subsetPlaces(text);
      if (places !== undefined) latest = new WeakRef(places);
    }
    return places?.(pointer) ?? placesOf(text, 0)(pointer);
  };
}

type ComposedDocument = ReturnType<Composer['compose']> extends Generator<infer D> ? D : never;

function compose(tokens: readonly CST.Token[], length: number): readonly ComposedDocument[] | undefined {
  // Keys are compared in nodes.ts: the package compares each with each other.
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  try {
    return [...composer.compose(tokens, true, length)];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isEmpty({ contents }: ComposedDocument): boolean {
  if (contents === null) return true;
  const { range } = contents;
  const written = range !== null && range !== undefined && range[0] !== range[1];
  return !written && contents.tag === undefined && contents.anchor === undefined;
}

function refuse(text: string): Problem | undefined {
  if (text.length > LARGEST_DOCUMENT) {
    const args = { what: 'document', bytes: text.length, limit: LARGEST_DOCUMENT } as const;
    return { finding: { code: 'manifest-too-large', severity: 'error', args }, offset: 0 };
  }
  const control = CONTROL.exec(text);
  if (control === null) return undefined;
  const code = control[0].charCodeAt(0).toString(16).padStart(4, '0');
  const args = { problem: `the control character U+${code.toUpperCase()} is not allowed` };
  return { finding: { code: 'manifest-syntax', severity: 'error', args }, offset: control.index };
}

const tooDeep = () => ({ code: 'manifest-too-deep', severity: 'error', args: { limit: DEEPEST } }) as const;

const unusable = (problems: readonly Problem[]): ParsedDocument => ({
  value: undefined,
  empty: false,
  problems,
  offsetOf: () => problems[0]?.offset ?? 0,
});

/** Offset of the first token beyond the allowed depth. Without recursion: composing is what needs the bound. */
function tooDeepAt(root: CST.Token): number | undefined {
  const pending: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST) return token.offset;
    if (token.type === 'document' && token.value !== undefined) {
      pending.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const item of token.items) {
        if (item.key) pending.push({ token: item.key, depth: depth + 1 });
        if (item.value) pending.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
