import { isPublic } from './environment/database.ts';
import type { Environment } from './environment/environment.ts';
import { cacheSecret, databaseSecret, publishedName } from './names.ts';
import { pointerTo } from './pointer.ts';
import { isHosted } from './topology.ts';

/**
 * Where databases and caches answer. AWS and Atlas make up these addresses, so they are known only when the things are
 * there: Crossplane writes them into connection secrets beside the claims.
 */

/** The one key of a connection secret that services read. */
export interface Connection {
  /** Name of the Secret. */
  readonly name: string;
  readonly key: string;
  readonly pointer: string;
}

export const databaseConnection = (environment: Environment, database: string): Connection => ({
  name: databaseSecret(database),
  key: isPublic(environment.spec.databases?.[database])
    ? 'connectionStringStandardSrv'
    : 'connectionStringPrivateSrv',
  pointer: pointerTo('spec', 'databases', database),
});

export const cacheConnection = (cache: string): Connection => ({
  name: cacheSecret(cache),
  key: 'host',
  pointer: pointerTo('spec', 'caches', cache),
});

/** All of an environment: databases first, each by name. */
export const connections = (environment: Environment): readonly Connection[] => [
  ...Object.keys(environment.spec.databases ?? {})
    .sort()
    .map((database) => databaseConnection(environment, database)),
  ...Object.keys(environment.spec.caches ?? {})
    .sort()
    .map(cacheConnection),
];

/**
 * How the claim passes it on to another cluster: through AWS Secrets Manager. Undefined where the claim is in the
 * services' own namespace.
 */
export const publicationOf = (environment: Environment, { name, key }: Connection) =>
  isHosted(environment)
    ? { publication: { name: publishedName(environment, name), secretName: name, key } }
    : {};
