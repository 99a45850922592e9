import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { Report, Scope } from '#report/report.ts';
import type { Waiver } from '#validate/waivers/waiver.ts';

/** Runs as the commands would hand them to the reports. */

export const violated = (message: string, fields: Partial<Finding> = {}): Finding => ({
  ...violation(message),
  ...(fields.severity && { severity: fields.severity }),
  ...(fields.origin && { origin: fields.origin }),
});

function violation(message: string): Extract<Finding, { code: 'policy-violated' }> {
  return {
    code: 'policy-violated',
    severity: 'error',
    subject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'tideline', name: 'booking-api' },
    pointer: '/spec/template/spec/containers/0/image',
    origin: { file: 'environments/production.yaml', line: 17, column: 9 },
    args: {
      policy: 'immutable-image-tags',
      validation: 2,
      message,
      mend: 'write the image with its digest',
    },
  };
}

export const unknownNamespace: Finding = {
  code: 'policy-namespace-unknown',
  severity: 'info',
  subject: { apiVersion: 'v1', kind: 'Namespace', name: 'harbour' },
  args: { namespace: 'harbour' },
};

export const unbound: Finding = {
  code: 'policy-unbound',
  severity: 'warning',
  origin: { file: 'policies/no-night-sailing.yaml', line: 4, column: 9 },
  args: { policy: 'no-night-sailing' },
};

const calmSea: Waiver = {
  policy: 'immutable-image-tags',
  selector: { name: 'booking-api' },
  owner: 'bookings@tideline.example',
  reason: 'the registry keeps no digests till it is replaced',
  until: '2027-03-31',
};

export const production: Scope = {
  name: 'production',
  documents: [
    { kind: 'ConfigMap', count: 1 },
    { kind: 'Deployment', count: 3 },
    { kind: 'HorizontalPodAutoscaler', count: 2 },
    { kind: 'Ingress', count: 1 },
    { kind: 'MongoDatabase', count: 1 },
    { kind: 'PodDisruptionBudget', count: 3 },
    { kind: 'Service', count: 12 },
  ],
  checks: [
    { check: 'schema', engine: 'embedded, Kubernetes 1.34', covered: 23, milliseconds: 41.2 },
    { check: 'policy', engine: '5 policies', covered: 4 },
    { check: 'graph', skipped: '--skip-checks' },
  ],
  findings: [unknownNamespace, unbound, violated('image without a digest in production: nginx:1.29')],
  waived: [{ waiver: calmSea, finding: violated('an image is tagged latest') }],
};

const staging: Scope = {
  name: 'staging',
  documents: [{ kind: 'Deployment', count: 3 }],
  checks: [{ check: 'schema', engine: 'embedded, Kubernetes 1.34', covered: 3 }],
  findings: [],
  waived: [],
  outcome: '3 files changed in dist/staging',
};

export const run: Report = { command: 'synth', scopes: [production, staging], gate: 'error' };

export const reportOf = (...findings: readonly Finding[]): Report => ({
  command: 'validate',
  gate: 'error',
  scopes: [{ name: 'manifests', documents: [], checks: [], findings, waived: [] }],
});

export const manifest = (apiVersion: string, kind: string): Manifest => {
  const object: KubernetesObject = { apiVersion, kind, metadata: { name: 'bookings' } };
  return { object, file: 'bookings.yaml', locate: () => undefined };
};
