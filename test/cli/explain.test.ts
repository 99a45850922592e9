import { describe, expect, it } from 'vitest';
import { codes } from '#report/explain.ts';
import { plimsoll } from './terminal.ts';

const explain = (...typed: readonly string[]) => plimsoll('.', ['explain', ...typed]);

describe('plimsoll explain', () => {
  it('says what, why, how to mend it, and where to read on, of every code', async () => {
    for (const code of codes) {
      const { code: exit, out, err } = await explain(code);
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      expect(out).toMatch(new RegExp(`^${code}: .+\n {2}why: {2}.+\n {2}mend: .+\n {2}see: {2}\\S+\n$`));
    }
  });

  it('lists all codes, one a line', async () => {
    expect((await explain()).out.trimEnd().split('\n')).toEqual([...codes]);
  });

  it('suggests the nearest code', async () => {
    const { code, err } = await explain('schema-requird');
    expect(code).toBe(2);
    expect(err).toContain('schema-required');
  });
});
