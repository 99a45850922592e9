import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CelError,
  type CelProblem,
  compile,
  type Inquiry,
  inquire,
  type Program,
  type Roots,
  untyped,
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
  const compiled = compile(source, { variables: untyped(variables) });
  if ('problem' in compiled) throw new Error(`${source}: ${compiled.problem.message}`);
  return compiled.program;
}

function problemOf(source: string, variables: readonly string[] = []): CelProblem {
  const compiled = compile(source, { variables: untyped(variables) });
  if ('program' in compiled) throw new Error(`${source} compiles`);
  return compiled.problem;
}

function ask(inquiry: Inquiry, given: Roots = roots): void {
  inquiry.about(given);
  inquiry.begin(10_000_000);
}

const named = (...programs: Program[]) => programs.map((program, index) => ({ name: `v${index}`, program }));
const lastRead = (inquiry: Inquiry, program: Program) => inquiry.readsOf(program).at(-1);

function resultOf(source: string, given: Roots = roots): unknown {
  const inquiry = inquire();
  ask(inquiry, given);
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
    ["{'a': dyn(1), 'b': dyn([true])}.b[0]", true],
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
    ['dyn(1) == 1.0', true],
    ["duration('90s') > duration('1m')", true],
    ['type(object.replicas) == int', true],
    ['double(object.replicas) / 2.0 > 1.4', true],
    ['dyn(1) != "1" && dyn([1]) != {"a": 1}', true],
    ['"a" < "b" && "a" <= "a" && 2 >= 2 && false < true', true],
    ['request.operation // a comment', 'CREATE'],
  ])('%s', (source, value) => {
    expect(resultOf(source)).toEqual(value);
  });

  it.each([
    ['object.missing', /no such key: missing/],
    ['object.name.first', /no such key: first/],
    ['object.ports[2]', /out of bounds/],
    ['object.replicas + "1"', /no such overload/],
    ['object.replicas && true', /no such overload/],
    ['object.replicas / 0', /division by zero/],
    ['object.nothing', /no such key/],
    ['object.containers.map(c, c.limits.memory)', /no such key: limits/],
    ['oldObject.spec', /no such key: spec/],
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
    ['object.spec.', 12, /mismatched input '<EOF>'/],
    ['object == 1 &&', 14, /mismatched input '<EOF>'/],
    ['a == 1', 0, /undeclared reference to 'a'/],
    ['object.x.all(c, d.name)', 16, /'d'/],
    ['variables.containers', 9, /undefined field 'containers'/],
    ['object.name.shout()', 17, /undeclared reference to 'shout'/],
    ['"open', 0, /token recognition error/],
    ['object.name.contains()', 20, /no matching overload for 'contains'/],
    ['has(object)', 4, /invalid argument to has\(\) macro/],
    ['1 + # 2', 4, /token recognition error/],
    ['[1, 2', 5, /mismatched input '<EOF>'/],
    ['object.name.matches("(?=a)")', 20, /invalid matches argument/],
    [`${'('.repeat(300)}1`, 250, /recursion limit/],
  ])('%s is refused at its place', (source, at, message) => {
    const problem = problemOf(source);
    expect(problem.kind).toBe('invalid');
    expect(problem.at).toBe(at);
    expect(problem.message).toMatch(message);
  });

  it.each<[string, string, number]>([
    ["authorizer.group('').resource('pods').check('list').allowed()", 'authorizer', 0],
    ["'authorizer' != '' && authorizer.requestResource.check('get').allowed()", 'authorizer', 22],
    ["request.userInfo.username == 'root'", 'request.userInfo', 7],
    ['has(request.userInfo)', 'request.userInfo', 11],
  ])('%s can only be judged by a cluster', (source, message, at) => {
    expect(problemOf(source)).toEqual({ kind: 'unsupported', message, at });
  });

  it.each<[string, unknown]>([
    ["quantity(object.containers[0].limits.memory).isGreaterThan(quantity('1G'))", true],
    ['object.?replicas.orValue(1) + object.?missing.orValue(1)', 4],
    ['object.?nothing.hasValue()', false],
    ["object.containers.all(i, c, i < 2 && c.name != '')", true],
    ['sets.contains(object.ports, [8080])', true],
    ["ip('10.0.0.1').family() == 4", true],
    ["object.containers.exists(authorizer, authorizer.name == 'userInfo')", false],
  ])("%s is judged by Kubernetes' own libraries", (source, value) => {
    expect(resultOf(source)).toEqual(value);
  });

  it('keeps whole numbers and doubles apart', () => {
    const value = resultOf('object.share + 1');
    expect(value instanceof CelError && value.message).toMatch(/no such overload/);
    expect(resultOf('object.share + 1.0 == 1.5')).toBe(true);
  });

  it('evaluates a variable once, only when it is used, and without disturbing a macro around it', () => {
    const variables = named(
      programOf('object.containers.map(c, c.name)'),
      programOf('object.missing'),
      programOf("variables.names.filter(c, c == 'api')", ['names']),
    );
    const names = ['names', 'broken', 'apis'];
    const inquiry = inquire(variables);
    ask(inquiry);
    const program = programOf(
      'object.containers.all(c, variables.apis.size() == 1 && c.name in variables.names)',
      names,
    );
    expect(inquiry.run(program)).toBe(true);
    expect(inquiry.run(programOf('variables.broken', names))).toBeInstanceOf(CelError);
    ask(inquiry, { ...roots, object: { containers: [] } });
    expect(inquiry.run(programOf('variables.names', names))).toEqual([]);
  });

  it('hands variables from one expression to the next', () => {
    const inquiry = inquire(named(programOf("duration('90s') > duration('60s')"), programOf('object.ports')));
    ask(inquiry);
    const names = ['long', 'ports'];
    expect(inquiry.run(programOf('variables.long && type(variables.ports) == list', names))).toBe(true);
  });

  it('ends, however much a policy asks for', () => {
    const list = Array.from({ length: 2_000 }, (_, index) => index);
    const value = resultOf('object.all(a, object.all(b, object.all(c, a + b + c >= 0)))', {
      ...roots,
      object: list,
    });
    expect(value instanceof CelError && value.message).toBe(
      'operation cancelled: actual cost limit exceeded',
    );
  });

  it('tells the field that it looked at last', () => {
    const inquiry = inquire();
    ask(inquiry);
    const program = programOf('object.containers.all(c, has(c.limits))');
    expect(lastRead(inquiry, program)).toEqual({ map: object.containers[1], key: 'limits' });
  });

  it('tells it in variables too, however often it is asked', () => {
    const inquiry = inquire(named(programOf('object.containers.filter(c, !has(c.limits))')));
    ask(inquiry);
    const program = programOf("variables.open == [] || has(object['empty'].full)", ['open']);
    // The second time the variable is known already, and is looked into all the same.
    for (const _ of [1, 2]) {
      expect(inquiry.run(program)).toBe(false);
      expect(lastRead(inquiry, program)).toEqual({ map: object.empty, key: 'full' });
    }
    const sized = programOf('size(variables.open) == 0', ['open']);
    expect(lastRead(inquiry, sized)?.map).toBe(object.containers[1]);
    const kind = programOf("'nothing' in object || object['kind'] == 'Pod'");
    expect(lastRead(inquiry, kind)?.key).toBe('kind');
  });

  it('takes the later of two variables with one name, which sees the earlier one', () => {
    const inquiry = inquire(named(programOf('1'), programOf('variables.berths + 1', ['berths'])));
    ask(inquiry);
    expect(inquiry.run(programOf('variables.berths', ['berths', 'berths']))).toBe(2);
  });
});

describe('any text', () => {
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
