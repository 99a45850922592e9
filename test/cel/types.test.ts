import { describe, expect, test } from 'vitest';
import { CelError, compile, kubernetesEnvironment, Lazy, OBJECT_BUDGET } from '#cel/cel.ts';
import { OFFLINE_AUTHORIZER } from '#cel/library/authorizer.ts';
import { escapeName, type Schema, typeOfSchema } from '#cel/types/schema.ts';
import { BOOL, DYN, opaqueOf, STRING } from '#cel/types/type.ts';
import { LazyObject, type Value } from '#cel/values/value.ts';

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        ratio: { type: 'number' },
        'max-size': { type: 'string' },
      },
    },
  },
};

describe('types of schemas', () => {
  const resource = typeOfSchema(schema, { name: 'Fleet', isResource: true }) ?? DYN;
  const environment = kubernetesEnvironment({ self: resource });

  test('point at a misspelt field', () => {
    const { issues } = compile('self.spec.replicas > 1 &&\n  self.spec.replcas < 5', environment);
    const unknown = { field: 'replcas', known: ['replicas', 'ratio', 'max__dash__size'], mayExist: false };
    expect(issues).toEqual([
      { message: "undefined field 'replcas'", line: 2, column: 12, offset: 37, unknown },
    ]);
  });

  test('know what every resource has', () => {
    expect(compile("self.metadata.name + self.apiVersion + self.kind != ''", environment).issues).toEqual([]);
    expect(compile('self.metadata.labels', environment).issues).toMatchObject([
      { message: "undefined field 'labels'" },
    ]);
  });

  test('tell whole numbers from others', () => {
    const self = { spec: { replicas: 2, ratio: 2 } };
    const value = (source: string): Value => compile(source, environment).program?.run({ self });
    expect(value('type(self.spec.ratio) == double')).toBe(true);
    expect(value('type(self.spec.replicas) == int')).toBe(true);
    expect(compile('self.spec.replicas + 1.5', environment).issues).toMatchObject([
      { message: "found no matching overload for '_+_' applied to '(int, double)'" },
    ]);
  });

  describe('that the API server publishes', () => {
    const definitions: Readonly<Record<string, Schema>> = {
      '#/berth': {
        type: 'object',
        properties: {
          name: { type: 'string' },
          depth: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
          draught: { oneOf: [{ type: 'string' }, { type: 'number' }] },
          next: { allOf: [{ $ref: '#/berth' }] },
          first: { type: 'array', items: { $ref: '#/buoy' } },
          second: { type: 'array', items: { $ref: '#/buoy' } },
          chart: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
      '#/buoy': { type: 'object', properties: { light: { type: 'string' } } },
      '#/meta': {
        type: 'object',
        properties: {
          name: { type: 'string' },
          generateName: { type: 'string' },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    };
    const type = typeOfSchema(
      { $ref: '#/berth' },
      {
        name: 'Berth',
        isResource: true,
        published: { dereference: (reference) => definitions[reference], objectMeta: '#/meta' },
      },
    );
    const issuesOf = (source: string) =>
      compile(source, kubernetesEnvironment({ berth: type ?? DYN })).issues.map(({ message, unknown }) => [
        message,
        unknown?.mayExist,
      ]);

    test('have what every object has', () => {
      expect(issuesOf("berth.metadata.labels['port'] + berth.kind != ''")).toEqual([]);
    });

    test('end where they come back to themselves', () => {
      expect(issuesOf('has(berth.next)')).toEqual([]);
      expect(issuesOf('has(berth.next.name)')).toEqual([["undefined field 'name'", false]]);
    });

    test('are another type in each place', () => {
      expect(issuesOf('(berth.first + berth.second).all(b, has(b.light))')).toMatchObject([
        [expect.stringContaining("no matching overload for '_+_'"), undefined],
      ]);
    });

    test('take either of two types for anything, or leave the field out', () => {
      expect(issuesOf("berth.depth == 3 || berth.depth == 'three'")).toEqual([]);
      expect(issuesOf("berth.draught == 'three'")).toEqual([["undefined field 'draught'", true]]);
      expect(issuesOf('berth.chart.scale == 1')).toEqual([["undefined field 'scale'", true]]);
    });
  });

  test.each([
    ['namespace', '__namespace__'],
    ['max-size', 'max__dash__size'],
    ['a.b', 'a__dot__b'],
    ['a/b', 'a__slash__b'],
    ['a__b', 'a__underscores__b'],
    ['plain', 'plain'],
    ['1st', undefined],
    ['ü', undefined],
  ])('name %s %s', (property, escaped) => {
    expect(escapeName(property)).toBe(escaped);
  });
});

describe('a program', () => {
  test('must have the type that is asked for', () => {
    const environment = kubernetesEnvironment({ object: DYN });
    expect(compile('1 + 1', environment, [BOOL]).issues).toMatchObject([
      { message: 'must evaluate to bool' },
    ]);
    expect(compile('object.x', environment, [BOOL]).issues).toEqual([]);
    expect(compile("'a'", environment, [BOOL, STRING]).issues).toEqual([]);
  });

  test('reads lazy bindings and objects only where it needs them', () => {
    const read: string[] = [];
    class Variables extends LazyObject {
      field(name: string): Value {
        read.push(name);
        return name === 'images' ? ['a', 'b'] : undefined;
      }
    }
    const environment = kubernetesEnvironment({ variables: DYN, params: DYN });
    const params = new Lazy(() => read.push('params'));
    const { program } = compile('variables.images.size() == 2 || variables.other', environment);
    expect(program?.run({ variables: new Variables(), params })).toBe(true);
    expect(read).toEqual(['images']);
    expect(
      compile('variables.other', environment).program?.run({ variables: new Variables() }),
    ).toBeInstanceOf(CelError);
  });

  test('can not judge authorization offline', () => {
    const environment = kubernetesEnvironment({
      authorizer: opaqueOf('kubernetes.authorization.Authorizer'),
    });
    const source = "authorizer.group('').resource('pods').namespace('tideline').check('create').allowed()";
    const result = compile(source, environment).program?.run(
      { authorizer: OFFLINE_AUTHORIZER },
      { remaining: OBJECT_BUDGET },
    );
    expect(result).toMatchObject({ cause: 'unsupported' });
  });

  test('knows only what its version of Kubernetes loads', () => {
    const found = (source: string, version: string, use?: 'stored'): number =>
      compile(source, kubernetesEnvironment({}, version, use)).issues.length;
    // The API server of 1.34 itself refuses a new policy with `distinct`, and takes one with `semver`.
    expect(found('[1, 1].distinct()', '1.34')).toBeGreaterThan(0);
    expect(found('[1, 1].distinct()', '1.34', 'stored')).toBe(0);
    expect(found('[1, 1].distinct()', '1.35')).toBe(0);
    expect(found("semver('1.0.0')", '1.33')).toBeGreaterThan(0);
    expect(found("semver('1.0.0')", '1.34')).toBe(0);
    expect(found("ip('10.0.0.1')", '1.30')).toBeGreaterThan(0);
    expect(found("ip('10.0.0.1')", '1.31')).toBe(0);
    expect(found('cel.bind(x, 1, x)', '1.34', 'stored')).toBeGreaterThan(0);
  });

  test('refuses messages', () => {
    expect(compile('Deployment{name: 1}', kubernetesEnvironment({})).issues).toMatchObject([
      { message: "undeclared reference to 'Deployment' (in container '')" },
    ]);
  });
});
