import { Type } from 'typebox';
import { type Definition, fields, immutable, reported } from '../definition.ts';
import { cacheId } from '../valkey-cache/definition.ts';
import { awsWiring } from '../wiring.ts';

/** A user of caches with IAM authentication: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */

const spec = fields(
  {
    ...awsWiring,
    userId: immutable(cacheId('Id and name of the user, which must be equal. Cannot be changed later.')),
    accessString: Type.String({
      pattern: '^on [^\\n]+$',
      maxLength: 1024,
      description: 'What the user may do: https://valkey.io/topics/acl/',
    }),
  },
  'What the user is like.',
);

const status = fields({ userArn: reported('ARN of the user.') }, 'What AWS made of it.');

export const valkeyUser = {
  kind: 'ValkeyUser',
  plural: 'valkeyusers',
  shortNames: [],
  description: 'A user of a cache that proves itself with IAM: no password exists.',
  spec,
  status,
  connectionSecretKeys: [],
  printerColumns: [{ name: 'USER', type: 'string', jsonPath: '.spec.userId' }],
} as const satisfies Definition;

export type ValkeyUserSpec = Type.Static<typeof spec>;
