import { KubeIngress } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { INGRESS_CLASS } from '#model/route.ts';
import type { Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import { PORT_NAME } from './container.ts';
import type { Folder } from './folder.ts';

/** How the shared load balancer reaches a service. Applied before the pods, or they'd get no readiness gates. */
export function ingress(folder: Folder, workload: Workload): void {
  const { name, namespace, labels, route, pointer } = workload;
  if (route === undefined) return;
  const { host, path, annotations } = route;
  folder.add(
    KubeIngress,
    {
      metadata: metadata({ name, namespace, labels, annotations }, { wave: 'reachable' }),
      spec: {
        ingressClassName: INGRESS_CLASS,
        tls: [{ hosts: [host] }],
        rules: [
          {
            host,
            http: {
              paths: [
                { path, pathType: 'Prefix', backend: { service: { name, port: { name: PORT_NAME } } } },
              ],
            },
          },
        ],
      },
    },
    {
      pointer: `${pointer}/ingress`,
      fields: () => ({
        '/spec/rules/0/host': `${pointer}/ingress/host`,
        '/spec/tls': `${pointer}/ingress/host`,
        '/spec/rules/0/http/paths/0/path': `${pointer}/ingress/path`,
        '/metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-path': `${pointer}/ingress/healthPath`,
        '/metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-port': `${pointer}/health/port`,
      }),
    },
  );
}
