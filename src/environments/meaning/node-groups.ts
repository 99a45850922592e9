import type { Finding } from '#model/finding.ts';
import { instanceTraits } from '#model/instances.ts';
import { blameKey, blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** The add-ons find a node to run on, and every node of a group can start from one machine image. */
export const checkNodeGroups: MeaningCheck = (meaning) => {
  const groups = entriesOf('/spec/cluster/nodeGroups', meaning.environment.spec.cluster.nodeGroups);
  const findings: Finding[] = [];
  const isComplete = groups.length === meaning.declared('nodeGroups').length;
  if (isComplete && groups.every(({ entry }) => (entry.taints ?? []).length > 0)) {
    findings.push(blameKey(meaning, 'environment-no-untainted-group', '/spec/cluster/nodeGroups', {}));
  }
  for (const { entry, pointer } of groups) {
    const kinds = new Set(
      entry.instanceTypes
        .map((type) => instanceTraits(type))
        .filter((traits) => traits !== undefined)
        .map(({ architecture, accelerator }) =>
          accelerator === 'none' ? architecture : `${architecture} with ${accelerator}`,
        ),
    );
    if (kinds.size > 1) {
      const args = { kinds: [...kinds].sort() };
      findings.push(blameValue(meaning, 'environment-mixed-instances', `${pointer}/instanceTypes`, args));
    }
  }
  return findings;
};
