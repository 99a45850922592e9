import { type Change, INPUT, SCHEMA } from './harbour.ts';

/** Ways to spoil the harbour, each with everything that is found then. */
export interface BadComposition {
  readonly name: string;
  readonly changes: readonly Change[];
  /** `SEVERITY CODE POINTER`; `~` stands for the place of the input, `^` for that of the XRD's schema. */
  readonly expected: readonly string[];
}

const composition = (pointer: string, value: unknown): Change => [
  'Composition',
  pointer.replace('~', INPUT),
  value,
];
const xrd = (pointer: string, value: unknown): Change => [
  'CompositeResourceDefinition',
  pointer.replace('^', SCHEMA),
  value,
];

/** Puts a patch behind those of a resource; 8, 5, 3 and 7 are there already. */
const patched = (resource: number, patch: object): Change =>
  composition(`~/resources/${resource}/patches/-`, patch);

const bad = (name: string, changes: readonly Change[], ...expected: readonly string[]): BadComposition => ({
  name,
  changes,
  expected,
});

const transformed = (type: string, how: object) => [{ type, [type]: how }];

const CALLS = '~/resources/0';
const REDRIVE = '~/resources/2';
const PAPERS = '~/resources/3';
/** Where the next patch of the bucket comes. */
const ADDED = `${PAPERS}/patches/7`;

const pipelines: readonly BadComposition[] = [
  bad('no mode', [composition('/spec/mode', undefined)], 'error composition-mode /spec'),
  bad('the old mode', [composition('/spec/mode', 'Resources')], 'error composition-mode /spec/mode'),
  bad(
    'another composite',
    [composition('/spec/compositeTypeRef/kind', 'XHarbor')],
    'error composition-composite-unknown /spec/compositeTypeRef/kind',
  ),
  bad(
    'a composite of a group that is not at hand',
    [composition('/spec/compositeTypeRef/apiVersion', 'quays.example/v1')],
    'warning composition-composite-unknown /spec/compositeTypeRef',
  ),
  bad(
    'another version of the composite',
    [composition('/spec/compositeTypeRef/apiVersion', 'tideline.example/v2')],
    'error composition-composite-version /spec/compositeTypeRef/apiVersion',
  ),
  bad(
    'a function that is not installed',
    [composition('/spec/pipeline/1/functionRef/name', 'function-auto-raedy')],
    'error composition-function-unknown /spec/pipeline/1/functionRef/name',
  ),
  bad(
    'a function whose input is not known',
    [
      composition('/spec/pipeline/-', {
        step: 'tide',
        functionRef: { name: 'function-tide' },
        input: { apiVersion: 'tide.fn.example/v1', kind: 'Tide' },
      }),
      ['Function', '/metadata/name', 'function-tide'],
      ['Function', '/spec/package', 'registry.example/function-tide:v1'],
      composition('/spec/pipeline/0/functionRef/name', 'function-tide'),
    ],
    'info composition-input-unchecked /spec/pipeline/2/input',
  ),
  bad(
    'a field that the input does not have',
    [composition(`${CALLS}/patches/2/fromFieldPaht`, 'spec.name')],
    `error schema-unknown-field ${CALLS}/patches/2/fromFieldPaht`,
  ),
  bad(
    'a patch without what its type needs',
    [patched(3, { type: 'CombineFromComposite', toFieldPath: 'spec.forProvider.region' })],
    `error composition-refused ${ADDED}/combine`,
  ),
  bad(
    'a transform without what its type needs',
    [
      composition(`${CALLS}/patches/3/transforms/0`, {
        type: 'math',
        math: { type: 'ClampMin', multiply: 3 },
      }),
    ],
    `error composition-refused ${CALLS}/patches/3/transforms/0/math/clampMin`,
  ),
  bad(
    'an expression that is none, and a second mistake',
    [
      patched(3, {
        fromFieldPath: 'spec.name',
        toFieldPath: 'metadata.annotations[tideline.example/pilot]',
        transforms: transformed('string', { type: 'Regexp', regexp: { match: '(' } }),
      }),
      composition(`${CALLS}/patches/5/toFieldPath`, 'spec.forProvider.tag'),
    ],
    `error composition-refused ${ADDED}/transforms/0/string/regexp/match`,
    `error composition-path-unknown ${CALLS}/patches/5/toFieldPath`,
  ),
  bad(
    'nothing to compose',
    [composition('~/resources', []), composition('~/environment', undefined)],
    'error composition-refused ~/resources',
    'warning composition-patch-set-unused ~/patchSets/0',
    'warning composition-patch-set-unused ~/patchSets/1',
    'warning xrd-key-unprovided /spec/connectionSecretKeys/0',
    'warning xrd-key-unprovided /spec/connectionSecretKeys/1',
    ...['name', 'region', 'size', 'days', 'draught', 'note', 'isOpen', 'berths', 'tags'].map(
      (field) => `warning xrd-field-unused ^/spec/properties/${field}`,
    ),
    'warning xrd-field-unused ^/spec/properties/deletionPolicy',
    'warning xrd-field-unused ^/spec/properties/providerConfigName',
  ),
  bad(
    'two resources of one name',
    [composition(`${PAPERS}/name`, 'redrive')],
    `error composition-name-duplicate ${PAPERS}/name`,
  ),
  bad(
    'two patch sets of one name',
    [
      composition('~/patchSets/-', {
        name: 'region',
        patches: [{ fromFieldPath: 'spec.region', toFieldPath: 'spec.forProvider.region' }],
      }),
    ],
    'error composition-name-duplicate ~/patchSets/2/name',
  ),
  bad(
    'a patch set that is not there',
    [composition(`${PAPERS}/patches/0/patchSetName`, 'provide')],
    `error composition-patch-set-unknown ${PAPERS}/patches/0/patchSetName`,
    `warning composition-deletion-mixed ${PAPERS}/base`,
  ),
  bad(
    'a patch set that nothing uses',
    [
      composition('~/patchSets/-', {
        name: 'zone',
        patches: [{ fromFieldPath: 'spec.region', toFieldPath: 'spec.zone' }],
      }),
    ],
    'warning composition-patch-set-unused ~/patchSets/2',
  ),
];

