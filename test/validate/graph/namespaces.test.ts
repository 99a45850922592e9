import { expect, it } from 'vitest';
import { cases, global, HOME, type Row, told } from './tideline.ts';

const namespace = (name: string) => global('v1', 'Namespace', name);
const MISSING = ['error namespace-missing ConfigMap/berths /metadata/namespace'];

const rows: readonly Row[] = [
  ['one that is created', [namespace('tideline'), HOME]],
  ['one that is not', [namespace('tidelime'), HOME], MISSING],
  ['one that is not, told once', [namespace('tidelime'), HOME, HOME.replace('berths', 'crews')], MISSING],
  ['none is created: somebody else does', [HOME]],
  [
    "the cluster's own",
    [namespace('tideline'), HOME.replace('tideline', 'default'), HOME.replace('tideline', 'kube-system')],
  ],
  [
    'one that Argo CD creates',
    [
      namespace('argocd'),
      HOME,
      '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ship, namespace: argocd }, spec: { project: default, destination: { name: in-cluster, namespace: tideline }, syncPolicy: { syncOptions: [CreateNamespace=true] } } }',
    ],
  ],
  [
    'that of Argo CD itself',
    [
      namespace('harbour'),
      '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ship, namespace: argocd }, spec: { project: default, destination: { name: in-cluster, namespace: harbour } } }',
    ],
  ],
  [
    'on what has none',
    [
      namespace('tideline'),
      global('storage.k8s.io/v1', 'StorageClass', 'fast').replace(
        'name: fast',
        'name: fast, namespace: harbour',
      ),
    ],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
