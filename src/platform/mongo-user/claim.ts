import type { Environment } from '#model/environment/environment.ts';
import type { DatabaseUser } from '#model/identities.ts';
import { atlasProjectName, databaseClusterName, databaseName, roleArn } from '#model/names.ts';
import { atlasWiringOf, type Claim, claim } from '../claim.ts';
import { MONGO_USER_COMPOSITION } from './composition.ts';
import { type MongoUserSpec, mongoUser } from './definition.ts';

/** A claim for each service and database. */
export function mongoUserClaims(
  environment: Environment,
  users: readonly DatabaseUser[],
): readonly Claim<MongoUserSpec>[] {
  return users.map(({ service, database, access }) => {
    const cause = `/spec/services/${service}/uses/${database}`;
    return claim(environment, {
      definition: mongoUser,
      name: `${service}-${database}`,
      composition: MONGO_USER_COMPOSITION,
      cause,
      fields: { '/spec/role': cause },
      stateful: false,
      spec: {
        ...atlasWiringOf(environment),
        deletionPolicy: 'Delete',
        projectName: atlasProjectName(environment, database),
        clusterName: databaseClusterName(environment, database),
        roleArn: roleArn(environment, service),
        databaseName: databaseName(environment, database),
        role: access,
      },
    });
  });
}
