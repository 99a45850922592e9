import type { Environment } from '#model/environment/environment.ts';
import { grantRule } from '#model/grants.ts';
import type { CacheUser } from '#model/identities.ts';
import { cacheUserId } from '#model/names.ts';
import { awsWiringOf, type Claim, claim } from '../claim.ts';
import { VALKEY_USER_COMPOSITION } from './composition.ts';
import { type ValkeyUserSpec, valkeyUser } from './definition.ts';

/** An access string that allows nothing. */
const NOTHING = 'on ~* -@all';

/** A claim for each service and cache. */
export function valkeyUserClaims(
  environment: Environment,
  users: readonly CacheUser[],
): readonly Claim<ValkeyUserSpec>[] {
  return users.map(({ service, cache, access }) => {
    const cause = `/spec/services/${service}/uses/${cache}`;
    return claim(environment, {
      definition: valkeyUser,
      name: `${service}-${cache}`,
      composition: VALKEY_USER_COMPOSITION,
      cause,
      fields: { '/spec/accessString': cause },
      stateful: false,
      spec: {
        ...awsWiringOf(environment, 'Delete'),
        userId: cacheUserId(environment, cache, service),
        accessString: grantRule('cache', access)?.accessString ?? NOTHING,
      },
    });
  });
}
