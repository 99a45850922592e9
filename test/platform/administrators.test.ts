import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { administratorNames } from '#platform/cluster/administrators.ts';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe('names of administrators', () => {
  it('are made of the last part of the ARN, and a sum of the whole', () => {
    const names = Object.keys(administratorNames([role('break/Glass.Admin'), role('Platform')]));
    expect(names).toEqual([
      expect.stringMatching(/^glass-admin-[a-z0-9]{8}$/),
      expect.stringMatching(/^platform-[a-z0-9]{8}$/),
    ]);
  });

  it('tell roles of one name apart', () => {
    const names = Object.keys(administratorNames([role('a/admin'), role('b/admin')]));
    expect(new Set(names).size).toBe(2);
  });

  it('stay when another role leaves the list', () => {
    const part = fc.constantFrom(
      'admin',
      'a/admin',
      'b/admin',
      'Admin',
      'x'.repeat(60),
      `${'x'.repeat(60)}y`,
    );
    fc.assert(
      fc.property(fc.uniqueArray(part, { minLength: 2 }), fc.nat(), (names, at) => {
        const arns = names.map(role);
        const without = arns.filter((_, index) => index !== at % arns.length);
        expect(administratorNames(arns)).toMatchObject(administratorNames(without));
      }),
    );
  });

  it('are fit for the names of objects, whatever the role is called', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), { maxLength: 20 }),
        (names) => {
          const named = administratorNames(names.map(role));
          expect(Object.values(named).sort()).toEqual(names.map(role).sort());
          for (const name of Object.keys(named)) expect(name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        },
      ),
    );
  });
});
