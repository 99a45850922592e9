import fs from 'node:fs';
import path from 'node:path';
import type { RunFunctionRequest } from '#preview/protocol.ts';

/** One golden case: a request, and what the real function answered (or the text with which it crashed). */
export interface GoldenCase {
  readonly name: string;
  readonly group: string;
  readonly shows: string;
  readonly request: RunFunctionRequest;
  readonly response?: unknown;
  readonly crash?: string;
}

export interface Corpus {
  readonly folder: string;
  /** Whether somebody named the folder: then it must be there. */
  readonly named: boolean;
  /** Undefined where there is no such folder. */
  readonly cases: readonly GoldenCase[] | undefined;
}

/** Finds the corpus: $PLIMSOLL_GOLDENS, $PLIMSOLL_SHARED/render-goldens or ../shared/render-goldens. */
export function readCorpus(env: Readonly<Record<string, string | undefined>>, project: string): Corpus {
  const goldens = env['PLIMSOLL_GOLDENS'] ?? '';
  const shared = env['PLIMSOLL_SHARED'] ?? '';
  const named = goldens !== '' || shared !== '';
  const folder = path.resolve(
    project,
    goldens !== '' ? goldens : path.join(shared !== '' ? shared : '../shared', 'render-goldens'),
  );
  return { folder, named, cases: fs.existsSync(folder) ? casesIn(folder) : undefined };
}

/** Every JSON file, however deep; the first folder is the group. */
function casesIn(folder: string): readonly GoldenCase[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      const golden: GoldenCase = JSON.parse(text);
      return { ...golden, name: file.slice(0, -'.json'.length), group: file.split(path.sep)[0] ?? '' };
    });
}

/**
 * A value as text in which equal JSON values are equal: keys sorted, -0 as 0, absent fields absent. Keys such as
 * `__proto__`, which a deep comparison may overlook, are text like any other.
 */
export function canonical(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    return bracketed(
      '[',
      ']',
      indent,
      value.map((item) => canonical(item, `${indent}  `)),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}: ${canonical(field, `${indent}  `)}`);
    return bracketed('{', '}', indent, fields);
  }
  return JSON.stringify(value === 0 ? 0 : (value ?? null));
}

function bracketed(open: string, close: string, indent: string, parts: readonly string[]): string {
  if (parts.length === 0) return open + close;
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`;
}
