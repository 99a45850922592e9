import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, found, global, object, type Row, told } from './tideline.ts';

const group = (name: string, spec: string) =>
  object(
    'platform.plimsoll.dev/v1alpha1',
    'NodeGroup',
    name,
    `spec: { name: ${name}-v1, amiType: AL2023_x86_64_STANDARD, region: eu-west-1, zones: [a, b], instanceTypes: [m7i.large], ${spec} }`,
  );
const general = group('general', 'labels: { workload-type: general }');
const gpu = group(
  'gpu',
  'labels: { workload-type: inference }, taints: [{ key: nvidia.com/gpu, value: present, effect: NO_SCHEDULE }]',
);
const groups = [general, gpu];
const pod = (fields: string) => deployment('web', `${fields === '' ? '' : `${fields}, `}${CONTAINER}`);
const on = (label: string, rest = '') => pod(`nodeSelector: { ${label} }${rest}`);
const near = (expression: string) =>
  pod(
    `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ ${expression} }] }] } } }`,
  );
const AFFINITY = 'affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms';
const at = (code: string, place: string) => [
  `error ${code} Deployment/web /spec/template/spec${place === '' ? '' : `/${place}`}`,
];
const tolerated = (toleration: string) =>
  on('workload-type: inference', `, tolerations: [{ ${toleration} }]`);

const rows: readonly Row[] = [
  ['anywhere', [...groups, pod('')]],
  ['on nodes with a label', [...groups, on('workload-type: general')]],
  [
    'on nodes with a label that none has',
    [...groups, on('workload-type: genral')],
    at('node-group-missing', 'nodeSelector/workload-type'),
  ],
  ['on nodes of a node group', [...groups, on('eks.amazonaws.com/nodegroup: general-v1')]],
  [
    'on nodes of no node group',
    [...groups, on('eks.amazonaws.com/nodegroup: general-v2')],
    at('node-group-missing', 'nodeSelector/eks.amazonaws.com~1nodegroup'),
  ],
  [
    'on another processor',
    [...groups, on('kubernetes.io/arch: arm64')],
    at('node-group-missing', 'nodeSelector/kubernetes.io~1arch'),
  ],
  [
    'in a zone that there are no nodes in',
    [...groups, on('topology.kubernetes.io/zone: eu-west-1c')],
    at('node-group-missing', 'nodeSelector/topology.kubernetes.io~1zone'),
  ],
  ['on nodes with a label that somebody else gives', [...groups, on('node.kubernetes.io/lifecycle: spot')]],
  [
    'on nodes with two labels of two groups',
    [general, group('spot', 'labels: { price: low }'), on('workload-type: general, price: low')],
    at('node-group-missing', 'nodeSelector'),
  ],
  ['near a label', [...groups, near('key: workload-type, operator: In, values: [general, spare]')]],
  [
    'near a label that none has',
    [...groups, near('key: workload-type, operator: In, values: [spare]')],
    at('node-group-missing', AFFINITY),
  ],
  [
    'away from all',
    [...groups, near('key: workload-type, operator: DoesNotExist')],
    at('node-group-missing', AFFINITY),
  ],
  ['tolerated', [...groups, tolerated('key: nvidia.com/gpu, operator: Exists, effect: NoSchedule')]],
  ['tolerated by value', [...groups, tolerated('key: nvidia.com/gpu, value: present')]],
  ['tolerated, all of them', [...groups, tolerated('operator: Exists')]],
  [
    'tolerated with another value',
    [...groups, tolerated('key: nvidia.com/gpu, value: absent')],
    at('node-group-tainted', 'tolerations'),
  ],
  [
    'tolerated with another effect',
    [...groups, tolerated('key: nvidia.com/gpu, operator: Exists, effect: NoExecute')],
    at('node-group-tainted', 'tolerations'),
  ],
  ['not tolerated', [...groups, on('workload-type: inference')], at('node-group-tainted', 'nodeSelector')],
  ['not tolerated anywhere', [gpu, pod('')], at('node-group-tainted', '')],
  ['a taint that only dissuades', [gpu.replace('NO_SCHEDULE', 'PREFER_NO_SCHEDULE'), pod('')]],
  ['no node groups: somebody else makes them', [on('workload-type: general')]],
  [
    'nodes that Karpenter makes',
    [...groups, global('karpenter.sh/v1', 'NodePool', 'spare'), on('workload-type: spare')],
  ],
  [
    'a managed node group',
    [
      global(
        'eks.aws.upbound.io/v1beta2',
        'NodeGroup',
        'general',
        'spec: { forProvider: { labels: { workload-type: general }, taint: [{ key: crew, effect: NO_EXECUTE }] } }',
      ),
      on('workload-type: general'),
    ],
    at('node-group-tainted', 'nodeSelector'),
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});

it('names the nearest there is, and the taints', () => {
  expect(found(...groups, on('workload-type: genral'))).toMatchObject([
    { args: { similar: 'workload-type=general' } },
  ]);
  expect(found(gpu, pod(''))).toMatchObject([{ args: { taints: ['nvidia.com/gpu=present:NoSchedule'] } }]);
});
