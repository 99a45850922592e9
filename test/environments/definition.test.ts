import { expect, test } from 'vitest';
import { EnvironmentBaseFile, EnvironmentFile } from '#model/environment/environment.ts';

interface Schema {
  readonly [key: string]: unknown;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema of the definition with its pointer. */
function* schemas(schema: Schema, pointer = ''): Generator<readonly [string, Schema]> {
  yield [pointer, schema];
  for (const holder of ['properties', 'patternProperties']) {
    const children = schema[holder];
    if (!isSchema(children)) continue;
    for (const [name, child] of Object.entries(children)) {
      if (isSchema(child)) yield* schemas(child, `${pointer}/${name}`);
    }
  }
  if (isSchema(schema['items'])) yield* schemas(schema['items'], `${pointer}/*`);
}

const ALL = [
  ...schemas(JSON.parse(JSON.stringify(EnvironmentFile))),
  ...schemas(JSON.parse(JSON.stringify(EnvironmentBaseFile)), 'base'),
];
const FREE = 'values';

test('every field says what it means', () => {
  const silent = ALL.filter(
    ([pointer, { description, title }]) =>
      !pointer.includes(FREE) && description === undefined && title === undefined,
  );
  expect(silent.map(([pointer]) => pointer).filter((pointer) => !/(\/\*|\$)$/.test(pointer))).toEqual([]);
});

test('every pattern has words and examples, and takes the examples and the default', () => {
  const patterned = ALL.filter(([, { pattern }]) => typeof pattern === 'string');
  expect(patterned.length).toBeGreaterThan(40);
  for (const [pointer, schema] of patterned) {
    const { pattern, title, examples, default: fallback } = schema;
    expect(typeof title, pointer).toBe('string');
    expect(Array.isArray(examples) && examples.length > 0, pointer).toBe(true);
    for (const example of [
      ...(Array.isArray(examples) ? examples : []),
      ...(fallback === undefined ? [] : [fallback]),
    ]) {
      expect(String(example), pointer).toMatch(new RegExp(String(pattern), 'u'));
    }
  }
});

test('every map of names refuses other names, and says which it takes', () => {
  const maps = ALL.filter(
    ([pointer, schema]) => isSchema(schema['patternProperties']) && !pointer.includes(FREE),
  );
  expect(maps.length).toBeGreaterThan(10);
  for (const [pointer, { additionalProperties, propertyNames }] of maps) {
    if (pointer === 'base/spec') continue;
    expect(additionalProperties, pointer).toBe(false);
    expect(isSchema(propertyNames) && typeof propertyNames['title'], pointer).toBe('string');
  }
});

test('every object with fields refuses others', () => {
  for (const [pointer, { properties, additionalProperties }] of ALL) {
    if (isSchema(properties)) expect(additionalProperties, pointer).toBe(false);
  }
});

test('a field with a default is required: readers of an environment find it', () => {
  for (const [pointer, { properties, required }] of ALL) {
    if (!isSchema(properties)) continue;
    for (const [name, child] of Object.entries(properties)) {
      if (isSchema(child) && 'default' in child) expect(required, `${pointer}/${name}`).toContain(name);
    }
  }
});
