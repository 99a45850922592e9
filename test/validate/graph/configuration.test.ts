import { expect, it } from 'vitest';
import { cases, deployment, found, global, HOME, object, type Row, told } from './tideline.ts';

const pod = (container: string, rest = '') =>
  deployment('web', `containers: [{ name: main, image: tideline/web, ${container} }]${rest}`);
const variable = (source: string) => pod(`env: [{ name: BERTH, valueFrom: { ${source} } }]`);
const fromConfig = (name: string, key: string, rest = '') =>
  variable(`configMapKeyRef: { name: ${name}, key: ${key}${rest} }`);
const fromSecret = (name: string, key: string) => variable(`secretKeyRef: { name: ${name}, key: ${key} }`);
const SOURCE = '/spec/template/spec/containers/0/env/0/valueFrom';
const at = (severity: string, code: string, pointer: string) => [
  `${severity} ${code} Deployment/web ${pointer}`,
];

const external = (spec: string) =>
  object('external-secrets.io/v1', 'ExternalSecret', 'atlas', `spec: { ${spec} }`);
const claim = object(
  'platform.plimsoll.dev/v1alpha1',
  'MongoDatabase',
  'bookings',
  'spec: { writeConnectionSecretToRef: { name: bookings-mongodb } }',
);
const definition = global(
  'apiextensions.crossplane.io/v1',
  'CompositeResourceDefinition',
  'xmongodatabases.platform.plimsoll.dev',
  'spec: { group: platform.plimsoll.dev, names: { kind: XMongoDatabase }, claimNames: { kind: MongoDatabase }, connectionSecretKeys: [uri] }',
);

