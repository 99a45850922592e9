/** How alike two values are: whether one is the other under a new name. */

/** Beyond that many leaves, or that deep, the rest is not looked at. */
const MOST_LEAVES = 2_000;
const LONGEST_PATH = 1_000;

/** Every leaf with its path, `/spec/replicas=3`; the given names in texts count as one and the same. */
export function leavesOf(value: unknown, names: readonly string[] = []): ReadonlySet<string> {
  const leaves = new Set<string>();
  const collect = (inner: unknown, at: string): void => {
    if (leaves.size >= MOST_LEAVES || at.length > LONGEST_PATH) return;
    if (typeof inner === 'object' && inner !== null) {
      for (const [key, part] of Object.entries(inner)) collect(part, `${at}/${key}`);
    } else {
      const text = names.reduce((left, name) => left.replaceAll(name, '\u0000'), String(inner));
      leaves.add(`${at}=${text}`);
    }
  };
  collect(value, '');
  return leaves;
}

/** Share of leaves that both have; 0 where there is nothing to compare. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const most = Math.max(one.size, other.size);
  if (most === 0) return 0;
  let common = 0;
  for (const leaf of one) if (other.has(leaf)) common += 1;
  return common / most;
}
