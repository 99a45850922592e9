import { KubeHorizontalPodAutoscalerV2 } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** Grows at once, by doubling at most every half minute; shrinks slowly, by half at most each minute. */
const BEHAVIOR = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
  },
};

/** The number of a service's pods, by their use of CPU and memory. */
export function autoscaler(folder: Folder, workload: Workload): void {
  const { name, namespace, labels, scaling, pointer } = workload;
  if (scaling === undefined) return;
  const metrics = scaling.metrics.map(({ resource, utilization }) => ({
    type: 'Resource',
    resource: { name: resource, target: { type: 'Utilization', averageUtilization: utilization } },
  }));
  folder.add(
    KubeHorizontalPodAutoscalerV2,
    {
      metadata: metadata({ name, namespace, labels }, { wave: 'running' }),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: scaling.min,
        maxReplicas: scaling.max,
        metrics,
        behavior: BEHAVIOR,
      },
    },
    {
      pointer: `${pointer}/autoscaling`,
      fields: () => ({
        '/spec/minReplicas': `${pointer}/autoscaling/min`,
        '/spec/maxReplicas': `${pointer}/autoscaling/max`,
        ...Object.fromEntries(
          scaling.metrics.map(({ resource }, index) => [
            `/spec/metrics/${index}`,
            `${pointer}/autoscaling/${resource}`,
          ]),
        ),
      }),
    },
  );
}
