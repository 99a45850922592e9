import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import { scopesOf } from './compile.ts';
import { judgeKind } from './kind.ts';
import { STRUCTURE } from './scope.ts';
import type { KindSchema, SchemaStore } from './store.ts';
import { noneUnlisted, reported, type Trail, type ValueCheck } from './trail.ts';

/**
 * The embedded schema check.
 *
 * Input: manifests and a store of schemas. Output: every way in which a manifest is not what its schema says,
 * with pointer and place. Guarantees: pure; a kind without a schema is a finding and is not covered; what the
 * API server would read as absent (null) is absent, what it would default is present.
 */
export function checkSchemas(manifests: readonly Manifest[], store: SchemaStore): CheckOutcome {
  const judge = documentJudge(store);
  const suggest = suggester();
  const findings: Finding[] = [];
  const covered = new Set<Manifest>();
  for (const manifest of manifests) {
    const kind = judgeKind(manifest, store, suggest);
    findings.push(...kind.findings);
    if (kind.schema === undefined) continue;
    covered.add(manifest);
    for (const problem of judge(manifest.object, kind.schema)) {
      findings.push(findingAt(manifest, problem, problem.pointer ?? ''));
    }
  }
  return { check: 'schema', engine: 'embedded', findings, covered };
}

/** Problems of a document against its kind's schema: findings without subject and origin. */
export type DocumentJudge = (document: unknown, kind: KindSchema) => readonly Finding[];

/** A judge for the kinds of a store; what it builds from schemas it keeps. */
export function documentJudge(store: SchemaStore): DocumentJudge {
  const scopes = scopesOf(store.definition);
  const suggest = suggester();
  const checks = new Map<KindSchema, ValueCheck>();
  return (document, kind) => {
    let check = checks.get(kind);
    if (check === undefined) {
      check = scopes[kind.family].compile(kind.schema, STRUCTURE);
      checks.set(kind, check);
    }
    const secret = kind.kind === 'Secret' && kind.apiVersion === 'v1';
    const trail: Trail = { keys: [], problems: [], unlisted: noneUnlisted(), secret, suggest };
    check(document, trail);
    return reported(trail);
  };
}
