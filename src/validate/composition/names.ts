import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Judging } from './judging.ts';

/** Names that must differ, and patch sets that are there and used. */
export function checkNames({ input, entries, suggest }: Judging): readonly Finding[] {
  const { patchSets } = input;
  const names = new Set(patchSets.map(({ name }) => name));
  const uses = entries.flatMap((entry) => entry.uses);
  const used = new Set(uses.map(({ name }) => name));
  const unknown = uses.flatMap(({ name, pointer }): readonly Finding[] => {
    if (name === '' || names.has(name)) return [];
    const similar = suggest(name, [...names]);
    const args = { name, ...(similar === undefined ? {} : { similar }) };
    return [{ code: 'composition-patch-set-unknown', severity: 'error', pointer, args }];
  });
  const unused = patchSets.flatMap(({ name, pointer }): readonly Finding[] =>
    used.has(name) || name === ''
      ? []
      : [{ code: 'composition-patch-set-unused', severity: 'warning', pointer, args: { name } }],
  );
  return [...doubles('resource', entries), ...doubles('patch set', patchSets), ...unknown, ...unused];
}

/** The function takes the last of one name without a word. */
function doubles(
  of: 'resource' | 'patch set',
  items: readonly { readonly name: string; readonly pointer: string }[],
): readonly Finding[] {
  const first = new Map<string, string>();
  return items.flatMap(({ name, pointer }): readonly Finding[] => {
    const other = first.get(name);
    if (other === undefined) first.set(name, pointer);
    if (other === undefined || name === '') return [];
    const args = { of, name, first: other };
    return [
      { code: 'composition-name-duplicate', severity: 'error', pointer: within(pointer, 'name'), args },
    ];
  });
}
