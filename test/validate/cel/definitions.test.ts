import { describe, expect, it } from 'vitest';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { checkRules } from '#validate/cel/check.ts';
import { checkDefinitions } from '#validate/cel/definitions.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { validate } from '#validate/validate.ts';
import { store } from '../schemas.ts';
import { brief, definition, foundBy, read } from './tideline.ts';

const rules = (...list: readonly (string | object)[]) => ({
  'x-kubernetes-validations': list.map((one) => (typeof one === 'string' ? { rule: one } : one)),
});
const STRING = { type: 'string', maxLength: 40 };
const INTEGER = { type: 'integer' };
const object = (properties: object, ...list: readonly (string | object)[]) => ({
  type: 'object',
  properties,
  ...(list.length === 0 ? {} : rules(...list)),
});
const SPEC = '/spec/versions/0/schema/openAPIV3Schema/properties/spec';

/** The API server is asked about these and more in test/cluster/definitions.test.ts. */
const BAD: readonly (readonly [expected: string, spec: object])[] = [
  ['rule-invalid /x-kubernetes-validations/0/rule', object({ a: INTEGER }, 'self.b > 0')],
  ['rule-invalid /x-kubernetes-validations/0/rule', object({ a: INTEGER }, 'self.a')],
  [
    'rule-invalid /x-kubernetes-validations/0/message',
    object({ a: INTEGER }, { rule: 'self.a > 0', message: 'a\nb' }),
  ],
  [
    'rule-invalid /x-kubernetes-validations/0/messageExpression',
    object({ a: INTEGER }, { rule: 'self.a > 0', messageExpression: 'self.a' }),
  ],
  [
    'rule-invalid /x-kubernetes-validations/0/reason',
    object({ a: INTEGER }, { rule: 'self.a > 0', reason: 'Because' }),
  ],
  [
    'rule-invalid /x-kubernetes-validations/0/fieldPath',
    object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: '.b' }),
  ],
  [
    'rule-invalid /x-kubernetes-validations/0/optionalOldSelf',
    object({ a: INTEGER }, { rule: 'self.a > 0', optionalOldSelf: true }),
  ],
  [
    'rule-uncorrelatable /properties/a/items/x-kubernetes-validations/0/rule',
    object({ a: { type: 'array', maxItems: 3, items: { ...STRING, ...rules('self == oldSelf') } } }),
  ],
  [
    'rule-misplaced /allOf/0/properties/a/x-kubernetes-validations',
    { ...object({ a: INTEGER }), allOf: [{ properties: { a: rules('self > 0') } }] },
  ],
  ['schema-range /properties/a/default', object({ a: { ...INTEGER, maximum: 12, default: 13 } })],
  ['schema-enum /properties/a/default', object({ a: { ...STRING, enum: ['Liner'], default: 'Tramp' } })],
  [
    'schema-unknown-field /properties/a/default/tide',
    object({ a: { ...object({ b: INTEGER }), default: { b: 1, tide: 2 } } }),
  ],
  ['rule-default /properties/a/default', object({ a: { ...INTEGER, default: 0, ...rules('self > 0') } })],
  [
    'rule-cost-estimate /x-kubernetes-validations/0/rule',
    object(
      { a: { type: 'array', items: { type: 'string', maxLength: 30 }, maxItems: 1500 } },
      'self.a.all(x, self.a.exists_one(y, x == y))',
    ),
  ],
];

describe('a definition', () => {
  it.each(BAD)('is refused for %s', (expected, spec) => {
    const [code, place] = expected.split(' ');
    const { code: found, pointer } =
      foundBy(definition(spec as Record<string, unknown>), [])[0] ?? expect.fail();
    expect(`${found} ${pointer}`).toBe(`${code} ${SPEC}${place}`);
  });

  it('is refused for the cost of all its rules together', () => {
    const texts = { b: { type: 'string' }, c: { type: 'string' } };
    const many = Array.from({ length: 20 }, (_, index) => `self.b + self.c != 'a${index}'`);
    const crd = definition(object({ a: { type: 'array', maxItems: 9, items: object(texts, ...many) } }));
    expect(foundBy(crd, []).map(brief)).toEqual([
      'error rule-cost-total /spec/versions/0/schema/openAPIV3Schema',
    ]);
  });

  it('is told where in an expression the mistake is', () => {
    const [finding] = foundBy(definition(object({ a: INTEGER }, 'self.a > 0 && self.b')), []);
    expect(finding?.args).toMatchObject({ part: 'rule', line: 1, column: 19 });
  });

  it('with rules on what changes in lists that have keys is sound', () => {
    const item = {
      ...object({ name: STRING, b: { ...INTEGER, ...rules('self == oldSelf') } }),
      required: ['name'],
    };
    const list = {
      type: 'array',
      maxItems: 3,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: item,
    };
    expect(foundBy(definition(object({ a: list })), [])).toEqual([]);
  });

  it('of a composite resource is judged as the CRDs that are made of it, each mistake once', () => {
    const xrd = {
      apiVersion: 'apiextensions.crossplane.io/v1',
      kind: 'CompositeResourceDefinition',
      metadata: { name: 'xvoyages.rules.tideline.example' },
      spec: {
        group: 'rules.tideline.example',
        names: { kind: 'XVoyage', plural: 'xvoyages' },
        claimNames: { kind: 'Voyage', plural: 'voyages' },
        versions: [
          {
            name: 'v1',
            served: true,
            referenceable: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: object({ a: { ...INTEGER, ...rules('self > 0', 'self.b') } }) },
              },
            },
          },
        ],
      },
    };
    const { definitions, findings } = crdsIn(read(xrd), store(), crdsOfXrd);
    expect(findings).toEqual([]);
    const expected = [`error rule-invalid ${SPEC}/properties/a/x-kubernetes-validations/1/rule`];
    expect(checkDefinitions(definitions, store()).map(brief)).toEqual(expected);
    // To the API server its schema is free-form: whoever leaves out what Crossplane says leaves it out.
    expect(checkRules([], store(), { definitions }).findings).toEqual([]);
    const broken = (check: 'cel' | 'composition') =>
      validate(read(xrd), { store: store(), checks: [check], crdsOfXrd }).flatMap(({ findings: found }) =>
        found.filter(({ code }) => code.startsWith('rule-')).map(brief),
      );
    expect(broken('composition')).toEqual(expected);
    expect(broken('cel')).toEqual([]);
  });
});
