import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import { schemaOf } from '../schema/jsonSchema.ts';
import { declares } from './field-schema.ts';
import type { JudgedEntry, Judging } from './judging.ts';
import { isPatched, placeAt } from './written.ts';

/**
 * Orphaned together or not at all: a bucket that outlives its composite while its public access block is deleted
 * has lost its protection.
 */
export function checkDeletion({ entries }: Judging): readonly Finding[] {
  const kept = entries.find((entry) => fateOf(entry) === 'kept');
  if (kept === undefined) return [];
  return entries
    .filter((entry) => fateOf(entry) === 'deleted')
    .map(({ schema, pointer }) => ({
      code: 'composition-deletion-mixed',
      severity: 'warning',
      pointer: within(pointer, 'base'),
      args: { kind: schema?.kind ?? '', kept: kept.name },
    }));
}

/** What becomes of the thing in the cloud with its composite; nothing of what is only observed. */
function fateOf(entry: JudgedEntry): 'kept' | 'deleted' | 'untold' {
  const { schema, base } = entry;
  const spec = schemaOf(schemaOf(schema?.schema ?? {}, 'properties') ?? {}, 'spec') ?? {};
  const isManaged = declares(spec, 'deletionPolicy') || declares(spec, 'managementPolicies');
  if (base === undefined || !isManaged) return 'untold';
  const deletion = placeAt(entry.places, 'spec', 'deletionPolicy');
  const policies = placeAt(entry.places, 'spec', 'managementPolicies');
  if (policies.node !== undefined) return 'untold';
  if (isPatched(deletion)) return 'kept';
  const managed: readonly unknown[] = Array.isArray(policies.value) ? policies.value : ['*'];
  if (managed.length === 1 && managed[0] === 'Observe') return 'untold';
  if (deletion.value === 'Orphan') return 'kept';
  return managed.includes('*') || managed.includes('Delete') ? 'deleted' : 'kept';
}
