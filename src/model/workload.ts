import type { Volume } from './environment/data.ts';
import type { Environment } from './environment/environment.ts';
import type { Service } from './environment/service.ts';
import { type Health, healthOf } from './health.ts';
import { type Identity, identityOf } from './identities.ts';
import { namespace, serviceSecret } from './names.ts';
import { GPU, type Placement, placementOf } from './placement.ts';
import { pointerTo } from './pointer.ts';
import { type Route, routeOf } from './route.ts';
import { type FetchedSecret, serviceSecrets } from './secrets.ts';
import { ephemeralClassName } from './storage.ts';
import { callersByService, type Traffic, trafficOf } from './traffic.ts';
import { type Use, usesByService, type Variable, variablesOf } from './uses.ts';

/**
 * A service as the charts see it: everything decided, nothing left to choose. Deterministic; takes an
 * environment that was checked, so dangling names are left out rather than reported.
 */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  /** Labels that select the pods; they can't be changed once the Deployment exists. */
  readonly selector: Readonly<Record<string, string>>;
  /** Labels of every object of the service. */
  readonly labels: Readonly<Record<string, string>>;
  /** The service itself, for what is copied unchanged. */
  readonly service: Service;
  /** Pods where no autoscaler decides. */
  readonly replicas?: number;
  readonly scaling?: Scaling;
  /** `Recreate` where a volume can't be attached to the former and the new pod at once. */
  readonly rollout: 'RollingUpdate' | 'Recreate';
  /** Whether pods may wait rather than share a zone. */
  readonly isSpreadForced: boolean;
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  readonly variables: readonly Variable[];
  readonly health?: Health;
  readonly volumes: readonly DerivedVolume[];
  readonly placement: Placement;
  readonly identity?: Identity;
  /** What its `secrets:` come to. */
  readonly secret?: FetchedSecret;
  readonly traffic: Traffic;
  readonly route?: Route;
  /** Seconds between a pod leaving the Service and its stop; undefined where nothing connects to it. */
  readonly drainSeconds?: number;
  readonly graceSeconds: number;
  /** Pointer of the service in the environment. */
  readonly pointer: string;
}

export interface Scaling {
  readonly min: number;
  readonly max: number;
  /** In the order in which the API server keeps them: another order would differ for ever. */
  readonly metrics: readonly { readonly resource: 'memory' | 'cpu'; readonly utilization: number }[];
}

export interface DerivedVolume extends Volume {
  readonly name: string;
  /** Where the volume ends with the pod, a class whose volumes do, too. */
  readonly class?: string;
  /** Name of the PersistentVolumeClaim, where the volume outlives the pods. */
  readonly claim?: string;
}

const DEFAULT_REPLICAS = 2;
const DEFAULT_CPU = 70;

/** Longer than the load balancer takes to stop sending to a pod that it was told of. */
const DRAIN_SECONDS = 15;
/** Time to drain, to end what is under way (the load balancer allows 30 s), and some room. */
const SERVING_GRACE_SECONDS = 60;
/** Workers have no connections to drain but may be in the middle of a message. */
const WORKER_GRACE_SECONDS = 120;

/** The services of an environment, by name. */
export function workloads(environment: Environment): readonly Workload[] {
  const byService = usesByService(environment);
  const callers = callersByService(byService);
  return [...byService].flatMap(([name, uses]) => {
    const service = environment.spec.services?.[name];
    return service === undefined ? [] : [workload(environment, name, service, uses, callers.get(name) ?? [])];
  });
}

function workload(
  environment: Environment,
  name: string,
  service: Service,
  uses: readonly Use[],
  callers: readonly string[],
): Workload {
  const pointer = pointerTo('spec', 'services', name);
  const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': environment.spec.product };
  const volumes = volumesOf(environment, name, service);
  const isAttached = volumes.some(({ claim }) => claim !== undefined);
  const scaling = isAttached ? undefined : scalingOf(service);
  const replicas = isAttached ? 1 : (service.replicas ?? DEFAULT_REPLICAS);
  const health = healthOf(service);
  const identity = identityOf(environment, name, uses);
  const secret = serviceSecrets(environment, name);
  const route = routeOf(environment, service);
  const { cpu, memory, cpuLimit, gpus } = service.resources;
  return {
    name,
    namespace: namespace(environment),
    selector,
    labels: { ...selector, 'app.kubernetes.io/managed-by': 'plimsoll' },
    service,
    ...(scaling === undefined ? { replicas } : { scaling }),
    rollout: isAttached ? 'Recreate' : 'RollingUpdate',
    isSpreadForced: (scaling?.min ?? replicas) >= environment.spec.network.availabilityZones.length,
    requests: { cpu, memory },
    limits: {
      ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }),
      memory,
      ...(gpus === undefined ? {} : { [GPU]: String(gpus) }),
    },
    variables: variables(environment, name, service, uses, identity !== undefined, secret),
    ...(health === undefined ? {} : { health }),
    volumes,
    placement: placementOf(environment, service),
    ...(identity === undefined ? {} : { identity }),
    ...(secret === undefined ? {} : { secret }),
    traffic: trafficOf(environment, name, uses, callers),
    ...(route === undefined ? {} : { route }),
    ...(service.port === undefined ? {} : { drainSeconds: DRAIN_SECONDS }),
    graceSeconds: service.port === undefined ? WORKER_GRACE_SECONDS : SERVING_GRACE_SECONDS,
    pointer,
  };
}

function scalingOf(service: Service): Scaling | undefined {
  if (service.autoscaling === undefined) return undefined;
  const { min, max, cpu, memory } = service.autoscaling;
  return {
    min,
    max,
    // Memory before CPU: https://github.com/kubernetes/kubernetes/issues/74099
    metrics: [
      ...(memory === undefined ? [] : [{ resource: 'memory' as const, utilization: memory }]),
      { resource: 'cpu', utilization: cpu ?? DEFAULT_CPU },
    ],
  };
}

const volumesOf = (environment: Environment, name: string, service: Service): readonly DerivedVolume[] =>
  Object.entries(service.volumes ?? {})
    .map(([volume, intent]) => ({
      ...intent,
      name: volume,
      ...(intent.lifetime === 'service'
        ? { claim: `${name}-${volume}` }
        : withClass(ephemeralClassName(environment, intent.class))),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const withClass = (name: string | undefined): { readonly class?: string } =>
  name === undefined ? {} : { class: name };

/**
 * Derived variables first, by name, so that `$(NAME)` in the service's own ones finds them; the own ones stay
 * in the order in which they are written, because they may refer to each other. What a service sets itself wins.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
function variables(
  environment: Environment,
  name: string,
  service: Service,
  uses: readonly Use[],
  hasRole: boolean,
  secret: FetchedSecret | undefined,
): readonly Variable[] {
  const own = Object.entries(service.env ?? {});
  const taken = new Set(own.map(([key]) => key));
  const region: Variable = {
    name: 'AWS_REGION',
    value: { text: environment.spec.aws.region },
    pointer: pointerTo('spec', 'aws', 'region'),
  };
  const secrets = (secret?.entries ?? []).map(
    ({ key, pointer }): Variable => ({
      name: key,
      value: { secret: { name: serviceSecret(name), key } },
      pointer,
    }),
  );
  const derived = [...uses.flatMap(variablesOf), ...(hasRole ? [region] : []), ...secrets]
    .filter((variable) => !taken.has(variable.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...derived,
    ...own.map(([key, text]) => ({
      name: key,
      value: { text },
      pointer: pointerTo('spec', 'services', name, 'env', key),
    })),
  ];
}
