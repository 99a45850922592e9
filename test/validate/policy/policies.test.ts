import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourcesOf } from '#cli/checking.ts';
import { missingAnnotations } from '#validate/policy/cases/annotations.ts';
import { caseJudge } from '#validate/policy/cases/judge.ts';
import { readCases } from '#validate/policy/cases/read.ts';
import { strayCases, testPolicies } from '#validate/policy/cases/test.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { store } from '../schemas.ts';
import { CASES, SURROUNDINGS } from './cases.ts';
import { CASE_FILES, LOADED, manifestOf, POLICIES, resourceOf } from './shipped-policies.ts';

const readings = CASE_FILES.map(readCases);
const files = readings.flatMap(({ cases }) => cases ?? []);

describe('the shipped policies', () => {
  it('load without a finding, and say all that policies say', () => {
    expect(LOADED.findings).toEqual([]);
    expect(missingAnnotations(LOADED.documents)).toEqual([]);
    expect(POLICIES.length).toBeGreaterThan(4);
  });

  it('have cases that can be read, each beside its policy', () => {
    expect(readings.flatMap(({ findings }) => findings)).toEqual([]);
    expect(
      strayCases(
        files,
        POLICIES.map(({ name }) => name),
      ),
    ).toEqual([]);
    for (const { policy, file } of files) expect(path.basename(file)).toBe(`${policy}.cases.yaml`);
  });

  // As `plimsoll policy test` does it.
  it.each(testPolicies(POLICIES, files, caseJudge(resourcesOf(store()))))(
    '$policy keeps its $cases cases',
    ({ findings }) => {
      expect(findings).toEqual([]);
    },
  );
});

describe('what is blamed', () => {
  const surroundings = SURROUNDINGS.map(manifestOf);
  const known = CASES.filter(
    ({ policy, pointer }) => pointer !== undefined && POLICIES.some(({ name }) => name === policy),
  );

  it.each(known)('$policy: $name', ({ policy, object, pointer }) => {
    const only = POLICIES.filter(({ name }) => name === policy);
    const { findings } = checkPolicies(only, [...surroundings, manifestOf(object)], { resourceOf });
    expect(findings[0]?.pointer).toBe(pointer);
    expect(findings[0]?.origin?.file).toBe(`at ${pointer}`);
  });
});
