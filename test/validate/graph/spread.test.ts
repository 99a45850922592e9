import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, type Row, told } from './tideline.ts';

const spread = (rest: string) =>
  deployment(
    'web',
    `topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway${rest} }], ${CONTAINER}`,
  );

const rows: readonly Row[] = [
  ['the pods themselves', [spread(', labelSelector: { matchLabels: { app: web } }')]],
  ['no selector at all', [spread('')]],
  [
    'other pods',
    [spread(', labelSelector: { matchLabels: { app: wbe } }')],
    [
      'warning spread-other-pods Deployment/web /spec/template/spec/topologySpreadConstraints/0/labelSelector',
    ],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
