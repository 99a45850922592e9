import { IpAccessList } from '#imports/project.mongodbatlas.crossplane.io.ts';
import { atlas, base } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { from } from '../patches.ts';
import { mongoAddress } from './definition.ts';

export const MONGO_ADDRESS_COMPOSITION = 'mongo-address';

/** The composition of one entry of a project's access list. */
export const mongoAddressCompositions = (): readonly Composition[] => [
  composition(mongoAddress, MONGO_ADDRESS_COMPOSITION, [
    atlas(
      'address',
      base(IpAccessList, { spec: { forProvider: { comment: 'managed by plimsoll' } } }),
      from('spec.projectName', 'spec.forProvider.projectIdRef.name'),
      from('spec.cidr', 'spec.forProvider.cidrBlock'),
    ),
  ]),
];