const rows: readonly Row[] = [
  ['a key of a ConfigMap', [HOME, fromConfig('berths', 'berth')]],
  [
    'a ConfigMap that is not there',
    [HOME, fromConfig('births', 'berth')],
    at('error', 'reference-missing', `${SOURCE}/configMapKeyRef/name`),
  ],
  [
    'a ConfigMap that somebody else may make',
    [fromConfig('berths', 'berth')],
    at('warning', 'reference-missing', `${SOURCE}/configMapKeyRef/name`),
  ],
  [
    'a key that the ConfigMap does not have',
    [HOME, fromConfig('berths', 'birth')],
    at('error', 'reference-key-missing', `${SOURCE}/configMapKeyRef/key`),
  ],
  ['one without which the container can do', [HOME, fromConfig('births', 'berth', ', optional: true')]],
  ['the certificate that every namespace has', [HOME, fromConfig('kube-root-ca.crt', 'ca.crt')]],
  [
    'all of a ConfigMap',
    [HOME, pod('envFrom: [{ configMapRef: { name: births } }]')],
    at('error', 'reference-missing', '/spec/template/spec/containers/0/envFrom/0/configMapRef/name'),
  ],
  [
    'one missing name twice, told once',
    [HOME, pod('envFrom: [{ configMapRef: { name: births } }, { configMapRef: { name: births } }]')],
    at('error', 'reference-missing', '/spec/template/spec/containers/0/envFrom/0/configMapRef/name'),
  ],
  [
    'a volume of a ConfigMap',
    [
      HOME,
      pod(
        'command: [sail]',
        ', volumes: [{ name: berths, configMap: { name: berths, items: [{ key: birth, path: b }] } }]',
      ),
    ],
    at('error', 'reference-key-missing', '/spec/template/spec/volumes/0/configMap/items/0/key'),
  ],
  [
    'a projected volume',
    [
      HOME,
      pod(
        'command: [sail]',
        ', volumes: [{ name: berths, projected: { sources: [{ configMap: { name: births } }] } }]',
      ),
    ],
    at('error', 'reference-missing', '/spec/template/spec/volumes/0/projected/sources/0/configMap/name'),
  ],
  [
    'a key of a Secret',
    [HOME, object('v1', 'Secret', 'atlas', 'stringData: { uri: x }'), fromSecret('atlas', 'uri')],
  ],
  [
    'a key that the Secret does not have',
    [HOME, object('v1', 'Secret', 'atlas', 'stringData: { uri: x }'), fromSecret('atlas', 'url')],
    at('error', 'reference-key-missing', `${SOURCE}/secretKeyRef/key`),
  ],
  [
    'a Secret that nothing makes',
    [HOME, fromSecret('atlas', 'uri')],
    at('warning', 'reference-missing', `${SOURCE}/secretKeyRef/name`),
  ],
  [
    'a volume of a Secret that nothing makes',
    [HOME, pod('command: [sail]', ', volumes: [{ name: keys, secret: { secretName: atlas } }]')],
    at('warning', 'reference-missing', '/spec/template/spec/volumes/0/secret/secretName'),
  ],
  [
    'a sign-in to a registry that nothing makes',
    [HOME, pod('command: [sail]', ', imagePullSecrets: [{ name: registry }]')],
    at('warning', 'reference-missing', '/spec/template/spec/imagePullSecrets/0/name'),
  ],
  [
    'a sign-in of a ServiceAccount that nothing makes',
    [HOME, object('v1', 'ServiceAccount', 'web', 'imagePullSecrets: [{ name: registry }]')],
    ['warning reference-missing ServiceAccount/web /imagePullSecrets/0/name'],
  ],
  [
    'a key that an ExternalSecret fetches',
    [HOME, external('data: [{ secretKey: uri }]'), fromSecret('atlas', 'uri')],
  ],
  [
    'a key that it does not fetch',
    [HOME, external('data: [{ secretKey: uri }]'), fromSecret('atlas', 'url')],
    at('error', 'reference-key-missing', `${SOURCE}/secretKeyRef/key`),
  ],
  [
    'a key that it may fetch',
    [HOME, external('dataFrom: [{ find: { name: {} } }]'), fromSecret('atlas', 'url')],
  ],
  [
    'another name of its Secret',
    [HOME, external('target: { name: mongo }, data: [{ secretKey: uri }]'), fromSecret('mongo', 'uri')],
  ],
  [
    'a key that its template makes',
    [
      HOME,
      external('target: { template: { data: { url: "{{ .uri }}" } } }, data: [{ secretKey: uri }]'),
      fromSecret('atlas', 'url'),
    ],
  ],
  [
    'a key of a certificate',
    [
      HOME,
      object('cert-manager.io/v1', 'Certificate', 'ship', 'spec: { secretName: ship-tls }'),
      fromSecret('ship-tls', 'tls.crt'),
    ],
  ],
  ['a key of a claim', [HOME, claim, definition, fromSecret('bookings-mongodb', 'uri')]],
  [
    'a key that its kind does not have',
    [HOME, claim, definition, fromSecret('bookings-mongodb', 'url')],
    at('error', 'reference-key-missing', `${SOURCE}/secretKeyRef/key`),
  ],
  ['a key of a claim whose definition is elsewhere', [HOME, claim, fromSecret('bookings-mongodb', 'url')]],
  [
    'one Secret of two claims',
    [HOME, claim, claim.replace('name: bookings,', 'name: voyages,')],
    ['error secret-duplicate MongoDatabase/voyages /spec/writeConnectionSecretToRef/name'],
  ],
  [
    'one that adds to the Secret of another',
    [
      HOME,
      external('data: [{ secretKey: uri }]'),
      external('target: { name: atlas, creationPolicy: Merge }, data: [{ secretKey: port }]').replace(
        'name: atlas,',
        'name: port,',
      ),
    ],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});

it('names the nearest there is', () => {
  expect(found(HOME, fromConfig('births', 'berth'))).toMatchObject([
    { args: { kind: 'ConfigMap', namespace: 'tideline', name: 'births', similar: 'berths' } },
  ]);
  expect(found(HOME, claim, definition, fromSecret('bookings-mongo', 'uri'))).toMatchObject([
    { args: { kind: 'Secret', name: 'bookings-mongo', similar: 'bookings-mongodb' } },
  ]);
});
