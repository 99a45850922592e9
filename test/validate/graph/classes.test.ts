import { expect, it } from 'vitest';
import { cases, global, type Row, told } from './tideline.ts';

const ADMISSION = 'admissionregistration.k8s.io/v1';
const policy = global(ADMISSION, 'ValidatingAdmissionPolicy', 'no-night-sailing');
const binding = (name: string) =>
  global(ADMISSION, 'ValidatingAdmissionPolicyBinding', 'night', `spec: { policyName: ${name} }`);
const MISSING = 'reference-missing ValidatingAdmissionPolicyBinding/night /spec/policyName';
const ingressClass = (name: string) =>
  global(
    'networking.k8s.io/v1',
    'IngressClass',
    'alb',
    `spec: { controller: ingress.k8s.aws/alb, parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: ${name} } }`,
  );

const rows: readonly Row[] = [
  ['a policy', [policy, binding('no-night-sailing')]],
  ['a policy that is not there', [policy, binding('no-day-sailing')], [`error ${MISSING}`]],
  ['a policy that somebody else may make', [binding('no-night-sailing')], [`warning ${MISSING}`]],
  [
    'parameters of a class',
    [global('elbv2.k8s.aws/v1beta1', 'IngressClassParams', 'alb'), ingressClass('alb')],
  ],
  [
    'parameters of a class that are not there',
    [global('elbv2.k8s.aws/v1beta1', 'IngressClassParams', 'alb'), ingressClass('abl')],
    ['error reference-missing IngressClass/alb /spec/parameters/name'],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
