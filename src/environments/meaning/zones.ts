import type { Finding } from '#model/finding.ts';
import { blameKey, blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** Zones and subnets are those of the network, wherever they are named. */
export const checkZones: MeaningCheck = (meaning) => {
  const { cluster } = meaning.environment.spec;
  return [
    ...listed(meaning, '/spec/cluster/zones', cluster.zones),
    ...entriesOf('/spec/cluster/nodeGroups', cluster.nodeGroups).flatMap(({ entry, pointer }) =>
      listed(meaning, `${pointer}/zones`, entry.zones),
    ),
    ...existingNetwork(meaning),
  ];
};

const ZONES = '/spec/network/availabilityZones';

/** What is no zone of the network; nothing, where the list of zones has findings of its own. */
function listed(meaning: Meaning, pointer: string, zones: readonly string[] | undefined): readonly Finding[] {
  if (!meaning.isRight(ZONES)) return [];
  const known = meaning.environment.spec.network.availabilityZones;
  return (zones ?? []).flatMap((zone, index) =>
    known.includes(zone)
      ? []
      : [blameValue(meaning, 'environment-unknown-zone', `${pointer}/${index}`, { zone, known })],
  );
}

/** An existing network has a private subnet in each zone, and nothing is said that only a new one could follow. */
function existingNetwork(meaning: Meaning): readonly Finding[] {
  const { existing, availabilityZones: known } = meaning.environment.spec.network;
  if (existing === undefined) return [];
  const pointer = '/spec/network/existing';
  const nat = '/spec/network/natGateways';
  const findings: Finding[] = [];
  if (meaning.isDeclared(nat)) {
    const args = { field: 'natGateways', by: 'existing' };
    findings.push(blameKey(meaning, 'environment-excluded-field', nat, args));
  }
  const tiers = [
    ['privateSubnets', existing.privateSubnets],
    ['publicSubnets', existing.publicSubnets],
  ] as const;
  const takenBy = new Map<string, string>();
  for (const [tier, subnets] of tiers) {
    for (const [zone, id] of Object.entries(subnets ?? {})) {
      const place = `${pointer}/${tier}/${zone}`;
      if (!known.includes(zone) && meaning.isRight(ZONES)) {
        findings.push(blameKey(meaning, 'environment-unknown-zone', place, { zone, known }));
      }
      const by = takenBy.get(id);
      takenBy.set(id, by ?? `${tier}.${zone}`);
      if (by !== undefined) {
        findings.push(blameValue(meaning, 'environment-subnet-taken', place, { id, by }));
      }
    }
  }
  const place = `${pointer}/privateSubnets`;
  const missing = known.filter((zone) => !meaning.isDeclared(`${place}/${zone}`));
  if (missing.length > 0 && meaning.isDeclared(place)) {
    findings.push(blameKey(meaning, 'environment-zone-without-subnet', place, { zones: missing }));
  }
  return findings;
}
