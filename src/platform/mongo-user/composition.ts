import { User } from '#imports/database.mongodbatlas.crossplane.io.ts';
import { atlas, base } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { from } from '../patches.ts';
import { mongoUser } from './definition.ts';

export const MONGO_USER_COMPOSITION = 'mongo-user';

/**
 * The composition of a database user. No secret may be referred to: the provider makes up a password as soon as
 * one is.
 */
export const mongoUserCompositions = (): readonly Composition[] => [
  composition(mongoUser, MONGO_USER_COMPOSITION, [
    atlas(
      'user',
      base(User, {
        spec: {
          forProvider: {
            authDatabaseName: '$external',
            awsIamType: 'ROLE',
            scopes: [{ type: 'CLUSTER' }],
          },
        },
      }),
      from('spec.projectName', 'spec.forProvider.projectIdRef.name'),
      from('spec.roleArn', 'spec.forProvider.username'),
      from('spec.role', 'spec.forProvider.roles[0].roleName'),
      from('spec.databaseName', 'spec.forProvider.roles[0].databaseName'),
      from('spec.clusterName', 'spec.forProvider.scopes[0].name'),
    ),
  ]),
];
