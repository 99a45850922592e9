import { blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** The number of pods is said in one place: `replicas`, or the autoscaler's bounds. */
export const checkReplicas: MeaningCheck = (meaning) =>
  entriesOf('/spec/services', meaning.environment.spec.services).flatMap(({ entry, pointer }) =>
    entry.replicas === undefined || entry.autoscaling === undefined
      ? []
      : [
          blameValue(meaning, 'environment-replicas-ignored', `${pointer}/replicas`, {
            replicas: entry.replicas,
          }),
        ],
  );