const patches: readonly BadComposition[] = [
  bad(
    'a path that is none',
    [composition(`${PAPERS}/patches/2/fromFieldPath`, 'spec..name')],
    `error composition-path-syntax ${PAPERS}/patches/2/fromFieldPath`,
  ),
  bad(
    'a path of the environment that is none',
    [composition('~/environment/patches/0/toFieldPath', 'note[')],
    'error composition-path-syntax ~/environment/patches/0/toFieldPath',
  ),
  bad(
    'an empty target',
    [composition(`${PAPERS}/patches/3/toFieldPath`, '')],
    `error composition-path-syntax ${PAPERS}/patches/3/toFieldPath`,
  ),
  bad(
    'a source that the XRD does not have',
    [composition(`${PAPERS}/patches/3/fromFieldPath`, 'spec.isOpne')],
    `error composition-path-unknown ${PAPERS}/patches/3/fromFieldPath`,
    'warning xrd-field-unused ^/spec/properties/isOpen',
  ),
  bad(
    'a name where an index belongs',
    [composition('~/resources/1/patches/2/combine/variables/1/fromFieldPath', 'spec.berths.first')],
    'error composition-path-unknown ~/resources/1/patches/2/combine/variables/1/fromFieldPath',
  ),
  bad(
    'a target that the resource does not have',
    [composition(`${PAPERS}/patches/3/toFieldPath`, 'spec.forProvider.forceDestroyed')],
    `error composition-path-unknown ${PAPERS}/patches/3/toFieldPath`,
  ),
  bad(
    'a field of the status that the XRD does not declare',
    [composition(`${PAPERS}/patches/5/toFieldPath`, 'status.bucketArn')],
    `error composition-path-unknown ${PAPERS}/patches/5/toFieldPath`,
  ),
  bad(
    'a report of what the resource does not have',
    [composition(`${PAPERS}/patches/5/fromFieldPath`, 'status.atProvider.arns')],
    `error composition-path-unknown ${PAPERS}/patches/5/fromFieldPath`,
  ),
  bad(
    'a patch set that is wrong for all who use it',
    [composition('~/patchSets/1/patches/0/toFieldPath', 'spec.forProvider.regoin')],
    'error composition-path-unknown ~/patchSets/1/patches/0/toFieldPath',
    ...[0, 1, 2, 3].map((index) => `error composition-required ~/resources/${index}/base/spec/forProvider`),
  ),
  bad(
    'a patch set that is wrong for some who use it',
    [
      composition('~/patchSets/0/patches/-', {
        fromFieldPath: 'spec.tags',
        toFieldPath: 'spec.forProvider.tags',
      }),
    ],
    `error composition-path-unknown ${REDRIVE}/patches/0/patchSetName`,
  ),
  bad(
    'objects whose fields the target does not have',
    [
      xrd('^/spec/properties/tags', { type: 'object', properties: { owner: { type: 'string' } } }),
      composition(`${CALLS}/patches/5/toFieldPath`, 'spec.providerConfigRef'),
    ],
    `error composition-path-unknown ${CALLS}/patches/5/toFieldPath`,
  ),
  bad(
    'a report outside the status',
    [composition(`${PAPERS}/patches/5/toFieldPath`, 'metadata.annotations[tideline.example/arn]')],
    `error composition-report-place ${PAPERS}/patches/5/toFieldPath`,
  ),
  bad(
    'text for true or false',
    [composition(`${PAPERS}/patches/3/fromFieldPath`, 'spec.note')],
    `error composition-type ${PAPERS}/patches/3/toFieldPath`,
    'warning xrd-field-unused ^/spec/properties/isOpen',
  ),
  bad(
    'a whole number for text',
    [patched(3, { fromFieldPath: 'spec.days', toFieldPath: 'metadata.annotations[tideline.example/days]' })],
    `error composition-type ${ADDED}/toFieldPath`,
  ),
  bad(
    'lists in a map of texts',
    [xrd('^/spec/properties/tags/additionalProperties', { type: 'array', items: { type: 'string' } })],
    `error composition-type ${CALLS}/patches/5/toFieldPath`,
  ),
  bad(
    'a number that need not be whole',
    [
      patched(0, {
        type: 'ToCompositeFieldPath',
        fromFieldPath: 'status.atProvider.delaySeconds',
        toFieldPath: 'status.delay',
      }),
      xrd('^/status/properties/delay', { type: 'integer' }),
    ],
    `warning composition-type ${CALLS}/patches/8/toFieldPath`,
  ),
  bad(
    'a value that the target does not allow',
    [xrd('^/spec/properties/deletionPolicy/enum', ['Orphan', 'Keep'])],
    'error composition-value ~/patchSets/0/patches/1/toFieldPath',
  ),
  bad(
    'a transform of what it can not take',
    [composition(`${CALLS}/patches/3/fromFieldPath`, 'spec.name')],
    `error composition-transform-input ${CALLS}/patches/3/transforms/0/math`,
  ),
  bad(
    'a transform that fails on a value of the enum',
    [
      composition(`${CALLS}/patches/4/transforms`, [
        { type: 'match', match: { patterns: [{ type: 'literal', literal: 'small', result: 65536 }] } },
      ]),
    ],
    `error composition-transform-fails ${CALLS}/patches/4/transforms/0/match`,
  ),
  bad(
    'an object of what is no JSON',
    [
      patched(3, {
        fromFieldPath: 'spec.size',
        toFieldPath: 'spec.forProvider.tags',
        transforms: transformed('convert', { toType: 'object', format: 'json' }),
      }),
    ],
    `error composition-transform-fails ${ADDED}/transforms/0/convert`,
  ),
  bad(
    'a map that lacks a value of the enum',
    [composition(`${CALLS}/patches/4/transforms/0/map/large`, undefined)],
    `error composition-map-incomplete ${CALLS}/patches/4/transforms/0/map`,
  ),
  bad(
    'a map of whatever text comes',
    [xrd('^/spec/properties/size', { type: 'string' })],
    `warning composition-map-incomplete ${CALLS}/patches/4/transforms/0/map`,
  ),
  bad(
    'too few variables',
    [composition('~/resources/1/patches/2/combine/string/fmt', '%s-%s-%s-lost')],
    'error composition-format ~/resources/1/patches/2/combine/string/fmt',
  ),
  bad(
    'too many variables',
    [composition('~/resources/1/patches/2/combine/string/fmt', '%s-lost')],
    'error composition-format ~/resources/1/patches/2/combine/string/fmt',
  ),
  bad(
    'a verb that does not fit',
    [composition(`${CALLS}/patches/2/transforms/0/string/fmt`, '%t-calls')],
    `error composition-format ${CALLS}/patches/2/transforms/0/string/fmt`,
  ),
  bad(
    'a list in a text',
    [
      patched(3, {
        fromFieldPath: 'spec.berths',
        toFieldPath: 'metadata.annotations[tideline.example/berths]',
        transforms: transformed('string', { type: 'Format', fmt: 'berths %v' }),
      }),
    ],
    `error composition-format ${ADDED}/transforms/0/string/fmt`,
  ),
  ...['%d', '%s'].map((verb) =>
    bad(
      `a number by ${verb}`,
      [
        composition(
          `${REDRIVE}/patches/2/combine/string/fmt`,
          `{"deadLetterTargetArn":"%s","maxReceiveCount":${verb}}`,
        ),
      ],
      `error composition-format-number ${REDRIVE}/patches/2/combine/string/fmt`,
    ),
  ),
  bad(
    'a large number by %v',
    [
      composition(
        `${REDRIVE}/patches/2/combine/string/fmt`,
        '{"deadLetterTargetArn":"%s","maxReceiveCount":%v}',
      ),
      xrd('^/spec/properties/days/maximum', undefined),
    ],
    `error composition-format-number ${REDRIVE}/patches/2/combine/string/fmt`,
  ),
  bad(
    'JSON without its end',
    [
      composition(
        `${REDRIVE}/patches/2/combine/string/fmt`,
        '{"deadLetterTargetArn":"%s","maxReceiveCount":%.0f',
      ),
    ],
    `error composition-json ${REDRIVE}/patches/2/combine/string/fmt`,
  ),
  bad(
    'JSON with a text that has no quotation marks',
    [
      composition(
        `${REDRIVE}/patches/2/combine/string/fmt`,
        '{"deadLetterTargetArn":%s,"maxReceiveCount":%.0f}',
      ),
    ],
    `warning composition-json ${REDRIVE}/patches/2/combine/string/fmt`,
  ),
  bad(
    'a base with JSON that is none',
    [composition(`${CALLS}/base/spec/forProvider/policy`, '{"Version":"2012-10-17",}')],
    `error composition-json ${CALLS}/base/spec/forProvider/policy`,
  ),
  bad(
    'a late value that nobody waits for',
    [composition(`${REDRIVE}/patches/2/policy`, undefined)],
    `error composition-late-value ${REDRIVE}/patches/2/combine/variables/0/fromFieldPath`,
    `warning composition-required ${REDRIVE}/base/spec/forProvider`,
  ),
  bad(
    'a late annotation that nobody waits for',
    [composition(`${PAPERS}/patches/6/policy`, undefined)],
    `warning composition-late-value ${PAPERS}/patches/6/fromFieldPath`,
  ),
  bad(
    'a gate that nobody opens',
    [composition('~/resources/1/patches/3', undefined)],
    `error composition-gate-shut ${REDRIVE}/patches/2/combine/variables/0/fromFieldPath`,
  ),
  bad(
    'a gate that only what is behind it would open',
    [composition(`${PAPERS}/patches/6/fromFieldPath`, 'status.papersArn')],
    `error composition-gate-shut ${PAPERS}/patches/6/fromFieldPath`,
  ),
  bad(
    'two that wait for each other',
    [
      patched(0, {
        fromFieldPath: 'status.papersArn',
        toFieldPath: 'metadata.annotations[tideline.example/after-papers]',
        policy: { fromFieldPath: 'Required' },
      }),
    ],
    `error composition-gate-shut ${CALLS}/patches/8/fromFieldPath`,
    `error composition-gate-shut ${PAPERS}/patches/6/fromFieldPath`,
  ),
];

