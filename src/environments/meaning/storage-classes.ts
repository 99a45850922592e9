import { blameKey, entriesOf, type MeaningCheck } from './meaning.ts';

/** One storage class is the default, not several. Where none is, the built-in `gp3` is. */
export const checkStorageClasses: MeaningCheck = (meaning) => {
  const marked = entriesOf('/spec/storageClasses', meaning.environment.spec.storageClasses).filter(
    ({ entry }) => entry.default,
  );
  const defaults = marked.map(({ name }) => name);
  return marked
    .slice(1)
    .map(({ pointer }) =>
      blameKey(meaning, 'environment-default-storage-class', `${pointer}/default`, { defaults }),
    );
};
