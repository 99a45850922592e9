import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';

const read = (text: string) => readManifestText(text, 'ship.yaml');
const fixtures = new URL('../../fixtures/manifests/', import.meta.url);
const configMap = (rest: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ports }\n${rest}`;
const only = (text: string) => {
  const { manifests, findings } = read(text);
  expect(findings).toEqual([]);
  expect(manifests).toHaveLength(1);
  const [manifest] = manifests;
  if (manifest === undefined) throw new Error('no manifest');
  return manifest;
};

describe('documents that cannot be used', () => {
  const files = fs.readdirSync(new URL('unreadable/', fixtures));
  it.each(files)('%s: finds exactly the mistakes that are marked, each on its line', (file) => {
    const text = fs.readFileSync(new URL(`unreadable/${file}`, fixtures), 'utf8');
    const marked = text.split('\n').flatMap((line, index) =>
      [...line.matchAll(/<- ([a-z-]+)(?: (\/\S*))?/g)].map(([, code, pointer = '']) => ({
        line: index + 1,
        code,
        pointer,
      })),
    );
    const found = readManifestText(text, file).findings.map(({ code, pointer = '', origin }) => ({
      line: origin?.line,
      code,
      pointer,
    }));
    expect(found.filter(({ line }) => line !== text.split('\n').length)).toEqual(marked);
    expect(marked.length).toBeGreaterThan(0);
  });

  it('leave the documents around them whole', () => {
    const { manifests } = readManifestText(
      fs.readFileSync(new URL('unreadable/syntax.yaml', fixtures), 'utf8'),
      'syntax.yaml',
    );
    expect(manifests.map(({ object }) => object.metadata.name)).toEqual(['fine']);
  });
});

describe('places', () => {
  it('are in the file, not in the document', () => {
    const text = `${configMap('data:\n  NLRTM: a\n')}---\n# Singapore\n${configMap('data:\n  SGSIN: b\n')}`;
    const second = read(text).manifests[1];
    expect(second?.locate('/data/SGSIN')).toEqual({ file: 'ship.yaml', line: 12, column: 3 });
  });

  it('count CRLF as one line end and pass over a byte order mark', () => {
    const manifest = only(configMap('data:\n  NLRTM: a\n').replaceAll('\n', '\r\n'));
    expect(manifest.locate('/data/NLRTM')).toMatchObject({ line: 5, column: 3 });
    expect(manifest.object['data']).toEqual({ NLRTM: 'a' });
  });

  it('fall back to the nearest ancestor', () => {
    const manifest = only(configMap('data:\n  NLRTM: a\n'));
    expect(manifest.locate('/data/SGSIN')).toMatchObject({ line: 4, column: 1 });
    expect(manifest.locate('/spec/replicas')).toMatchObject({ line: 1, column: 1 });
    expect(manifest.locate('')).toMatchObject({ line: 1, column: 1 });
  });

  it('point at items, at escaped keys, through aliases and merges', () => {
    const manifest = only(
      configMap(
        ['base: &base', '  list: [a, b]', 'copy: *base', 'merged:', '  <<: *base', '  a/b~c: 1', ''].join(
          '\n',
        ),
      ),
    );
    expect(manifest.locate('/base/list/1')).toMatchObject({ line: 5, column: 13 });
    expect(manifest.locate('/copy/list/1')).toMatchObject({ line: 5, column: 13 });
    expect(manifest.locate('/merged/list/0')).toMatchObject({ line: 5, column: 10 });
    expect(manifest.locate('/merged/a~1b~0c')).toMatchObject({ line: 9, column: 3 });
  });

  it('are those of the item in a List', () => {
    const text =
      '{"apiVersion":"v1","kind":"List","items":[\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},\n "data":{"b":1}}]}';
    expect(only(text).locate('/data/b')).toMatchObject({ line: 3, column: 10 });
  });
});

describe('what the API machinery reads', () => {
  it('merges, with explicit keys winning', () => {
    const { object } = only(
      configMap('a: &a { p: 1, q: 1 }\nc: { <<: *a, q: 3 }\nd: { <<: [*a, { q: 9, r: 9 }] }\n'),
    );
    expect(object['c']).toEqual({ p: 1, q: 3 });
    expect(object['d']).toEqual({ p: 1, q: 1, r: 9 });
  });

  it('makes text of keys', () => {
    const { object } = only(configMap('data: { 8080: a, true: b, 1.5: c, 0x10: d }\n'));
    expect(object['data']).toEqual({ 8080: 'a', true: 'b', 1.5: 'c', 16: 'd' });
  });

  it('keeps timestamps, base 60 and quoted words as text', () => {
    const { object } = only(
      configMap('data: { a: 2025-01-02, b: 12:30, c: "yes", d: !!str no, e: "0755" }\n'),
    );
    expect(object['data']).toEqual({ a: '2025-01-02', b: '12:30', c: 'yes', d: 'no', e: '0755' });
  });

  it('rounds what is beyond 64 bits, says so, and reads on', () => {
    const { manifests, findings } = readManifestText(
      configMap('data: { a: 9223372036854775808 }\n'),
      'a.yaml',
    );
    expect(findings).toMatchObject([{ code: 'manifest-number', severity: 'warning' }]);
    expect(manifests[0]?.object['data']).toEqual({ a: 2 ** 63 + 2 ** 11 });
    const key = readManifestText(configMap('data: { 9223372036854775808: a }\n'), 'a.yaml');
    expect(key.findings).toMatchObject([
      { code: 'manifest-number', severity: 'warning' },
      { code: 'manifest-key', severity: 'error' },
    ]);
  });

  it('passes over tags of collections, with a warning', () => {
    const { manifests, findings } = readManifestText(configMap('data: !vessel { a: b }\n'), 'a.yaml');
    expect(findings).toMatchObject([{ code: 'manifest-tag', severity: 'warning' }]);
    expect(manifests[0]?.object['data']).toEqual({ a: 'b' });
  });

  it('takes a carriage return alone for a line break', () => {
    const { object } = only(configMap('data:\n  a: b\n\r\n  c: d\r  e: f\n\r'));
    expect(object['data']).toEqual({ a: 'b', c: 'd', e: 'f' });
  });

  it('takes __proto__ for a key like any other', () => {
    const { object } = only(configMap('data: { __proto__: { polluted: "yes" } }\n'));
    expect(Object.keys(object['data'] ?? {})).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('drops null in metadata, as the API server does', () => {
    const { object } = only(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: null, labels: }\n',
    );
    expect(object.metadata).toEqual({ name: 'a' });
  });

  it('honours directives and document ends', () => {
    const { manifests, findings } = read(`%YAML 1.1\n---\n${configMap('')}...\n---\n${configMap('')}`);
    expect(findings).toEqual([]);
    expect(manifests).toHaveLength(2);
  });

  it('counts empty documents and empty lists', () => {
    const text = `# a comment\n---\n---\n\n---\n${configMap('')}---\n{ apiVersion: v1, kind: List, items: [] }\n---\n`;
    const { manifests, emptyDocuments, findings } = read(text);
    expect(findings).toEqual([]);
    expect(manifests).toHaveLength(1);
    expect(emptyDocuments).toBe(5);
  });

  it('unwraps lists in lists and types the items of typed lists', () => {
    const { manifests } = readManifestText(
      fs.readFileSync(new URL('good/list.json', fixtures), 'utf8'),
      'list.json',
    );
    expect(manifests.map(({ object }) => [object.apiVersion, object.kind, object.metadata.name])).toEqual([
      ['v1', 'ConfigMap', 'ports'],
      ['v1', 'Service', 'web'],
    ]);
  });
});
