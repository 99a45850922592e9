import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { emit } from '#manifests/emit.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';

const object = (fields: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'berths' },
  ...fields,
});

/** Everything that JSON holds; own keys only, so that a hostile `__proto__` stays a key. */
const json = fc.jsonValue({ maxDepth: 5 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'yes',
    'No',
    'y',
    'on',
    '0755',
    '1_000',
    '12:30:45',
    '1e3',
    '.inf',
    '~',
    '=',
    '<<',
    '2026-01-01',
    '',
    ' ',
    '-',
    '- a',
    'a: b',
    '# a',
    'a #b',
    '!x',
    '&x',
    '*x',
    '%',
    '@',
    '`',
    '\u2028',
    '\u0085',
    '\ufeff',
    'a\nb',
    '\n',
    'trailing \n',
    '0x1f',
    '0o17',
    '+1',
    '-.5',
    'null',
    'NaN',
    '?',
    '|',
    '>',
    '[',
    '{',
    ',',
  ),
);
/** What looks like a number or a date, and is one to some reader or other. */
const numeric = fc.oneof(
  fc.stringMatching(/^[0-9][0-9a-fA-FxXoObBeE_.:+-]{0,8}[%a-zA-Z/]?$/),
  fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}([tT ][0-9]{2}:[0-9]{2}:[0-9]{2}([zZ]|[+-][0-9]{1,2}))?$/),
  fc.stringMatching(/^[a-zA-Z0-9/]{1,3}[:=,@+%#-]{1,2}[a-z0-9/]{0,3}$/),
);
const lines = fc.array(text, { minLength: 2, maxLength: 6 }).map((parts) => parts.join('\n'));

describe('emit', () => {
  test.each(['1.1', '1.2'] as const)('what it writes, YAML %s reads back as it was', (version) => {
    fc.assert(
      fc.property(
        json,
        fc.dictionary(fc.oneof(text, numeric), fc.oneof(text, numeric, lines, fc.array(fc.array(text)))),
        (value, data) => {
          const whole = object({ value, data });
          expect(parse(emit(whole), { version, merge: false })).toStrictEqual(
            JSON.parse(JSON.stringify(whole)),
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  test('the same object in another order of keys is written in the same bytes', () => {
    const one = object({ data: { stern: 'aft', bow: 'fore' }, immutable: true });
    const other = {
      immutable: true,
      data: { bow: 'fore', stern: 'aft' },
      metadata: { name: 'berths' },
      kind: 'ConfigMap',
      apiVersion: 'v1',
    };
    expect(emit(other)).toBe(emit(one));
  });

  test('reads as a person would write it', () => {
    const written = emit({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels: { 'app.kubernetes.io/name': 'api' }, name: 'api', namespace: 'tideline' },
      spec: {
        ports: [{ containerPort: 8000, name: 'http' }],
        args: ['--port', '8000'],
        empty: {},
        none: [],
        nested: [[1, 2], [{ a: null }]],
      },
    });
    expect(written).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: tideline
  labels:
    app.kubernetes.io/name: api
spec:
  args:
  - "--port"
  - "8000"
  empty: {}
  nested:
  - - 1
    - 2
  - - a: null
  none: []
  ports:
  - containerPort: 8000
    name: http
`);
  });

  test('refuses what JSON cannot hold', () => {
    expect(() => emit(object({ value: Number.NaN }))).toThrow(TypeError);
    expect(() => emit(object({ value: () => 1 }))).toThrow(TypeError);
  });
});
