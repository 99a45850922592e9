import { IntOrString, KubeService } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { SERVICE_PORT } from '#model/grants.ts';
import type { Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import { PORT_NAME } from './container.ts';
import type { Folder } from './folder.ts';

/** A name and a port for a service's pods, where it listens. */
export function service(folder: Folder, workload: Workload): void {
  if (workload.service.port === undefined) return;
  const { name, namespace, labels, selector, pointer } = workload;
  folder.add(
    KubeService,
    {
      metadata: metadata({ name, namespace, labels }, { wave: 'reachable' }),
      spec: {
        type: 'ClusterIP',
        selector: { ...selector },
        ports: [
          {
            name: PORT_NAME,
            port: SERVICE_PORT,
            targetPort: IntOrString.fromString(PORT_NAME),
            protocol: 'TCP',
          },
        ],
      },
    },
    { pointer, fields: () => ({ '/spec/ports': `${pointer}/port` }) },
  );
}
