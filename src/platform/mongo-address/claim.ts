import type { Environment } from '#model/environment/environment.ts';
import { atlasProjectName } from '#model/names.ts';
import { atlasWiringOf, type Claim, claim, entries } from '../claim.ts';
import { MONGO_ADDRESS_COMPOSITION } from './composition.ts';
import { type MongoAddressSpec, mongoAddress } from './definition.ts';

/** A claim for each range of each database that is reached over the internet. It goes when its line goes. */
export function mongoAddressClaims(environment: Environment): readonly Claim<MongoAddressSpec>[] {
  return entries(environment.spec.databases, '/spec/databases').flatMap(({ name, value, cause }) =>
    (value.addresses ?? []).map((cidr, index) => {
      const line = `${cause}/addresses/${index}`;
      return claim(environment, {
        definition: mongoAddress,
        name: `${name}-${cidr.replaceAll(/[./]/g, '-')}`,
        composition: MONGO_ADDRESS_COMPOSITION,
        cause: line,
        fields: { '/spec/cidr': line },
        stateful: false,
        spec: {
          ...atlasWiringOf(environment),
          deletionPolicy: 'Delete',
          projectName: atlasProjectName(environment, name),
          cidr,
        },
      });
    }),
  );
}
