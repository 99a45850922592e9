import type { IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './conformance/run.ts';

/**
 * The specification's own tests (cel-spec v0.25.1), all sections. What is left out is listed here with its reason; an
 * entry that leaves nothing out, or leaves out a test that passes, fails.
 */
const SKIPS: readonly (readonly [path: RegExp, expression: RegExp | undefined, reason: string])[] = [
  [/^(?:proto2|proto3|proto2_ext|wrappers|enums)\//, undefined, 'Kubernetes has no protocol buffer messages'],
  [/^dynamic\//, /google\.protobuf|TestAllTypes|Value\{|x\b/, 'Kubernetes has no protocol buffer messages'],
  [
    /^(?:comparisons|parse|optionals|type_deductions|string_ext)\//,
    /TestAllTypes|google\.protobuf|msg\b/,
    'Kubernetes has no protocol buffer messages',
  ],
  [/^math_ext\//, undefined, 'Kubernetes does not load the math library'],
  [/^encoders_ext\//, undefined, 'Kubernetes does not load the encoders library'],
  [/^block_ext\//, undefined, 'cel.block is made by optimizers, not written'],
  [
    /qualified_identifier_resolution\/map_key_float$/,
    undefined,
    'cel-go, and so the API server, takes doubles as keys',
  ],
  [
    /qualified_identifier_resolution\/map_value_repeat_key/,
    undefined,
    'cel-go, and so the API server, lets the last of equal keys win',
  ],
  [
    /optionals\/map_null_entry_no_such_key$|optionals\/map_present_key_invalid_field$/,
    undefined,
    'cel-go 0.26, and so the API server, gives none',
  ],
  [/value_errors\/(?:last)?indexof_out_of_range$/, undefined, 'cel-go 0.26, and so the API server, gives -1'],
  [
    /duration_converters\/get_milliseconds$/,
    undefined,
    'cel-go, and so the API server, gives the whole length',
  ],
  [/null_assignable_to_abstract_parameter_candidate$/, undefined, 'Kubernetes refuses lists of mixed types'],
];

interface Score {
  passed: number;
  skipped: number;
}
const scores = new Map<string, Score>();
const used = new Set<number>();

function skipOf(path: string, expression: string): number {
  return SKIPS.findIndex(
    ([paths, expressions]) => paths.test(path) && (expressions?.test(expression) ?? true),
  );
}

function passes(original: Parameters<typeof run>[0]): boolean {
  try {
    return run(original) === undefined;
  } catch {
    // A test that needs messages can't even be set up.
    return false;
  }
}

function register(suite: IncrementalTestSuite, path: string, score: Score): void {
  for (const { name, original } of suite.tests) {
    const skip = skipOf(`${path}/${name}`, `${original.expr} ${original.container}`);
    if (skip >= 0 && !passes(original)) {
      used.add(skip);
      score.skipped++;
      continue;
    }
    test(`${path}/${name}`, () => {
      expect(run(original), original.expr).toBeUndefined();
      score.passed++;
    });
  }
  for (const child of suite.suites) register(child, `${path}/${child.name}`, score);
}

for (const section of getConformanceSuite().suites) {
  if (section.suites.length === 0 && section.tests.length === 0) continue;
  const score = { passed: 0, skipped: 0 };
  scores.set(section.name, score);
  describe(section.name, () => {
    register(section, section.name, score);
    test('is accounted for', () => {
      expect(score.passed + score.skipped).toBeGreaterThan(0);
    });
  });
}

test.each(SKIPS.map(([path, , reason], index) => ({ path, reason, index })))(
  '$path is left out: $reason',
  ({ index }) => {
    expect(used.has(index)).toBe(true);
  },
);

afterAll(() => {
  const lines = [...scores].map(
    ([name, { passed, skipped }]) => `${name}: ${passed} passed, ${skipped} left out`,
  );
  if (process.env['CEL_SCORES'] === 'print') process.stdout.write(`${lines.join('\n')}\n`);
});
