import { expect, it } from 'vitest';
import { cases, global, HOME, object, type Row, told } from './tideline.ts';

const GROUP = 'external-secrets.io/v1';
const secret = (spec: string) => object(GROUP, 'ExternalSecret', 'pilot', `spec: { ${spec} }`);
const provider = (account: string) =>
  `spec: { provider: { aws: { auth: { jwt: { serviceAccountRef: { ${account} } } } } } }`;
const store = (name = 'harbour', account = 'name: web') =>
  object(GROUP, 'SecretStore', name, provider(account));
const clusterStore = (account: string) => global(GROUP, 'ClusterSecretStore', 'port', provider(account));
const web = object('v1', 'ServiceAccount', 'web');

const rows: readonly Row[] = [
  ['a store and its ServiceAccount', [HOME, web, store(), secret('secretStoreRef: { name: harbour }')]],
  [
    'a store that is not there, where others are',
    [HOME, web, store(), secret('secretStoreRef: { name: harbor }')],
    ['error reference-missing ExternalSecret/pilot /spec/secretStoreRef/name'],
  ],
  [
    'a store that is not there, where none is',
    [HOME, secret('secretStoreRef: { name: harbour }')],
    ['warning reference-missing ExternalSecret/pilot /spec/secretStoreRef/name'],
  ],
  [
    'a store of one entry',
    [HOME, web, store(), secret('data: [{ secretKey: a, sourceRef: { storeRef: { name: quay } } }]')],
    ['error reference-missing ExternalSecret/pilot /spec/data/0/sourceRef/storeRef/name'],
  ],
  [
    'a store of the whole cluster',
    [
      HOME,
      web,
      clusterStore('name: web, namespace: tideline'),
      secret('secretStoreRef: { name: port, kind: ClusterSecretStore }'),
    ],
  ],
  [
    'a store of the whole cluster that is one of the namespace',
    [
      HOME,
      web,
      clusterStore('name: web, namespace: tideline'),
      store(),
      secret('secretStoreRef: { name: harbour, kind: ClusterSecretStore }'),
    ],
    ['error reference-missing ExternalSecret/pilot /spec/secretStoreRef/name'],
  ],
  [
    'a ServiceAccount that is not there',
    [HOME, web, store('harbour', 'name: wbe')],
    ['error reference-missing SecretStore/harbour /spec/provider/aws/auth/jwt/serviceAccountRef/name'],
  ],
  [
    'a ServiceAccount of another provider',
    [
      HOME,
      web,
      object(
        GROUP,
        'SecretStore',
        'vault',
        'spec: { provider: { vault: { auth: { kubernetes: { serviceAccountRef: { name: wbe } } } } } }',
      ),
    ],
    ['error reference-missing SecretStore/vault /spec/provider/vault/auth/kubernetes/serviceAccountRef/name'],
  ],
  ['the ServiceAccount of whichever namespace asks', [HOME, clusterStore('name: anybody')]],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