const resources: readonly BadComposition[] = [
  bad(
    'a kind that is not known',
    [composition(`${PAPERS}/base/kind`, 'Buckett')],
    `warning composition-base-unknown ${PAPERS}/base/kind`,
  ),
  bad(
    'a version that is not served',
    [composition(`${PAPERS}/base/apiVersion`, 's3.aws.upbound.io/v1beta9')],
    `error composition-base-unknown ${PAPERS}/base/apiVersion`,
  ),
  bad(
    'a version that will go away',
    [composition(`${PAPERS}/base/apiVersion`, 's3.aws.upbound.io/v1beta1')],
    `warning composition-base-deprecated ${PAPERS}/base/apiVersion`,
  ),
  bad('no base', [composition(`${PAPERS}/base`, undefined)], `error composition-base-missing ${PAPERS}`),
  bad(
    'a field that the resource does not have',
    [composition(`${PAPERS}/base/spec/forProvider/tagz`, {})],
    `error schema-unknown-field ${PAPERS}/base/spec/forProvider/tagz`,
  ),
  bad(
    'a value of the wrong type',
    [composition(`${CALLS}/base/spec/forProvider/sqsManagedSseEnabled`, 'true')],
    `error schema-type ${CALLS}/base/spec/forProvider/sqsManagedSseEnabled`,
  ),
  bad(
    'a field that its schema requires',
    [composition(`${PAPERS}/patches/1`, undefined)],
    `error composition-required ${PAPERS}/base/spec/forProvider`,
  ),
  bad(
    'a field that its rules require',
    [composition(`${REDRIVE}/patches/2`, undefined)],
    `error composition-required ${REDRIVE}/base/spec/forProvider`,
  ),
  bad(
    'a required field from an optional one',
    [xrd('^/spec/required', ['name', 'size', 'days', 'deletionPolicy', 'providerConfigName'])],
    ...[0, 1, 2, 3].map((index) => `warning composition-required ~/resources/${index}/base/spec/forProvider`),
  ),
  bad(
    'a selector that finds two',
    [composition(`${REDRIVE}/base/spec/forProvider/queueUrlSelector/matchLabels`, undefined)],
    `error composition-selector ${REDRIVE}/base/spec/forProvider/queueUrlSelector`,
  ),
  bad(
    'a selector that finds none',
    [
      composition(`${REDRIVE}/base/spec/forProvider/queueUrlSelector/matchLabels`, {
        'tideline.example/role': 'cals',
      }),
    ],
    `error composition-selector ${REDRIVE}/base/spec/forProvider/queueUrlSelector`,
  ),
  bad(
    'a selector of another composite by labels that nothing has',
    [
      composition(`${REDRIVE}/base/spec/forProvider/queueUrlSelector`, {
        matchLabels: { 'tideline.example/role': 'pilots' },
      }),
    ],
    `warning composition-selector-labels ${REDRIVE}/base/spec/forProvider/queueUrlSelector`,
  ),
  bad(
    'a selector of several',
    [
      composition(`${PAPERS}/base`, {
        apiVersion: 'elasticache.aws.upbound.io/v1beta1',
        kind: 'SubnetGroup',
        spec: { forProvider: { subnetIdSelector: { matchLabels: { 'tideline.example/role': 'calls' } } } },
      }),
      composition(`${PAPERS}/patches/3/toFieldPath`, 'metadata.annotations[tideline.example/open]'),
      composition(`${PAPERS}/patches/3/transforms`, transformed('convert', { toType: 'string' })),
    ],
    `warning composition-selector-several ${PAPERS}/base/spec/forProvider/subnetIdSelector`,
  ),
  bad(
    'a selector of nobody knows what',
    [
      composition(`${PAPERS}/base`, {
        apiVersion: 'ec2.aws.upbound.io/v1beta2',
        kind: 'Route',
        spec: { forProvider: { networkInterfaceIdSelector: { matchControllerRef: true } } },
      }),
      composition(`${PAPERS}/patches/3`, undefined),
      composition(`${PAPERS}/patches/4`, undefined),
    ],
    `info composition-selector-unchecked ${PAPERS}/base/spec/forProvider/networkInterfaceIdSelector`,
    'warning xrd-field-unused ^/spec/properties/isOpen',
  ),
  bad(
    'a key of a secret that is not written',
    [
      composition(`${CALLS}/base/spec/writeConnectionSecretToRef`, undefined),
      composition(`${CALLS}/patches/6`, undefined),
    ],
    `error composition-connection-secret ${CALLS}/connectionDetails/1/fromConnectionSecretKey`,
  ),
  bad(
    'a key of a secret that has no namespace',
    [composition(`${CALLS}/base/spec/writeConnectionSecretToRef/namespace`, undefined)],
    `error composition-connection-secret ${CALLS}/connectionDetails/1/fromConnectionSecretKey`,
    `error composition-required ${CALLS}/base/spec/writeConnectionSecretToRef`,
  ),
  bad(
    'one secret for all',
    [composition(`${CALLS}/patches/6`, undefined)],
    `error composition-connection-shared ${CALLS}/connectionDetails/1/fromConnectionSecretKey`,
  ),
  bad(
    'no place for the secrets of composites',
    [composition('/spec/writeConnectionSecretsToNamespace', undefined)],
    `error composition-connection-unwritten ${CALLS}/connectionDetails/0`,
  ),
  bad(
    'a key that the XRD drops',
    [composition(`${CALLS}/connectionDetails/1/name`, 'endpiont')],
    `error composition-connection-key ${CALLS}/connectionDetails/1/name`,
    'warning xrd-key-unprovided /spec/connectionSecretKeys/1',
  ),
  bad(
    'a detail from a field that is not there',
    [composition(`${CALLS}/connectionDetails/0/fromFieldPath`, 'status.atProvider.uri')],
    `error composition-path-unknown ${CALLS}/connectionDetails/0/fromFieldPath`,
  ),
  bad(
    'one that is deleted while the others are kept',
    [
      composition(`${PAPERS}/patches/0`, {
        fromFieldPath: 'spec.providerConfigName',
        toFieldPath: 'spec.providerConfigRef.name',
      }),
    ],
    `warning composition-deletion-mixed ${PAPERS}/base`,
  ),
];

