import { isMap, isNode, isScalar, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { offsetInSource } from './expression-place.ts';

/** A file of `policies/`, as text. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
  /**
   * What the text holds, where it was read before and nothing was wrong with it or with any expression in it. It is read
   * again only for places, and an expression only where it is evaluated.
   */
  readonly known?: readonly PolicyDocument['value'][];
}

/** One YAML document of a policy file, with places. */
export interface PolicyDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** The place of a value; of its nearest ancestor where there is none. */
  readonly origin: (path: Path) => Origin;
  /** The place of a character of a string value. */
  readonly originWithin: (path: Path, offset: number) => Origin;
  /** Whether its expressions are known to be right. */
  readonly isSound?: boolean;
}

export type Path = readonly (string | number)[];

/** Reads the documents of a file. What is no YAML is a finding; the other documents of the file still come. */
export function policyDocuments(file: PolicyFile): ReadFile {
  return file.known === undefined
    ? readDocuments(file)
    : { documents: knownDocuments(file, file.known), findings: [] };
}

interface ReadFile {
  readonly documents: readonly PolicyDocument[];
  readonly findings: readonly Finding[];
}

function knownDocuments(
  file: PolicyFile,
  known: readonly PolicyDocument['value'][],
): readonly PolicyDocument[] {
  let again: readonly PolicyDocument[] | undefined;
  return known.map((value, index) => {
    const document = (): PolicyDocument | undefined => {
      again ??= readDocuments(file).documents;
      return again[index];
    };
    const placed = (find: () => Origin | undefined): Origin => {
      let found: Origin | undefined;
      const origin = (): Origin => {
        found ??= find() ?? { file: file.file, line: 1, column: 1 };
        return found;
      };
      return {
        file: file.file,
        get line() {
          return origin().line;
        },
        get column() {
          return origin().column;
        },
      };
    };
    return {
      value,
      origin: (path) => placed(() => document()?.origin(path)),
      originWithin: (path, offset) => placed(() => document()?.originWithin(path, offset)),
      isSound: true,
    };
  });
}

function readDocuments({ file, text }: PolicyFile): ReadFile {
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
    const { contents: root } = document;
    // Nothing after the last `---`.
    if (root === null || (isScalar(root) && root.value === null)) continue;
    if (!isMap(root)) {
      unreadable('a policy is a map of fields', root.range?.[0] ?? 0);
      continue;
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 50 });
    } catch (thrown) {
      unreadable(thrown instanceof Error ? thrown.message : String(thrown), root.range?.[0] ?? 0);
      continue;
    }
    if (!isRecord(value)) continue;
    const contents: YAMLMap = root;
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
