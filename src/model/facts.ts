import { acknowledgedLines } from './acknowledgements.ts';
import type { Environment } from './environment/environment.ts';
import { tags } from './names.ts';
import { isHub } from './topology.ts';

/**
 * What policies know about the environment that they guard: the parameters of every policy that judges differently
 * from one environment to the next. They are the `data` of one ConfigMap, so all are text, and a list is its lines.
 */
export type Facts = Readonly<Partial<Record<Fact, string>>>;

export type Fact =
  | 'environment'
  | 'product'
  | 'stage'
  | 'account'
  | 'region'
  | 'regions'
  | 'domains'
  | 'registries'
  | 'tags'
  | 'acknowledged'
  | 'hub';

/** @param packageRegistries Where the platform's own packages come from. */
export function factsOf(environment: Environment, packageRegistries: readonly string[]): Facts {
  const { product, stage, aws, ingress, policies } = environment.spec;
  const ecr = `${aws.account}.dkr.ecr.${aws.region}.amazonaws.com`;
  return {
    environment: environment.metadata.name,
    product,
    stage,
    account: aws.account,
    region: aws.region,
    regions: lines([aws.region, ...(policies?.regions ?? [])]),
    domains: lines(ingress?.domains ?? []),
    registries: lines([ecr, ...packageRegistries, ...(policies?.registries ?? [])]),
    tags: lines(Object.keys(tags(environment))),
    acknowledged: lines(acknowledgedLines(environment)),
    // Whether Applications may go to other clusters.
    ...(isHub(environment) && { hub: 'true' }),
  };
}

/** Each once, sorted: the order in which somebody wrote them means nothing. */
const lines = (values: readonly string[]): string => [...new Set(values)].sort().join('\n');
