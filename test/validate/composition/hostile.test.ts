import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { found, harbour, INPUT, manifestOf } from './harbour.ts';

/** Compositions of strangers: whatever they hold, the check ends, and throws nothing. */

const WORDS = [
  'spec',
  'status',
  'metadata',
  'pipeline',
  'input',
  'resources',
  'patchSets',
  'patches',
  'environment',
  'base',
  'name',
  'type',
  'fromFieldPath',
  'toFieldPath',
  'transforms',
  'map',
  'match',
  'patterns',
  'string',
  'fmt',
  'convert',
  'toType',
  'combine',
  'variables',
  'policy',
  'connectionDetails',
  'patchSetName',
  'functionRef',
  'compositeTypeRef',
  'apiVersion',
  'kind',
  'mode',
  'labels',
  'annotations',
  'forProvider',
  'matchLabels',
  'queueUrlSelector',
  '__proto__',
  'constructor',
];
const TEXTS = [
  ...WORDS,
  '',
  'Pipeline',
  'PatchSet',
  'CombineFromComposite',
  'ToCompositeFieldPath',
  'Required',
  'spec.name',
  'a[0].b[*]',
  'spec.a[',
  '[',
  '%',
  '%[9]s',
  '%*d',
  '%!',
  '{"a":%s',
  'pt.fn.crossplane.io/v1beta1',
  'Resources',
  'sqs.aws.upbound.io/v1beta1',
  'Queue',
  'v1',
  'ConfigMap',
  'apps/v1',
  'Deployment',
  'Format',
  'regexp',
  '(',
  'small',
];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 7 },
    fc.constantFrom<unknown>(...TEXTS, null, true, 0, -1, 1.5, 1e300),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('value'), { maxKeys: 5, noNullPrototype: false }),
  ),
}));

/** Every place in the harbour's documents. */
const pointers = harbour().flatMap(({ object }, index) => {
  const places: (readonly [number, readonly string[]])[] = [];
  const walk = (here: unknown, path: readonly string[]) => {
    // Without these there is no manifest.
    if (path.length > 0 && !/^(apiVersion|kind|metadata|metadata name)$/.test(path.join(' ')))
      places.push([index, path]);
    if (typeof here !== 'object' || here === null) return;
    for (const [key, child] of Object.entries(here)) walk(child, [...path, key]);
  };
  walk(object, []);
  return places;
});

function replaced(place: readonly [number, readonly string[]], by: unknown) {
  return harbour().map((manifest, index) => {
    if (index !== place[0]) return manifest;
    const object = structuredClone(manifest.object);
    const holder = place[1].slice(0, -1).reduce<object>((here, key) => Reflect.get(here, key), object);
    Reflect.set(holder, place[1].at(-1) ?? '', by);
    return manifestOf(object);
  });
}

test('anything anywhere', () => {
  fc.assert(
    fc.property(fc.constantFrom(...pointers), value, (place, by) => {
      for (const finding of found(replaced(place, by))) expect(finding.code).toMatch(/^[a-z-]+$/);
    }),
    { numRuns: 600 },
  );
});

test('nothing but anything', () => {
  const kinds = fc.constantFrom('Composition', 'CompositeResourceDefinition');
  fc.assert(
    fc.property(kinds, value, value, (kind, spec, metadata) => {
      const fields =
        typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {};
      const object = {
        apiVersion: 'apiextensions.crossplane.io/v1',
        kind,
        spec,
        metadata: { ...fields, name: 'x' },
      };
      found([manifestOf(object)]);
    }),
    { numRuns: 600 },
  );
});

describe('what is small to write and large to check', () => {
  const composition = (input: object) =>
    found(
      harbour().map((manifest) =>
        manifest.object.kind === 'Composition'
          ? manifestOf({
              ...manifest.object,
              spec: {
                ...(manifest.object['spec'] as object),
                pipeline: [{ step: 'compose', functionRef: { name: 'function-patch-and-transform' }, input }],
              },
            })
          : manifest,
      ),
    );
  const input = (patchSets: readonly object[], resources: readonly object[]) => ({
    apiVersion: 'pt.fn.crossplane.io/v1beta1',
    kind: 'Resources',
    patchSets,
    resources,
  });
  const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, i) => make(i));
  const base = (index: number, role = index) => ({
    apiVersion: 'sqs.aws.upbound.io/v1beta1',
    kind: 'QueueRedrivePolicy',
    metadata: { labels: { role: `${role}` } },
    spec: {
      forProvider: { queueUrlSelector: { matchControllerRef: true, matchLabels: { role: `${index}` } } },
    },
  });

  test('a patch set of thousands, used by thousands', () => {
    const patches = many(2_000, () => ({
      fromFieldPath: 'spec.name',
      toFieldPath: 'spec.forProvider.region',
    }));
    const resources = many(2_000, (index) => ({
      name: `${index}`,
      base: base(0, index),
      patches: [{ type: 'PatchSet', patchSetName: 'all' }],
    }));
    const started = performance.now();
    const findings = composition(input([{ name: 'all', patches }], resources));
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'composition-large',
        pointer: INPUT,
        args: { checked: 20_000, more: 3_980_000 },
      }),
    );
  });

  test('thousands that select, report and wait', () => {
    const resources = many(3_000, (index) => ({
      name: `${index}`,
      base: base(index),
      patches: [
        {
          type: 'ToCompositeFieldPath',
          fromFieldPath: 'status.atProvider.id',
          toFieldPath: `status.r${index}`,
        },
        {
          fromFieldPath: `status.r${(index + 1) % 3_000}`,
          toFieldPath: 'metadata.annotations[after]',
          policy: { fromFieldPath: 'Required' },
        },
      ],
    }));
    const started = performance.now();
    const findings = composition(input([], resources));
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(findings.filter(({ code }) => code === 'schema-more')).toHaveLength(1);
  });

  test.each([
    ['a format of wide verbs', '%999999d'.repeat(2_000)],
    ['a format of many verbs', '%s'.repeat(9_000)],
    ['a path of many parts', 'a.'.repeat(50_000).concat('b')],
  ])('%s', (_, text) => {
    const patch = {
      type: 'CombineFromComposite',
      combine: { strategy: 'string', variables: [{ fromFieldPath: 'spec.name' }], string: { fmt: text } },
      toFieldPath: text.startsWith('a.') ? text : 'spec.forProvider.name',
    };
    const started = performance.now();
    expect(composition(input([], [{ name: 'one', base: base(0), patches: [patch] }])).length).toBeGreaterThan(
      0,
    );
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('bases deeper than any object', () => {
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 3_000; depth++) deep = { deep };
    const patch = { fromFieldPath: 'spec.name', toFieldPath: 'spec.forProvider.name' };
    expect(
      composition(input([], [{ name: 'one', base: { ...base(0), spec: deep }, patches: [patch] }])).length,
    ).toBeGreaterThan(0);
  });
});
