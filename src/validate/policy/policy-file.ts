import { isMap, isNode, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { offsetInSource } from './expression-place.ts';

/** A file of `policies/`, as text. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
}

/** One YAML document of a policy file, with places. */
export interface PolicyDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** The place of a value; of its nearest ancestor where there is none. */
  readonly origin: (path: Path) => Origin;
  /** The place of a character of a string value. */
  readonly originWithin: (path: Path, offset: number) => Origin;
}

export type Path = readonly (string | number)[];

/** Reads the documents of a file. What is no YAML is a finding; the other documents of the file still come. */
export function policyDocuments({ file, text }: PolicyFile): {
  documents: readonly PolicyDocument[];
  findings: readonly Finding[];
} {
  const lineCounter = new LineCounter();
  const place = (offset: number): Origin => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const documents: PolicyDocument[] = [];
  const findings: Finding[] = [];
  for (const document of parseAllDocuments(text, { lineCounter, prettyErrors: false })) {
    const [error] = document.errors;
    const unreadable = (message: string, offset: number): void => {
      findings.push({
        code: 'policy-unreadable',
        severity: 'error',
        origin: place(offset),
        args: { error: message },
      });
    };
    if (error !== undefined) {
      unreadable(error.message, error.pos[0]);
      continue;
    }
    if (document.contents === null) continue;
    if (!isMap(document.contents)) {
      unreadable('a policy is a map of fields', document.contents.range?.[0] ?? 0);
      continue;
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 50 });
    } catch (thrown) {
      unreadable(
        thrown instanceof Error ? thrown.message : String(thrown),
        document.contents.range?.[0] ?? 0,
      );
      continue;
    }
    if (!isRecord(value)) continue;
    const contents: YAMLMap = document.contents;
    const rangeOf = (path: Path): readonly [number, number] => {
      for (let length = path.length; length > 0; length -= 1) {
        const range = nodeRange(contents, path.slice(0, length));
        if (range !== undefined) return range;
      }
      return [contents.range?.[0] ?? 0, contents.range?.[1] ?? 0];
    };
    documents.push({
      value,
      origin: (path) => place(rangeOf(path)[0]),
      originWithin: (path, offset) => {
        const [start, end] = rangeOf(path);
        const string = path.reduce<unknown>((inner, key) => memberAt(inner, key), value);
        return place(
          typeof string === 'string' ? start + offsetInSource(text.slice(start, end), string, offset) : start,
        );
      },
    });
  }
  return { documents, findings };
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function memberAt(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function nodeRange(contents: YAMLMap, path: Path): readonly [number, number] | undefined {
  const node = contents.getIn(path, true);
  if (!isNode(node) || !node.range) return undefined;
  return [node.range[0], node.range[1]];
}
