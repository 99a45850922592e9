import { KubeIngressClass } from 'cdk8s-plus-30/lib/imports/k8s.js';
import {
  IngressClassParams,
  IngressClassParamsSpecScheme,
  IngressClassParamsSpecTargetType,
} from '#imports/elbv2.k8s.aws.ts';
import type { LoadBalancer } from '#model/load-balancer.ts';
import { INGRESS_CLASS } from '#model/route.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

const SCHEMES = {
  internal: IngressClassParamsSpecScheme.INTERNAL,
  'internet-facing': IngressClassParamsSpecScheme.INTERNET_HYPHEN_FACING,
} as const;

/** The shared load balancer's settings, where no service's Ingress can change them. */
export function loadBalancer(folder: Folder, settings: LoadBalancer): void {
  const { pointer } = settings;
  folder.add(
    IngressClassParams,
    {
      metadata: metadata({ name: INGRESS_CLASS }, { wave: 'late', isLate: true }),
      spec: {
        group: { name: settings.group },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': settings.namespace } },
        scheme: SCHEMES[settings.scheme],
        targetType: IngressClassParamsSpecTargetType.IP,
        certificateArn: [settings.certificate],
        sslPolicy: settings.sslPolicy,
        sslRedirectPort: '443',
        ...(settings.inboundCidrs === undefined ? {} : { inboundCidRs: [...settings.inboundCidrs] }),
        ...(settings.webAcl === undefined ? {} : { wafv2AclArn: settings.webAcl }),
        loadBalancerAttributes: settings.attributes.map((attribute) => ({ ...attribute })),
        tags: settings.tags.map((tag) => ({ ...tag })),
      },
    },
    {
      pointer,
      fields: () => ({
        '/spec/scheme': `${pointer}/scheme`,
        '/spec/certificateArn': `${pointer}/certificate`,
        '/spec/inboundCIDRs': `${pointer}/inboundCidrs`,
        '/spec/wafv2AclArn': `${pointer}/webAcl`,
        '/spec/tags': '/spec/aws/tags',
      }),
    },
  );
  folder.add(
    KubeIngressClass,
    {
      metadata: metadata({ name: INGRESS_CLASS }, { wave: 'late' }),
      spec: {
        controller: 'ingress.k8s.aws/alb',
        parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: INGRESS_CLASS },
      },
    },
    { pointer },
  );
}
