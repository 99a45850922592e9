import type { Rule } from '../definition.ts';

/** How Kubernetes moves from one version to the next: https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html */

const minor = (version: string): string => `int(${version}.split('.')[1])`;

/** For a `version` field of two numbers: up, and one minor version at a time. */
export const upgradeRules: readonly Rule[] = [
  {
    rule: `${minor('self.version')} >= ${minor('oldSelf.version')}`,
    message: 'Kubernetes never goes down a version.',
  },
  {
    rule: `${minor('self.version')} <= ${minor('oldSelf.version')} + 1`,
    message: 'Kubernetes goes up one minor version at a time.',
  },
];
