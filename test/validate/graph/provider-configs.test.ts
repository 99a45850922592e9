import { expect, it } from 'vitest';
import { cases, global, object, type Row, told } from './tideline.ts';

const bucket = (reference: string) =>
  global('s3.aws.upbound.io/v1beta2', 'Bucket', 'documents', `spec: { forProvider: {}${reference} }`);
const config = (name: string, apiVersion = 'aws.upbound.io/v1beta1') =>
  global(apiVersion, 'ProviderConfig', name);
const MISSING = ['error reference-missing Bucket/documents /spec/providerConfigRef/name'];

const rows: readonly Row[] = [
  ['one that is there', [config('fleet'), bucket(', providerConfigRef: { name: fleet }')]],
  ['one that is not', [config('fleet'), bucket(', providerConfigRef: { name: feet }')], MISSING],
  ['the default one', [config('default'), bucket('')]],
  ['the default one, which is not there', [config('fleet'), bucket('')], MISSING],
  ["another provider's", [config('fleet', 'mongodbatlas.crossplane.io/v1beta1'), bucket('')]],
  ['none: somebody else makes them', [bucket(', providerConfigRef: { name: fleet }')]],
  [
    'one of the whole cluster, for what has a namespace',
    [
      global('aws.m.upbound.io/v1beta1', 'ClusterProviderConfig', 'default'),
      object('s3.aws.m.upbound.io/v1beta1', 'Bucket', 'documents', 'spec: { forProvider: {} }'),
    ],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
