import type { Document, YAMLError } from 'yaml';
import type { Finding } from '#model/finding.ts';
import { finding } from '../finding.ts';
import type { PlaceOf } from './lines.ts';

/** After a syntax error the rest is often an echo of it: this many of a file are told. */
const TOLD = 20;

/** What the parser objected to, one finding for each line that has something. */
export function explainSyntax(
  document: Pick<Document, 'errors' | 'warnings'>,
  placeOf: PlaceOf,
): readonly Finding[] {
  const findings: Finding[] = [];
  const lines = new Set<number>();
  for (const error of [...document.errors, ...document.warnings]) {
    if (findings.length === TOLD) break;
    const origin = placeOf(error.pos[0]);
    if (lines.has(origin.line)) continue;
    lines.add(origin.line);
    findings.push(explain(error, origin));
  }
  return findings;
}

function explain(error: YAMLError, origin: ReturnType<PlaceOf>): Finding {
  if (error.code === 'TAB_AS_INDENT') return finding('environment-tab-indent', '', origin, {});
  if (error.code === 'TAG_RESOLVE_FAILED') {
    const tag = /!\S*/.exec(error.message)?.[0] ?? '!';
    return finding('environment-tag', '', origin, { tag });
  }
  return finding('environment-syntax', '', origin, { problem: error.message });
}
