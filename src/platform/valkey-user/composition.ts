import { User } from '#imports/elasticache.aws.upbound.io.ts';
import { aws, base } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { EXTERNAL_NAME, from, report } from '../patches.ts';
import { valkeyUser } from './definition.ts';

export const VALKEY_USER_COMPOSITION = 'valkey-user';

/** The composition of a cache's user; the cache's own composition puts it into the user group. */
export const valkeyUserCompositions = (): readonly Composition[] => [
  composition(valkeyUser, VALKEY_USER_COMPOSITION, [
    aws(
      'user',
      base(User, { spec: { forProvider: { engine: 'valkey', authenticationMode: { type: 'iam' } } } }),
      from('spec.userId', EXTERNAL_NAME),
      from('spec.userId', 'spec.forProvider.userName'),
      from('spec.accessString', 'spec.forProvider.accessString'),
      report('status.atProvider.arn', 'status.userArn'),
    ),
  ]),
];
