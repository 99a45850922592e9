/**
 * Schemas with rules of many shapes, and values that keep or break them. What the API server makes of them the test
 * asks; nothing is expected here.
 */
export interface RuleCase {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
}

interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly fieldPath?: string;
  readonly reason?: string;
  readonly optionalOldSelf?: boolean;
}

type Rules = readonly (string | Rule)[];

const rules = (...list: Rules) => ({
  'x-kubernetes-validations': list.map((one) => (typeof one === 'string' ? { rule: one } : one)),
});

const text = (...list: Rules) => ({ type: 'string', maxLength: 200, ...rules(...list) });
const integer = (...list: Rules) => ({ type: 'integer', ...rules(...list) });
const number = (...list: Rules) => ({ type: 'number', ...rules(...list) });
const object = (properties: object, ...list: Rules) => ({
  type: 'object',
  properties,
  ...rules(...list),
});
const list = (items: object, ...of: Rules) => ({
  type: 'array',
  maxItems: 20,
  items,
  ...rules(...of),
});
const map = (values: object, ...of: Rules) => ({
  type: 'object',
  maxProperties: 20,
  additionalProperties: values,
  ...rules(...of),
});

const STRING = { type: 'string', maxLength: 200 };
const INTEGER = { type: 'integer' };
const NUMBER = { type: 'number' };
const BOOLEAN = { type: 'boolean' };
const OPEN = { 'x-kubernetes-preserve-unknown-fields': true };

