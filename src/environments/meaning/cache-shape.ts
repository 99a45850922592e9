import type { Finding } from '#model/finding.ts';
import { blameKey, blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** Of nodes; a serverless cache has none. */
const OF_NODES = ['nodeType', 'shards', 'replicas', 'parameters', 'maintenanceWindow'] as const;

/** AWS chooses the minor version of a serverless cache, so these stand for 7 and 8. */
const SERVERLESS_VERSIONS = ['7.2', '8.0'];

/** A cache is of nodes or serverless: one of the two, and nothing that belongs to the other. */
export const checkCacheShape: MeaningCheck = (meaning) =>
  entriesOf('/spec/caches', meaning.environment.spec.caches).flatMap(({ entry, pointer }) => {
    const isDeclared = (field: string) => meaning.isDeclared(`${pointer}/${field}`);
    if (!isDeclared('serverless')) {
      if (isDeclared('nodeType')) return [];
      const args = {
        field: 'nodeType',
        description: 'ElastiCache node type, or serverless with its bounds.',
      };
      return [blameKey(meaning, 'environment-missing-field', pointer, args)];
    }
    const findings: Finding[] = OF_NODES.filter(isDeclared).map((field) =>
      blameKey(meaning, 'environment-excluded-field', `${pointer}/${field}`, { field, by: 'serverless' }),
    );
    if (meaning.isRight(`${pointer}/version`) && !SERVERLESS_VERSIONS.includes(entry.version)) {
      const [value, ...allowed] = [entry.version, ...SERVERLESS_VERSIONS].map((text) => JSON.stringify(text));
      const args = { value: value ?? '', allowed };
      findings.push(blameValue(meaning, 'environment-not-allowed-value', `${pointer}/version`, args));
    }
    return findings;
  });
