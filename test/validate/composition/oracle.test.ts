import { describe, expect, test } from 'vitest';
import { readCorpus } from '../../goldens/corpus.ts';
import { found, manifestOf } from './harbour.ts';

/**
 * What the real function-patch-and-transform says of an input, the check says too: an input that the function refuses
 * is an error, one that it takes is never told to be refused.
 */

const { cases = [] } = readCorpus(process.env, process.cwd());

const findingsOf = (input: unknown) =>
  found([
    manifestOf({
      apiVersion: 'apiextensions.crossplane.io/v1',
      kind: 'Composition',
      metadata: { name: 'golden' },
      spec: {
        compositeTypeRef: { apiVersion: 'tideline.example/v1', kind: 'XHarbour' },
        mode: 'Pipeline',
        pipeline: [{ step: 'compose', functionRef: { name: 'function-patch-and-transform' }, input }],
      },
    }),
  ]);

/** The function's own words where it refuses the input itself; what else it meets depends on the composite. */
const REFUSED = /"(invalid Function input|cannot get Function input|cannot resolve PatchSets)/;

describe.skipIf(cases.length === 0)('the function itself (skipped where its answers are not at hand)', () => {
  const isRefused = (response: unknown) => REFUSED.test(JSON.stringify(response ?? {}));

  test('what it refuses is an error', () => {
    const refused = cases.filter(({ response }) => isRefused(response));
    expect(refused.length).toBeGreaterThan(40);
    const missed = refused.filter(
      ({ request }) => !findingsOf(request.input).some(({ severity }) => severity === 'error'),
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  test('what it takes is not told to be refused', () => {
    const taken = cases.filter(({ response, crash }) => crash === undefined && !isRefused(response));
    expect(taken.length).toBeGreaterThan(200);
    const wrong = taken.flatMap(({ name, request }) =>
      findingsOf(request.input)
        .filter(({ code }) => /^(composition-refused|composition-patch-set-unknown)$/.test(code))
        .map(({ pointer }) => `${name} ${pointer}`),
    );
    expect(wrong).toEqual([]);
  });
});
