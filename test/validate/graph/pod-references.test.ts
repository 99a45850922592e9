import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, global, HOME, object, type Row, told, workload } from './tideline.ts';

const pod = (fields: string) => deployment('web', `${fields}, ${CONTAINER}`);
const missing = (severity: string, place: string) => [
  `${severity} reference-missing Deployment/web /spec/template/spec/${place}`,
];
const claimed = (name: string) =>
  pod(`volumes: [{ name: log, persistentVolumeClaim: { claimName: ${name} } }]`);
const CLAIM = 'volumes/0/persistentVolumeClaim/claimName';
const web = object('v1', 'ServiceAccount', 'web');
const priority = global('scheduling.k8s.io/v1', 'PriorityClass', 'first-class', 'value: 9');

const rows: readonly Row[] = [
  ['a ServiceAccount', [web, pod('serviceAccountName: web')]],
  [
    'a ServiceAccount that is not there',
    [web, pod('serviceAccountName: wbe')],
    missing('error', 'serviceAccountName'),
  ],
  [
    'a ServiceAccount that somebody else may make',
    [pod('serviceAccountName: web')],
    missing('warning', 'serviceAccountName'),
  ],
  [
    'a ServiceAccount of another namespace',
    [HOME, web.replace('tideline', 'harbour'), pod('serviceAccountName: web')],
    missing('error', 'serviceAccountName'),
  ],
  [
    'a ServiceAccount that says no namespace',
    [HOME, web.replace(', namespace: tideline', ''), pod('serviceAccountName: web')],
  ],
  ['the ServiceAccount that every namespace has', [HOME, pod('serviceAccountName: default')]],
  [
    'a ServiceAccount in the namespace of the cluster itself',
    [
      HOME.replace('tideline', 'kube-system'),
      pod('serviceAccountName: web').replace('tideline', 'kube-system'),
    ],
  ],
  ['a PriorityClass', [priority, pod('priorityClassName: first-class')]],
  [
    'a PriorityClass that is not there',
    [priority, pod('priorityClassName: last-class')],
    missing('error', 'priorityClassName'),
  ],
  [
    'a PriorityClass that somebody else may make',
    [pod('priorityClassName: last-class')],
    missing('warning', 'priorityClassName'),
  ],
  ["a PriorityClass of Kubernetes' own", [priority, pod('priorityClassName: system-node-critical')]],
  [
    'a RuntimeClass that is not there',
    [pod('runtimeClassName: gvisor')],
    missing('warning', 'runtimeClassName'),
  ],
  ['a volume claim', [object('v1', 'PersistentVolumeClaim', 'log', 'spec: {}'), claimed('log')]],
  ['a volume claim that is not there', [HOME, claimed('log')], missing('error', CLAIM)],
  [
    'a volume claim of a StatefulSet',
    [
      workload(
        'StatefulSet',
        'old-log',
        CONTAINER,
        'volumeClaimTemplates: [{ metadata: { name: the-data } }]',
      ),
      claimed('the-data-old-log-0'),
    ],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});

it('looks into the pods of every kind of workload', () => {
  const job = '{ template: { spec: { serviceAccountName: wbe } } }';
  expect(
    told(
      HOME,
      object('v1', 'Pod', 'pod', 'spec: { serviceAccountName: wbe }'),
      ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) =>
        workload(kind, kind.toLowerCase(), 'serviceAccountName: wbe'),
      ),
      object('batch/v1', 'Job', 'job', `spec: ${job}`),
      object('batch/v1', 'CronJob', 'cron', `spec: { jobTemplate: { spec: ${job} } }`),
    ),
  ).toEqual([
    'error reference-missing Pod/pod /spec/serviceAccountName',
    ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map(
      (kind) =>
        `error reference-missing ${kind}/${kind.toLowerCase()} /spec/template/spec/serviceAccountName`,
    ),
    'error reference-missing Job/job /spec/template/spec/serviceAccountName',
    'error reference-missing CronJob/cron /spec/jobTemplate/spec/template/spec/serviceAccountName',
  ]);
});
