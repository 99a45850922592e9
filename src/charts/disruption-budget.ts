import { IntOrString, KubePodDisruptionBudget } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/**
 * Nodes are drained one pod of a service at a time. A maximum of unavailable pods, unlike a minimum of
 * available ones, can never stop a drain for ever; broken pods don't stop it either.
 */
export function disruptionBudget(
  folder: Folder,
  { name, namespace, labels, selector, pointer }: Workload,
): void {
  folder.add(
    KubePodDisruptionBudget,
    {
      metadata: metadata({ name, namespace, labels }, { wave: 'running' }),
      spec: {
        selector: { matchLabels: { ...selector } },
        maxUnavailable: IntOrString.fromNumber(1),
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
    { pointer },
  );
}
