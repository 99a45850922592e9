import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textReport } from '#report/text.ts';
import { reportOf, run, violated } from './runs.ts';

const plain = { colour: false, unicode: true };

describe('the text report', () => {
  it('at 120 columns', () => {
    expect(textReport(run, { ...plain, columns: 120, milliseconds: 1840 })).toMatchInlineSnapshot(`
      "✗ production  23 documents, 1 error, 1 warning, 1 note, 1 waived
        ConfigMap                1   HorizontalPodAutoscaler  2   MongoDatabase            1   Service                 12
        Deployment               3   Ingress                  1   PodDisruptionBudget      3

        schema  23 of 23  embedded, Kubernetes 1.34, 41 ms
        policy   4 of 23  5 policies
        graph    skipped  --skip-checks

      ✓ staging  3 documents, nothing found
        Deployment 3

        schema  3 of 3  embedded, Kubernetes 1.34
        3 files changed in dist/staging

      waived  policy immutable-image-tags, 1 finding: the registry keeps no digests till it is replaced; owner
        bookings@tideline.example, until 2027-03-31
        in: apps/v1 Deployment tideline/booking-api

      environments/production.yaml:17:9  error  policy-violated  image without a digest in production: nginx:1.29 (policy
        immutable-image-tags)
        mend: write the image with its digest
        in: apps/v1 Deployment tideline/booking-api  /spec/template/spec/containers/0/image

      policies/no-night-sailing.yaml:4:9  warning  policy-unbound  policy no-night-sailing has no binding: no cluster enforces
        it, and it was not judged
        mend: add a ValidatingAdmissionPolicyBinding with spec.policyName: no-night-sailing

      info  policy-namespace-unknown  Namespace harbour is not among the documents: policies judged it as one that has no
        labels but its name
        mend: validate the Namespace together with what lies in it
        in: v1 Namespace harbour

      ✗ synth: 1 error, 1 warning, 1 note, 1 waived, 26 documents, 2 environments, 1.8 s
      "
    `);
  });

  it('at 80 columns', () => {
    expect(textReport(run, { ...plain, columns: 80 })).toMatchInlineSnapshot(`
      "✗ production  23 documents, 1 error, 1 warning, 1 note, 1 waived
        ConfigMap                1   MongoDatabase            1
        Deployment               3   PodDisruptionBudget      3
        HorizontalPodAutoscaler  2   Service                 12
        Ingress                  1

        schema  23 of 23  embedded, Kubernetes 1.34, 41 ms
        policy   4 of 23  5 policies
        graph    skipped  --skip-checks

      ✓ staging  3 documents, nothing found
        Deployment 3

        schema  3 of 3  embedded, Kubernetes 1.34
        3 files changed in dist/staging

      waived  policy immutable-image-tags, 1 finding: the registry keeps no digests
        till it is replaced; owner bookings@tideline.example, until 2027-03-31
        in: apps/v1 Deployment tideline/booking-api

      environments/production.yaml:17:9  error  policy-violated  image without a
        digest in production: nginx:1.29 (policy immutable-image-tags)
        mend: write the image with its digest
        in: apps/v1 Deployment tideline/booking-api
          /spec/template/spec/containers/0/image

      policies/no-night-sailing.yaml:4:9  warning  policy-unbound  policy
        no-night-sailing has no binding: no cluster enforces it, and it was not judged
        mend: add a ValidatingAdmissionPolicyBinding with spec.policyName:
          no-night-sailing

      info  policy-namespace-unknown  Namespace harbour is not among the documents:
        policies judged it as one that has no labels but its name
        mend: validate the Namespace together with what lies in it
        in: v1 Namespace harbour

      ✗ synth: 1 error, 1 warning, 1 note, 1 waived, 26 documents, 2 environments
      "
    `);
  });

  it('at 40 columns', () => {
    expect(textReport(run, { ...plain, columns: 40 })).toMatchInlineSnapshot(`
      "✗ production  23 documents, 1 error, 1
        warning, 1 note, 1 waived
        ConfigMap                1
        Deployment               3
        HorizontalPodAutoscaler  2
        Ingress                  1
        MongoDatabase            1
        PodDisruptionBudget      3
        Service                 12

        schema  23 of 23  embedded, Kubernetes
          1.34, 41 ms
        policy   4 of 23  5 policies
        graph    skipped  --skip-checks

      ✓ staging  3 documents, nothing found
        Deployment 3

        schema  3 of 3  embedded, Kubernetes
          1.34
        3 files changed in dist/staging

      waived  policy immutable-image-tags, 1
        finding: the registry keeps no digests
        till it is replaced; owner
        bookings@tideline.example, until
        2027-03-31
        in: apps/v1 Deployment
          tideline/booking-api

      environments/production.yaml:17:9  error
        policy-violated  image without a
        digest in production: nginx:1.29
        (policy immutable-image-tags)
        mend: write the image with its digest
        in: apps/v1 Deployment
          tideline/booking-api
          /spec/template/spec/containers/0/image

      policies/no-night-sailing.yaml:4:9
        warning  policy-unbound  policy
        no-night-sailing has no binding: no
        cluster enforces it, and it was not
        judged
        mend: add a
          ValidatingAdmissionPolicyBinding
          with spec.policyName:
          no-night-sailing

      info  policy-namespace-unknown
        Namespace harbour is not among the
        documents: policies judged it as one
        that has no labels but its name
        mend: validate the Namespace together
          with what lies in it
        in: v1 Namespace harbour

      ✗ synth: 1 error, 1 warning, 1 note, 1
        waived, 26 documents, 2 environments
      "
    `);
  });

  it.each([40, 60, 80, 120])('keeps within %i columns where words allow', (columns) => {
    const lines = textReport(run, { ...plain, columns }).split('\n');
    for (const line of lines) {
      const indent = line.length - line.trimStart().length;
      if (line.length > columns) expect(line.slice(indent, columns)).not.toContain(' ');
    }
  });

  it('does without colour, and without anything but ASCII, where asked to', () => {
    const text = textReport(run, { columns: 80, colour: false, unicode: false });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain('FAILED production');
    expect(text).toContain('ok staging');
  });

  it('says the same with colour', () => {
    const coloured = textReport(run, { columns: 80, colour: true, unicode: true });
    expect(coloured).toContain('\u001B[31merror\u001B[0m');
    const stripped = stripVTControlCharacters(coloured);
    expect(stripped).toBe(textReport(run, { columns: 80, colour: false, unicode: true }));
  });

  it('shows so many findings and counts the rest', () => {
    const many = Array.from({ length: 1_203 }, (_, index) => violated(`image number ${index}`));
    const text = textReport(reportOf(...many), { ...plain, columns: 80 });
    expect(text.match(/policy-violated/g)).toHaveLength(200);
    expect(text).toContain('... and 1003 errors more');
    expect(text).toContain('1203 errors');
  });

  it('never lets a finding drive the terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (message) => {
        const text = textReport(reportOf(violated(`\u001B]0;${message}\u0007\u202E${message}`)), {
          ...plain,
          columns: 80,
        });
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });

  it('tells notes on several policies in one line, and counts each', () => {
    const idle = (policy: string) => ({
      code: 'policy-matched-nothing' as const,
      severity: 'info' as const,
      origin: { file: `policies/${policy}.yaml`, line: 4, column: 9 },
      args: { policy, environments: 2 },
    });
    const text = (...names: string[]) => textReport(reportOf(...names.map(idle)), { ...plain, columns: 120 });
    expect(text('no-crane', 'no-ship', 'no-tug')).toContain(
      '\ninfo  policy-matched-nothing  3 policies judged nothing in any environment: no-crane, no-ship, no-tug\n\n',
    );
    expect(text('no-crane', 'no-ship', 'no-tug')).toContain('3 notes');
    expect(text(...Array.from({ length: 14 }, (_, at) => `no-${at}`))).toContain('and 2 more');
    // Of one alone all is told: where it is, and what to do.
    expect(text('no-crane')).toContain('policies/no-crane.yaml:4:9');
  });
});
