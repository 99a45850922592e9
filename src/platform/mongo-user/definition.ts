import { Type } from 'typebox';
import { type Definition, fields, immutable } from '../definition.ts';
import { atlasClusterName, projectName } from '../mongo-database/definition.ts';
import { atlasProviderConfigName, deletionPolicy, roleArn } from '../wiring.ts';

/** A database user that is an IAM role: https://www.mongodb.com/docs/atlas/security/passwordless-authentication/ */

const spec = fields(
  {
    atlasProviderConfigName,
    deletionPolicy,
    projectName,
    clusterName: atlasClusterName,
    roleArn: immutable(roleArn('IAM role that is the user. Cannot be changed later.')),
    databaseName: Type.String({
      pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
      maxLength: 38,
      description: 'Database inside the cluster.',
    }),
    role: Type.Enum(['read', 'readWrite'], { description: 'What the user may do in that database.' }),
  },
  'What the user is like.',
);

const status = fields({}, 'Nothing more than conditions.');

export const mongoUser = {
  kind: 'MongoUser',
  plural: 'mongousers',
  shortNames: [],
  description: 'A user of a MongoDB Atlas cluster that proves itself with IAM: no password exists.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [{ name: 'ROLE', type: 'string', jsonPath: '.spec.role' }],
} as const satisfies Definition;

export type MongoUserSpec = Type.Static<typeof spec>;
