import type { Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { canonical } from '../schema/enum.ts';
import { isQualifiedName } from './forms.ts';

/** What must happen before an object goes, and whom it goes with. Pointers start at the metadata. */

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';
const STANDARD: ReadonlySet<string> = new Set(['kubernetes', ORPHAN, FOREGROUND]);

/** @param lenient They need no domain. */
export function finalizerProblems(finalizers: unknown, lenient: boolean): readonly Finding[] {
  if (!Array.isArray(finalizers)) return [];
  const refuse = (found: string, problem: 'form' | 'unqualified' | 'both', index: number): Finding => ({
    code: 'metadata-finalizer',
    severity: 'error',
    pointer: pointerTo('finalizers', index),
    args: { found, problem },
  });
  const problems = finalizers.flatMap((found: unknown, index): Finding[] => {
    if (typeof found !== 'string') return [];
    if (!isQualifiedName(found)) return [refuse(found, 'form', index)];
    return lenient || found.includes('/') || STANDARD.has(found) ? [] : [refuse(found, 'unqualified', index)];
  });
  if (finalizers.includes(ORPHAN) && finalizers.includes(FOREGROUND))
    problems.push(refuse(FOREGROUND, 'both', finalizers.indexOf(FOREGROUND)));
  return problems;
}

export function ownerProblems(owners: unknown): readonly Finding[] {
  if (!Array.isArray(owners)) return [];
  const problems: Finding[] = [];
  let first: string | undefined;
  const seen = new Set<string>();
  for (const [index, owner] of owners.entries()) {
    if (!isFields(owner)) continue;
    // The API server drops what stands there twice, word by word.
    const words = canonical(owner);
    if (seen.has(words)) continue;
    seen.add(words);
    problems.push(...incomplete(owner, index));
    const { apiVersion, kind, name } = owner;
    if (apiVersion === 'v1' && kind === 'Event') {
      const pointer = pointerTo('ownerReferences', index);
      problems.push({ code: 'metadata-owner-kind', severity: 'error', pointer, args: { kind: 'Event' } });
    }
    if (owner['controller'] !== true) continue;
    const called = `${kind} ${name}`;
    if (first === undefined) first = called;
    else {
      const pointer = pointerTo('ownerReferences', index, 'controller');
      const args = { first, second: called };
      problems.push({ code: 'metadata-owner-controllers', severity: 'error', pointer, args });
    }
  }
  return problems;
}

/** Of a field that is not there, the schema speaks. */
function incomplete(owner: Readonly<Record<string, unknown>>, index: number): readonly Finding[] {
  return (['apiVersion', 'kind', 'name', 'uid'] as const).flatMap((field): Finding[] => {
    const value = owner[field];
    const empty = value === '' || (field === 'apiVersion' && typeof value === 'string' && !hasVersion(value));
    const pointer = pointerTo('ownerReferences', index, field);
    return empty ? [{ code: 'metadata-owner-incomplete', severity: 'error', pointer, args: { field } }] : [];
  });
}

/** `v1`, `apps/v1`; not `apps/` and not `a/b/c`. */
const hasVersion = (apiVersion: string) => /^([^/]*\/)?[^/]+$/.test(apiVersion);

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
