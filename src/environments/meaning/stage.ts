import type { Finding } from '#model/finding.ts';
import { blameKey, blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** What a stage promises. */
export const checkStage: MeaningCheck = (meaning) => {
  const { stage, network, cluster } = meaning.environment.spec;
  const findings: Finding[] = [];
  const zones = network.availabilityZones;
  if (stage === 'production' && zones.length < 3) {
    const pointer = '/spec/network/availabilityZones';
    findings.push(blameValue(meaning, 'environment-production-zones', pointer, { zones }));
  }
  const controlPlane = cluster.zones;
  if (stage === 'production' && controlPlane !== undefined && controlPlane.length < 3) {
    const args = { zones: controlPlane };
    findings.push(blameValue(meaning, 'environment-production-zones', '/spec/cluster/zones', args));
  }
  return stage === 'production' ? [...findings, ...singleReplicas(meaning)] : findings;
};

/** Where a zone is lost, one replica becomes the primary, and then there is none until AWS has made another. */
const singleReplicas = (meaning: Meaning): readonly Finding[] =>
  entriesOf('/spec/caches', meaning.environment.spec.caches).flatMap(({ name, entry, pointer }) => {
    if (entry.replicas > 1 || meaning.isDeclared(`${pointer}/serverless`)) return [];
    const place = `${pointer}/replicas`;
    const args = { cache: name, replicas: entry.replicas };
    // What is out of bounds has its finding already.
    if (!meaning.isRight(place)) return [];
    return meaning.isDeclared(place)
      ? [blameValue(meaning, 'environment-production-replicas', place, args)]
      : [blameKey(meaning, 'environment-production-replicas', pointer, args)];
  });
