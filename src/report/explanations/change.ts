import type { ChangeCodes } from '#model/codes/change.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/how-to/see-what-a-change-does.md';

export const changeExplanations: Explanations<ChangeCodes> = {
  'change-unacknowledged': {
    why: 'What holds data comes back from a backup at best; a slip in a file must not be enough to lose it.',
    mend: 'Take the change back, or acknowledge it for this very resource in spec.acknowledge, with a reason and an end.',
    link,
  },
  'acknowledgement-stale': {
    why: 'An acknowledgement that outlives its change lets the next slip pass.',
    mend: 'Take it out of spec.acknowledge.',
    link,
  },
  'change-base-broken': {
    why: 'Without the former state nobody can say what changes.',
    mend: 'Name a base that can be rendered, or a folder with the manifests that the clusters have.',
    link,
  },
  'change-environment-added': {
    why: 'Everything in it is created.',
    mend: 'Nothing, if it is meant.',
    link,
  },
  'change-environment-removed': {
    why: 'All of its manifests leave git; what Argo CD may prune goes, and what it may not is left to nobody.',
    mend: 'Put its file back, or take the environment down first.',
    link,
  },
  'edit-refused': {
    why: 'A tool that edits your file must change what you asked for, and not one value more.',
    mend: 'Write an aliased value out where it is used, or change the line by hand.',
    link: 'docs/how-to/promote-and-roll-back.md',
  },
  'promote-missing': {
    why: 'A new service needs decisions that differ by environment: sizes, replicas, hosts, databases.',
    mend: 'Describe the service in that environment first; from then on its image can be promoted.',
    link: 'docs/how-to/promote-and-roll-back.md',
  },
};
