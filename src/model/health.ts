import type { Service } from './environment/service.ts';
import { seconds } from './units.ts';

/** How a container's health is asked for. */

export type Question =
  | { readonly protocol: 'http'; readonly path: string; readonly port: number }
  | { readonly protocol: 'grpc'; readonly port: number }
  | { readonly protocol: 'tcp'; readonly port: number };

export interface Probe {
  readonly question: Question;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface Health {
  readonly startup: Probe;
  readonly readiness: Probe;
  readonly liveness: Probe;
}

/** Path that is asked where a service names none. */
export const HEALTH_PATH = '/healthz';

const STARTUP_PERIOD = 5;
const DEFAULT_STARTUP = '60s';

/** Probes of a service, or undefined where it has no port that could be asked. */
export function healthOf(service: Service): Health | undefined {
  const port = service.health?.port ?? service.port;
  if (port === undefined) return undefined;
  const question = questionOf(service, port);
  const startup = seconds(service.health?.startup ?? DEFAULT_STARTUP);
  return {
    startup: {
      question,
      periodSeconds: STARTUP_PERIOD,
      timeoutSeconds: 3,
      failureThreshold: Math.max(1, Math.ceil(startup / STARTUP_PERIOD)),
    },
    readiness: { question, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    // A restart mends no database: liveness must not ask a path that may ask others, so it only connects.
    liveness: {
      question: { protocol: 'tcp', port },
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 6,
    },
  };
}

function questionOf(service: Service, port: number): Question {
  const protocol = service.health?.protocol ?? 'http';
  return protocol === 'http'
    ? { protocol, path: service.health?.path ?? HEALTH_PATH, port }
    : { protocol, port };
}
