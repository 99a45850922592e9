import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { administratorNames } from '#platform/cluster/administrators.ts';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe('names of administrators', () => {
  it('are made of the last part of the ARN', () => {
    expect(administratorNames([role('break/Glass.Admin'), role('Platform')])).toEqual({
      'glass-admin': role('break/Glass.Admin'),
      platform: role('Platform'),
    });
  });

  it('tell roles of one name apart', () => {
    expect(Object.keys(administratorNames([role('a/admin'), role('b/admin')]))).toEqual(['admin', 'admin-2']);
  });

  it('are fit for the names of objects, whatever the role is called', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), { maxLength: 20 }),
        (names) => {
          const named = administratorNames(names.map(role));
          expect(Object.values(named).sort()).toEqual(names.map(role).sort());
          for (const name of Object.keys(named)) expect(name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        },
      ),
    );
  });
});
