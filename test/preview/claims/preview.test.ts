import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '#manifests/manifest.ts';
import { previewClaims } from '#preview/claims/preview.ts';
import { store } from '../../validate/schemas.ts';
import {
  claim,
  composition,
  DEFINITION,
  FUNCTIONS,
  manifestsOf,
  POLICY,
  preview,
  QUEUE,
} from './tideline.ts';

const ALL = [DEFINITION, FUNCTIONS, composition(QUEUE + POLICY), claim()];

/** The only claim of a preview that found nothing. */
function only(documents: readonly string[], options = {}) {
  const { value = [], findings } = preview(documents, options);
  expect(findings).toEqual([]);
  expect(value).toHaveLength(1);
  return value[0] ?? expect.fail();
}
const resource = (documents: readonly string[], entry: string, options = {}) =>
  only(documents, options).resources.find((one) => one.entry === entry) ?? expect.fail(`no ${entry}`);
const found = (documents: readonly string[]) =>
  preview(documents).findings.map(({ code, severity, subject, pointer, origin, args }) => ({
    code,
    severity,
    subject: subject?.name,
    pointer,
    line: origin === undefined ? undefined : `${origin.file}:${origin.line}`,
    args,
  }));

describe('the composite', () => {
  it('is what Crossplane makes of the claim', () => {
    const documents = [
      DEFINITION,
      FUNCTIONS,
      composition(QUEUE),
      claim(
        ', compositionRef: { name: berth }, compositeDeletePolicy: Foreground, writeConnectionSecretToRef: { name: north }',
        ', labels: { team: harbour, app.kubernetes.io/name: north }, annotations: { note: tide, kubectl.kubernetes.io/x: y }',
      ),
    ];
    const { composite } = only(documents);
    const { name } = composite.metadata;
    expect(name).toMatch(/^north-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(composite).toMatchObject({
      apiVersion: 'harbour.tideline.example/v1',
      kind: 'XBerth',
      metadata: {
        labels: {
          team: 'harbour',
          'crossplane.io/claim-name': 'north',
          'crossplane.io/claim-namespace': 'tideline',
          'crossplane.io/composite': name,
        },
        annotations: { note: 'tide' },
      },
    });
    expect(Object.keys(composite.metadata.labels ?? {})).toHaveLength(4);
    expect(Object.keys(composite.metadata.annotations ?? {})).toEqual(['note']);
    expect(composite['spec']).toEqual({
      region: 'eu-west-1',
      quay: 'tideline-north',
      retention: 345600,
      compositionRef: { name: 'berth' },
      compositionUpdatePolicy: 'Automatic',
      claimRef: {
        apiVersion: 'harbour.tideline.example/v1',
        kind: 'Berth',
        name: 'north',
        namespace: 'tideline',
      },
      writeConnectionSecretToRef: { name: composite.metadata['uid'], namespace: 'crossplane-system' },
    });
  });

  it('has a name of its own for each claim, the same in every run', () => {
    const nameOf = (metadata: string) =>
      only([...ALL.slice(0, 3), claim('', metadata)]).composite.metadata.name;
    expect(nameOf('')).toBe(nameOf(''));
    expect(nameOf(', labels: { a: b }')).toBe(nameOf(''));
    const other = claim().replace('namespace: tideline', 'namespace: harbour');
    expect(only([...ALL.slice(0, 3), other]).composite.metadata.name).not.toBe(nameOf(''));
  });

  it('leaves room for what is appended to a long name', () => {
    const long = claim().replace('name: north', `name: ${'n'.repeat(63)}`);
    expect(only([...ALL.slice(0, 3), long]).composite.metadata.name).toMatch(/^n{58}[a-z0-9]{5}$/);
  });
});

describe('managed resources', () => {
  it('are all there, also those that wait for another', () => {
    const { resources } = only(ALL);
    expect(resources.map(({ entry }) => entry)).toEqual(['policy', 'queue']);
    expect(resources[0]?.manifest.object['spec']).toMatchObject({
      forProvider: { policy: '{"Resource":"arn:aws:sqs:eu-west-1:111122223333:tideline-north"}' },
    });
    expect(resources[1]?.manifest).toMatchObject({
      file: expect.stringMatching(/^3\/queue\.sqs\.aws\.upbound\.io_north-.*\.yaml$/),
      object: {
        kind: 'Queue',
        metadata: { annotations: { 'crossplane.io/composition-resource-name': 'queue' } },
        spec: { forProvider: { messageRetentionSeconds: 345600, name: 'tideline-north' } },
      },
    });
  });

  it('have no status: that is for those who can know it', () => {
    for (const { manifest } of only(ALL).resources) expect(manifest.object).not.toHaveProperty('status');
  });

  it('are rendered again when a late value changes what was there before', () => {
    const late = QUEUE.replace(
      'patches:',
      'patches:\n              - { fromFieldPath: status.queueArn, toFieldPath: "spec.forProvider.tags[arn]" }',
    );
    expect(
      resource([DEFINITION, FUNCTIONS, composition(late), claim()], 'queue').manifest.object,
    ).toMatchObject({
      spec: { forProvider: { tags: { arn: 'arn:aws:sqs:eu-west-1:111122223333:tideline-north' } } },
    });
  });

  it('end even where a composition never settles', () => {
    const restless = QUEUE.replace(
      'patches:',
      `patches:
              - { fromFieldPath: status.queueArn, toFieldPath: spec.forProvider.policy }
              - type: ToCompositeFieldPath
                fromFieldPath: spec.forProvider.policy
                toFieldPath: status.queueArn
                transforms: [{ type: string, string: { type: Format, fmt: "%s!" } }]`,
    );
    const { value = [] } = preview([DEFINITION, FUNCTIONS, composition(restless), claim()]);
    expect(value[0]?.resources).toHaveLength(1);
  });
});

describe('late values', () => {
  const OWN = [
    '/metadata/generateName',
    '/metadata/labels/crossplane.io~1composite',
    '/metadata/name',
    '/metadata/ownerReferences/0/name',
    '/metadata/ownerReferences/0/uid',
  ];

  it('are listed; what follows from what was asked is not late', () => {
    expect(resource(ALL, 'queue').late).toEqual(OWN);
    expect(resource(ALL, 'policy').late).toEqual(OWN);
  });

  it('are late through every patch: without an account no ARN is known', () => {
    const options = { account: undefined };
    const { late, manifest } = resource(ALL, 'policy', options);
    expect(late).toEqual([...OWN, '/spec/forProvider/policy']);
    expect(JSON.stringify(manifest.object)).toContain('arn:aws:sqs:eu-west-1:000000000000:tideline-north');
    expect(resource(ALL, 'queue', options).late).toEqual(OWN);
  });

  it('are late where they follow from a late name', () => {
    const named = QUEUE.replace('fromFieldPath: spec.quay', 'fromFieldPath: metadata.uid');
    const { late } = resource([DEFINITION, FUNCTIONS, composition(named + POLICY), claim()], 'policy');
    expect(late).toContain('/spec/forProvider/policy');
  });

  it('have their place within what is copied as a whole', () => {
    const reported = QUEUE.replace('patches:', (patches) =>
      [
        patches,
        '              - { type: ToCompositeFieldPath, fromFieldPath: status.atProvider.id, toFieldPath: "status.tags[a/b]" }',
        '              - { type: ToCompositeFieldPath, fromFieldPath: spec.forProvider.name, toFieldPath: status.tags.quay }',
        '              - { fromFieldPath: status.tags, toFieldPath: spec.forProvider.tags }',
      ].join('\n'),
    );
    const documents = [DEFINITION, FUNCTIONS, composition(reported), claim()];
    expect(resource(documents, 'queue', { account: undefined }).late).toEqual([
      ...OWN,
      '/spec/forProvider/tags/a~1b',
    ]);
  });

  it.each([
    [
      'a regular expression',
      '{ type: string, string: { type: Regexp, regexp: { match: "^vpce-svc-([0-9a-f]{17})$", group: 1 } } }',
    ],
    ['a prefix', '{ type: string, string: { type: TrimPrefix, trim: "https://" } }'],
    ['a map', '{ type: map, map: { ready: "yes" } }'],
    ['a match', '{ type: match, match: { patterns: [{ type: literal, literal: open, result: "yes" }] } }'],
    [
      'a match of an expression',
      '{ type: match, match: { patterns: [{ type: regexp, regexp: "^(open|shut)$", result: "yes" }] } }',
    ],
    ['base64', '{ type: string, string: { type: Convert, convert: FromBase64 } }'],
    ['a conversion', '{ type: convert, convert: { toType: int64 } }'],
  ])('survive %s', (_, transform) => {
    const waiting = POLICY.replace('status.queueArn', 'status.account').replace('%s', '%v');
    const telling = QUEUE.replace(
      '- { type: ToCompositeFieldPath, fromFieldPath: status.atProvider.arn, toFieldPath: status.queueArn }',
      `- { type: ToCompositeFieldPath, fromFieldPath: status.atProvider.kmsMasterKeyId, toFieldPath: status.account, transforms: [${transform}] }`,
    );
    const { late } = resource([DEFINITION, FUNCTIONS, composition(telling + waiting), claim()], 'policy');
    expect(late).toContain('/spec/forProvider/policy');
  });

  it('have the type that the schema says', () => {
    const telling = QUEUE.replace(
      'status.atProvider.arn, toFieldPath: status.queueArn }',
      'status.atProvider.delaySeconds, toFieldPath: status.queueArn, transforms: [{ type: math, math: { type: Multiply, multiply: 2 } }] }',
    );
    const { manifest } = resource(
      [DEFINITION, FUNCTIONS, composition(telling + POLICY.replace('%s', '%.0f')), claim()],
      'policy',
    );
    expect(manifest.object).toMatchObject({ spec: { forProvider: { policy: '{"Resource":"2"}' } } });
  });

  it('say what they are, and of what', () => {
    const telling = QUEUE.replace('status.atProvider.arn,', 'status.atProvider.kmsMasterKeyId,');
    const { manifest } = resource([DEFINITION, FUNCTIONS, composition(telling + POLICY), claim()], 'policy');
    expect(JSON.stringify(manifest.object)).toContain('known-after-creation.north.queue.kms-master-key-id');
  });
});

describe('a finding on a managed resource blames', () => {
  const locate = (entry: string, pointer: string, options = {}) =>
    resource(ALL, entry, options).manifest.locate(pointer);
  const line = (entry: string, pointer: string, options = {}) => {
    const origin = locate(entry, pointer, options);
    return origin && `${origin.file}:${origin.line}:${origin.column}`;
  };

  it('the field of the claim that a patch read', () => {
    expect(line('queue', '/spec/forProvider/region')).toBe('3.yaml:5:9');
    expect(line('queue', '/spec/forProvider/name')).toBe('3.yaml:5:28');
  });

  it('the nearest that is written where the value is a default', () => {
    expect(line('queue', '/spec/forProvider/messageRetentionSeconds')).toBe('3.yaml:5:1');
  });

  it('the claim where the value comes from another resource', () => {
    expect(line('policy', '/spec/forProvider/policy')).toBe('3.yaml:2:1');
  });

  it("the composition's base where that says it, or the claim where plimsoll wrote the composition", () => {
    expect(line('queue', '/spec/forProvider/tags/team')).toMatch(/^2\.yaml:21:/);
    expect(line('queue', '/spec/forProvider/tags/team', { blameBase: 'claim' })).toBe('3.yaml:2:1');
  });
});

describe('what only the platform could mend is a finding of the claim', () => {
  it('a resource that waits for what nothing sets', () => {
    const forever = POLICY.replace('status.queueArn', 'status.account');
    expect(found([DEFINITION, FUNCTIONS, composition(QUEUE + forever), claim()])).toEqual([
      {
        code: 'preview-never-created',
        severity: 'error',
        subject: 'north',
        pointer: '',
        line: '3.yaml:2',
        args: { composition: 'berth', entry: 'policy', missing: 'status.account' },
      },
    ]);
  });

  it('a composition that fails', () => {
    const failing = QUEUE.replace(
      'toFieldPath: spec.forProvider.name }',
      'toFieldPath: spec.forProvider.name, transforms: [{ type: map, map: { south: x } }] }',
    );
    expect(found([DEFINITION, FUNCTIONS, composition(failing), claim()])).toMatchObject([
      { code: 'render-function-fatal', severity: 'error', subject: 'north', line: '3.yaml:2' },
    ]);
  });

  it('a warning of a function', () => {
    const checked = QUEUE.replace(
      'patches:',
      'readinessChecks: [{ type: MatchString, fieldPath: status.conditions, matchString: x }]\n            patches:',
    );
    expect(found([DEFINITION, FUNCTIONS, composition(checked), claim()])).toMatchObject([
      {
        code: 'preview-function-warning',
        severity: 'warning',
        args: { composition: 'berth', step: 'patch' },
      },
    ]);
  });

  it('a function that is not installed: an error where others are', () => {
    const named = composition(QUEUE).replace('name: patches', 'name: function-patch-and-transform');
    const missing = { code: 'preview-function-missing', args: { name: 'function-patch-and-transform' } };
    expect(found([DEFINITION, named, claim(), claim('', ', labels: { a: b }')])).toMatchObject([
      { ...missing, severity: 'warning' },
    ]);
    expect(found([DEFINITION, FUNCTIONS, named, claim()])).toMatchObject([{ ...missing, severity: 'error' }]);
    // Its name says which one it is, so the preview goes on.
    expect(preview([DEFINITION, named, claim()]).value?.[0]?.resources).toHaveLength(1);
  });

  it('a function that plimsoll cannot run, once for all claims', () => {
    const go = FUNCTIONS.replace('function-patch-and-transform', 'function-go-templating');
    const south = claim().replace('name: north', 'name: south');
    expect(found([DEFINITION, go, composition(QUEUE), claim(), south])).toMatchObject([
      { code: 'render-function-unsupported', severity: 'warning', subject: 'north' },
    ]);
  });

  it('a kind that no definition of its group offers', () => {
    const quay = claim().replace('kind: Berth', 'kind: Quay');
    expect(found([DEFINITION, quay])).toMatchObject([
      { code: 'preview-definition-missing', severity: 'warning', line: '1.yaml:2' },
    ]);
    const crd = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: quays.harbour.tideline.example }
spec: { group: harbour.tideline.example, names: { kind: Quay } }`;
    expect(found([DEFINITION, crd, quay])).toEqual([]);
  });

  it('nothing where no definitions are among the documents', () => {
    expect(preview([claim(), composition(QUEUE)])).toEqual({ value: [], findings: [] });
  });
});

describe('the composition', () => {
  const two = [composition(QUEUE, 'berth', ', labels: { size: small }'), composition(POLICY, 'pier')];
  const chosen = (spec: string, definition = DEFINITION) =>
    preview([definition, FUNCTIONS, ...two, claim(spec)]).value?.[0]?.composition.object.metadata.name;
  const codes = (spec: string, definition = DEFINITION) =>
    found([definition, FUNCTIONS, ...two, claim(spec)])
      .filter(({ code }) => code.startsWith('preview-composition'))
      .map(({ code, severity, pointer, args }) => ({ code, severity, pointer, args }));
  const defaulting = (field: string) => DEFINITION.replace('spec:\n', `spec:\n  ${field}: { name: pier }\n`);

  it.each([
    ['that the claim names', ', compositionRef: { name: pier }', 'pier', DEFINITION],
    ['that labels select', ', compositionSelector: { matchLabels: { size: small } }', 'berth', DEFINITION],
    ['that the definition has as default', '', 'pier', defaulting('defaultCompositionRef')],
    [
      'that the claim names rather than the default',
      ', compositionRef: { name: berth }',
      'berth',
      defaulting('defaultCompositionRef'),
    ],
    [
      'that the definition enforces',
      ', compositionRef: { name: berth }',
      'pier',
      defaulting('enforcedCompositionRef'),
    ],
  ])('is the one %s', (_, spec, name, definition) => {
    expect(chosen(spec, definition)).toBe(name);
    expect(codes(spec, definition)).toEqual([]);
  });

  it('is the only one', () => {
    expect(only(ALL).composition.object.metadata.name).toBe('berth');
  });

  it('is any of several, which is told', () => {
    expect(codes('')).toEqual([
      {
        code: 'preview-composition-ambiguous',
        severity: 'warning',
        pointer: '',
        args: { kind: 'XBerth', names: ['berth', 'pier'] },
      },
    ]);
  });

  it.each([
    [
      ', compositionRef: { name: bert }',
      'error',
      '/spec/compositionRef/name',
      { kind: 'XBerth', name: 'bert', suggestion: 'berth' },
    ],
    [
      ', compositionSelector: { matchLabels: { size: huge } }',
      'error',
      '/spec/compositionSelector',
      { kind: 'XBerth' },
    ],
  ])('%s is none of them', (spec, severity, pointer, args) => {
    expect(codes(spec)).toEqual([{ code: 'preview-composition-missing', severity, pointer, args }]);
    expect(chosen(spec)).toBeUndefined();
  });

  it('that is for another kind counts for nothing', () => {
    const other = composition(QUEUE).replace('kind: XBerth', 'kind: XQuay');
    expect(found([DEFINITION, FUNCTIONS, other, claim()])).toMatchObject([
      { code: 'preview-composition-missing', severity: 'warning', args: { kind: 'XBerth' } },
    ]);
  });
});

describe('a composite without a claim', () => {
  it('of Crossplane 2 is rendered as it stands, with its namespace', () => {
    const definition = DEFINITION.replace('crossplane.io/v1', 'crossplane.io/v2')
      .replace('spec:\n', 'spec:\n  scope: Namespaced\n')
      .replace('  claimNames: { kind: Berth, plural: berths }\n', '');
    const composite = `
apiVersion: harbour.tideline.example/v1
kind: XBerth
metadata: { name: north, namespace: tideline }
spec: { region: eu-west-1, quay: tideline-north, crossplane: { compositionRef: { name: berth } } }
`;
    const namespaced = composition(QUEUE + POLICY).replaceAll('sqs.aws.upbound.io', 'sqs.aws.m.upbound.io');
    const { resources, composite: made } = only([definition, FUNCTIONS, namespaced, composite]);
    expect(made).toMatchObject({ kind: 'XBerth', metadata: { name: 'north' }, spec: { retention: 345600 } });
    expect(resources.map(({ manifest }) => manifest.object.metadata)).toMatchObject([
      { namespace: 'tideline', labels: { 'crossplane.io/composite': 'north' } },
      { namespace: 'tideline', labels: { 'crossplane.io/composite': 'north' } },
    ]);
    expect(resources[0]?.manifest.object['spec']).toMatchObject({
      forProvider: { policy: '{"Resource":"arn:aws:sqs:eu-west-1:111122223333:tideline-north"}' },
    });
    expect(resources[0]?.late).toEqual(['/metadata/name', '/metadata/ownerReferences/0/uid']);
  });
});

describe('hostile documents', () => {
  const KINDS = [
    ['apiextensions.crossplane.io/v1', 'CompositeResourceDefinition'],
    ['apiextensions.crossplane.io/v1', 'Composition'],
    ['pkg.crossplane.io/v1', 'Function'],
    ['harbour.tideline.example/v1', 'Berth'],
    ['harbour.tideline.example/v1', 'XBerth'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ] as const;

  it('never throw, whatever stands in a definition, a composition or a claim', () => {
    const sound = manifestsOf(...ALL);
    const schemas = store();
    const any = fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.object({ maxDepth: 4 })), { maxLength: 4 });
    fc.assert(
      fc.property(any, (documents) => {
        const manifests = documents.map(([[apiVersion, kind], spec]): Manifest => {
          const object = { apiVersion, kind, metadata: { name: 'north' }, spec };
          return { object, file: 'x.yaml', locate: () => undefined };
        });
        previewClaims([...manifests, ...sound], { store: schemas, blameBase: 'claim' });
        previewClaims([...sound, ...manifests], { store: schemas, blameBase: 'composition' });
      }),
      { numRuns: 100 },
    );
  });

  it('never throw where one value of a sound document is another', () => {
    const schemas = store();
    const values = [null, 7, 'x', [], {}, [null], { a: null }, '__proto__', 'a[', '['];
    const sound = manifestsOf(...ALL);
    for (const [index, { object }] of sound.entries()) {
      for (const pointer of pointersIn(object)) {
        for (const value of values) {
          const changed = structuredClone(object);
          setAt(changed, pointer, value);
          const manifests = sound.map((manifest, at) =>
            at === index ? { ...manifest, object: changed } : manifest,
          );
          previewClaims(manifests, { store: schemas, blameBase: 'claim' });
        }
      }
    }
  });
});

function pointersIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = [...at, key];
    // What every manifest has, whoever reads manifests makes sure of.
    const isIdentity = at.length === 0 && key !== 'spec';
    return isIdentity ? [] : [path, ...pointersIn(child, path)];
  });
}

function setAt(object: object, path: readonly string[], value: unknown): void {
  const holder = path.slice(0, -1).reduce<object>((one, key) => Reflect.get(one, key) as object, object);
  Reflect.set(holder, path.at(-1) ?? '', value);
}
