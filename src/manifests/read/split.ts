/** One document's text and where it begins in the file. */
export interface Chunk {
  readonly text: string;
  readonly start: number;
}

/**
 * Cuts a stream into documents. A line that begins with `---` and white space can be nothing but a document's
 * start (https://yaml.org/spec/1.1/#id857577: document boundary indicators are forbidden inside scalars), so no
 * parsing is needed, one broken document leaves the others whole, and each can be read again on its own.
 */
export function splitDocuments(text: string): readonly Chunk[] {
  // Nearly every file holds one document, and a pattern that is tried at each line takes longer to say so.
  if (!text.includes('---')) return [{ text, start: 0 }];
  const chunks: Chunk[] = [];
  let start = 0;
  for (const marker of text.matchAll(/^---(?=[ \t\r\n]|$)/gm)) {
    const before = text.slice(start, marker.index);
    // `%YAML 1.1` belongs to the document that the marker begins.
    if (onlyDirectives(before)) continue;
    if (marker.index > start) chunks.push({ text: before, start });
    start = marker.index;
  }
  chunks.push({ text: text.slice(start), start });
  return chunks;
}

const onlyDirectives = (text: string) => /^(?:(?:[%#].*)?\r?\n)+$/.test(text) && /^%/m.test(text);
