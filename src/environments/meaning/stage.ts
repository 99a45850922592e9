import type { Finding } from '#model/finding.ts';
import { blameValue, type MeaningCheck } from './meaning.ts';

/** What a stage promises, and what this version can do. */
export const checkStage: MeaningCheck = (meaning) => {
  const { stage, topology, network } = meaning.environment.spec;
  const findings: Finding[] = [];
  if (topology === 'hub') {
    findings.push(blameValue(meaning, 'environment-topology-unsupported', '/spec/topology', { topology }));
  }
  const zones = network.availabilityZones;
  if (stage === 'production' && zones.length < 3) {
    const pointer = '/spec/network/availabilityZones';
    findings.push(blameValue(meaning, 'environment-production-zones', pointer, { zones }));
  }
  return findings;
};
