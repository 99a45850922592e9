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

/**
 * By the library's documentation, whoever implements it: what the engine does not have would otherwise not be missed.
 * https://kubernetes.io/docs/reference/using-api/cel/
 */
const FUNCTIONS: Readonly<Record<string, string>> = {
  standard:
    'bool bytes contains double duration dyn endsWith getDate getDayOfMonth getDayOfWeek getDayOfYear getFullYear getHours getMilliseconds getMinutes getMonth getSeconds int matches size startsWith string timestamp type uint',
  strings:
    'charAt format indexOf join lastIndexOf lowerAscii quote replace reverse split strings.quote substring trim upperAscii',
  optional: 'hasValue optional.none optional.of optional.ofNonZeroValue or orValue value',
  lists: 'indexOf isSorted lastIndexOf max min sum',
  sets: 'sets.contains sets.equivalent sets.intersects',
  regex: 'find findAll',
  url: 'getEscapedPath getHost getHostname getPort getQuery getScheme isURL url',
  address:
    'cidr containsCIDR containsIP family ip ip.isCanonical isCIDR isGlobalUnicast isIP isLinkLocalMulticast isLinkLocalUnicast isLoopback isUnspecified masked prefixLength',
  quantity:
    'add asApproximateFloat asInteger compareTo isGreaterThan isInteger isLessThan isQuantity quantity sign sub',
  semver: 'isSemver major minor patch semver',
  format: 'format.named format.dns1123Label validate',
};

describe('every function that is documented', () => {
  const names = new Set(
    cases.flatMap(({ expression, value }) =>
      value === undefined ? [] : [...expression.matchAll(/([A-Za-z0-9.]+)\(/g)].map(([, name = '']) => name),
    ),
  );
  const isCalled = (name: string) =>
    names.has(name) || [...names].some((called) => called.endsWith(`.${name}`));
  test.each(
    Object.entries(FUNCTIONS).flatMap(([library, list]) =>
      list.split(' ').map((name) => [library, name] as const),
    ),
  )('%s: %s', (_, name) => {
    expect(isCalled(name), name).toBe(true);
  });
});