export const RULE_CASES: Readonly<Record<string, RuleCase>> = {
  scalarText: { schema: text("self.startsWith('M')"), values: ['MV Ann', 'SS Ann', ''] },
  scalarInteger: { schema: integer('self % 2 == 0'), values: [2, 3, 0, -1, 2 ** 40] },
  scalarNumber: { schema: number('self / 2.0 > 1.0'), values: [4, 1, 2.5, 2.0001] },
  numberOfIntegers: { schema: number('type(self) == double'), values: [4, 4.5] },
  integerType: { schema: integer('type(self) == int'), values: [4] },
  scalarBoolean: { schema: { type: 'boolean', ...rules('self') }, values: [true, false] },
  mixedNumbers: {
    schema: object({ a: INTEGER, b: NUMBER }, 'self.a < self.b'),
    values: [
      { a: 1, b: 1.5 },
      { a: 2, b: 2 },
      { a: 2, b: 1 },
    ],
  },
  missingField: {
    schema: object({ a: INTEGER, b: INTEGER }, 'self.a < self.b'),
    values: [{ a: 1, b: 2 }, { a: 1 }, {}],
  },
  guarded: {
    schema: object({ a: INTEGER, b: INTEGER }, '!has(self.a) || !has(self.b) || self.a < self.b'),
    values: [{ a: 1, b: 2 }, { a: 1 }, {}, { a: 2, b: 1 }],
  },
  optionalField: {
    schema: object({ a: INTEGER }, 'self.?a.orValue(7) > 5'),
    values: [{}, { a: 6 }, { a: 1 }],
  },
  twoRules: {
    schema: object({ a: INTEGER, b: STRING }, 'self.a > 1', "self.b != 'no'"),
    values: [
      { a: 2, b: 'yes' },
      { a: 1, b: 'yes' },
      { a: 2, b: 'no' },
      { a: 1, b: 'no' },
    ],
  },
  message: {
    schema: object({ a: INTEGER }, { rule: 'self.a > 1', message: 'a is too small' }),
    values: [{ a: 2 }, { a: 1 }],
  },
  messageExpression: {
    schema: object(
      { a: INTEGER, b: STRING },
      { rule: 'self.a > 1', messageExpression: "'a is ' + self.b + ', which is too small'" },
    ),
    values: [{ a: 2 }, { a: 1, b: 'one' }, { a: 1 }],
  },
  messageExpressionFails: {
    schema: object(
      { a: INTEGER, b: list(STRING) },
      { rule: 'self.a > 1', message: 'too small', messageExpression: 'self.b[3]' },
    ),
    values: [
      { a: 1, b: [] },
      { a: 1, b: ['a', 'b', 'c', 'd'] },
    ],
  },
  messageExpressionEmpty: {
    schema: object({ a: INTEGER }, { rule: 'self.a > 1', messageExpression: "' '" }),
    values: [{ a: 1 }],
  },
  messageExpressionBreaks: {
    schema: object({ a: INTEGER }, { rule: 'self.a > 1', message: 'm', messageExpression: "'one\\ntwo'" }),
    values: [{ a: 1 }],
  },
  fieldPath: {
    schema: object({ a: object({ b: INTEGER }) }, { rule: 'self.a.b > 1', fieldPath: '.a.b' }),
    values: [{ a: { b: 2 } }, { a: { b: 1 } }],
  },
  fieldPathOfMissing: {
    schema: object(
      { a: INTEGER, b: INTEGER },
      { rule: 'has(self.b)', fieldPath: '.b', reason: 'FieldValueRequired' },
    ),
    values: [{ a: 1 }, { b: 1 }],
  },
  fieldPathOfKey: {
    schema: object(
      { a: map(STRING) },
      { rule: "!('x' in self.a)", fieldPath: ".a['x']", reason: 'FieldValueForbidden' },
    ),
    values: [{ a: { x: 'y' } }, { a: {} }],
  },
  reasonDuplicate: {
    schema: object({ a: INTEGER }, { rule: 'self.a > 1', fieldPath: '.a', reason: 'FieldValueDuplicate' }),
    values: [{ a: 1 }],
  },
  reasonInvalid: {
    schema: object({ a: INTEGER }, { rule: 'self.a > 1', reason: 'FieldValueInvalid' }),
    values: [{ a: 1 }],
  },
  listAll: { schema: list(INTEGER, 'self.all(x, x > 0)'), values: [[1, 2], [1, 0], []] },
  listItems: { schema: list(integer('self > 0')), values: [[1, 2], [1, 0, -1], []] },
  listOfObjects: {
    schema: list(object({ a: INTEGER }, 'self.a > 0')),
    values: [[{ a: 1 }, { a: 0 }], [{ a: 1 }]],
  },
  listUnique: {
    schema: list(object({ a: STRING }), 'self.all(x, self.exists_one(y, x.a == y.a))'),
    values: [
      [{ a: 'x' }, { a: 'y' }],
      [{ a: 'x' }, { a: 'x' }],
    ],
  },
  listSize: { schema: list(STRING, 'size(self) == 2'), values: [['a', 'b'], ['a']] },
  listSorted: {
    schema: list(INTEGER, 'self.isSorted()'),
    values: [
      [1, 2],
      [2, 1],
    ],
  },
  listSum: {
    schema: list(INTEGER, 'self.sum() == 3'),
    values: [
      [1, 2],
      [2, 2],
    ],
  },
  listIndex: { schema: list(STRING, "self[0] == 'a'"), values: [['a'], ['b'], []] },
  numbersInList: { schema: list(NUMBER, 'self.all(x, x / 2.0 > 1.0)'), values: [[4, 3], [1]] },
  setList: {
    schema: { ...list(STRING, "self == ['a', 'b']"), 'x-kubernetes-list-type': 'set' },
    values: [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'c'],
      ['a', 'a'],
    ],
  },
  mapList: {
    schema: {
      ...list({ ...object({ name: STRING, port: INTEGER }, 'self.port > 0'), required: ['name'] }),
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
    values: [
      [{ name: 'a', port: 1 }],
      [{ name: 'a', port: 0 }],
      [
        { name: 'a', port: 1 },
        { name: 'a', port: 2 },
      ],
    ],
  },
  mapKeys: { schema: map(STRING, "self.all(k, k.startsWith('a'))"), values: [{ a1: 'x' }, { b1: 'x' }, {}] },
  mapValues: { schema: map(text("self != 'x'")), values: [{ a: 'y' }, { a: 'x', 'b.c/d': 'x' }] },
  mapOfObjects: {
    schema: map(object({ a: INTEGER }, 'self.a > 0')),
    values: [{ one: { a: 1 } }, { one: { a: 0 } }],
  },
  mapIndex: { schema: map(STRING, "self['a'] == 'x'"), values: [{ a: 'x' }, { a: 'y' }, {}] },
  twoVariables: { schema: map(INTEGER, 'self.all(k, v, v > 0)'), values: [{ a: 1 }, { a: 0 }] },
  escaped: {
    schema: object(
      { 'a-b': INTEGER, 'c.d': INTEGER, in: INTEGER, e_f: INTEGER },
      'self.a__dash__b > 0 && self.c__dot__d > 0 && self.__in__ > 0 && self.e_f > 0',
    ),
    values: [
      { 'a-b': 1, 'c.d': 1, in: 1, e_f: 1 },
      { 'a-b': 0, 'c.d': 1, in: 1, e_f: 1 },
    ],
  },
  dateTime: {
    schema: { ...text("self > timestamp('2025-01-01T00:00:00Z')"), format: 'date-time' },
    values: ['2025-06-01T00:00:00Z', '2024-06-01T00:00:00Z', '2025-01-01T00:00:00+02:00'],
  },
  date: {
    schema: { ...text("self > timestamp('2025-01-01T00:00:00Z')"), format: 'date' },
    values: ['2025-06-01', '2024-06-01'],
  },
  duration: {
    schema: { ...text("self < duration('1h')"), format: 'duration' },
    values: ['59m', '61m', '2 days', '1h'],
  },
  bytes: { schema: { ...text('size(self) > 2'), format: 'byte' }, values: ['YWJj', 'YQ=='] },
  dates: {
    schema: object(
      { from: { type: 'string', format: 'date-time' }, to: { type: 'string', format: 'date-time' } },
      'self.from < self.to',
    ),
    values: [
      { from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' },
      { from: '2025-01-03T00:00:00Z', to: '2025-01-02T00:00:00Z' },
    ],
  },
  intOrString: {
    schema: {
      'x-kubernetes-int-or-string': true,
      ...rules("type(self) == int ? self > 0 : self.endsWith('%')"),
    },
    values: [1, 0, '50%', '50'],
  },
  intOrStringField: {
    schema: object({ a: { 'x-kubernetes-int-or-string': true } }, "self.a == 5 || self.a == '5'"),
    values: [{ a: 5 }, { a: '5' }, { a: 6 }],
  },
  intOrStringMisused: {
    schema: object({ a: { 'x-kubernetes-int-or-string': true } }, 'self.a > 5'),
    values: [{ a: 6 }, { a: '6' }],
  },
  nullableField: {
    schema: object({ a: { ...STRING, nullable: true } }, "!has(self.a) || self.a != 'x'"),
    values: [{ a: null }, { a: 'x' }, { a: 'y' }],
  },
  nullableItself: { schema: { ...text("self != 'x'"), nullable: true }, values: [null, 'x', 'y'] },
  notNullable: { schema: object({ a: INTEGER }, 'has(self.a)'), values: [{ a: null }, { a: 1 }] },
  defaulted: {
    schema: object({ a: { ...INTEGER, default: 7 } }, 'self.a > 5'),
    values: [{}, { a: 1 }, { a: null }],
  },
  defaultedDeep: {
    schema: object(
      { a: { type: 'object', default: {}, properties: { b: { type: 'string', default: 'x' } } } },
      "self.a.b == 'x'",
    ),
    values: [{}, { a: {} }, { a: { b: 'y' } }],
  },
  defaultedItems: {
    schema: list(object({ a: { ...INTEGER, default: 7 } }, 'self.a > 5')),
    values: [[{}], [{ a: 1 }]],
  },
  defaultedValues: {
    schema: map(object({ a: { ...INTEGER, default: 7 } }, 'self.a > 5')),
    values: [{ x: {} }, { x: { a: 1 } }],
  },
  open: {
    schema: { ...object({ a: INTEGER }, 'self.a > 0'), ...OPEN },
    values: [
      { a: 1, z: 'anything' },
      { a: 0, z: 1 },
    ],
  },
  openInside: {
    schema: object({ a: { type: 'object', ...OPEN } }, 'has(self.a)'),
    values: [{ a: { z: 1 } }, {}],
  },
  embedded: {
    schema: {
      ...object(
        { spec: object({ a: INTEGER }) },
        "self.metadata.name == 'web' && self.kind == 'Pod' && self.spec.a > 0",
      ),
      'x-kubernetes-embedded-resource': true,
    },
    values: [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { a: 1 } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { a: 1 } },
      { apiVersion: 'v1', kind: 'Pod', spec: { a: 1 } },
    ],
  },
  quantity: {
    schema: text("isQuantity(self) && quantity(self).isGreaterThan(quantity('1Gi'))"),
    values: ['2Gi', '1Mi', 'x'],
  },
  address: { schema: text('isIP(self) && ip(self).family() == 4'), values: ['10.0.0.1', '::1', 'x'] },
  network: { schema: text("cidr(self).containsIP('10.0.0.7')"), values: ['10.0.0.0/24', '10.1.0.0/24', 'x'] },
  address6: {
    schema: text('url(self).getScheme() == "https"'),
    values: ['https://example.com', 'http://example.com', 'example'],
  },
  pattern: { schema: text("self.matches('^[a-z]+$')"), values: ['abc', 'ABC'] },
  find: { schema: text("self.find('[0-9]+') == '42'"), values: ['a42', 'a43', 'a'] },
  format: { schema: text('!format.dns1123Label().validate(self).hasValue()'), values: ['web', 'Web'] },
  semver: {
    schema: text("isSemver(self) && semver(self).isGreaterThan(semver('1.2.3'))"),
    values: ['1.3.0', '1.2.0', 'x'],
  },
  textFunctions: {
    schema: text("self.lowerAscii().split('-').size() == 2 && self.indexOf('b') > 0"),
    values: ['A-b', 'A-c', 'b'],
  },
  overflow: { schema: integer('self * self > 0'), values: [2, 2 ** 40] },
  division: { schema: integer('10 / self > 1'), values: [2, 0] },
  absorbed: {
    schema: object({ a: INTEGER, b: INTEGER }, 'self.a > 1 || self.b > 1'),
    values: [{ a: 2 }, { b: 2 }, { a: 1 }],
  },
  enumField: {
    schema: object({ a: { type: 'string', enum: ['x', 'y'] }, b: INTEGER }, "self.a == 'x' || self.b > 0"),
    values: [{ a: 'x' }, { a: 'y', b: 0 }, { a: 'z', b: 0 }],
  },
  nested: {
    schema: object({ a: object({ b: list(object({ c: map(object({ d: INTEGER }, 'self.d > 0')) })) }) }),
    values: [{ a: { b: [{ c: { x: { d: 1 } } }, { c: { y: { d: 0 } } }] } }],
  },
  bothLevels: {
    schema: object({ a: integer('self > 0') }, 'self.a < 10'),
    values: [{ a: 5 }, { a: -1 }, { a: 11 }],
  },
  transition: { schema: text('self == oldSelf'), values: ['x'] },
  transitionOptional: {
    schema: text({ rule: "oldSelf.hasValue() || self != 'x'", optionalOldSelf: true }),
    values: ['x', 'y'],
  },
  transitionOptionalValue: {
    schema: integer({ rule: 'self >= oldSelf.orValue(5)', optionalOldSelf: true }),
    values: [5, 4],
  },
  equality: {
    schema: object({ a: object({ b: INTEGER }), c: object({ b: INTEGER }) }, 'self.a.b == self.c.b'),
    values: [
      { a: { b: 1 }, c: { b: 1 } },
      { a: { b: 1 }, c: { b: 2 } },
    ],
  },
  inList: {
    schema: object({ a: STRING, b: list(STRING) }, 'self.a in self.b'),
    values: [
      { a: 'x', b: ['x'] },
      { a: 'x', b: ['y'] },
    ],
  },
  costly: {
    schema: {
      type: 'array',
      maxItems: 75,
      items: { type: 'string', maxLength: 10 },
      ...rules('self.all(x, self.all(y, self.exists(z, x + y == z) || true))'),
    },
    values: [
      Array.from({ length: 20 }, (_, index) => `a${index}`),
      Array.from({ length: 75 }, (_, index) => `a${index}`),
    ],
  },
  minLength: { schema: { ...text("self != 'x'"), minLength: 3 }, values: ['abc', 'x'] },
  tooLong: { schema: { type: 'string', maxLength: 3, ...rules("self != 'xxxx'") }, values: ['xxxx', 'xxx'] },
  wrongType: { schema: object({ a: STRING }, "self.a != 'x'"), values: [{ a: 1 }, { a: 'x' }] },
  required: {
    schema: { ...object({ a: STRING, b: STRING }, "self.b != 'x'"), required: ['a'] },
    values: [{ b: 'x' }, { a: 'y', b: 'x' }],
  },
  booleans: {
    schema: object({ a: BOOLEAN, b: BOOLEAN }, 'self.a != self.b'),
    values: [
      { a: true, b: false },
      { a: true, b: true },
    ],
  },
};

