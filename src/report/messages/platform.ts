import type { PlatformCodes } from '#model/codes/platform.ts';
import type { Messages } from './message.ts';

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

/** Sentences of derived values that AWS, Atlas or Crossplane would refuse. */
export const platformMessages: Messages<PlatformCodes> = {
  'platform-policy-too-large': {
    title: 'A role would need a larger policy than IAM takes',
    sentence: ({ role, size, limit }) =>
      `what ${role} may do takes ${size} characters as an IAM policy; IAM takes ${limit}`,
    mend: () => 'let the service use fewer things, or split it in two',
  },
  'platform-restore-window': {
    title: 'Point-in-time restore reaches further back than snapshots are kept',
    sentence: ({ window, retention }) =>
      `point-in-time restore is to reach back ${days(window)}, but snapshots are kept ${days(retention)}`,
    mend: ({ window }) => `make the window shorter, or keep daily snapshots at least ${days(window)}`,
  },
};
