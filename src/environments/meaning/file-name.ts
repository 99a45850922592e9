import { posix } from 'node:path';
import { blameValue, type MeaningCheck } from './meaning.ts';

/** `production.yaml` holds `production`: people look for an environment by its name. */
export const checkFileName: MeaningCheck = (meaning) => {
  const { name } = meaning.environment.metadata;
  const file = posix.basename(meaning.file);
  return file.replace(/\.ya?ml$/, '') === name || !meaning.isRight('/metadata/name')
    ? []
    : [blameValue(meaning, 'environment-file-name', '/metadata/name', { name, file }, 'warning')];
};
