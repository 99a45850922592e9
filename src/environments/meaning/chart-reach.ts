import { GOVERNING_NAMESPACES, governs } from '#model/chart-projects.ts';
import type { Finding } from '#model/finding.ts';
import { kindNamed } from '#model/kinds.ts';
import { blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** A third party's chart does not reach what governs the platform: whoever does commands all of it. */
export const checkChartReach: MeaningCheck = (meaning) =>
  entriesOf('/spec/charts', meaning.environment.spec.charts).flatMap(({ entry, pointer }) => {
    const { namespace, namespaces = [], kinds = [] } = entry;
    const refuse = (what: 'kind' | 'namespace', found: string, at: string): Finding =>
      blameValue(meaning, 'environment-chart-reach', `${pointer}/${at}`, { what, found });
    return [
      ...[{ name: namespace, at: 'namespace' }]
        .concat(namespaces.map((name, index) => ({ name, at: `namespaces/${index}` })))
        .filter(({ name }) => GOVERNING_NAMESPACES.includes(name))
        .map(({ name, at }) => refuse('namespace', name, at)),
      ...kinds.flatMap((kind, index) =>
        governs(kindNamed(kind)) ? [refuse('kind', kind, `kinds/${index}`)] : [],
      ),
    ];
  });
