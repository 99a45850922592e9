import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding, suggested } from '../finding.ts';
import { type Entry, keys, type Mapping, mapping, type Tree } from '../tree.ts';

/** Helm gives `null` in a chart's values a meaning of its own: it removes the chart's default. */
const CHART_VALUES = /^\/spec\/charts\/[^/]+\/values\//;

/**
 * What `written` says on top of what it inherits: maps are merged, lists and single values replaced, `null`
 * removes the inherited entry. A `null` that removes nothing is a finding, because most people who leave a
 * value empty mean "all defaults", which is `{}`. Every node keeps the place of the file that set it.
 */
export function merge(
  inherited: Tree | undefined,
  written: Mapping,
  pointer: string,
  suggest: Suggest,
  findings: Finding[],
): Mapping {
  const base: ReadonlyMap<string, Entry> = inherited?.kind === 'mapping' ? inherited.entries : new Map();
  const entries = new Map(base);
  for (const [key, entry] of written.entries) {
    const here = within(pointer, key);
    const { value } = entry;
    if (value.kind === 'mapping') {
      entries.set(key, {
        keyAt: entry.keyAt,
        value: merge(base.get(key)?.value, value, here, suggest, findings),
      });
    } else if (value.kind !== 'scalar' || value.value !== null) {
      entries.set(key, entry);
    } else if (base.has(key)) {
      entries.delete(key);
    } else if (CHART_VALUES.test(here)) {
      entries.set(key, entry);
    } else {
      const args = { name: key, ...suggested(suggest(key, keys(inherited))) };
      findings.push(finding('environment-nothing-to-remove', here, entry.keyAt, args));
    }
  }
  return mapping(entries, written.at);
}
