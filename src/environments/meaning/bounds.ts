import { TIERS } from '#model/environment/database.ts';
import type { Finding } from '#model/finding.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** A minimum is never above its maximum: nodes, pods, database sizes. */
export const checkBounds: MeaningCheck = (meaning) => {
  const { cluster, services, databases } = meaning.environment.spec;
  return [
    ...entriesOf('/spec/cluster/nodeGroups', cluster.nodeGroups).flatMap(({ entry, pointer }) =>
      ordered(meaning, pointer, entry.min, entry.max),
    ),
    ...entriesOf('/spec/services', services).flatMap(({ entry, pointer }) =>
      entry.autoscaling === undefined
        ? []
        : ordered(meaning, `${pointer}/autoscaling`, entry.autoscaling.min, entry.autoscaling.max),
    ),
    ...entriesOf('/spec/databases', databases).flatMap(({ entry, pointer }) =>
      entry.autoscaling === undefined
        ? []
        : tiersOrdered(meaning, pointer, entry.tier, entry.autoscaling.min, entry.autoscaling.max),
    ),
  ];
};

function ordered(meaning: Meaning, pointer: string, min: number, max: number): readonly Finding[] {
  if (min <= max) return [];
  const args = { minimum: String(min), maximum: String(max) };
  return [blameValue(meaning, 'environment-minimum-above-maximum', `${pointer}/min`, args)];
}

type Tier = (typeof TIERS)[number];

/** Atlas refuses a size outside of the bounds that it may scale within. */
function tiersOrdered(
  meaning: Meaning,
  pointer: string,
  tier: Tier,
  min: Tier,
  max: Tier,
): readonly Finding[] {
  const [size, smallest, largest] = [tier, min, max].map((name) => TIERS.indexOf(name));
  if (size === undefined || smallest === undefined || largest === undefined) return [];
  if (Math.min(size, smallest, largest) < 0) return [];
  if (smallest > largest) {
    const args = { minimum: min, maximum: max };
    return [blameValue(meaning, 'environment-minimum-above-maximum', `${pointer}/autoscaling/min`, args)];
  }
  if (size >= smallest && size <= largest) return [];
  const args = { value: tier, atLeast: min, atMost: max };
  return [blameValue(meaning, 'environment-out-of-bounds', `${pointer}/tier`, args)];
}
