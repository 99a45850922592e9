import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, object, type Row, told, workload } from './tideline.ts';

const budget = (name: string, spec: string, app = 'web') =>
  object(
    'policy/v1',
    'PodDisruptionBudget',
    name,
    `spec: { ${spec}, selector: { matchLabels: { app: ${app} } } }`,
  );
const replicas = (count: number) => deployment('web', CONTAINER, `replicas: ${count}`);
const scaled = (minimum: string) =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'web',
    `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, ${minimum}maxReplicas: 9 }`,
  );
const never = (field: string) => [`error budget-never-allows PodDisruptionBudget/web /spec/${field}`];

const rows: readonly Row[] = [
  ['one pod may go', [replicas(2), budget('web', 'maxUnavailable: 1')]],
  ['one of two must stay', [replicas(2), budget('web', 'minAvailable: 1')]],
  ['two of two must stay', [replicas(2), budget('web', 'minAvailable: 2')], never('minAvailable')],
  ['one of one must stay', [deployment('web'), budget('web', 'minAvailable: 1')], never('minAvailable')],
  ['half of three must stay', [replicas(3), budget('web', 'minAvailable: 50%')]],
  [
    'nine tenths of three must stay',
    [replicas(3), budget('web', 'minAvailable: 90%')],
    never('minAvailable'),
  ],
  ['all must stay', [replicas(9), budget('web', 'minAvailable: 100%')], never('minAvailable')],
  ['none may go', [replicas(9), budget('web', 'maxUnavailable: 0')], never('maxUnavailable')],
  ['no share may go', [replicas(9), budget('web', 'maxUnavailable: 0%')], never('maxUnavailable')],
  [
    'as many must stay as the autoscaler keeps',
    [deployment('web'), scaled('minReplicas: 2, '), budget('web', 'minAvailable: 2')],
    never('minAvailable'),
  ],
  [
    'fewer must stay than the autoscaler keeps',
    [deployment('web'), scaled('minReplicas: 3, '), budget('web', 'minAvailable: 2')],
  ],
  [
    'an autoscaler that goes down to one',
    [deployment('web'), scaled(''), budget('web', 'minAvailable: 1')],
    never('minAvailable'),
  ],
  [
    'on every node, and nobody knows how many',
    [workload('DaemonSet', 'web', CONTAINER), budget('web', 'minAvailable: 1')],
  ],
  [
    'of nothing',
    [replicas(2), budget('web', 'maxUnavailable: 1', 'wbe')],
    ['error selector-matches-nothing PodDisruptionBudget/web /spec/selector'],
  ],
  [
    'of several',
    [
      replicas(2),
      deployment('api'),
      object('policy/v1', 'PodDisruptionBudget', 'web', 'spec: { maxUnavailable: 1, selector: {} }'),
    ],
    ['warning budget-selects-several PodDisruptionBudget/web /spec/selector'],
  ],
  [
    'twice of one',
    [replicas(2), budget('web', 'maxUnavailable: 1'), budget('web-too', 'maxUnavailable: 1')],
    ['error budget-duplicate PodDisruptionBudget/web-too /spec/selector'],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
