import { ParameterGroup } from '#imports/elasticache.aws.upbound.io.ts';
import { aws, base, type ComposedResource } from '../composed.ts';
import { combine, extract, from, gate, type Patch, report } from '../patches.ts';

/**
 * Parameters of the cache's own. A group is of one family for good, and a cache changes its family together with its
 * major version: a group of each family stands ready, which costs nothing, and the version says which is in use.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
const FAMILIES = ['valkey7', 'valkey8'] as const;

const arnOf = (family: string): string => `status.parameterGroupArns.${family}`;

export const parameterGroups = (): readonly ComposedResource[] =>
  FAMILIES.map((family) =>
    aws(
      `parameter-group-${family}`,
      base(ParameterGroup, { spec: { forProvider: { family, description: 'Parameters of a cache' } } }),
      combine(`%s-${family}`, 'spec.forProvider.name', 'spec.replicationGroupId'),
      from('spec.parameters', 'spec.forProvider.parameter'),
      report('status.atProvider.arn', arnOf(family)),
    ),
  );

/** The group for the cache's version, by name: `tideline-production-sessions-valkey8`. Not before all are there. */
export const ofParameterGroup = (): readonly Patch[] => [
  {
    ...combine(
      '%s-valkey%s',
      'spec.forProvider.parameterGroupName',
      'spec.replicationGroupId',
      'spec.version',
    ),
    transforms: [extract('^(.+)\\.[0-9]+$')],
  },
  ...FAMILIES.map((family) => gate(family, arnOf(family))),
];
