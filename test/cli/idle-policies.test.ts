import { expect, it } from 'vitest';
import { idlePolicies } from '#cli/idle-policies.ts';
import type { Manifest } from '#manifests/manifest.ts';

const policy = (name: string, operations: readonly string[], folder = 'policies'): Manifest => ({
  object: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: { matchConstraints: { resourceRules: [{ operations }] } },
  },
  file: `${folder}/${name}.yaml`,
  locate: () => ({ file: `${folder}/${name}.yaml`, line: 4, column: 9 }),
});

it('tells of policies that judged nothing anywhere', () => {
  const policies = [policy('no-crane', ['CREATE']), policy('no-ship', ['*'])];
  expect(idlePolicies(policies, new Set(['no-ship']), 2)).toEqual([
    {
      code: 'policy-matched-nothing',
      severity: 'info',
      origin: { file: 'policies/no-crane.yaml', line: 4, column: 9 },
      args: { policy: 'no-crane', environments: 2 },
    },
  ]);
});

it('says nothing of those that wait for a change, nor of those that come with plimsoll', () => {
  const policies = [policy('kept', ['UPDATE', 'DELETE']), policy('ours', ['CREATE'], 'plimsoll/policies')];
  expect(idlePolicies(policies, new Set(), 2)).toEqual([]);
});
