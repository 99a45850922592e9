import { Type } from 'typebox';
import { type Definition, fields, immutable, reported } from '../definition.ts';
import { arn, awsWiring, clusterName, objectName } from '../wiring.ts';

/** An IAM role for one ServiceAccount: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */

const words = (description: string, maxItems: number, maxLength: number) =>
  Type.Array(Type.String({ minLength: 1, maxLength }), { minItems: 1, maxItems, description });

const statement = fields(
  {
    Sid: Type.String({ pattern: '^[A-Za-z0-9]+$', maxLength: 64, description: 'Name of the statement.' }),
    Effect: Type.Enum(['Allow'], { description: 'Always Allow.' }),
    Action: words('Actions, such as sqs:SendMessage.', 100, 128),
    Resource: words('ARNs that the actions may touch.', 100, 600),
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
    permissionsBoundaryArn: Type.Optional(arn('IAM policy that bounds the role.')),
  },
  'What the role is like.',
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
  printerColumns: [{ name: 'ROLE', type: 'string', jsonPath: '.status.roleArn' }],
} as const satisfies Definition;

export type ServiceIdentitySpec = Type.Static<typeof spec>;
