/**
 * An environment of any size, in which each service is as rich as a real one: autoscaled, with an ingress on
 * every second, and using a queue, a bucket and its neighbour.
 * @param {number} services
 */
export function benchmarkEnvironment(services) {
  const buckets = Math.max(1, Math.ceil(services / 20));
  const names = Array.from({ length: services }, (_, index) => serviceName(index));
  return `apiVersion: plimsoll.dev/v1alpha1
kind: Environment
metadata: { name: bench }
spec:
  product: tideline
  stage: staging
  topology: single
  aws:
    account: "111122223333"
    region: eu-west-1
    crossplaneRole: arn:aws:iam::111122223333:role/crossplane
    tags: { owner: platform, costCenter: "4711" }
  policies: { registries: [registry.tideline.example] }
  delivery: { repository: "https://git.tideline.example/platform.git" }
  network: { cidr: 10.40.0.0/16, availabilityZones: [a, b, c] }
  cluster:
    kubernetesVersion: "1.34"
    nodeGroups:
      general: { instanceTypes: [m7g.large], min: 3, max: 300 }
  ingress:
    domains: [tideline.example]
    certificate: arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000
  queues:
${Array.from({ length: buckets }, (_, index) => `    events-${index}: {}\n`).join('')}  buckets:
${Array.from({ length: buckets }, (_, index) => `    files-${index}: {}\n`).join('')}  services:
${names.map((name, index) => service(name, index, names, buckets)).join('')}`;
}

/** @param {number} index */
export const serviceName = (index) => `berth-${String(index).padStart(4, '0')}`;

/** @param {string} name @param {number} index @param {readonly string[]} names @param {number} buckets */
function service(name, index, names, buckets) {
  const ingress = index % 2 === 0 ? `      ingress: { host: ${name}.tideline.example }\n` : '';
  const neighbour = index === 0 ? '' : `, ${names[index - 1]}: call`;
  return `    ${name}:
      image: registry.tideline.example/${name}:v1.${index}.0
      port: 8080
      resources: { cpu: 250m, memory: 256Mi }
      autoscaling: { min: 2, max: 6, cpu: 70 }
      env: { LOG_LEVEL: info }
${ingress}      uses: { events-${index % buckets}: send, files-${index % buckets}: readWrite${neighbour} }
`;
}