const definitions: readonly BadComposition[] = [
  bad(
    "Crossplane's own field",
    [xrd('^/spec/properties/compositionRef', { type: 'object', properties: { name: { type: 'string' } } })],
    'error xrd-reserved-field ^/spec/properties/compositionRef',
    'warning xrd-field-unused ^/spec/properties/compositionRef',
  ),
  bad(
    "Crossplane's own status",
    [xrd('^/status/properties/conditions', { type: 'array', items: { type: 'string' } })],
    'error xrd-reserved-field ^/status/properties/conditions',
  ),
  bad(
    'a claim of the same name',
    [xrd('/spec/claimNames/kind', 'XHarbour')],
    'error xrd-claim-names /spec/claimNames/kind',
  ),
  bad(
    'a field that nothing reads',
    [xrd('^/spec/properties/pilot', { type: 'object', properties: { name: { type: 'string' } } })],
    'warning xrd-field-unused ^/spec/properties/pilot',
  ),
  bad(
    'a key that no composition provides',
    [xrd('/spec/connectionSecretKeys', ['queueUrl', 'endpoint', 'password'])],
    'warning xrd-key-unprovided /spec/connectionSecretKeys/2',
  ),
];

export const BAD: readonly BadComposition[] = [...pipelines, ...patches, ...resources, ...definitions];
