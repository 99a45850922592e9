import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import { isLabelValue, isQualifiedName } from './forms.ts';

/** Labels and annotations: of objects, and of templates of objects. */

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same few keys come again and again. */
const REMEMBERED = 2_000;
const known = new Map<string, boolean>();

function isKey(key: string): boolean {
  const before = known.get(key);
  if (before !== undefined) return before;
  const verdict = isQualifiedName(key);
  if (known.size < REMEMBERED && key.length <= 320) known.set(key, verdict);
  return verdict;
}

/** @param pointer Where the labels stand. */
export function labelProblems(labels: unknown, pointer: string): readonly Finding[] {
  if (!isFields(labels)) return [];
  const problems: Finding[] = [];
  for (const [key, value] of Object.entries(labels)) {
    if (!isKey(key)) problems.push(badKey('label', key, pointer));
    if (typeof value === 'string' && !isLabelValue(value)) {
      const args = { key, found: value.length > 80 ? `${value.slice(0, 80)}...` : value };
      problems.push({
        code: 'metadata-label-value',
        severity: 'error',
        pointer: within(pointer, key),
        args,
      });
    }
  }
  return problems;
}

/** All annotations of an object together. */
const LARGEST = 256 * 1024;

/** @param pointer Where the annotations stand. */
export function annotationProblems(annotations: unknown, pointer: string): readonly Finding[] {
  if (!isFields(annotations)) return [];
  const problems: Finding[] = [];
  let characters = 0;
  for (const [key, value] of Object.entries(annotations)) {
    // Their case does not matter, not even that of the domain.
    if (!isKey(key) && !isQualifiedName(key.toLowerCase())) problems.push(badKey('annotation', key, pointer));
    characters += key.length + (typeof value === 'string' ? value.length : 0);
  }
  // A character has at most three bytes for each of its UTF-16 units.
  const bytes = characters * 3 > LARGEST ? bytesOf(annotations) : 0;
  if (bytes > LARGEST) {
    const args = { bytes, limit: LARGEST };
    problems.push({ code: 'metadata-annotations-size', severity: 'error', pointer, args });
  }
  return problems;
}

const encoder = new TextEncoder();

const bytesOf = (texts: Readonly<Record<string, unknown>>): number =>
  Object.entries(texts)
    .map(([key, value]) => `${key}${typeof value === 'string' ? value : ''}`)
    .reduce((sum, text) => sum + encoder.encode(text).length, 0);

const badKey = (of: 'label' | 'annotation', key: string, pointer: string): Finding => ({
  code: 'metadata-key',
  severity: 'error',
  pointer: within(pointer, key),
  args: { of, key: key.length > 80 ? `${key.slice(0, 80)}...` : key },
});
