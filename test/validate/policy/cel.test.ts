import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { libraryClosure } from '#validate/policy/cel/library.ts';
import {
  CelError,
  type CelProblem,
  compile,
  inquire,
  type Program,
  type Roots,
} from '#validate/policy/cel.ts';

const object = {
  kind: 'Deployment',
  replicas: 3,
  share: 0.5,
  name: 'booking-api',
  harbour: '⚓ Kiel',
  labels: { app: 'booking-api', tier: 'backend' },
  ports: [8080, 9090],
  containers: [
    { name: 'api', image: 'api:1', limits: { memory: '1Gi' } },
    { name: 'proxy', image: 'proxy:2' },
  ],
  empty: {},
  nothing: null,
};
const roots: Roots = {
  object,
  oldObject: null,
  request: { operation: 'CREATE' },
  namespaceObject: null,
  params: null,
};

function programOf(source: string, variables: readonly string[] = []): Program {
  const compiled = compile(source, variables);
  if ('problem' in compiled) throw new Error(`${source}: ${compiled.problem.message}`);
  return compiled.program;
}

function problemOf(source: string, variables: readonly string[] = []): CelProblem {
  const compiled = compile(source, variables);
  if ('program' in compiled) throw new Error(`${source} compiles`);
  return compiled.problem;
}

function resultOf(source: string, given: Roots = roots): unknown {
  const inquiry = inquire();
  inquiry.about(given);
  return inquiry.run(programOf(source));
}

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3 - -4', 11],
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['-7 % 2', -1],
    ['!!true', true],
    ['- - 3 == 3', true],
    ['object.replicas + 1', 4],
    ['object.replicas == 3 && object.share < 1', true],
    ['"a" + \'b\' + """c"d""" + r"\\n"', 'abc"d\\n'],
    ["'\\u2693\\x41\\101\\n'", '⚓AA\n'],
    ['[1] + [2, 3]', [1, 2, 3]],
    ["{'a': 1, 'b': [true]}.b[0]", true],
    ['object.kind == "Pod" ? 1 : object.kind == "Deployment" ? 2 : 3', 2],
    ["'app' in object.labels && !('team' in object.labels)", true],
    ['8080 in object.ports', true],
    ['object.ports[1]', 9090],
    ["object.labels['tier']", 'backend'],
    ['has(object.labels) && !has(object.annotations)', true],
    ['has(object.nothing)', false],
    ['object.containers.all(c, has(c.image))', true],
    ['object.containers.exists(c, c.name == "proxy")', true],
    ['object.containers.exists_one(c, c.name.startsWith("p"))', true],
    ['object.containers.filter(c, !has(c.limits)).map(c, c.name)', ['proxy']],
    ['object.ports.map(p, p > 9000, p * 2)', [18180]],
    ['object.labels.all(key, key.size() >= 3)', true],
    ['object.containers.all(c, object.ports.exists(p, p > 9000) && c.name != "")', true],
    ["object.name.split('-').join('/') + object.name.replace('-', '_')", 'booking/apibooking_api'],
    ["object.name.substring(object.name.lastIndexOf('-') + 1).upperAscii()", 'API'],
    ['object.harbour.size()', 6],
    ["object.harbour.indexOf('Kiel')", 2],
    ["'  x '.trim()", 'x'],
    ["'a,b,c'.split(',', 2)", ['a', 'b,c']],
    ["'registry:5000/api:1'.matches('^[a-z:0-9/]+$')", true],
    ["string(object.replicas) + '/' + string(true)", '3/true'],
    ["int('42') + 1", 43],
    ['dyn(oldObject) == null', true],
    ['1 == 1.0', true],
    ["duration('90s') > duration('1m')", true],
    ['type(object.replicas) == int', true],
    ['double(object.replicas) / 2.0 > 1.4', true],
    ['1 != "1" && [1] != {"a": 1}', true],
    ['"a" < "b" && "a" <= "a" && 2 >= 2 && false < true', true],
    ['request.operation // a comment', 'CREATE'],
  ])('%s', (source, value) => {
    expect(resultOf(source)).toEqual(value);
  });

  it.each([
    ['object.missing', /no such key: missing/],
    ['object.name.first', /of type string/],
    ['object.ports[2]', /out of bounds/],
    ['object.replicas + "1"', /no such overload/],
    ['object.replicas && true', /no such overload/],
    ['object.replicas / 0', /division by zero/],
    ['object.nothing', /no such key/],
    ['object.containers.map(c, c.limits.memory)', /no such key: limits/],
    ['oldObject.spec', /null_type/],
    ['object.constructor', /no such key/],
    ['object.__proto__', /no such key/],
  ])('%s is an error', (source, message) => {
    const value = resultOf(source);
    expect(value).toBeInstanceOf(CelError);
    expect(value instanceof CelError && value.message).toMatch(message);
  });

  it.each<[string, boolean]>([
    ['object.missing || true', true],
    ['true || object.missing', true],
    ['object.missing && false', false],
    ['object.ports.exists(p, p == 9090 || object.missing)', true],
    ['object.containers.all(c, c.limits.memory == "2Gi")', false],
  ])('an error is absorbed where the other side decides: %s', (source, value) => {
    expect(resultOf(source)).toBe(value);
  });

  it.each<[string, number, RegExp]>([
    ['object.spec.', 12, /expected a field, found the end/],
    ['object == 1 &&', 14, /expected a value/],
    ['a == 1', 0, /undeclared reference to 'a'/],
    ['object.x.all(c, d.name)', 16, /'d'/],
    ['variables.containers', 10, /undeclared variable/],
    ['object.name.shout()', 12, /no function shout/],
    ['"open', 0, /not closed/],
    ['object.name.contains()', 12, /does not take 0/],
    ['has(object)', 0, /has\(\) takes one field/],
    ['1 + # 2', 4, /unexpected character/],
    ['[1, 2', 6, /expected '\]'/],
    ['object.name.matches("(?=a)")', 20, /RE2/],
    [`${'('.repeat(300)}1`, 250, /nested deeper/],
  ])('%s is refused at its place', (source, at, message) => {
    const problem = problemOf(source);
    expect(problem.kind).toBe('invalid');
    expect(problem.at).toBe(source === '[1, 2' ? 5 : at);
    expect(problem.message).toMatch(message);
  });

  it.each([
    "quantity(object.size).isGreaterThan(quantity('1Gi'))",
    'object.?spec.replicas',
    "authorizer.group('').resource('pods').check('list').allowed()",
    "request.userInfo.username == 'root'",
    'object.containers.all(i, c, i < 3)',
    'sets.contains(object.ports, [1])',
    "ip('10.0.0.1').family() == 4",
  ])('%s can only be judged by a cluster', (source) => {
    expect(problemOf(source).kind).toBe('unsupported');
  });

  it('does not do arithmetic on doubles that it can only guess', () => {
    const value = resultOf('object.share + 1');
    expect(value instanceof CelError && value.unsupported).toBe(true);
  });

  it('evaluates a variable once, only when it is used, and without disturbing a macro around it', () => {
    const variables = [
      programOf('object.containers.map(c, c.name)'),
      programOf('object.missing'),
      programOf("variables.names.filter(c, c == 'api')", ['names']),
    ];
    const names = ['names', 'broken', 'apis'];
    const inquiry = inquire(variables);
    inquiry.about(roots);
    const program = programOf(
      'object.containers.all(c, variables.apis.size() == 1 && c.name in variables.names)',
      names,
    );
    expect(inquiry.run(program)).toBe(true);
    expect(inquiry.run(programOf('variables.broken', names))).toBeInstanceOf(CelError);
    inquiry.about({ ...roots, object: { containers: [] } });
    expect(inquiry.run(programOf('variables.names', names))).toEqual([]);
  });

  it('hands variables to the library and back', () => {
    const inquiry = inquire([programOf("duration('90s') > duration('60s')"), programOf('object.ports')]);
    inquiry.about(roots);
    const names = ['long', 'ports'];
    expect(inquiry.run(programOf('variables.long && type(variables.ports) == list', names))).toBe(true);
  });

  it('ends, however much a policy asks for', () => {
    const list = Array.from({ length: 2_000 }, (_, index) => index);
    const value = resultOf('object.all(a, object.all(b, object.all(c, a + b + c >= 0)))', {
      ...roots,
      object: list,
    });
    expect(value instanceof CelError && value.message).toBe('costs too much');
  });

  it('remembers the field that it looked at last', () => {
    const inquiry = inquire();
    inquiry.about(roots);
    inquiry.run(programOf('object.containers.all(c, has(c.limits))'));
    expect(inquiry.lastRead()).toEqual({ map: object.containers[1], key: 'limits' });
  });
});

