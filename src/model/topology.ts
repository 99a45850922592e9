import type { Environment } from './environment/environment.ts';

/**
 * Where things run. With `topology: single` one cluster holds everything. With `topology: hub` Argo CD, Crossplane and
 * the claims are in the cluster of another environment, the hub, and the environment's own cluster has its services.
 */

/** Whether the environment's Argo CD and Crossplane run in another environment's cluster. */
export const isHosted = ({ spec }: Environment): boolean => spec.topology === 'hub';

/** Whether other environments may name this one as their hub. */
export const isHub = ({ spec }: Environment): boolean => spec.delivery.hub === true;

/**
 * Name of an Application or a project. A hub's Argo CD knows those of several environments, so theirs begin with the
 * environment's name; the hub's own don't.
 */
export const argoName = (environment: Environment, name: string): string =>
  isHosted(environment) ? `${environment.metadata.name}-${name}` : name;

/** On the Application that holds all others of an environment: the environment. */
export const ROOT_ANNOTATION = 'plimsoll.dev/root';
/** Beside it, where the environment has one: the hub. */
export const HUB_ANNOTATION = 'plimsoll.dev/hub';
/** On an environment's namespace in its hub: the environment, by whose facts policies judge what is in it. */
export const ENVIRONMENT_LABEL = 'plimsoll.dev/environment';
