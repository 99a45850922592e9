import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import {
  type Baseline,
  baselineOf,
  counter,
  entryOf,
  type Placed,
  readBaseline,
  shrunk,
  staleFindings,
} from '#validate/baseline/baseline.ts';

const violation = (name: string, pointer = '/spec', line = 1): Finding => ({
  code: 'policy-violated',
  severity: 'error',
  subject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'tideline', name },
  pointer,
  origin: { file: 'k8s/api.yaml', line, column: 1 },
  args: { policy: 'no-latest', validation: 0, message: 'latest', mend: '' },
});
const placed = (name: string, pointer?: string, line?: number): Placed => ({
  finding: violation(name, pointer, line),
  environment: 'production',
});
const deployment = (name: string): Manifest => {
  const object: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'tideline' },
  };
  return { object, file: 'k8s/api.yaml', locate: () => undefined };
};

const origin = { file: 'policies/baseline.yaml', line: 4, column: 5 };
const of = (found: readonly Placed[]): Baseline => ({
  entries: baselineOf(found).map((entry) => ({ ...entry, origin })),
});
/** What of the findings a baseline lets pass, and how often each entry was met. */
function run(baseline: Baseline, found: readonly Placed[]) {
  const count = counter(baseline);
  return { passed: found.map(count.passes), tally: count.tally() };
}
const looked = (isWhole: boolean, ...names: readonly string[]) => ({
  environments: [{ name: 'production', documents: names.map(deployment) }],
  isWhole,
});

describe('the baseline', () => {
  it('knows a finding by its code, policy, object, pointer and environment, whatever its line', () => {
    const baseline = of([placed('api')]);
    expect(run(baseline, [placed('api', '/spec', 99)]).passed).toEqual([true]);
    expect(run(baseline, [placed('web')]).passed).toEqual([false]);
    expect(run(baseline, [placed('api', '/metadata')]).passed).toEqual([false]);
    expect(run(baseline, [{ ...placed('api'), environment: 'staging' }]).passed).toEqual([false]);
  });

  it('lets only as many pass as there were', () => {
    expect(
      run(of([placed('api'), placed('api')]), [placed('api'), placed('api'), placed('api')]).passed,
    ).toEqual([true, true, false]);
  });

  it('takes neither notes nor what was not checked nor what speaks of no object', () => {
    expect(
      entryOf({ finding: { ...violation('api'), severity: 'info' } as Finding, environment: '' }),
    ).toBeUndefined();
    const blind: Finding = { code: 'manifest-none', severity: 'error', args: { paths: [] } };
    expect(entryOf({ finding: blind, environment: '' })).toBeUndefined();
  });

  it('tells what occurs no more, where the object was looked at or everything was', () => {
    const baseline = of([placed('api'), placed('web')]);
    const { tally } = run(baseline, [placed('web')]);
    expect(staleFindings(baseline, tally, looked(false, 'api', 'web'))).toMatchObject([
      { code: 'baseline-stale', origin, args: { object: 'apps/v1 Deployment tideline/api', left: 0 } },
    ]);
    expect(staleFindings(baseline, tally, looked(false, 'web'))).toEqual([]);
    expect(staleFindings(baseline, tally, looked(true))).toHaveLength(1);
  });

  it('tells what occurs less often', () => {
    const baseline = of([placed('api'), placed('api'), placed('api')]);
    const { tally } = run(baseline, [placed('api')]);
    expect(staleFindings(baseline, tally, looked(true))).toMatchObject([{ args: { left: 1 } }]);
    expect(shrunk(baseline, tally, looked(true))).toEqual(baselineOf([placed('api')]));
  });

  it('only shrinks, to what is still found', () => {
    const some = fc.array(
      fc
        .tuple(fc.constantFrom('api', 'web'), fc.constantFrom('/a', '/b'))
        .map(([name, at]) => placed(name, at)),
    );
    const sizeOf = (entries: readonly { readonly count?: number }[]) =>
      entries.reduce((sum, { count = 1 }) => sum + count, 0);
    fc.assert(
      fc.property(some, some, (before, now) => {
        const baseline = of(before);
        const left = shrunk(baseline, run(baseline, now).tally, looked(true));
        expect(sizeOf(left)).toBeLessThanOrEqual(sizeOf(baseline.entries));
        // What is left passes all the same, and nothing of it is stale.
        const next: Baseline = { entries: left.map((entry) => ({ ...entry, origin })) };
        const again = run(next, now);
        expect(again.passed).toEqual(run(baseline, now).passed);
        expect(staleFindings(next, again.tally, looked(true))).toEqual([]);
      }),
    );
  });

  it('is read back as it was written', () => {
    const entries = baselineOf([placed('api'), placed('api'), placed('web', '/metadata/name')]);
    const text = `apiVersion: plimsoll.dev/v1alpha1\nkind: Baseline\nfindings:\n${entries
      .map((entry) => `  - ${JSON.stringify(entry)}\n`)
      .join('')}`;
    const { value, findings } = readBaseline({ file: 'b', text });
    expect(findings).toEqual([]);
    expect(value?.entries.map(({ origin: _, ...entry }) => entry)).toEqual(entries);
  });

  it('drops an entry that is misspelt', () => {
    const text =
      'apiVersion: plimsoll.dev/v1alpha1\nkind: Baseline\nfindings:\n  - { code: a, object: b, point: "" }\n';
    const { value, findings } = readBaseline({ file: 'b', text });
    expect(value?.entries).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['record-field', 'record-field']);
  });
});
