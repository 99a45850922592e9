import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonReport } from '#report/report-schema.ts';
import { plimsoll } from './terminal.ts';

/** What somebody may write into `policies/` by mistake or from spite: each is told at its line, and the others judge. */
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bad-policies-'));
  fs.mkdirSync(path.join(folder, 'policies'));
  write('web.yaml', DEPLOYMENT);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);
const put = (name: string, text: string) => write(`policies/${name}.yaml`, text);

const CONTAINERS = Array.from({ length: 40 }, (_, at) => `{ name: c${at}, image: web:1 }`).join(', ');
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${'a'.repeat(60)}b, namespace: tideline }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [${CONTAINERS}] } }
`;

const binding = (name: string, policy: string, more = '') => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${policy}, validationActions: [Deny]${more} }
`;

const policy = (name: string, expression: string, paramKind = '', paramRef = '') =>
  `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: ${name} }
spec:${paramKind}
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
  validations:
    - expression: >-
        ${expression}
      message: says ${name}
---
${binding(name, name, paramRef)}`;

async function validate(...options: readonly string[]) {
  const { code } = await plimsoll(folder, [
    'validate',
    path.join(folder, 'web.yaml'),
    '--report',
    'json=out.json',
    ...options,
  ]);
  const report: JsonReport = JSON.parse(fs.readFileSync(path.join(folder, 'out.json'), 'utf8'));
  const found = report.findings.map(({ code: name, origin, message }) => ({
    at: `${name} ${origin?.file}:${origin?.line}:${origin?.column}`,
    message,
  }));
  return { code, places: found.map(({ at }) => at), found };
}

it('tells of each at its own place, and judges by the others', async () => {
  const nested = [...'abcdefgh'].reduceRight(
    (inner, name) => `object.spec.template.spec.containers.all(${name}, ${inner})`,
    'size(a.name + b.name + c.name + d.name + e.name + f.name + g.name + h.name) > 0',
  );
  put('parse', policy('parse', 'object.spec.replicas >='));
  put('misspelt', policy('misspelt', 'object.spec.replicaz >= 2'));
  put('mistyped', policy('mistyped', "object.spec.replicas >= 'two'"));
  put('runaway', policy('runaway', nested));
  put('lookahead', policy('lookahead', "object.metadata.name.matches('(?=a)b')"));
  // A backtracking engine would take longer than anybody waits: sixty letters, doubled by each.
  put('backtracks', policy('backtracks', "object.metadata.name.matches('^(a+)+$')"));
  const paramRef = ', paramRef: { name: nowhere, namespace: tideline, parameterNotFoundAction: Deny }';
  const paramKind = '\n  paramKind: { apiVersion: v1, kind: ConfigMap }';
  put('param', policy('param', "params.data.stage == 'production'", paramKind, paramRef));
  put('dangling', binding('dangling', 'nobody'));
  put('kyverno', 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: pods }\n');
  put(
    'mutating',
    'apiVersion: admissionregistration.k8s.io/v1alpha1\nkind: MutatingAdmissionPolicy\nmetadata: { name: labels }\n',
  );
  put('good', policy('good', 'object.spec.replicas >= 2'));

  const start = performance.now();
  const { code, places, found } = await validate('--checks', 'policy');
  expect(performance.now() - start).toBeLessThan(30_000);
  expect(code).toBe(1);
  expect(places).toEqual(
    expect.arrayContaining([
      'policy-expression-invalid policies/parse.yaml:9:32',
      'policy-field-unknown policies/misspelt.yaml:9:21',
      'policy-type-mismatch policies/mistyped.yaml:9:30',
      'policy-cost-exceeded policies/runaway.yaml:8:19',
      'policy-expression-invalid policies/lookahead.yaml:9:38',
      'policy-params-unknown policies/param.yaml:16:65',
      'policy-binding-dangling policies/dangling.yaml:4:21',
      'policy-kind-unsupported policies/kyverno.yaml:2:7',
      'policy-kind-unsupported policies/mutating.yaml:2:7',
    ]),
  );
  const violated = found.filter(({ at }) => at.startsWith('policy-violated')).map(({ message }) => message);
  expect(violated).toHaveLength(2);
  expect(violated).toEqual(
    expect.arrayContaining([
      expect.stringContaining('says backtracks'),
      expect.stringContaining('says good'),
    ]),
  );
});

it('could not check where policies were asked for, and none is fit to judge', async () => {
  put('parse', policy('parse', 'object.spec.replicas >='));
  expect(await validate('--checks', 'policy')).toMatchObject({ code: 2 });
  expect(await validate('--checks', 'policy', '--policies', 'parse')).toMatchObject({
    code: 2,
    places: expect.arrayContaining(['policy-expression-invalid policies/parse.yaml:9:32']),
  });
  // The other checks did look.
  expect(await validate()).toMatchObject({ code: 1 });
});
