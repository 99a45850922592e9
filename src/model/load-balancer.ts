import type { Environment } from './environment/environment.ts';
import { namespace, prefix, tags } from './names.ts';

/** The Application Load Balancer that all services of an environment share. */
export interface LoadBalancer {
  /** Ingresses of one group share one load balancer. */
  readonly group: string;
  /** The only namespace whose Ingresses may join it. */
  readonly namespace: string;
  readonly scheme: 'internal' | 'internet-facing';
  readonly certificate: string;
  readonly sslPolicy: string;
  readonly inboundCidrs?: readonly string[];
  readonly webAcl?: string;
  readonly attributes: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly pointer: string;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** TLS 1.2 and 1.3 only: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** The load balancer, or undefined where the environment has none. */
export function loadBalancerOf(environment: Environment): LoadBalancer | undefined {
  const { ingress, stage } = environment.spec;
  if (ingress === undefined) return undefined;
  return {
    group: prefix(environment),
    namespace: namespace(environment),
    scheme: ingress.scheme,
    certificate: ingress.certificate,
    sslPolicy: SSL_POLICY,
    ...(ingress.inboundCidrs === undefined ? {} : { inboundCidrs: ingress.inboundCidrs }),
    ...(ingress.webAcl === undefined ? {} : { webAcl: ingress.webAcl }),
    attributes: [
      { key: 'deletion_protection.enabled', value: String(stage === 'production') },
      { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
    ],
    tags: Object.entries(tags(environment)).map(([key, value]) => ({ key, value })),
    pointer: '/spec/ingress',
  };
}
