import { accountOf, accountPath, mapOf } from '#model/chart-identities.ts';
import type { Chart, ChartIdentity } from '#model/environment/service.ts';
import type { Finding } from '#model/finding.ts';
import { onlyLooks } from '#model/iam.ts';
import { foreign } from './arns.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** Roles of charts: bounded to named things of the environment's own account, and really those of the chart's pods. */
export const checkChartIdentities: MeaningCheck = (meaning) =>
  entriesOf('/spec/charts', meaning.environment.spec.charts).flatMap(({ name, entry, pointer }) =>
    entry.identity === undefined
      ? []
      : [
          ...permissions(meaning, `${pointer}/identity/permissions`, entry.identity),
          ...values(meaning, name, pointer, entry, entry.identity),
        ],
  );

function permissions(
  meaning: Meaning,
  pointer: string,
  { permissions = [] }: ChartIdentity,
): readonly Finding[] {
  return permissions.flatMap(({ actions, resources }, index) => {
    const changing = actions.filter((action) => !onlyLooks(action));
    return resources.flatMap((resource, place) => {
      const at = `${pointer}/${index}/resources/${place}`;
      if (resource !== '*') return foreignParts(meaning, at, resource);
      if (changing.length === 0) return [];
      return [blameValue(meaning, 'environment-wide-permission', at, { actions: changing })];
    });
  });
}

/** Of ARNs that name an account or a region; those of buckets and zones name neither. */
function foreignParts(meaning: Meaning, pointer: string, arn: string): readonly Finding[] {
  const [, , , region, account] = arn.split(':');
  return foreign(meaning, pointer, arn, [
    ...(region === '' ? [] : (['region'] as const)),
    ...(account === '' ? [] : (['account'] as const)),
  ]);
}

/** What a team wrote about the ServiceAccount is what the role trusts. */
function values(
  meaning: Meaning,
  release: string,
  pointer: string,
  { values: given }: Chart,
  identity: ChartIdentity,
): readonly Finding[] {
  const path = accountPath(identity);
  const account = path.reduce<Readonly<Record<string, unknown>>>(
    (here, key) => mapOf(here[key]),
    mapOf(given),
  );
  const expected = accountOf(release, identity);
  if (account['name'] === undefined || account['name'] === expected) return [];
  const args = { field: [...path, 'name'].join('.'), value: String(account['name']), expected };
  const place = [pointer, 'values', ...path, 'name'].join('/');
  return [blameValue(meaning, 'environment-identity-ignored', place, args)];
}
