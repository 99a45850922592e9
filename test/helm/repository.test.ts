import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { unpack } from '#helm/archive.ts';
import { RepositoryError } from '#helm/fetch.ts';
import { readLock, sha256 } from '#helm/lock.ts';
import { packedChart, versionsOf } from '#helm/repository.ts';
import { valuesProblems } from '#helm/values.ts';
import { newerThan } from '#helm/version.ts';
import { packed, packedFixture } from './helm.ts';

/** Repositories and registries on the loopback interface. */
const CHART = packedFixture('tide-tables');
const INDEX = `apiVersion: v1
entries:
  tide-tables-lite:
  - version: 9.9.9
  tide-tables:
  - version: 1.4.0
    digest: ${sha256(CHART)}
    urls: [packed/tide-tables-1.4.0.tgz]
  - version: 1.5.0-rc.1
  - version: 1.10.0
    digest: ${'a'.repeat(64)}
    urls: [packed/tide-tables-1.4.0.tgz]
  - version: 2.0.0
    deprecated: true
  zenith:
  - version: 3.0.0
`;
const MANIFEST = {
  layers: [
    { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: `sha256:${sha256(CHART)}` },
  ],
};

let host: string;
const server = http.createServer(({ url = '', headers }, response) => {
  const oci = url.startsWith('/v2/');
  if (oci && headers.authorization !== 'Bearer anchor') {
    const realm = `http://${host}/token`;
    response.setHeader('www-authenticate', `Bearer realm="${realm}",service="tides",scope="pull"`);
    response.writeHead(401).end();
  } else if (/charts\/(elsewhere|nowhere|endless)\//.test(url)) {
    const place = { elsewhere: 'https://far.example/v2/x', nowhere: 'http://[', endless: url };
    const [, name = 'endless'] = /charts\/(\w+)\//.exec(url) ?? [];
    response.setHeader('link', `<${place[name as keyof typeof place]}>; rel="next"`);
    response.end('{"tags":["1.4.0"]}');
  } else if (url === '/bent/index.yaml')
    response.end('entries:\n  tide-tables:\n  - version: 1.4.0\n    urls: ["http://["]\n');
  else if (url.startsWith('/token?service=tides')) response.end('{"token":"anchor"}');
  else if (url.endsWith('tags/list?n=1000')) {
    response.setHeader('link', '</v2/charts/tide-tables/tags/list?n=1000&last=1.4.0>; rel="next"');
    response.end('{"tags":["1.4.0","latest"]}');
  } else if (url.endsWith('last=1.4.0')) response.end('{"tags":["1.10.0_spring","1.11.0-rc.1"]}');
  else if (url.endsWith('/manifests/1.4.0')) response.end(JSON.stringify(MANIFEST));
  else if (url.includes('/blobs/') || url === '/packed/tide-tables-1.4.0.tgz') response.end(CHART);
  else if (url === '/index.yaml') response.end(INDEX);
  else if (url === '/huge/index.yaml') response.end(Buffer.alloc(33 * 2 ** 20, 0x20));
  else if (url === '/page/index.yaml') response.end('<html>');
  else response.writeHead(404).end();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const chart = 'tide-tables';

test('a repository lists the versions of one chart', async () => {
  const versions = await versionsOf({ repository: `http://${host}`, chart });
  expect(versions).toEqual(['1.4.0', '1.5.0-rc.1', '1.10.0']);
});

test('a registry lists its tags, page by page, to anybody who asks for a token', async () => {
  const versions = await versionsOf({ repository: `oci://${host}/charts`, chart });
  expect(versions).toEqual(['1.4.0', 'latest', '1.10.0+spring', '1.11.0-rc.1']);
});

test.each(['http://HOST', 'oci://HOST/charts'])('%s hands out a chart', async (repository) => {
  const bytes = await packedChart({ repository: repository.replace('HOST', host), chart, version: '1.4.0' });
  expect(sha256(bytes)).toBe(sha256(CHART));
});

test.each([
  ['a chart that is not what its index says', '', '1.10.0', chart],
  ['a version that is not there', '', '7.0.0', chart],
  ['a chart that is not there', '', '1.4.0', 'star-charts'],
  ['an index without end', '/huge', '1.4.0', chart],
  ['a page', '/page', '1.4.0', chart],
  ['nothing', '/none', '1.4.0', chart],
  ['an index with an address that is none', '/bent', '1.4.0', chart],
])('%s is refused', async (_, folder, version, name) => {
  const place = { repository: `http://${host}${folder}`, chart: name, version };
  await expect(packedChart(place)).rejects.toThrow(RepositoryError);
});

test.each([
  ['is no address', 'nowhere', 'no address'],
  ['is at another place', 'elsewhere', 'another place: https://far.example'],
  ['never ends', 'endless', 'more than 20 pages'],
])('a list of tags whose next page %s is not taken for the whole', async (_, name, message) => {
  await expect(versionsOf({ repository: `oci://${host}/charts`, chart: name })).rejects.toThrow(message);
});

test.each(['https://[', 'oci://%zz/x', 'https://charts.example:99999/x', 'oci://charts.example:99999/x'])(
  '%s is no address of a repository',
  async (repository) => {
    await expect(versionsOf({ repository, chart })).rejects.toThrow(RepositoryError);
    await expect(packedChart({ repository, chart, version: '1.4.0' })).rejects.toThrow(RepositoryError);
  },
);

test('a server that is not there', async () => {
  await expect(versionsOf({ repository: 'oci://127.0.0.1:1', chart })).rejects.toThrow(RepositoryError);
});

describe('the newest version', () => {
  it.each([
    ['1.4.0', ['1.4.0', '1.10.0', '1.9.9', '2.0.0-rc.1', 'latest'], '1.10.0'],
    ['1.4.0', ['1.4.0', '1.3.9'], undefined],
    ['v1.4.0', ['v1.4.1'], 'v1.4.1'],
    ['2.0.0-rc.1', ['1.9.0', '2.0.0'], '2.0.0'],
    ['2.0.0', ['2.0.0+build.7'], undefined],
  ])('after %s of %j is %s', (current, versions, newest) => {
    expect(newerThan(current, versions)).toBe(newest);
  });
});

describe('an archive', () => {
  it('is a map of its files', () => {
    const unpacked = unpack(CHART);
    expect('files' in unpacked && [...unpacked.files.keys()]).toContain('templates/tables.yaml');
  });

  it.each([
    ['leads out', packed({ 'tides/Chart.yaml': '', 'tides/../../../etc/x': '' })],
    ['begins at the root', packed({ 'tides/Chart.yaml': '', '/etc/x': '' })],
    ['is a link', packed({ 'tides/Chart.yaml': '' }, '2')],
    ['has another separator', packed({ 'tides/Chart.yaml': '', 'tides\\..\\x': '' })],
    ['is cut off', CHART.subarray(0, CHART.length - 40)],
    ['holds no chart', packed({ 'tides/values.yaml': '' })],
  ])('that %s is refused', (_, bytes) => {
    expect(unpack(bytes)).toHaveProperty('problem');
  });
});

describe('values', () => {
  const files = (schema: unknown, defaults = '') =>
    new Map([
      ['values.schema.json', Buffer.from(JSON.stringify(schema))],
      ['values.yaml', Buffer.from(defaults)],
    ]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    required: ['berth'],
    properties: { berth: { type: 'string', pattern: '^(a+)+$' } },
  };

  it('have the defaults of the chart below them', () => {
    expect(valuesProblems(files(schema, 'berth: a'), {})).toEqual([]);
    expect(valuesProblems(files(schema), {})).toMatchObject([{ pointer: '' }]);
    expect(valuesProblems(files(schema, 'berth: a'), { berth: null })).toMatchObject([{ pointer: '' }]);
  });

  it('are judged in time, whatever the pattern', () => {
    const problems = valuesProblems(files(schema), { berth: `${'a'.repeat(5_000)}!` });
    expect(problems).toMatchObject([{ pointer: '/berth' }]);
  });

  it.each([{ $ref: 'https://charts.tideline.example/schema.json' }, { type: 7 }])(
    'of a schema that can not be used here are a problem: %j',
    (broken) => {
      expect(valuesProblems(files(broken), {})).toMatchObject([{ pointer: '' }]);
    },
  );
});

test('a lock file is one or is none', () => {
  expect(readLock('{"version":1,"charts":[]}')).toEqual([]);
  expect(readLock('{')).toBeUndefined();
  expect(
    readLock('{"version":1,"charts":[{"repository":"","chart":"","version":"","file":"../x","sha256":""}]}'),
  ).toBeUndefined();
});
