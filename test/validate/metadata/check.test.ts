import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { metadataMessages } from '#report/messages/metadata.ts';
import { hasForm, isQualifiedName } from '#validate/metadata/forms.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { store } from '../schemas.ts';

/** The API server is asked about hundreds of names and labels in test/cluster/metadata.test.ts. */
const schemas = store();

const found = (object: object) =>
  checkSchemas(readManifestText(JSON.stringify(object), 'ship.json').manifests, schemas)
    .findings.filter(({ code }) => code.startsWith('metadata-'))
    .map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);

const of = (kind: string, metadata: object, apiVersion = 'v1', rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'web', ...metadata },
  ...rest,
});
const map = (metadata: object) => of('ConfigMap', metadata);
const owner = (more: object) => ({ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b', ...more });

const CASES: readonly (readonly [expected: string, good: object, bad: object])[] = [
  ['error metadata-name /metadata/name', map({ name: 'web.example' }), map({ name: 'Web' })],
  [
    'error metadata-name /metadata/generateName',
    map({ generateName: 'web-' }),
    map({ generateName: 'web.' }),
  ],
  [
    'error metadata-name /metadata/namespace',
    map({ namespace: 'ships' }),
    map({ namespace: 'ships.example' }),
  ],
  [
    'error metadata-name-other /metadata/name',
    of('APIService', { name: 'v1.example.com' }, 'apiregistration.k8s.io/v1', {
      spec: { version: 'v1', group: 'example.com' },
    }),
    of('APIService', { name: 'v2.example.com' }, 'apiregistration.k8s.io/v1', {
      spec: { version: 'v1', group: 'example.com' },
    }),
  ],
  [
    'error metadata-name-long /metadata/name',
    of('CronJob', { name: 'a'.repeat(52) }, 'batch/v1'),
    of('CronJob', { name: 'a'.repeat(53) }, 'batch/v1'),
  ],
  [
    'error metadata-name-reserved /metadata/name',
    of('PriorityClass', { name: 'system-node-critical' }, 'scheduling.k8s.io/v1'),
    of('PriorityClass', { name: 'system-important' }, 'scheduling.k8s.io/v1'),
  ],
  [
    'error metadata-key /metadata/labels/a b',
    map({ labels: { 'a.example/b': 'c' } }),
    map({ labels: { 'a b': 'c' } }),
  ],
  [
    'error metadata-key /metadata/annotations/a~1b~1c',
    map({ annotations: { 'A.Example/b': 'anything at all' } }),
    map({ annotations: { 'a/b/c': '' } }),
  ],
  [
    'error metadata-label-value /metadata/labels/a',
    map({ labels: { a: '' } }),
    map({ labels: { a: 'b:1' } }),
  ],
  [
    'error metadata-annotations-size /metadata/annotations',
    map({ annotations: { a: 'ö'.repeat(128 * 1024 - 1) } }),
    map({ annotations: { a: 'ö'.repeat(128 * 1024) } }),
  ],
  [
    'error metadata-finalizer /metadata/finalizers/0',
    map({ finalizers: ['a.example/b'] }),
    map({ finalizers: ['b'] }),
  ],
  [
    'error metadata-owner-incomplete /metadata/ownerReferences/0/uid',
    map({ ownerReferences: [owner({})] }),
    map({ ownerReferences: [owner({ uid: '' })] }),
  ],
  [
    'error metadata-owner-kind /metadata/ownerReferences/0',
    map({ ownerReferences: [owner({ kind: 'Node' })] }),
    map({ ownerReferences: [owner({ kind: 'Event' })] }),
  ],
  [
    'error metadata-owner-controllers /metadata/ownerReferences/1/controller',
    // What stands there twice is one.
    map({ ownerReferences: [owner({ controller: true }), owner({ controller: true })] }),
    map({ ownerReferences: [owner({ controller: true }), owner({ name: 'c', controller: true })] }),
  ],
  [
    'warning metadata-managed-by-server /metadata/resourceVersion',
    map({ resourceVersion: '' }),
    map({ resourceVersion: '17' }),
  ],
];

describe('metadata', () => {
  it.each(CASES)('%s', (expected, good, bad) => {
    expect(found(good)).toEqual([]);
    expect(found(bad)).toEqual([expected]);
  });

  it.each([
    ['v1', 'Service', '1web', true],
    ['v1', 'ConfigMap', '1web', false],
    ['v1', 'Namespace', 'a.b', true],
    ['apps/v1', 'StatefulSet', 'a.b', true],
    ['apps/v1', 'Deployment', 'a.b', false],
    ['rbac.authorization.k8s.io/v1', 'Role', 'system:Node Reader', false],
    ['rbac.authorization.k8s.io/v1', 'Role', 'a/b', true],
  ])('has a name by the rule of its kind: %s %s %s', (apiVersion, kind, name, isRefused) => {
    expect(found(of(kind, { name }, apiVersion))).toHaveLength(isRefused ? 1 : 0);
  });

  it('of the wrong type is left to the schema', () => {
    expect(
      found(
        map({ labels: { a: 1 }, annotations: [], finalizers: 'a', ownerReferences: [1], generateName: 7 }),
      ),
    ).toEqual([]);
  });

  it('costs time in proportion, whatever it says', () => {
    const started = process.cpuUsage().user;
    const long = `${'a-'.repeat(50_000)}!`;
    found(map({ name: long, labels: { [long]: long }, annotations: { [long]: '' }, finalizers: [long] }));
    expect(process.cpuUsage().user - started).toBeLessThan(10_000_000);
  });
});

describe('forms', () => {
  const part = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/);

  it('take what is made by their rule', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(hasForm('subdomain', parts.join('.'))).toBe(true);
        expect(hasForm('label', parts[0] ?? '')).toBe(true);
        expect(isQualifiedName(`${parts.join('.')}/${parts[0]}`)).toBe(true);
      }),
    );
  });

  it('refuse what ends in something else', () => {
    fc.assert(
      fc.property(part, fc.constantFrom('-', '.', ' ', '\n', 'Ä', '_'), (text, end) => {
        expect(hasForm('subdomain', text + end)).toBe(false);
        expect(hasForm('label', text + end)).toBe(false);
      }),
    );
  });
});

it('has a case for every code', () => {
  const seen = new Set(CASES.map(([expected]) => expected.split(' ')[1]));
  expect(Object.keys(metadataMessages).filter((code) => !seen.has(code))).toEqual([]);
});
