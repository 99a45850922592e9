import { Type } from 'typebox';
import { email, percent } from '#model/environment/database.ts';
import { fields } from '../definition.ts';

/** Whom Atlas tells, without a secret: addresses, or people by their role. Named as Atlas names them. */
const notification = fields(
  {
    typeName: Type.Enum(['EMAIL', 'ORG'], {
      description: 'EMAIL: an address. ORG: members of the organization.',
    }),
    emailAddress: Type.Optional(email('Address, where it is one.')),
    roles: Type.Optional(
      Type.Array(Type.Enum(['ORG_OWNER'], { description: 'A role in the organization.' }), {
        minItems: 1,
        maxItems: 1,
        description: 'Roles of the members that are told.',
      }),
    ),
    emailEnabled: Type.Optional(Type.Boolean({ description: 'Whether members are told by e-mail.' })),
    intervalMin: Type.Integer({
      minimum: 5,
      maximum: 1440,
      description: 'Minutes until Atlas says it again.',
    }),
    delayMin: Type.Integer({ minimum: 0, maximum: 60, description: 'Minutes until Atlas says it at all.' }),
  },
  'One receiver.',
  {
    rule: "(self.typeName == 'EMAIL') == has(self.emailAddress) && (self.typeName == 'ORG') == has(self.roles)",
    message: 'EMAIL has an emailAddress, ORG has roles.',
  },
);

const seconds = (description: string, maximum: number) => Type.Integer({ minimum: 1, maximum, description });

/** https://www.mongodb.com/docs/atlas/reference/alert-conditions/ */
export const alertFields = fields(
  {
    diskPercent: percent('Told above this share of the disk.'),
    cpuPercent: percent('Told above this share of the processors.'),
    connectionsPercent: percent('Told above this share of the connections that the size allows.'),
    replicationLagSeconds: seconds('Told when a node lags further behind the primary.', 3600),
    oplogWindowSeconds: seconds('Told when a node may be away for less than that.', 604_800),
    notifications: Type.Array(notification, { minItems: 1, maxItems: 10, description: 'Who is told.' }),
  },
  'When somebody is told. No primary and a failed snapshot are told always.',
);
