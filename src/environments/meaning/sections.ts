import { blameKey, type MeaningCheck } from './meaning.ts';

/** Databases need somebody who pays for them. */
export const checkSections: MeaningCheck = (meaning) => {
  const hasDatabases = meaning.declared('databases').length > 0;
  if (!hasDatabases || meaning.isDeclared('/spec/atlas')) return [];
  const args = { section: 'spec.atlas', because: 'there are databases' };
  return [blameKey(meaning, 'environment-needs-section', '/spec/databases', args)];
};
