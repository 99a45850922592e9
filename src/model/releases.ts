import { valuesOf } from './chart-identities.ts';
import type { Environment } from './environment/environment.ts';
import { kindNamed } from './kinds.ts';
import { platformReleases } from './platform-releases.ts';
import { pointerTo } from './pointer.ts';
import type { Release } from './release.ts';

/** All releases of an environment: the platform's, then a team's by name. */
export function releases(environment: Environment): readonly Release[] {
  const own = Object.entries(environment.spec.charts ?? {})
    .map(
      ([name, chart]): Release => ({
        name,
        repository: chart.repository,
        chart: chart.chart,
        version: chart.version,
        namespace: chart.namespace,
        values: valuesOf(environment, name, chart),
        wave: 'controllers',
        ignoreDifferences: [],
        pointer: pointerTo('spec', 'charts', name),
        isRendered: chart.render === true,
        moreKinds: (chart.kinds ?? []).map(kindNamed),
        namespaces: chart.namespaces ?? [],
      }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...platformReleases(environment), ...own];
}
