import type { Environment } from './environment/environment.ts';
import type { Service } from './environment/service.ts';
import { HEALTH_PATH } from './health.ts';

/** How the load balancer reaches a service: host, path, and the annotations of its target group. */
export interface Route {
  readonly host: string;
  readonly path: string;
  /** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
  readonly annotations: Readonly<Record<string, string>>;
}

const ANNOTATION = 'alb.ingress.kubernetes.io';

/** Seconds that the load balancer waits for what is under way; pods get longer than that to stop. */
const DEREGISTRATION_SECONDS = 30;

/** Name of the IngressClass, and of its parameters, that every route uses. */
export const INGRESS_CLASS = 'alb';

/** Route of a service, or undefined where it is not reached from outside. */
export function routeOf(environment: Environment, service: Service): Route | undefined {
  if (service.ingress === undefined || service.port === undefined || environment.spec.ingress === undefined) {
    return undefined;
  }
  const { host, path } = service.ingress;
  return { host, path, annotations: annotationsOf(service, service.port) };
}

/**
 * Only what differs from service to service, and what IngressClassParams has no field for, stands here: settings
 * of the shared load balancer that disagree between two Ingresses stop the whole group.
 */
function annotationsOf(service: Service, port: number): Readonly<Record<string, string>> {
  const protocol = service.health?.protocol ?? 'http';
  const health = service.health?.port ?? port;
  return {
    [`${ANNOTATION}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
    // IngressClassParams say so, too; here it is seen beside the port that it is about.
    [`${ANNOTATION}/ssl-redirect`]: '443',
    [`${ANNOTATION}/target-type`]: 'ip',
    [`${ANNOTATION}/target-group-attributes`]: `deregistration_delay.timeout_seconds=${DEREGISTRATION_SECONDS}`,
    [`${ANNOTATION}/healthcheck-path`]: service.ingress?.healthPath ?? healthPath(service, protocol),
    [`${ANNOTATION}/success-codes`]: SUCCESS_CODES[protocol],
    ...(health === port ? {} : { [`${ANNOTATION}/healthcheck-port`]: String(health) }),
    ...(protocol === 'grpc' ? { [`${ANNOTATION}/backend-protocol-version`]: 'GRPC' } : {}),
  };
}

/** gRPC answers with a status of its own; a service that is only asked over TCP may answer `/` with anything. */
const SUCCESS_CODES = { http: '200', grpc: '0', tcp: '200-499' } as const;

function healthPath(service: Service, protocol: 'http' | 'grpc' | 'tcp'): string {
  if (protocol === 'grpc') return '/grpc.health.v1.Health/Check';
  return protocol === 'tcp' ? '/' : (service.health?.path ?? HEALTH_PATH);
}
