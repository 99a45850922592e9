import { expect, test } from 'vitest';
import { readEnvironments } from '#environments/read.ts';
import { edited, FILE, findingsIn, TIDELINE } from './tideline.ts';

const read = (text: string) => readEnvironments([{ path: FILE, text }]);

test('defaults are filled in; what charts decide stays open', () => {
  const environment = read(TIDELINE).value?.[0]?.environment;
  expect(environment?.spec.network.natGateways).toBe('perZone');
  expect(environment?.spec.cluster.addons).toContain('aws-ebs-csi-driver');
  expect(environment?.spec.services?.['web']?.ingress?.path).toBe('/');
  expect(environment?.spec.queues?.['voyage-events']?.maxReceiveCount).toBe(5);
  expect(environment?.spec.databases?.['bookings']?.backup).toBe(undefined);
});

test('an environment with an error is not loaded, one with a warning is', () => {
  expect(read(edited('port: 3000', 'port: ship')).value).toEqual([]);
  expect(read(edited('bookings: readWrite', 'ships: read')).value).toEqual([]);
  expect(read(edited('name: staging', 'name: stage')).value).toHaveLength(1);
});

test('an error of one environment keeps no other from being loaded', () => {
  const { value } = readEnvironments([
    { path: FILE, text: edited('port: 3000', 'port: ship') },
    { path: 'environments/production.yaml', text: edited('name: staging', 'name: production') },
  ]);
  expect(value?.map(({ file }) => file)).toEqual(['environments/production.yaml']);
});

test('a byte order mark and other line ends change nothing', () => {
  const plain = read(TIDELINE);
  const other = read(`\uFEFF${TIDELINE.replaceAll('\n', '\r\n')}`);
  expect(other.findings).toEqual([]);
  expect(other.value?.[0]?.environment).toEqual(plain.value?.[0]?.environment);
  const pointer = '/spec/services/api/uses/bookings';
  expect(other.value?.[0]?.locate(pointer)).toEqual(plain.value?.[0]?.locate(pointer));
});

test('the order of files changes no finding', () => {
  const files = [
    { path: FILE, text: edited('port: 3000', 'port: ship') },
    { path: 'environments/production.yaml', text: 'kind: [' },
    { path: 'environments/base.yaml', text: 'apiVersion: plimsoll.dev/v1alpha1\nkind: EnvironmentBase\n' },
  ];
  expect(readEnvironments(files.toReversed()).findings).toEqual(readEnvironments(files).findings);
});

test('findings name what to write instead', () => {
  const [typo] = findingsIn(edited('port: 3000', 'prot: 3000'));
  expect(typo?.args).toMatchObject({ field: 'prot', suggestion: 'port' });
  const [version] = findingsIn(edited('"1.34"', '1.34'));
  expect(version?.args).toMatchObject({ write: '"1.34"' });
  const [range] = findingsIn(edited('10.20.0.0/16', '10.20.3.4/16'));
  expect(range?.args).toMatchObject({ write: '10.20.0.0/16' });
  const [level] = findingsIn(edited('documents: read\n', 'documents: send\n'));
  expect(level?.args).toMatchObject({ allowed: ['read', 'write', 'readWrite'] });
});

test('a cycle of extends never resolves, an environment of that chain is not loaded', () => {
  const text = edited('spec:\n', 'extends: staging.yaml\nspec:\n');
  expect(read(text).value).toEqual([]);
});