describe('the library as the oracle', () => {
  const leaf = fc.constantFrom(
    'object.replicas',
    'object.name',
    'object.ports',
    'object.labels',
    'object.empty',
    'object.containers',
    'object.missing',
    'object.labels.app',
    'object.ports[0]',
    'object.ports[7]',
    'object.containers[0].name',
    "'app'",
    "''",
    '0',
    '3',
    '-2',
    'true',
    'false',
    'null',
    '[]',
    '[3, 8080]',
    "['app']",
    '{}',
    "{'app': 1}",
    'has(object.labels.app)',
    'has(object.gone)',
  );
  // Beyond these the library has its own mind: a bool as a list's index, a list as a map's key.
  const scalar = fc.constantFrom(
    "'app'",
    "''",
    '0',
    '1',
    '-1',
    'object.name',
    'object.replicas',
    'object.missing',
  );
  const expression = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc
        .tuple(
          tie('any'),
          fc.constantFrom('&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'),
          tie('any'),
        )
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      tie('any').map((operand) => `!((${operand}) == true)`),
      fc.tuple(tie('any'), tie('any'), tie('any')).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
      fc
        .tuple(tie('any'), fc.constantFrom('all', 'exists', 'exists_one', 'filter', 'map'), tie('any'))
        .map(([range, macro, body]) => `(${range}).${macro}(x, ${body.replaceAll('object.replicas', 'x')})`),
      fc
        .tuple(
          tie('any'),
          fc.constantFrom('contains', 'startsWith', 'endsWith', 'indexOf', 'split'),
          tie('any'),
        )
        .map(([target, method, argument]) => `(${target}).${method}(${argument})`),
      tie('any').map((operand) => `size(${operand})`),
      fc.tuple(scalar, tie('any')).map(([needle, hay]) => `(${needle} in ${hay})`),
      fc.tuple(tie('any'), scalar).map(([target, index]) => `(${target})[${index}]`),
    ),
  })).any;

  /** Errors are compared as errors: their words are each engine's own. */
  const verdict = (value: unknown): unknown => (value instanceof CelError ? 'error' : value);

  it('agrees on generated expressions', () => {
    const run = (program: Program): unknown => {
      const inquiry = inquire();
      inquiry.about(roots);
      return verdict(inquiry.run(program));
    };
    fc.assert(
      fc.property(expression, (source) => {
        const compiled = compile(source);
        fc.pre('program' in compiled);
        const library: Program = { source, evaluate: libraryClosure(source, []) };
        expect(run(programOf(source)), source).toEqual(run(library));
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        const compiled = compile(source);
        if ('problem' in compiled) expect(compiled.problem.at).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 500 },
    );
  });
});
