import { describe, expect, test } from 'vitest';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { compositionMessages } from '#report/messages/composition.ts';
import { validate } from '#validate/validate.ts';
import { store } from '../schemas.ts';
import { BAD } from './bad.ts';
import { brief, changed, found, harbour, INPUT, SCHEMA } from './harbour.ts';

test('a sound composition has no findings', () => {
  expect(brief(found(harbour()))).toEqual([]);
});

describe('a composition with', () => {
  test.each(BAD)('$name', ({ changes, expected }) => {
    const wanted = expected.map((one) => one.replace('~', INPUT).replace('^', SCHEMA));
    expect(brief(found(changed(changes)))).toEqual(wanted.sort());
  });
});

/** Codes whose cases stand below, as they need more than a change. */
const ELSEWHERE = ['composition-large', 'composition-base-scope', 'composition-connection-source'];

test('every code has a case', () => {
  const seen = new Set(BAD.flatMap(({ expected }) => expected.map((one) => one.split(' ')[1])));
  const codes = Object.keys(compositionMessages);
  expect(codes.filter((code) => !seen.has(code) && !ELSEWHERE.includes(code))).toEqual([]);
});

test('findings blame the line', () => {
  const text = harbour().map((manifest) => ({
    ...manifest,
    object:
      manifest.object.kind === 'Composition'
        ? { ...manifest.object, spec: { ...(manifest.object['spec'] as object), mode: 'Resources' } }
        : manifest.object,
  }));
  expect(found(text)).toMatchObject([
    {
      code: 'composition-mode',
      subject: { kind: 'Composition', name: 'harbour' },
      origin: { file: 'harbour.yaml', line: 47 },
    },
  ]);
});

test('a composite in a namespace composes nothing of the whole cluster', () => {
  const manifests = changed([
    ['CompositeResourceDefinition', '/apiVersion', 'apiextensions.crossplane.io/v2'],
    ['CompositeResourceDefinition', '/spec/scope', 'Namespaced'],
    ['CompositeResourceDefinition', '/spec/claimNames', undefined],
    ['CompositeResourceDefinition', '/spec/connectionSecretKeys', undefined],
  ]);
  expect(brief(found(manifests))).toEqual(
    [0, 1, 2, 3].map((index) => `error composition-base-scope ${INPUT}/resources/${index}/base/kind`),
  );
});

test('without XRD and Functions there is nothing to miss but the XRD', () => {
  const alone = harbour().filter(({ object }) => object.kind === 'Composition');
  expect(brief(found(alone))).toEqual(['warning composition-composite-unknown /spec/compositeTypeRef']);
});

test('is asked for by name, and covers Compositions and XRDs', () => {
  const [outcome] = validate(harbour(), { store: store(), checks: ['composition'], crdsOfXrd });
  expect(outcome).toMatchObject({ check: 'composition', findings: [] });
  expect([...(outcome?.covered ?? [])].map(({ object }) => object.kind).sort()).toEqual([
    'CompositeResourceDefinition',
    'Composition',
  ]);
});

const written =
  (format: string) =>
  (type: string, transforms: readonly object[] = []) =>
    brief(
      found(
        changed([
          ['CompositeResourceDefinition', `${SCHEMA}/spec/properties/note`, { type }],
          [
            'Composition',
            `${INPUT}/resources/3/patches/-`,
            {
              fromFieldPath: 'spec.note',
              toFieldPath: 'metadata.annotations[tideline.example/note]',
              transforms: [...transforms, { type: 'string', string: { type: 'Format', fmt: format } }],
            },
          ],
        ]),
      ),
    ).map((one) => one.split(' ')[1]);

describe('formats that are right', () => {
  test.each([
    ['%s', 'string', []],
    ['%q', 'string', []],
    ['%.0f', 'integer', []],
    ['%.1f', 'number', []],
    ['%e', 'number', []],
    ['%t', 'boolean', []],
    ['100%% of %s', 'string', []],
    ['[%s]:27017', 'string', []],
    ['{%s}', 'string', []],
    // What is converted is no float any more.
    ['%d', 'integer', [{ type: 'convert', convert: { toType: 'int64' } }]],
    ['%d', 'string', [{ type: 'convert', convert: { toType: 'int' } }]],
    ['{"tags":%s}', 'array', [{ type: 'string', string: { type: 'Convert', convert: 'ToJson' } }]],
  ])('%s of %s', (format, type, transforms) => {
    expect(written(format)(type, transforms)).toEqual([]);
  });
});

describe('formats that are wrong', () => {
  test.each([
    ['%d', 'integer', 'composition-format-number'],
    ['%g', 'number', 'composition-format-number'],
    ['%s', 'boolean', 'composition-format'],
    ['fixed', 'string', 'composition-format'],
    ['%s%', 'string', 'composition-format'],
    ['%[2]s', 'string', 'composition-format'],
    ['{"name":"%s"', 'string', 'composition-json'],
  ])('%s of %s', (format, type, code) => {
    expect(written(format)(type)).toEqual([code]);
  });
});

test('an XRD is called as its kind and group have it', () => {
  const manifests = changed([['CompositeResourceDefinition', '/metadata/name', 'harbours.tideline.example']]);
  const outcomes = validate(manifests, { store: store(), checks: ['composition'], crdsOfXrd });
  expect(outcomes.flatMap(({ findings }) => findings)).toContainEqual(
    expect.objectContaining({ code: 'metadata-name-other', pointer: '/metadata/name' }),
  );
});
