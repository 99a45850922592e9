import { KubeServiceAccount } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** The identity of a service's pods; with a role of its own where it uses AWS, Atlas or secrets. */
export function serviceAccount(
  folder: Folder,
  { name, namespace, labels, identity, pointer }: Workload,
): void {
  const annotations: Readonly<Record<string, string>> =
    identity === undefined
      ? {}
      : {
          'eks.amazonaws.com/role-arn': identity.roleArn,
          'eks.amazonaws.com/sts-regional-endpoints': 'true',
        };
  folder.add(
    KubeServiceAccount,
    {
      metadata: metadata({ name, namespace, labels, annotations }, { wave: 'reachable' }),
      automountServiceAccountToken: false,
    },
    {
      pointer,
      fields: () => ({ '/metadata/annotations/eks.amazonaws.com~1role-arn': identity?.cause ?? pointer }),
    },
  );
}