/** What an object was before, and what it becomes. */
export interface ChangeCase {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly changes: readonly (readonly [before: unknown, after: unknown])[];
}

const keyed = (item: object) => ({
  ...list({ ...item, required: ['name'] }),
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name'],
});

export const CHANGE_CASES: Readonly<Record<string, ChangeCase>> = {
  immutable: {
    schema: text({ rule: 'self == oldSelf', message: 'fixed' }),
    changes: [
      ['x', 'x'],
      ['x', 'y'],
    ],
  },
  growing: {
    schema: integer('self >= oldSelf'),
    changes: [
      [1, 2],
      [2, 1],
    ],
  },
  immutableNumber: {
    schema: number('self == oldSelf'),
    changes: [
      [1, 1],
      [1, 1.5],
    ],
  },
  immutableObject: {
    schema: object({ a: INTEGER, b: NUMBER }, 'self == oldSelf'),
    changes: [
      [
        { a: 1, b: 1 },
        { a: 1, b: 1 },
      ],
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
      [{ a: 1 }, { a: 1, b: 2 }],
    ],
  },
  immutableField: {
    schema: object({ a: text('self == oldSelf'), b: STRING }),
    changes: [
      [{ b: 'x' }, { a: 'x', b: 'x' }],
      [{ a: 'x' }, { b: 'y' }],
      [{ a: 'x' }, { a: 'y' }],
    ],
  },
  notRemoved: {
    schema: object({ a: STRING, b: STRING }, '!has(oldSelf.a) || has(self.a)'),
    changes: [
      [{ a: 'x' }, { a: 'y' }],
      [{ a: 'x' }, { b: 'y' }],
    ],
  },
  byKey: {
    schema: keyed(object({ name: STRING, port: integer('self == oldSelf') })),
    changes: [
      [[{ name: 'a', port: 1 }], [{ name: 'b', port: 2 }]],
      [[{ name: 'a', port: 1 }], [{ name: 'a', port: 2 }]],
      [
        [
          { name: 'a', port: 1 },
          { name: 'b', port: 2 },
        ],
        [
          { name: 'b', port: 2 },
          { name: 'a', port: 1 },
        ],
      ],
    ],
  },
  byName: {
    schema: map(text('self == oldSelf')),
    changes: [
      [{ a: 'x' }, { a: 'x', b: 'y' }],
      [{ a: 'x' }, { a: 'y' }],
    ],
  },
  optional: {
    schema: text({ rule: '!oldSelf.hasValue() || oldSelf.value() == self', optionalOldSelf: true }),
    changes: [
      ['x', 'x'],
      ['x', 'y'],
    ],
  },
  unchanged: {
    schema: object({ a: integer({ rule: 'self > 0', message: 'm' }), b: STRING }),
    changes: [
      [
        { a: 1, b: 'x' },
        { a: 1, b: 'y' },
      ],
      [
        { a: 1, b: 'x' },
        { a: 0, b: 'x' },
      ],
    ],
  },
  defaultedBefore: {
    schema: object({ a: { ...STRING, default: 'x', ...rules('self == oldSelf') }, b: STRING }),
    changes: [
      [{ b: 'x' }, { b: 'y' }],
      [{ b: 'x' }, { a: 'y', b: 'y' }],
    ],
  },
};
