import { Type } from 'typebox';
import { strict } from './scalars.ts';

/** What policies allow in an environment, where the environment itself doesn't say it already. */
export const PolicySettings = strict(
  {
    registries: Type.Optional(
      Type.Array(
        Type.String({
          pattern:
            '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$',
          maxLength: 255,
          title: 'a registry, with or without the beginning of a repository, and no / at its end',
          examples: ['quay.io/tideline', '111122223333.dkr.ecr.eu-west-1.amazonaws.com'],
        }),
        {
          minItems: 1,
          maxItems: 30,
          uniqueItems: true,
          description: "Where images may come from besides the account's own ECR in its region.",
        },
      ),
    ),
    regions: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[a-z]{2}(-[a-z]+){1,3}-[0-9]$',
          title: 'an AWS region',
          examples: ['eu-west-1'],
        }),
        {
          minItems: 1,
          maxItems: 30,
          uniqueItems: true,
          description: "AWS regions that things may be in besides the environment's own.",
        },
      ),
    ),
  },
  'What policies allow here, where nothing else says it.',
);
