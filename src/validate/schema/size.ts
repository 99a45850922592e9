import type { SchemaCodes } from '#model/codes/schema.ts';
import { report, type Trail } from './trail.ts';

/** Reports a count that is out of its bounds; nothing where it is not. */
export function reportSize(
  trail: Trail,
  what: SchemaCodes['schema-size']['what'],
  found: number,
  least: number,
  most: number,
): void {
  if (found >= least && found <= most) return;
  const bound = found < least ? 'least' : 'most';
  const args = { what, found, bound, limit: found < least ? least : most } as const;
  report(trail, { code: 'schema-size', severity: 'error', args });
}
