import { hasGpus } from '#model/placement.ts';
import { suggested } from '../finding.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** A service's node group exists and has what the service asks for. */
export const checkPlacement: MeaningCheck = (meaning) =>
  entriesOf('/spec/services', meaning.environment.spec.services).flatMap(({ entry: service, pointer }) => {
    const name = service.nodeGroup;
    const known = meaning.declared('nodeGroups');
    if (name !== undefined && !known.includes(name)) {
      const args = { name, known, ...suggested(meaning.suggest(name, known)) };
      return [blameValue(meaning, 'environment-unknown-node-group', `${pointer}/nodeGroup`, args)];
    }
    const { gpus } = service.resources;
    if (
      gpus === undefined ||
      (name !== undefined && (!isSound(meaning, name) || groupHasGpus(meaning, name)))
    )
      return [];
    const groups = known.filter((group) => groupHasGpus(meaning, group));
    const place = name === undefined ? `${pointer}/resources/gpus` : `${pointer}/nodeGroup`;
    return [blameValue(meaning, 'environment-gpu-placement', place, { gpus, groups })];
  });

/** Whether the schema left the group in: otherwise it has a finding of its own. */
const isSound = ({ environment }: Meaning, group: string): boolean =>
  environment.spec.cluster.nodeGroups[group] !== undefined;

const groupHasGpus = ({ environment }: Meaning, name: string): boolean => {
  const group = environment.spec.cluster.nodeGroups[name];
  return group !== undefined && hasGpus(group);
};
