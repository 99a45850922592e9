import { readEnvironments } from '#environments/read.ts';
import type { Finding } from '#model/finding.ts';

/** A small environment without findings; tests change one thing of it. */
export const TIDELINE = `apiVersion: plimsoll.dev/v1alpha1
kind: Environment
metadata:
  name: staging
spec:
  product: tideline
  stage: staging
  topology: single
  aws:
    account: "111122223333"
    region: eu-west-1
    crossplaneRole: arn:aws:iam::111122223333:role/crossplane
    tags: { owner: fleet, costCenter: "4711" }
  delivery: { repository: "https://git.tideline.example/environments.git" }
  network:
    cidr: 10.20.0.0/16
    availabilityZones: [a, b, c]
  ingress:
    domains: [tideline.example]
    certificate: arn:aws:acm:eu-west-1:111122223333:certificate/2f6b1c9e-4f0a-4d2c-9b1e-7a3c5d8e9f10
  atlas: { organization: 32b6e34b3d91647abb20e7b8 }
  cluster:
    kubernetesVersion: "1.34"
    nodeGroups:
      general: { instanceTypes: [m7g.large], min: 2, max: 6 }
      inference:
        instanceTypes: [g6.xlarge]
        min: 0
        max: 2
        taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
  databases:
    bookings:
      tier: M10
  caches:
    sessions:
      nodeType: cache.t4g.small
  queues:
    voyage-events:
      visibilityTimeout: 60s
  buckets:
    documents: {}
  services:
    web:
      image: tideline/web:1.43.0
      port: 3000
      resources: { cpu: 250m, memory: 512Mi }
      ingress: { host: ship.tideline.example }
      uses:
        api: call
    api:
      image: tideline/api:2.18.1
      port: 8000
      resources: { cpu: 500m, memory: 1Gi }
      uses:
        bookings: readWrite
        sessions: read
        voyage-events: send
        documents: read
`;

export const FILE = 'environments/staging.yaml';

/** The environment with a piece of its text replaced; the piece must be there. */
export function edited(from: string, to: string, text = TIDELINE): string {
  if (!text.includes(from)) throw new Error(`no such text: ${from}`);
  return text.replace(from, () => to);
}

/** `code pointer line:column` of each finding, with the file where it isn't the environment's own. */
export const brief = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ code, pointer, origin }) => {
    const file = origin === undefined || origin.file === FILE ? '' : `${origin.file}:`;
    return `${code} ${pointer} ${file}${origin?.line}:${origin?.column}`;
  });

/** The day of every test. */
const TODAY = '2026-06-15';

/** The findings of one environment file, and of others beside it. */
export function findingsIn(text: string, others: Readonly<Record<string, string>> = {}): readonly Finding[] {
  const files = Object.entries(others).map(([path, other]) => ({ path, text: other }));
  return readEnvironments([{ path: FILE, text }, ...files], TODAY).findings;
}
