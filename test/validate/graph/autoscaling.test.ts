import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, object, type Row, told, workload } from './tideline.ts';

const scaled = (name: string, target = 'web', spec = 'maxReplicas: 9') =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    name,
    `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }, ${spec} }`,
  );
const byShare = (metric: string) => scaled('web', 'web', `maxReplicas: 9, metrics: [{ ${metric} }]`);
const CPU = 'type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }';
const container = (name: string, resources: string) =>
  `{ name: ${name}, image: tideline/${name}, resources: { ${resources} } }`;
const pod = (...containers: readonly string[]) => deployment('web', `containers: [${containers.join(', ')}]`);
const CPU_MISSING = (index: number) =>
  `error autoscaler-request-missing Deployment/web /spec/template/spec/containers/${index}/resources/requests/cpu`;

const rows: readonly Row[] = [
  ['a target that is there', [deployment('web'), scaled('web')]],
  [
    'a target that is not',
    [deployment('web'), scaled('web', 'wbe')],
    ['error reference-missing HorizontalPodAutoscaler/web /spec/scaleTargetRef/name'],
  ],
  [
    'a target of another kind',
    [workload('StatefulSet', 'web', CONTAINER), scaled('web')],
    ['error reference-missing HorizontalPodAutoscaler/web /spec/scaleTargetRef/name'],
  ],
  [
    'a target that somebody else may make',
    [scaled('web')],
    ['warning reference-missing HorizontalPodAutoscaler/web /spec/scaleTargetRef/name'],
  ],
  [
    'two of one target',
    [deployment('web'), scaled('web'), scaled('web-too')],
    ['error autoscaler-duplicate HorizontalPodAutoscaler/web-too /spec/scaleTargetRef/name'],
  ],
  [
    "two of one target, one of them KEDA's",
    [
      deployment('web'),
      scaled('web'),
      object(
        'keda.sh/v1alpha1',
        'ScaledObject',
        'web',
        'spec: { scaleTargetRef: { name: web }, triggers: [] }',
      ),
    ],
    ['error autoscaler-duplicate ScaledObject/web /spec/scaleTargetRef/name'],
  ],
  [
    'fixed replicas',
    [deployment('web', CONTAINER, 'replicas: 3'), scaled('web')],
    ['error autoscaler-fixed-replicas Deployment/web /spec/replicas'],
  ],
  [
    'fixed replicas of another',
    [deployment('web'), deployment('api', CONTAINER, 'replicas: 3'), scaled('web')],
  ],
  ['a share of what is requested', [pod(container('main', 'requests: { cpu: 1 }')), byShare(CPU)]],
  [
    'a share of a limit, which is a request too',
    [pod(container('main', 'limits: { cpu: 1 }')), byShare(CPU)],
  ],
  [
    'a share of nothing in a sidecar',
    [
      pod(container('main', 'requests: { cpu: 1 }'), container('proxy', 'requests: { memory: 1Gi }')),
      byShare(CPU),
    ],
    [CPU_MISSING(1)],
  ],
  [
    'a share of one container only',
    [
      pod(container('main', 'requests: { cpu: 1 }'), container('proxy', '')),
      byShare(
        CPU.replace(
          'type: Resource, resource: {',
          'type: ContainerResource, containerResource: { container: main,',
        ),
      ),
    ],
  ],
  [
    'an amount, not a share',
    [
      pod(container('main', '')),
      byShare('type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 1 } }'),
    ],
  ],
  [
    'a default of the namespace',
    [
      pod(container('main', '')),
      byShare(CPU),
      object(
        'v1',
        'LimitRange',
        'usual',
        'spec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }',
      ),
    ],
  ],
  [
    'the old way to say so',
    [pod(container('main', '')), scaled('web', 'web', 'maxReplicas: 9, targetCPUUtilizationPercentage: 70')],
    [CPU_MISSING(0)],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
