import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CelError, compile, kubernetesEnvironment } from '#cel/cel.ts';
import { typeOfSchema } from '#cel/types/schema.ts';
import { DYN, type Type } from '#cel/types/type.ts';
import { show } from './show.ts';

/**
 * Values, errors, costs and positions of issues, as the API server's own library gives them: `oracle/main.go` wrote
 * the fixture.
 */
interface Case {
  readonly expression: string;
  readonly value?: string;
  readonly cost?: number;
  readonly error?: string;
  readonly issue?: { readonly message: string; readonly line: number; readonly column: number };
  /** Refused when the program is made, without a position. */
  readonly refused?: string;
}

interface Group {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The type of `self`; all other variables are dyn. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly cases: readonly Case[];
}

const { groups }: { readonly groups: readonly Group[] } = JSON.parse(
  readFileSync(new URL('fixtures/apiserver-1.34.json', import.meta.url), 'utf8'),
);

const BUDGET = 10_000_000;

describe.each(groups)('$name', ({ variables, schema, cases }) => {
  const types = Object.keys(variables).map((name): [string, Type] => {
    const typed =
      name === 'self' && schema !== undefined
        ? typeOfSchema(schema, { name: 'selfType', isResource: false })
        : DYN;
    return [name, typed ?? DYN];
  });
  const environment = kubernetesEnvironment(Object.fromEntries(types), '1.34', 'stored');

  test.each(cases)('$expression', ({ expression, value, cost, error, issue, refused }) => {
    const { program, issues } = compile(expression, environment);
    if (issue !== undefined || refused !== undefined) {
      expect(program).toBeUndefined();
      const [first] = issues;
      // The grammar's own words for syntax errors are not copied.
      if (issue !== undefined && !issue.message.startsWith('Syntax error'))
        expect(first).toMatchObject({ message: issue.message, line: issue.line, column: issue.column });
      return;
    }
    expect(issues).toEqual([]);
    const budget = { remaining: BUDGET };
    const result = program?.run(variables, budget);
    if (error !== undefined) {
      expect(result).toBeInstanceOf(CelError);
      expect(result).toMatchObject({ message: error });
      return;
    }
    expect(show(result)).toBe(value);
    expect(BUDGET - budget.remaining).toBe(cost);
  });
});
