/**
 * Schemas of custom resources, and values for which it is not plain from the schema alone whether the API server takes
 * them: formats, lists that are sets or maps, numbers, null, embedded objects. The test asks it.
 */
export interface StructureCase {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
}

const format = (name: string, ...values: readonly unknown[]): StructureCase => ({
  schema: { type: 'string', format: name },
  values,
});

const STRING = { type: 'string' };
const INTEGER = { type: 'integer' };
const set = (items: object) => ({ type: 'array', 'x-kubernetes-list-type': 'set', items });
const keyed = (properties: object, ...keys: readonly string[]) => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  items: { type: 'object', properties, required: keys.filter((key) => key !== 'protocol') },
});

export const STRUCTURE_CASES: Readonly<Record<string, StructureCase>> = {
  bsonobjectid: format('bsonobjectid', '507f1f77bcf86cd799439011', '507f1f77bcf86cd79943901', 'x'),
  uri: format(
    'uri',
    ...['https://example.com/a?b=c#d', '/a/b', 'a/b', 'x', '', 'mailto:a@b.c', 'https://', 'http://a b/'],
    ...['https://example.com:port/', 'urn:a:b', 'https://exämple.com', '//example.com', '#a', '?a', 'a:b'],
    ...['https://[::1]/', 'https://%41/', '/%zz', 'https://user:pass@example.com', '1:b', ':a'],
  ),
  email: format('email', 'a@b.c', 'a@b', 'a', 'Ann <a@b.c>', '@b', 'a@', 'a b@c.d', '"a b"@c.d', ''),
  hostname: format(
    'hostname',
    ...[
      'example.com',
      'example',
      'Example.com',
      '-a.com',
      'a-.com',
      'a_b.com',
      '1.2.3.4',
      'a..b',
      '',
      'a.b.',
    ],
    ...['x'.repeat(64), `${'a.'.repeat(126)}a`, `${'abc.'.repeat(70)}a`, 'exämple.com', 'xn--exmple-cua.com'],
    ...['a.b-c.d1', 'a.1', 'localhost', 'a.-b'],
  ),
  ipv4: format('ipv4', '10.0.0.1', '10.0.0', '256.0.0.1', '010.0.0.1', '::1', '', '10.0.0.1/8'),
  ipv6: format(
    'ipv6',
    '::1',
    '2001:db8::1',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '::g',
    '1::2::3',
    '',
    'fe80::1%eth0',
  ),
  cidr: format(
    'cidr',
    '10.0.0.0/8',
    '10.0.0.1/8',
    '10.0.0.0',
    '10.0.0.0/33',
    '2001:db8::/32',
    '::/129',
    '10.0.0.0/08',
    '',
  ),
  mac: format(
    'mac',
    '01:23:45:67:89:ab',
    '01-23-45-67-89-AB',
    '0123.4567.89ab',
    '01:23:45:67:89',
    '01:23-45:67:89:ab',
    '',
  ),
  uuid: format(
    'uuid',
    ...['5b0a1e6c-0000-4000-8000-000000000000', '5B0A1E6C-0000-4000-8000-000000000000'],
    ...['5b0a1e6c000040008000000000000000', '5b0a1e6c-0000-4000-8000-00000000000', 'x', ''],
  ),
  uuid3: format('uuid3', '5b0a1e6c-0000-3000-8000-000000000000', '5b0a1e6c-0000-4000-8000-000000000000'),
  uuid4: format(
    'uuid4',
    '5b0a1e6c-0000-4000-8000-000000000000',
    '5b0a1e6c-0000-4000-7000-000000000000',
    '5b0a1e6c-0000-3000-8000-000000000000',
  ),
  uuid5: format('uuid5', '5b0a1e6c-0000-5000-8000-000000000000', '5b0a1e6c-0000-5000-7000-000000000000'),
  isbn: format('isbn', '0321751043', '978-0321751041', '0321751044', '9780321751042', 'x', ''),
  isbn10: format('isbn10', '0321751043', '978-0321751041', '080442957X', '0-321-75104-3', '0321751044'),
  isbn13: format('isbn13', '978-0321751041', '9780321751041', '0321751043', '978-0321751042'),
  creditcard: format('creditcard', '4111111111111111', '4111-1111-1111-1111', '4111111111111112', '1', ''),
  ssn: format('ssn', '111-11-1111', '111 11 1111', '111111111', '111-1-11', ''),
  hexcolor: format('hexcolor', '#fff', 'FFFFFF', '#ffff', '#ggg', ''),
  rgbcolor: format(
    'rgbcolor',
    'rgb(0,0,0)',
    'rgb(255, 255, 255)',
    'rgb(256,0,0)',
    'rgb(0,0)',
    'rgb( 0, 0, 0 )',
    '(0,0,0)',
    '',
  ),
  byte: format('byte', 'YWJj', 'YQ==', 'YQ', 'Y Q==', 'YW\nJj', '', '****'),
  password: format('password', 'anything', ''),
  date: format('date', '2025-01-02', '2025-02-30', '2025-1-2', '2025-01-02T00:00:00Z', '', '0000-01-01'),
  duration: format(
    'duration',
    ...['22 ns', '1h30m', '1.5h', '-1h', '3 days', '1 day', '2w', '5', '0', '', 'h', '1 hour', '10 seconds'],
    ...['1h 30m', '+5m', '1d', '1 d', '1.5 days', '1 fortnight', '1us', '1µs', '1 micro', '.5s', '5.s'],
  ),
  datetime: format(
    'date-time',
    ...[
      '2025-01-02T03:04:05Z',
      '2025-01-02T03:04:05.678Z',
      '2025-01-02T03:04:05+02:00',
      '2025-01-02 03:04:05Z',
    ],
    ...['2025-01-02T03:04:05', '2025-02-30T03:04:05Z', '2025-01-02t03:04:05z', '2025-01-02T24:00:00Z', ''],
    ...[
      '2025-01-02T03:04Z',
      '2025-01-02T03:04:60Z',
      '2025-01-02T03:04:05+0200',
      '2025-01-02',
      '20250102T030405Z',
    ],
    ...[
      '2025-01-02T03:04:05,678Z',
      '2025-01-02T03:04:05+25:00',
      '2025-01-02T03:04:05-00:00',
      '2025-01-02T03:04:05.Z',
    ],
  ),
  datetimePlain: format('datetime', '2025-01-02T03:04:05Z', 'x'),
  shortName: format('k8s-short-name', 'web', 'Web', 'a'.repeat(64), 'a.b'),
  longName: format('k8s-long-name', 'web.example', 'Web', 'a..b'),
  unknownFormat: format('semver', 'anything'),
  int32: { schema: { type: 'integer', format: 'int32' }, values: [1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1] },
  int64: { schema: { type: 'integer', format: 'int64' }, values: [1, 2 ** 53, -(2 ** 53)] },
  float: { schema: { type: 'number', format: 'float' }, values: [1, 1.5, 1e300] },
  double: { schema: { type: 'number', format: 'double' }, values: [1, 1.5, 1e300] },
  integer: { schema: INTEGER, values: [1, 1.5, '1', true, 2 ** 40] },
  number: { schema: { type: 'number' }, values: [1, 1.5, '1'] },
  multiple: { schema: { type: 'number', multipleOf: 0.1 }, values: [0.3, 0.35, 1] },
  multipleOfInteger: { schema: { type: 'integer', multipleOf: 3 }, values: [9, 10, 0, -3] },
  exclusive: {
    schema: { type: 'integer', minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true },
    values: [1, 2, 5, 4],
  },
  intOrString: {
    schema: { 'x-kubernetes-int-or-string': true },
    values: [1, '1', '50%', 1.5, true, null, {}],
  },
  intOrStringPattern: {
    schema: {
      'x-kubernetes-int-or-string': true,
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: '^[0-9]+%$',
    },
    values: [1, '50%', '50'],
  },
  nullable: { schema: { type: 'string', nullable: true }, values: [null, 'x'] },
  nullableEnum: { schema: { type: 'string', nullable: true, enum: ['x'] }, values: [null, 'x', 'y'] },
  nullInside: {
    schema: { type: 'object', properties: { a: STRING, b: { ...STRING, nullable: true } }, required: ['b'] },
    values: [{ a: null, b: null }, { b: null }, { a: 'x' }],
  },
  nullItems: { schema: { type: 'array', items: STRING }, values: [['a', null], ['a']] },
  nullableItems: { schema: { type: 'array', items: { ...STRING, nullable: true } }, values: [['a', null]] },
  nullValues: {
    schema: { type: 'object', additionalProperties: STRING, minProperties: 1 },
    values: [{ a: null }, { a: 'x' }],
  },
  setOfTexts: { schema: set(STRING), values: [['a', 'b'], ['a', 'a'], ['a', 'a', 'a'], []] },
  setOfNumbers: {
    schema: set({ type: 'number' }),
    values: [
      [1, 2],
      [1, 1.0],
      [1.5, 1.5],
    ],
  },
  setOfObjects: {
    schema: set({ type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { a: STRING, b: STRING } }),
    values: [
      [
        { a: 'x', b: 'y' },
        { b: 'y', a: 'x' },
      ],
      [{ a: 'x' }, { a: 'y' }],
    ],
  },
  setOfLists: {
    schema: set({ type: 'array', 'x-kubernetes-list-type': 'atomic', items: STRING }),
    values: [
      [['a'], ['a']],
      [['a'], ['b']],
    ],
  },
  keyed: {
    schema: keyed({ name: STRING }, 'name'),
    values: [
      [{ name: 'a' }, { name: 'b' }],
      [{ name: 'a' }, { name: 'a' }],
      [{}],
      [{ name: 'a' }, { name: 'a' }, { name: 'a' }],
    ],
  },
  keyedTwice: {
    schema: keyed({ port: INTEGER, protocol: { ...STRING, default: 'TCP' } }, 'port', 'protocol'),
    values: [
      [{ port: 1 }, { port: 1, protocol: 'UDP' }],
      [{ port: 1 }, { port: 1, protocol: 'TCP' }],
      [{ port: 1 }, { port: 1 }],
    ],
  },
  keyedInside: {
    schema: { type: 'object', additionalProperties: keyed({ name: STRING }, 'name') },
    values: [{ 'a/b': [{ name: 'a' }, { name: 'a' }] }],
  },
  atomic: {
    schema: { type: 'array', 'x-kubernetes-list-type': 'atomic', items: STRING },
    values: [['a', 'a']],
  },
  patterns: { schema: { type: 'string', pattern: '^[a-z]{2,}\\p{Greek}?$' }, values: ['ab', 'abα', 'a'] },
  lengths: {
    schema: { type: 'string', minLength: 2, maxLength: 3 },
    values: ['a', 'ab', '👍👍👍', '👍👍👍👍'],
  },
  properties: {
    schema: { type: 'object', minProperties: 1, maxProperties: 2, additionalProperties: STRING },
    values: [{}, { a: '1' }, { a: '1', b: '2', c: '3' }],
  },
  unknown: {
    schema: { type: 'object', properties: { a: STRING } },
    values: [{ a: 'x', b: 1 }, { b: { c: 1 } }],
  },
  unknownKept: {
    schema: {
      type: 'object',
      properties: { a: { type: 'object', properties: { b: STRING } } },
      'x-kubernetes-preserve-unknown-fields': true,
    },
    values: [{ z: 1 }, { a: { z: 1 } }],
  },
  anyOf: {
    schema: {
      type: 'object',
      properties: { a: STRING, b: STRING },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    values: [{ a: 'x' }, {}, { a: 'x', b: 'y' }],
  },
  oneOf: {
    schema: {
      type: 'object',
      properties: { a: STRING, b: STRING },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    values: [{ a: 'x' }, {}, { a: 'x', b: 'y' }],
  },
  not: {
    schema: { type: 'object', properties: { a: STRING }, not: { required: ['a'] } },
    values: [{}, { a: 'x' }],
  },
  enumOfNumbers: { schema: { type: 'integer', enum: [1, 2] }, values: [1, 3] },
  embedded: {
    schema: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    values: [
      { apiVersion: 'v1', kind: 'Pod' },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { anything: 1 } },
      { apiVersion: 'v1' },
      { kind: 'Pod' },
      { apiVersion: '', kind: 'Pod' },
      { apiVersion: 'a/b/c', kind: 'Pod' },
      { apiVersion: 'v1', kind: 'not a kind' },
      { apiVersion: 'v1', kind: '1Pod' },
      { apiVersion: 'v1', kind: '' },
      { apiVersion: 1, kind: 'Pod' },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a/b' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'Any Name' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: '' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a/' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'Not Valid' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'tideline' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { 'a b': 'c' } } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 'b c' } } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 1 } } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { annotations: { 'a b': 'c' } } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { finalizers: ['a b'] } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { finalizers: ['lock'] } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'A', name: 'b', uid: '' }] },
      },
      { apiVersion: 'v1', kind: 'Pod', metadata: { generation: -1 } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { resourceVersion: '17' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { unknown: 'x' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: 'x' },
      'x',
    ],
  },
};
