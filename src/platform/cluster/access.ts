import { AccessEntry, AccessPolicyAssociation } from '#imports/eks.aws.upbound.io.ts';
import type { Cluster } from '#model/environment/cluster.ts';
import { aws, awsUntagged, base, type ComposedResource, labelled, sibling } from '../composed.ts';
import { expendable } from '../expendable.ts';
import { from, required } from '../patches.ts';
import { administratorNames } from './administrators.ts';

/**
 * Who administers the cluster: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 * A role that leaves the environment loses its access.
 */
export function accessResources({ administrators = [], argoCd }: Cluster): readonly ComposedResource[] {
  const people = Object.keys(administratorNames(administrators)).flatMap((name) =>
    access(`administrator-${name}`, `administration-${name}`, `spec.administrators[${name}]`, {
      administrator: name,
    }),
  );
  // A role has one access entry: Argo CD's may be among the administrators already.
  const isKnown = argoCd === undefined || administrators.includes(argoCd.role);
  return isKnown
    ? people
    : [
        ...people,
        ...access('argocd-access', 'argocd-administration', 'spec.argoCd.roleArn', { access: 'argocd' }),
      ];
}

const access = (
  entry: string,
  association: string,
  role: string,
  labels: Readonly<Record<string, string>>,
): readonly ComposedResource[] =>
  [
    aws(
      entry,
      base(AccessEntry, {
        metadata: { labels: labelled(labels) },
        spec: { forProvider: { type: 'STANDARD', clusterNameSelector: sibling() } },
      }),
      required(from(role, 'spec.forProvider.principalArn')),
    ),
    awsUntagged(
      association,
      base(AccessPolicyAssociation, {
        spec: {
          forProvider: {
            clusterNameSelector: sibling(),
            principalArnSelector: sibling(labels),
            policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
            accessScope: { type: 'cluster' },
          },
        },
      }),
    ),
  ].map(expendable);
