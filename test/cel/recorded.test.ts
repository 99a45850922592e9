import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CelError, compile, kubernetesEnvironment } from '#cel/cel.ts';
import { check } from '#cel/check/check.ts';
import { children } from '#cel/check/children.ts';
import { declarationsOf } from '#cel/check/environment.ts';
import { kubernetesLibraries } from '#cel/library/libraries.ts';
import type { Overload } from '#cel/library/overload.ts';
import type { Expression } from '#cel/syntax/expression.ts';
import { parse } from '#cel/syntax/parse.ts';
import { showType } from '#cel/types/type.ts';

/**
 * What a running API server said that expressions come to: `oracle/record.js` wrote it down. Every function that
 * the engine has must be among them, each of its overloads with a value, and with an error.
 */
interface Case {
  readonly expression: string;
  /** As `'%s'.format([…])` writes it. */
  readonly value?: string;
  readonly error?: string;
  /** Refused when it was compiled, or made into a program: where it comes to an error whatever it is asked about. */
  readonly issue?: string;
  readonly refused?: string;
}

const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('fixtures/recorded-1.34.json', import.meta.url), 'utf8'),
);

const environment = kubernetesEnvironment({}, '1.34', 'stored');

describe('the running API server', () => {
  test.each(cases)('$expression', ({ expression, value, error, issue, refused }) => {
    const { program, issues } = compile(`'%s'.format([dyn(${expression})])`, environment);
    if (issue !== undefined) {
      expect(program).toBeUndefined();
      // The grammar's own words for syntax errors are not copied.
      if (!issue.startsWith('Syntax error')) expect(issues[0]?.message).toBe(issue);
      return;
    }
    if (refused !== undefined) {
      expect(issues[0]?.message).toContain(refused);
      return;
    }
    expect(issues).toEqual([]);
    const result = program?.run({});
    if (error === undefined) expect(result).toBe(value);
    else {
      expect(result).toBeInstanceOf(CelError);
      // A fault of the server's own, in the words of its language.
      if (!error.startsWith('internal error')) expect(result).toMatchObject({ message: error });
    }
  });
});

/** The functions that an expression calls, and whether its types left no choice. */
function called(expression: string): readonly { readonly overload: Overload; readonly isOnly: boolean }[] {
  const { macros } = declarationsOf(environment.libraries);
  const parsed = parse(expression, { macros, optional: true, quotedFields: false });
  if ('issue' in parsed) return [];
  const { meaning } = check(parsed.expression, environment);
  const found: { overload: Overload; isOnly: boolean }[] = [];
  const visit = (node: Expression): void => {
    const meant = meaning(node);
    if (meant?.kind === 'function')
      for (const overload of meant.overloads) found.push({ overload, isOnly: meant.overloads.length === 1 });
    for (const child of children(node)) visit(child);
  };
  visit(parsed.expression);
  return found;
}

const shown = ({ name, member, parameters }: Overload): string => {
  const [first = '', ...rest] = parameters.map(showType);
  return member ? `${first}.${name}(${rest.join(', ')})` : `${name}(${parameters.map(showType).join(', ')})`;
};

describe('every function', () => {
  // Nobody but a cluster knows who may do what.
  const libraries = kubernetesLibraries('1.34', 'stored').filter(({ name }) => name !== 'authorizer');
  const overloads = libraries.flatMap((library) => library.overloads);
  const withValue = new Set<Overload>();
  const withError = new Set<Overload>();
  for (const { expression, value, error, refused } of cases) {
    for (const { overload, isOnly } of called(expression)) {
      if (value !== undefined && isOnly) withValue.add(overload);
      if (error !== undefined || refused !== undefined) withError.add(overload);
    }
  }

  // Declared, but no whole number can become a duration.
  const answering = overloads.filter((overload) => shown(overload) !== 'duration(int)');
  test.each(answering.map((overload) => [shown(overload), overload] as const))(
    '%s has a value',
    (_, overload) => {
      expect(withValue).toContain(overload);
    },
  );

  // What takes nothing can't fail.
  const failing = overloads.filter(({ parameters }) => parameters.length > 0);
  test.each(failing.map((overload) => [shown(overload), overload] as const))(
    '%s has an error',
    (_, overload) => {
      expect(withError).toContain(overload);
    },
  );
});
