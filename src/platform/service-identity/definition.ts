import { Type } from 'typebox';
import { type Definition, fields, immutable, type Rule, reported } from '../definition.ts';
import { awsWiring, clusterName, objectName } from '../wiring.ts';

/** An IAM role for one ServiceAccount: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */

/** An action, or all whose names begin alike; never all of a service. */
const ACTION = '^[a-z0-9-]+:[A-Za-z0-9]+\\*?$';

/** An ARN, or everything. */
const RESOURCE = '^(\\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:.+)$';

const words = (description: string, pattern: string, maxLength: number) =>
  Type.Array(Type.String({ pattern, maxLength }), { minItems: 1, maxItems: 100, description });

/** Actions that only look, where AWS offers nothing narrower than everything. */
const ONLY_LOOKS: Rule = {
  rule: "!self.Resource.exists(resource, resource == '*') || self.Action.all(action, action.matches('^[a-z0-9-]+:(BatchGet|Describe|Get|List)'))",
  message: 'Only actions that look (Describe, Get, List) may be allowed on every resource.',
};

const statement = fields(
  {
    Sid: Type.String({ pattern: '^[A-Za-z0-9]+$', maxLength: 64, description: 'Name of the statement.' }),
    Effect: Type.Enum(['Allow'], { description: 'Always Allow.' }),
    Action: words('Actions, such as sqs:SendMessage.', ACTION, 128),
    Resource: words('ARNs that the actions may touch.', RESOURCE, 600),
    Condition: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(Type.String(), Type.Array(Type.String({ maxLength: 600 }), { maxItems: 50 }), {
          maxProperties: 20,
        }),
        { maxProperties: 10, description: 'Operator, then condition key, then values.' },
      ),
    ),
  },
  'A statement of an IAM policy.',
  ONLY_LOOKS,
);

const spec = fields(
  {
    ...awsWiring,
    clusterName,
    roleName: immutable(objectName('Name of the IAM role. Cannot be changed later.', 64)),
    serviceAccount: immutable(
      fields(
        {
          namespace: objectName('Namespace of the ServiceAccount.'),
          name: objectName('Name of the ServiceAccount.'),
        },
        'The only ServiceAccount that may assume the role. Cannot be changed later.',
      ),
    ),
    statements: Type.Array(statement, {
      maxItems: 50,
      description: 'What the role may do. Empty: nothing but prove who it is.',
    }),
    permissionsBoundaryArn: Type.Optional(
      Type.String({
        pattern: '^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.{1,512}$',
        maxLength: 600,
        description: 'IAM policy that bounds the role.',
      }),
    ),
  },
  'What the role is like.',
  {
    rule: 'self.statements.all(one, self.statements.exists_one(other, other.Sid == one.Sid))',
    message: 'IAM wants each statement to have a name of its own.',
  },
);

const status = fields(
  {
    accountId: reported('AWS account of the cluster.'),
    oidcProvider: reported("The cluster's OIDC issuer, as IAM writes it."),
    roleArn: reported('ARN of the role.'),
  },
  'What AWS made of it.',
);

export const serviceIdentity = {
  kind: 'ServiceIdentity',
  plural: 'serviceidentities',
  shortNames: [],
  description: 'An IAM role that one ServiceAccount assumes (IRSA), without any key or password.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [
    { name: 'NAMESPACE', type: 'string', jsonPath: '.spec.serviceAccount.namespace' },
    { name: 'SERVICE ACCOUNT', type: 'string', jsonPath: '.spec.serviceAccount.name' },
    { name: 'ROLE', type: 'string', jsonPath: '.status.roleArn' },
  ],
} as const satisfies Definition;

export type ServiceIdentitySpec = Type.Static<typeof spec>;
