import type { ChangeCodes } from '#model/codes/change.ts';
import type { Messages } from './message.ts';

/** Sentences of comparing two revisions. */
export const changeMessages: Messages<ChangeCodes> = {
  'change-unacknowledged': {
    title: 'Something that holds data would go, and nobody said that it may',
    sentence: ({ action, resource, reason }) =>
      `this change would ${action === 'delete' ? 'delete' : 'replace'} ${resource}: ${reason}`,
    mend: ({ action, resource }) =>
      `take the change back, or add { resource: ${resource}, action: ${action}, reason: ..., until: YYYY-MM-DD } to spec.acknowledge`,
  },
  'acknowledgement-stale': {
    title: 'An acknowledgement of what this change does not do',
    sentence: ({ action, resource }) => `nothing here would ${action} ${resource}, which is acknowledged`,
    mend: () => 'take it out: it would let the next slip pass unseen',
  },
  'change-base-broken': {
    title: 'The environment files of the base cannot be rendered',
    sentence: ({ base, problem, isCompared }) =>
      `the environment files at ${base} can't be rendered with this version: ${problem}${isCompared ? '; compared with the manifests that were committed there, without the lines that caused them' : ''}`,
    mend: ({ isCompared }) =>
      isCompared
        ? ''
        : 'name a base that can be rendered, or a folder with the manifests that the clusters have',
  },
  'change-environment-added': {
    title: 'A new environment',
    sentence: ({ environment }) => `the environment ${environment} is new`,
    mend: () => '',
  },
  'change-environment-removed': {
    title: 'An environment goes',
    sentence: ({ environment, resources }) =>
      `the environment ${environment} goes, with ${resources} resources: its manifests leave git, and Argo CD prunes what it may`,
    mend: () => 'put its file back, or take the environment down first and say so in the merge request',
  },
  'edit-refused': {
    title: 'A value that cannot be changed in its file by itself',
    sentence: ({ path, reason }) => `${path} is not changed: ${REFUSALS[reason]}`,
    mend: ({ reason }) =>
      reason === 'alias' || reason === 'anchor'
        ? 'write the value out in the place where it is used, and try again'
        : 'change it by hand',
  },
  'promote-missing': {
    title: 'What is to be promoted is not there to take it',
    sentence: ({ service, from, to }) => `${to} has no service ${service}, which ${from} has`,
    mend: ({ service, to }) =>
      `describe ${service} in the file of ${to} first: it takes sizes and hosts of its own`,
  },
};

const REFUSALS = {
  alias: 'it is an alias (*name) of what is written elsewhere in the file',
  anchor: 'it has an anchor (&name), and others in the file use it',
  removed: 'the file takes what it is in away with null',
  entangled: 'something else would change with it',
} as const;
