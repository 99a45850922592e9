import { Type } from 'typebox';
import { type Definition, fields, immutable } from '../definition.ts';
import { projectName } from '../mongo-database/definition.ts';
import { atlasProviderConfigName, deletionPolicy } from '../wiring.ts';

/**
 * Addresses that may connect to a database over the internet. A claim for each range, because a composition has no
 * loops; what is removed from the environment's list is removed in Atlas.
 * https://www.mongodb.com/docs/atlas/security/ip-access-list/
 */

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

const spec = fields(
  {
    atlasProviderConfigName,
    deletionPolicy,
    projectName,
    cidr: immutable(
      Type.String({
        pattern: `^(${octet}\\.){3}${octet}/(1[6-9]|2[0-9]|3[0-2])$`,
        maxLength: 18,
        description: 'Range, /16 at most. Cannot be changed later.',
      }),
    ),
  },
  'Who may connect.',
  {
    rule: "!self.cidr.matches('^(0|10|127|192[.]168|172[.](1[6-9]|2[0-9]|3[01]))[.]')",
    message: 'Atlas sees public addresses only.',
  },
);

const status = fields({}, 'Nothing more than conditions.');

export const mongoAddress = {
  kind: 'MongoAddress',
  plural: 'mongoaddresses',
  shortNames: [],
  description: 'A range of public addresses that may connect to a MongoDB Atlas project.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'PROJECT', type: 'string', jsonPath: '.spec.projectName' },
    { name: 'CIDR', type: 'string', jsonPath: '.spec.cidr' },
  ],
} as const satisfies Definition;

export type MongoAddressSpec = Type.Static<typeof spec>;
