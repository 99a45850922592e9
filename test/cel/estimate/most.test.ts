import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bindings, compile, dataShape, kubernetesEnvironment, type Value } from '#cel/cel.ts';
import { DYN } from '#cel/types/type.ts';

/** Whatever a run costs, it was told before that it can cost no more. */

interface Case {
  readonly expression: string;
  readonly issue?: string;
  readonly refused?: string;
}
const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/recorded-1.34.json', import.meta.url), 'utf8'),
);

/** Cost of a run, and what it can be. */
function compared(expression: string, bindings: Bindings, largest: readonly [items: number, text: number]) {
  const variables = Object.fromEntries(Object.keys(bindings).map((name) => [name, DYN]));
  const { program } = compile(expression, kubernetesEnvironment(variables, '1.34', 'stored'));
  if (program === undefined) return undefined;
  const data = dataShape(...largest);
  const budget = { remaining: 10_000_000 };
  program.run(bindings, budget);
  const { cost } = program.most((name) => (Object.hasOwn(bindings, name) ? data : undefined));
  return { cost: 10_000_000 - budget.remaining, most: cost };
}

describe('the most that a run can cost', () => {
  it('is no less than what any expression costs that an API server evaluated', () => {
    let bounded = 0;
    for (const { expression, issue, refused } of cases) {
      if (issue !== undefined || refused !== undefined) continue;
      const told = compared(expression, {}, [0, 0]);
      if (told === undefined) continue;
      expect(told.most, expression).toBeGreaterThanOrEqual(told.cost);
      if (Number.isFinite(told.most)) bounded++;
    }
    expect(bounded).toBeGreaterThan(100);
  });

  const ITEMS = 4;
  const TEXT = 12;
  const text = fc.string({ maxLength: TEXT });
  const port = fc.record({ hostPort: fc.option(fc.integer(), { nil: undefined }), name: text });
  const container = fc.record(
    {
      name: text,
      image: text,
      ports: fc.array(port, { maxLength: ITEMS }),
      args: fc.array(text, { maxLength: ITEMS }),
      labels: fc.dictionary(fc.string({ maxLength: TEXT }), text, { maxKeys: ITEMS, noNullPrototype: true }),
    },
    { requiredKeys: ['name'] },
  );
  const object = fc.record({ containers: fc.array(container, { maxLength: ITEMS }), name: text });

  it.each([
    "object.containers.map(c, 'container \"' + c.name + '\"').join(' and ')",
    "object.containers.filter(c, has(c.ports) && c.ports.exists(p, has(p.hostPort))).map(c, c.name).join('; ')",
    "object.containers.map(c, c.ports.filter(p, p.name != '').map(p, string(p.hostPort)).join(', ')).join('; ')",
    "(object.containers + object.containers).map(c, c.?args.orValue([]).join(',') + c.name).join('')",
    'object.containers.all(c, object.containers.all(d, d.name + c.name == c.image || c.name in d.args))',
    "object.containers.exists_one(c, c.?labels['app'].orValue(c.name).startsWith(object.name))",
    "object.containers.map(c, c.labels.map(key, key + c.labels[key]).join('-')).join('+').split('-').size()",
    '[object.name].map(n, object.containers.map(c, c.name + n)).map(names, names + names).exists(l, l.size() > 1)',
    "object.containers[?0].optMap(c, {'name': dyn(c.name), 'args': dyn(c.args)}).orValue({}).size() > 1",
    "object.name.split('').map(a, object.name.split(a).map(b, b + a).join(object.name)).join(object.name)",
    "object.containers.exists(c, c.name.contains(object.name) || c.name.trim().matches('^[a-z]+$'))",
    '!object.containers.exists(c, c.name.upperAscii() > object.name.lowerAscii()) ? [object] : [dyn(object.name)]',
  ])('bounds %s', (expression) => {
    fc.assert(
      fc.property(object, (value) => {
        const bindings = { object: JSON.parse(JSON.stringify(value)) as Value };
        const told = compared(expression, bindings, [Math.max(ITEMS, 5), TEXT]);
        expect(told?.most).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(told?.most).toBeGreaterThanOrEqual(told?.cost ?? Number.POSITIVE_INFINITY);
      }),
      { numRuns: 100 },
    );
  });

  it.each(["object.replace('a', object)", 'object.sum()', "object.format(['a'])"])(
    'is not known of %s',
    (expression) => {
      expect(compared(expression, { object: '' }, [9, 9])?.most).toBe(Number.POSITIVE_INFINITY);
    },
  );
});
