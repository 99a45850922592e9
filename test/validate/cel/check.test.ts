import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disk } from '#manifests/read/disk.ts';
import { readManifests } from '#manifests/read/read.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { celMessages } from '#report/messages/cel.ts';
import { checkRules } from '#validate/cel/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { validate } from '#validate/validate.ts';
import { store } from '../schemas.ts';
import { brief, definition, foundBy, read, voyage } from './tideline.ts';

const rule = (text: string, more: object = {}) => ({
  'x-kubernetes-validations': [{ rule: text, ...more }],
});
const STRING = { type: 'string', maxLength: 40 };
const INTEGER = { type: 'integer' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** One of each code, and what to compare it with. */
const CASES: readonly (readonly [expected: string, crd: object, good: object, bad: object])[] = [
  [
    'error rule-violated /spec',
    definition(object({ knots: INTEGER }, rule('self.knots < 30'))),
    voyage({ knots: 20 }),
    voyage({ knots: 40 }),
  ],
  [
    'error rule-evaluation-failed /spec',
    definition(object({ knots: INTEGER }, rule('self.knots < 30'))),
    voyage({ knots: 20 }),
    voyage({}),
  ],
  [
    'error rule-cost-exceeded /spec',
    definition(
      object(
        { ports: { type: 'array', maxItems: 75, items: { type: 'string', maxLength: 10 } } },
        rule('self.ports.all(x, self.ports.all(y, self.ports.exists(z, x + y == z) || true))'),
      ),
    ),
    voyage({ ports: ['NLRTM'] }),
    voyage({ ports: Array.from({ length: 75 }, (_, index) => `NL${index}`) }),
  ],
  [
    'error rule-not-judged ',
    definition(object({ knots: INTEGER }, rule('self.knots < 30'))),
    voyage({ knots: 20 }),
    voyage({ knots: 'fast' }),
  ],
];

describe('rules', () => {
  it.each(CASES)('%s', (expected, crd, good, bad) => {
    expect(foundBy(crd, [good])).toEqual([]);
    expect(foundBy(crd, [bad]).map(brief)).toEqual([expected]);
  });

  it('say what they say, at the field that they name', () => {
    const more = {
      messageExpression: "'no ship makes ' + self.speed",
      message: 'too fast',
      fieldPath: '.speed',
    };
    const crd = definition(object({ speed: STRING }, rule("self.speed != 'light'", more)));
    const [finding] = foundBy(crd, [voyage({ speed: 'light' })]);
    expect(finding).toMatchObject({
      pointer: '/spec/speed',
      args: { rule: "self.speed != 'light'", message: 'no ship makes light' },
    });
  });

  it('say the rule where they have no message, or none that can be made', () => {
    const messageOf = (more: object) =>
      foundBy(definition(object({ speed: STRING }, rule("self.speed != 'light'", more))), [
        voyage({ speed: 'light' }),
      ]).map(({ args }) => ('message' in args ? args.message : undefined));
    expect(messageOf({})).toEqual(["failed rule: self.speed != 'light'"]);
    expect(messageOf({ message: 'slower', messageExpression: "' '" })).toEqual(['slower']);
    expect(messageOf({ message: 'slower', messageExpression: "'a\\nb'" })).toEqual(['slower']);
    expect(messageOf({ message: 'slower', messageExpression: '[self.speed][1]' })).toEqual(['slower']);
  });

  it('see defaults, and null as nothing', () => {
    const crd = definition(
      object(
        { knots: { ...INTEGER, default: 12 }, flag: STRING },
        rule('self.knots > 10 && !has(self.flag)'),
      ),
    );
    expect(foundBy(crd, [voyage({}), voyage({ knots: null, flag: null })])).toEqual([]);
    expect(foundBy(crd, [voyage({ knots: 3 })])).toHaveLength(1);
  });

  it('do not see a status that is written apart', () => {
    const crd = definition(object({}), {
      properties: { spec: object({}), status: object({ at: STRING }, rule("self.at == 'sea'")) },
    });
    const afloat = voyage({}, { status: { at: 'port' } });
    expect(foundBy(crd, [afloat])).toHaveLength(1);
    const [version] = crd.spec.versions;
    const apart = { ...crd, spec: { ...crd.spec, versions: [{ ...version, subresources: { status: {} } }] } };
    expect(foundBy(apart, [afloat])).toEqual([]);
  });

  it('reach items and values, and names that mean something to JavaScript', () => {
    const positive = { ...INTEGER, ...rule('self > 0') };
    const crd = definition(
      object({
        list: { type: 'array', maxItems: 9, items: positive },
        map: { type: 'object', maxProperties: 9, additionalProperties: positive },
        constructor: positive,
      }),
    );
    const text = '{"list":[1,0],"map":{"__proto__":0,"a/b":0,"c":1},"constructor":0}';
    expect(foundBy(crd, [voyage(JSON.parse(text))]).map(brief)).toEqual([
      'error rule-violated /spec/list/1',
      'error rule-violated /spec/map/__proto__',
      'error rule-violated /spec/map/a~1b',
      'error rule-violated /spec/constructor',
    ]);
  });

  it('stop at the first that costs too much', () => {
    const dear = 'self.ports.all(x, self.ports.all(y, self.ports.exists(z, x + y == z) || true))';
    const crd = definition(
      object(
        { ports: { type: 'array', maxItems: 75, items: { type: 'string', maxLength: 10 } } },
        { 'x-kubernetes-validations': [{ rule: dear }, { rule: 'self.ports.size() > 1000' }] },
      ),
    );
    const started = process.cpuUsage().user;
    const ports = Array.from({ length: 75 }, (_, index) => `NL${index}`);
    expect(foundBy(crd, [voyage({ ports })]).map(({ code }) => code)).toEqual(['rule-cost-exceeded']);
    expect(process.cpuUsage().user - started).toBeLessThan(20_000_000);
  });
});

describe('rules on what changes', () => {
  const crd = definition(
    object({
      hull: { ...STRING, ...rule('self == oldSelf') },
      knots: { ...INTEGER, ...rule('self < 30') },
      flag: { ...STRING, ...rule("oldSelf.hasValue() || self == 'NL'", { optionalOldSelf: true }) },
      stops: {
        type: 'array',
        maxItems: 9,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port'],
        items: {
          ...object({ port: STRING, berth: { ...INTEGER, ...rule('self == oldSelf') } }),
          required: ['port'],
        },
      },
    }),
  );
  const change = (before: object, after: object) =>
    foundBy(crd, [voyage(after)], { previous: () => voyage(before) }).map(brief);

  it('are not asked of what is new', () => {
    expect(foundBy(crd, [voyage({ hull: 'steel' })])).toEqual([]);
    expect(foundBy(crd, [voyage({ flag: 'DK' })]).map(brief)).toEqual(['error rule-violated /spec/flag']);
  });

  it('compare with what was there', () => {
    expect(change({ hull: 'steel' }, { hull: 'steel' })).toEqual([]);
    expect(change({ hull: 'steel' }, { hull: 'wood' })).toEqual(['error rule-violated /spec/hull']);
    expect(change({}, { hull: 'wood' })).toEqual([]);
    expect(change({ flag: 'NL' }, { flag: 'DK' })).toEqual([]);
  });

  it('find items again by their keys', () => {
    const stops = (...list: readonly (readonly [string, number])[]) => ({
      stops: list.map(([port, berth]) => ({ port, berth })),
    });
    expect(change(stops(['A', 1], ['B', 2]), stops(['B', 2], ['C', 3], ['A', 1]))).toEqual([]);
    expect(change(stops(['A', 1], ['B', 2]), stops(['B', 1]))).toEqual([
      'error rule-violated /spec/stops/0/berth',
    ]);
  });

  it('let pass with a warning what was so before', () => {
    expect(change({ knots: 40 }, { knots: 40, hull: 'steel' })).toEqual([
      'warning rule-violated /spec/knots',
    ]);
    expect(change({ knots: 40 }, { knots: 41 })).toEqual(['error rule-violated /spec/knots']);
  });
});

describe('the check', () => {
  it('compiles nothing for kinds that have no object', () => {
    // This one would be a finding, were it looked at.
    const crd = definition(object({ knots: INTEGER }, rule('self.knots')));
    expect(checkRules([], store()).findings).toEqual([]);
    expect(foundBy(crd, []).map(({ code }) => code)).toEqual(['rule-invalid']);
  });

  it('tells of a rule that can not be used, once, where its definition is elsewhere', () => {
    const crd = definition(object({ knots: INTEGER }, rule('self.speed < 30')));
    const { crds } = crdsIn(read(crd), store());
    const voyages = read(voyage({ knots: 1 }), voyage({ knots: 2 }));
    const { findings } = checkRules(voyages, withCrds(store(), crds));
    expect(findings.map(brief)).toEqual(['error rule-unusable /spec']);
    // Its definition says it, where that is here.
    expect(foundBy(crd, [voyage({ knots: 1 })]).map(({ code }) => code)).toEqual(['rule-invalid']);
  });

  it('covers what it evaluated rules of', () => {
    const crd = definition(object({ knots: INTEGER }, rule('self.knots < 30')));
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [] } };
    const manifests = read(crd, voyage({ knots: 20 }), voyage({ knots: 'x' }), pod);
    const [schema, cel] = validate(manifests, { store: store(), checks: ['schema', 'cel'] });
    expect(schema?.covered.size).toBe(4);
    expect([...(cel?.covered ?? [])]).toEqual([manifests[1]]);
    // What is wrong with the other voyage, the schema check says.
    expect(cel?.findings).toEqual([]);
  });

  it('finds nothing in what is shipped', () => {
    const folders = ['dist', 'test/golden/online-boutique'].filter((folder) => fs.existsSync(folder));
    for (const folder of folders) {
      const { value = [] } = readManifests([folder], disk);
      const environments = new Map(
        value.map((manifest) => [manifest.file.split('/').slice(0, -2).join('/'), manifest]),
      );
      expect(environments.size).toBeGreaterThan(0);
      const [cel] = validate(value, {
        store: store(),
        checks: ['cel'],
        crdsOfXrd,
        clusterOf: ({ file }) => file.split('/').slice(0, -2).join('/'),
      });
      expect(cel?.findings).toEqual([]);
    }
  });
});

it('has a case for every code', () => {
  const here = CASES.map(([expected]) => expected.split(' ')[1]);
  const inDefinitions = [
    'rule-unusable',
    'rule-invalid',
    'rule-uncorrelatable',
    'rule-misplaced',
    'rule-default',
    'rule-cost-estimate',
    'rule-cost-total',
  ];
  expect([...here, ...inDefinitions].sort()).toEqual(Object.keys(celMessages).sort());
});
