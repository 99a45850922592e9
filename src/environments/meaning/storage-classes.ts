import type { Finding } from '#model/finding.ts';
import { blameKey, blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** EBS takes what a storage class says of its volumes, and one class is the default, not several. */
export const checkStorageClasses: MeaningCheck = (meaning) => [
  ...severalDefaults(meaning),
  ...tooFast(meaning),
];

/** Operations that a gp3 volume needs for each MiB/s: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const IOPS_PER_THROUGHPUT = 4;

const tooFast = (meaning: Meaning): readonly Finding[] =>
  entriesOf('/spec/storageClasses', meaning.environment.spec.storageClasses).flatMap(({ entry, pointer }) => {
    const place = `${pointer}/throughput`;
    const atMost = Math.floor(entry.iops / IOPS_PER_THROUGHPUT);
    if (entry.throughput <= atMost || !meaning.isRight(place) || !meaning.isRight(`${pointer}/iops`))
      return [];
    const args = { value: String(entry.throughput), atMost: `${atMost} with ${entry.iops} iops` };
    return [blameValue(meaning, 'environment-out-of-bounds', place, args)];
  });

function severalDefaults(meaning: Meaning): readonly Finding[] {
  const marked = entriesOf('/spec/storageClasses', meaning.environment.spec.storageClasses).filter(
    ({ entry }) => entry.default,
  );
  const defaults = marked.map(({ name }) => name);
  return marked
    .slice(1)
    .map(({ pointer }) =>
      blameKey(meaning, 'environment-default-storage-class', `${pointer}/default`, { defaults }),
    );
}
