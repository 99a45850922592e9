import type { Finding } from '#model/finding.ts';
import { checkAcknowledge } from './acknowledge.ts';
import { checkAddons } from './addons.ts';
import { checkAddresses } from './addresses.ts';
import { checkArns } from './arns.ts';
import { checkBounds } from './bounds.ts';
import { checkBuckets } from './buckets.ts';
import { checkCacheShape } from './cache-shape.ts';
import { checkChartIdentities } from './chart-identities.ts';
import { checkChartReach } from './chart-reach.ts';
import { checkCidrs } from './cidr.ts';
import { checkCollisions } from './collisions.ts';
import { checkDurations } from './durations.ts';
import { checkFileName } from './file-name.ts';
import { checkHubs } from './hubs.ts';
import { checkIngress } from './ingress.ts';
import type { Meaning, MeaningCheck } from './meaning.ts';
import { checkNames } from './name-limits.ts';
import { checkNodeGroups } from './node-groups.ts';
import { checkPlacement } from './placement.ts';
import { checkPorts } from './ports.ts';
import { checkQueues } from './queues.ts';
import { checkReplicas } from './replicas.ts';
import { checkRetention } from './retention.ts';
import { checkSections } from './sections.ts';
import { checkStage } from './stage.ts';
import { checkStorageClasses } from './storage-classes.ts';
import { checkUses } from './uses.ts';
import { checkVariables } from './variables.ts';
import { checkVolumes } from './volumes.ts';
import { checkWindows } from './windows.ts';
import { checkZones } from './zones.ts';

/**
 * What a schema can't say: whether the parts of an environment fit together, and whether AWS, Atlas and
 * Kubernetes would take what is derived from them. Takes environments whose types are right, gives findings.
 * One file for each idea; a new one is added to this list.
 */
const CHECKS: readonly MeaningCheck[] = [
  checkAcknowledge,
  checkAddons,
  checkAddresses,
  checkArns,
  checkBounds,
  checkBuckets,
  checkCacheShape,
  checkChartIdentities,
  checkChartReach,
  checkCidrs,
  checkDurations,
  checkFileName,
  checkIngress,
  checkNames,
  checkNodeGroups,
  checkPlacement,
  checkPorts,
  checkQueues,
  checkReplicas,
  checkRetention,
  checkSections,
  checkStage,
  checkStorageClasses,
  checkUses,
  checkVariables,
  checkVolumes,
  checkWindows,
  checkZones,
];

/** What is wrong with the meaning of each of these environments, alone and beside those before it. */
export function checkMeaning(all: readonly Meaning[]): readonly (readonly Finding[])[] {
  const collisions = checkCollisions(all);
  const hubs = checkHubs(all);
  return all.map((meaning, index) => [
    ...CHECKS.flatMap((check) => check(meaning)),
    ...(hubs[index] ?? []),
    ...(collisions[index] ?? []),
  ]);
}
