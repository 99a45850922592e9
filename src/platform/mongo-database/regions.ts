import { REGIONS } from '#model/environment/environment.ts';
import { from, lookUp, type Patch } from '../patches.ts';

/** AWS's name of a region -> Atlas's name. */
const ATLAS_REGIONS = Object.fromEntries(
  REGIONS.map((region) => [region, region.toUpperCase().replaceAll('-', '_')]),
);

/** Patches the composite's region in, as Atlas writes it. */
export const atlasRegion = (toFieldPath: string): Patch =>
  from('spec.region', toFieldPath, lookUp(ATLAS_REGIONS));
