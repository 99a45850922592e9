import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, global, object, type Row, told, workload } from './tideline.ts';

const facts = (stage: string) =>
  object('v1', 'ConfigMap', 'environment', `data: { stage: ${stage} }`).replace(
    'namespace: tideline',
    'namespace: plimsoll-system',
  );
const production = facts('production');
const staging = facts('staging');
const system = global('v1', 'Namespace', 'plimsoll-system');
const tideline = global('v1', 'Namespace', 'tideline');
const harbour = global('v1', 'Namespace', 'harbour', '', 'labels: { plimsoll.dev/layer: platform }');
const environment = [staging, system, tideline];
const closed = (spec = 'podSelector: {}, policyTypes: [Ingress, Egress]') =>
  object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', `spec: { ${spec} }`);
const open = ['error namespace-open Namespace/tideline /metadata/name'];
const replicas = (count: number) => deployment('web', CONTAINER, `replicas: ${count}`);
const budget = object(
  'policy/v1',
  'PodDisruptionBudget',
  'web',
  'spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }',
);
const scaler = object(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
  'web',
  'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 9 }',
);
const excused = deployment('web').replace(
  'name: web, namespace: tideline',
  'name: web, namespace: tideline, annotations: { plimsoll.dev/replicas: autoscaled }',
);

const rows: readonly Row[] = [
  ['a namespace that is closed', [...environment, replicas(2), closed()]],
  ['a namespace that nothing closes', [...environment, replicas(2)], open],
  [
    'a namespace of others, of which nothing is known',
    [staging, system, replicas(2)],
    [
      'error namespace-open Deployment/web /metadata/namespace',
      'error namespace-missing Deployment/web /metadata/namespace',
    ],
  ],
  ["somebody else's manifests", [system, tideline, replicas(2)]],
  ['a namespace without pods', environment],
  [
    'a namespace of controllers',
    [...environment, harbour, deployment('web').replace('namespace: tideline', 'namespace: harbour')],
  ],
  ['one that is closed one way', [...environment, replicas(2), closed('podSelector: {}')], open],
  [
    'one that is closed for some pods',
    [...environment, replicas(2), closed('podSelector: { matchLabels: { app: web } }')],
    open,
  ],
  [
    'one that is closed by rules of both ways',
    [...environment, replicas(2), closed('podSelector: {}, egress: [{ ports: [{ port: 443 }] }]')],
  ],
  ['a budget in production', [production, system, tideline, closed(), replicas(2), budget]],
  [
    'no budget in production',
    [production, system, tideline, closed(), replicas(2)],
    ['error budget-missing Deployment/web /metadata/name'],
  ],
  [
    'no budget for a StatefulSet in production',
    [production, system, tideline, closed(), workload('StatefulSet', 'web', CONTAINER, 'replicas: 3')],
    ['error budget-missing StatefulSet/web /metadata/name'],
  ],
  ['no budget for one pod', [production, system, tideline, closed(), replicas(1)]],
  ['no budget in staging', [...environment, closed(), replicas(2)]],
  ['an autoscaler that was promised', [...environment, closed(), excused, scaler]],
  [
    'an autoscaler that was promised, and is not there',
    [...environment, closed(), excused],
    ['error autoscaler-missing Deployment/web /metadata/annotations/plimsoll.dev~1replicas'],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
