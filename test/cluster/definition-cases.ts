/** Schemas with rules that may or may not be taken. What the API server makes of them the test asks. */

type Json = Readonly<Record<string, unknown>>;

const RULES = 'x-kubernetes-validations';
const rules = (...list: readonly (string | Json)[]) => ({
  [RULES]: list.map((one) => (typeof one === 'string' ? { rule: one } : one)),
});

const STRING = { type: 'string', maxLength: 64 };
const INTEGER = { type: 'integer' };
const object = (properties: Json, ...list: readonly (string | Json)[]): Json => ({
  type: 'object',
  properties,
  ...(list.length === 0 ? {} : rules(...list)),
});
const list = (items: Json, more: Json = {}): Json => ({ type: 'array', maxItems: 10, items, ...more });
const keyed = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };
const named = (more: Json): Json => ({
  type: 'object',
  required: ['name'],
  properties: { name: STRING, ...more },
});

/** Schemas of `spec`. */
export const DEFINITION_CASES: Readonly<Record<string, Json>> = {
  sound: object({ a: INTEGER }, 'self.a > 0'),
  syntax: object({ a: INTEGER }, 'self.a >'),
  unknownField: object({ a: INTEGER }, 'self.b > 0'),
  unknownVariable: object({ a: INTEGER }, 'this.a > 0'),
  unknownFunction: object({ a: INTEGER }, 'sail(self.a)'),
  wrongTypes: object({ a: INTEGER }, "self.a == 'x'"),
  mixedNumbers: object({ a: INTEGER, b: { type: 'number' } }, 'self.a == self.b'),
  mixedComparison: object({ a: INTEGER, b: { type: 'number' } }, 'self.a < self.b'),
  notBoolean: object({ a: INTEGER }, 'self.a'),
  dynamic: { ...object({ a: { 'x-kubernetes-int-or-string': true } }, 'self.a') },
  emptyRule: object({ a: INTEGER }, ' '),
  twoBad: object({ a: INTEGER }, 'self.b', 'self.c > 1'),
  badPattern: object({ a: STRING }, "self.a.matches('(?=x)')"),
  badPatternOfSchema: object({ a: STRING }, "self.a.matches('[')"),
  hiddenField: object({ a: { 'x-kubernetes-preserve-unknown-fields': true } }, 'has(self.a)'),
  openObject: object(
    { a: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    'has(self.a.b)',
  ),
  messageEmpty: object({ a: INTEGER }, { rule: 'self.a > 0', message: ' ' }),
  messageBreaks: object({ a: INTEGER }, { rule: 'self.a > 0', message: 'one\ntwo' }),
  messageEndsInBreak: object({ a: INTEGER }, { rule: 'self.a > 0', message: 'one\n' }),
  ruleBreaks: object({ a: INTEGER }, { rule: 'self.a > 0 &&\nself.a < 9' }),
  ruleBreaksWithMessage: object({ a: INTEGER }, { rule: 'self.a > 0 &&\nself.a < 9', message: 'm' }),
  messageExpression: object({ a: STRING }, { rule: "self.a != ''", messageExpression: "'a is ' + self.a" }),
  messageExpressionNoText: object({ a: INTEGER }, { rule: 'self.a > 0', messageExpression: 'self.a' }),
  messageExpressionBad: object({ a: INTEGER }, { rule: 'self.a > 0', messageExpression: 'self.b' }),
  messageExpressionEmpty: object({ a: INTEGER }, { rule: 'self.a > 0', messageExpression: ' ' }),
  reason: object({ a: INTEGER }, { rule: 'self.a > 0', reason: 'FieldValueForbidden' }),
  reasonUnknown: object({ a: INTEGER }, { rule: 'self.a > 0', reason: 'Because' }),
  fieldPath: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: '.a' }),
  fieldPathUnknown: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: '.b' }),
  fieldPathNoDot: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: 'a' }),
  fieldPathEndsEarly: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: '.a.' }),
  fieldPathQuoted: object({ 'a.b': INTEGER }, { rule: 'has(self.a__dot__b)', fieldPath: ".['a.b']" }),
  fieldPathBracket: object({ 'a.b': INTEGER }, { rule: 'has(self.a__dot__b)', fieldPath: "['a.b']" }),
  fieldPathUnclosed: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: "['a'" }),
  fieldPathEscape: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: "['a\\q']" }),
  fieldPathOfKey: object(
    { a: { type: 'object', maxProperties: 3, additionalProperties: INTEGER } },
    { rule: 'size(self.a) > 0', fieldPath: '.a.anything' },
  ),
  fieldPathOfItem: object({ a: list(INTEGER) }, { rule: 'size(self.a) > 0', fieldPath: '.a[0]' }),
  fieldPathEmpty: object({ a: INTEGER }, { rule: 'self.a > 0', fieldPath: ' ' }),
  transition: object({ a: { ...STRING, ...rules('self == oldSelf') } }),
  transitionInList: object({ a: list({ ...STRING, ...rules('self == oldSelf') }) }),
  transitionInSet: object({
    a: list({ ...STRING, ...rules('self == oldSelf') }, { 'x-kubernetes-list-type': 'set' }),
  }),
  transitionInKeyed: object({ a: list(named({ b: { ...INTEGER, ...rules('self == oldSelf') } }), keyed) }),
  transitionInMap: object({
    a: {
      type: 'object',
      maxProperties: 3,
      additionalProperties: { ...INTEGER, ...rules('self == oldSelf') },
    },
  }),
  transitionInListInKeyed: object({
    a: list(named({ b: list({ ...INTEGER, ...rules('self == oldSelf') }) }), keyed),
  }),
  transitionOnList: object({ a: { ...list(STRING), ...rules('self == oldSelf') } }),
  transitionInAtomicMap: object({
    a: { ...object({ b: { ...INTEGER, ...rules('self == oldSelf') } }), 'x-kubernetes-map-type': 'atomic' },
  }),
  optionalOldSelf: object(
    { a: INTEGER },
    { rule: 'oldSelf.hasValue() || self.a > 0', optionalOldSelf: true },
  ),
  optionalOldSelfUnused: object({ a: INTEGER }, { rule: 'self.a > 0', optionalOldSelf: true }),
  optionalOldSelfFalse: object({ a: INTEGER }, { rule: 'self.a > 0', optionalOldSelf: false }),
  optionalOldSelfMisread: object({ a: INTEGER }, { rule: 'self.a > oldSelf.a', optionalOldSelf: true }),
  plainOldSelfMisread: object({ a: INTEGER }, 'oldSelf.hasValue()'),
  inAllOf: { ...object({ a: INTEGER }), allOf: [{ properties: { a: rules('self > 0') } }] },
  inAnyOf: { ...object({ a: INTEGER }), anyOf: [rules('self.a > 0')] },
  inNot: { ...object({ a: INTEGER }), not: { properties: { a: rules('self > 0') } } },
  defaultKept: object({ a: { ...INTEGER, default: 3, ...rules('self > 0') } }),
  defaultBroken: object({ a: { ...INTEGER, default: 0, ...rules('self > 0') } }),
  defaultBrokenInside: object({
    a: { ...object({ b: { ...INTEGER, ...rules('self > 0') } }), default: { b: 0 } },
  }),
  defaultTransition: object({ a: { ...INTEGER, default: 3, ...rules('self == oldSelf') } }),
  defaultError: object({ a: { ...object({ b: INTEGER }, 'self.b > 0'), default: {} } }),
  newestFunction: object({ a: STRING }, 'format.dns1123Label().validate(self.a).hasValue()'),
  listsOfLists: object({ a: list(INTEGER) }, 'self.a.flatten() == self.a'),
  reverse: object({ a: list(INTEGER) }, 'self.a.reverse() == self.a'),
  authorizer: object({ a: INTEGER }, "authorizer.path('/a').check('get').allowed()"),
  bind: object({ a: INTEGER }, 'cel.bind(x, self.a, x > 0)'),
  untypedWithRule: object({ a: { 'x-kubernetes-preserve-unknown-fields': true, ...rules('true') } }),
  metadataOfEmbedded: object({
    a: {
      ...object({ kind: STRING }, "self.metadata.labels['a'] == 'b'"),
      'x-kubernetes-embedded-resource': true,
    },
  }),
  nameOfEmbedded: object({
    a: { ...object({ kind: STRING }, "self.metadata.name == 'b'"), 'x-kubernetes-embedded-resource': true },
  }),
  costSmall: object({ a: { type: 'array', items: { type: 'string' } } }, "self.a.all(x, x == 'y')"),
  costOfPairs: object(
    { a: { type: 'array', items: { type: 'string' } } },
    'self.a.all(x, self.a.exists_one(y, x == y))',
  ),
  costOfBoundedPairs: object({ a: list(STRING) }, 'self.a.all(x, self.a.exists_one(y, x == y))'),
  costInList: object({
    a: { type: 'array', items: { type: 'string', ...rules("self.matches('^[a-z0-9-]+$')") } },
  }),
  costInBoundedList: object({ a: list({ ...STRING, ...rules("self.matches('^[a-z0-9-]+$')") }) }),
  costInBoundedMap: object({
    a: {
      type: 'object',
      maxProperties: 200,
      additionalProperties: list(
        { type: 'string', maxLength: 3000, ...rules("self.matches('^[a-z0-9-]+$') && self.contains('abc')") },
        { maxItems: 100 },
      ),
    },
  }),
  costOfUnboundedText: object({ a: { type: 'string' } }, "self.a.matches('^[a-z0-9-]{1,200}$')"),
  costOfMessage: object(
    { a: INTEGER },
    { rule: 'self.a > 0', messageExpression: "'a is ' + string(self.a)" },
  ),
  costOfLittleOver: object(
    { a: { type: 'array', maxItems: 1500, items: { type: 'string', maxLength: 10 } } },
    'self.a.all(x, self.a.exists_one(y, x == y))',
  ),
  costOfAll: object({
    a: list(
      {
        ...object(
          { b: { type: 'string' }, c: { type: 'string' } },
          ...Array.from({ length: 20 }, (_, index) => `self.b + self.c != 'a${index}'`),
        ),
      },
      { maxItems: 9 },
    ),
  }),
  costOfRequired: object({
    a: {
      type: 'array',
      items: {
        type: 'object',
        required: ['first', 'second'],
        properties: { first: STRING, second: { type: 'string', format: 'date-time' }, third: STRING },
        ...rules("self.third == 'x' || self.first.size() > 3"),
      },
    },
  }),
};
