import { describe, expect, it } from 'vitest';
import { checkPolicies } from '#validate/policy/policy.ts';
import { CASES, NAMESPACES } from './cases.ts';
import { LOADED, manifestOf, POLICIES, resourceOf } from './shipped-policies.ts';

const surroundings = NAMESPACES.map(manifestOf);

describe('the shipped policies', () => {
  it('load without a finding', () => {
    expect(LOADED.findings).toEqual([]);
    expect(POLICIES.map(({ name }) => name)).toEqual([
      'immutable-image-tags',
      'no-public-bucket',
      'pod-restricted',
      'stateful-claims-protected',
      'workload-resources',
    ]);
  });

  it.each(POLICIES)('$name says what it is about and how to mend', (policy) => {
    expect(policy.title).not.toBe('');
    expect(policy.mend).not.toBe('');
  });

  it.each(POLICIES)('$name has a case that keeps and a case that breaks each validation', (policy) => {
    const own = CASES.filter((each) => each.policy === policy.name);
    for (const { index } of policy.validations) {
      expect(own.some(({ breaks }) => breaks.includes(index))).toBe(true);
      expect(own.some(({ breaks }) => !breaks.includes(index))).toBe(true);
    }
  });

  it.each(CASES)('$policy: $name', ({ policy, object, breaks, pointer }) => {
    const manifest = manifestOf(object);
    const only = POLICIES.filter(({ name }) => name === policy);
    const { findings, covered } = checkPolicies(only, [...surroundings, manifest], { resourceOf });
    const broken = findings.map((finding) =>
      finding.code === 'policy-violated' ? finding.args.validation : finding.code,
    );
    expect(broken).toEqual(breaks);
    if (pointer !== undefined) {
      expect(findings[0]?.pointer).toBe(pointer);
      expect(findings[0]?.origin?.file).toBe(`at ${pointer}`);
    }
    for (const finding of findings) expect(finding.severity).toBe('error');
    expect(covered).toContain(manifest);
  });
});
