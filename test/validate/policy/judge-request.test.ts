import { describe, expect, it } from 'vitest';
import { resourcesOf } from '#cli/checking.ts';
import { type Judgement, judgeRequest } from '#validate/policy/judge-request.ts';
import { loadPolicies } from '#validate/policy/load.ts';
import { store } from '../schemas.ts';
import { staged, withDefinitions } from './admission.ts';
import { ADMISSION_CASES, type AdmissionCase } from './admission-cases.ts';

const resourceOf = withDefinitions(resourcesOf(store()));

function judged(one: AdmissionCase, index: number): Judgement {
  const { namespace, policy, bindings, params, request } = staged(one, index);
  const text = [policy, ...bindings].map((document) => JSON.stringify(document)).join('\n---\n');
  const { value = [], findings } = loadPolicies([{ file: 'case.yaml', text }]);
  expect(findings).toEqual([]);
  const [only] = value;
  if (only === undefined) throw new Error(`${one.name} has no policy`);
  return judgeRequest(only, request, { namespace, params, resourceOf });
}

describe('a request', () => {
  it.each(ADMISSION_CASES.map((one, index) => [one.name, one, index] as const))('%s', (_, one, index) => {
    const { matched, failures, errors } = judged(one, index);
    const denied = [...failures, ...errors].filter(({ severity }) => severity === 'error');
    const warned = failures.filter(({ severity }) => severity === 'warning');
    expect(denied[0]?.message).toBe(one.denied);
    expect(warned.map(({ message }) => message)).toEqual(one.warned ?? []);
    if (one.denied !== undefined) expect(matched).toBe(true);
  });
});
