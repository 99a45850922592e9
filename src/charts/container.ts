import {
  type Container,
  type EnvVar,
  IntOrString,
  type Probe as KubeProbe,
  Quantity,
} from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { Probe, Question } from '#model/health.ts';
import type { Variable } from '#model/uses.ts';
import type { Workload } from '#model/workload.ts';

/** Name of the port that a container listens on; the Service refers to it. */
export const PORT_NAME = 'main';

/** Volume for temporary files, because the container's own file system is read-only. */
export const TEMPORARY = 'tmp';

const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** The one container of a service's pods. */
export function container(workload: Workload): Container {
  const { name, service, health, drainSeconds } = workload;
  return {
    name,
    image: service.image,
    // A tag may move: the registry is asked what it is. A digest can't.
    ...(DIGEST.test(service.image) ? {} : { imagePullPolicy: 'Always' }),
    ...(service.command === undefined ? {} : { command: [...service.command] }),
    ...(service.args === undefined ? {} : { args: [...service.args] }),
    ...(workload.variables.length === 0 ? {} : { env: workload.variables.map(variable) }),
    ...(service.port === undefined
      ? {}
      : { ports: [{ name: PORT_NAME, containerPort: service.port, protocol: 'TCP' }] }),
    resources: { requests: quantities(workload.requests), limits: quantities(workload.limits) },
    ...(health === undefined
      ? {}
      : {
          startupProbe: probe(health.startup),
          readinessProbe: probe(health.readiness),
          livenessProbe: probe(health.liveness),
        }),
    // The pod goes on serving while load balancer and kube-proxy learn that it is leaving.
    ...(drainSeconds === undefined ? {} : { lifecycle: { preStop: { sleep: { seconds: drainSeconds } } } }),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: !service.writableRoot,
    },
    volumeMounts: [
      { name: TEMPORARY, mountPath: '/tmp' },
      ...workload.volumes.map((volume) => ({ name: `volume-${volume.name}`, mountPath: volume.mountPath })),
    ],
  };
}

function variable({ name, value }: Variable): EnvVar {
  return 'text' in value
    ? { name, value: value.text }
    : { name, valueFrom: { secretKeyRef: { name: value.secret.name, key: value.secret.key } } };
}

function probe({ question, periodSeconds, timeoutSeconds, failureThreshold }: Probe): KubeProbe {
  return { ...ask(question), periodSeconds, timeoutSeconds, failureThreshold };
}

function ask(question: Question): KubeProbe {
  switch (question.protocol) {
    case 'http':
      return { httpGet: { path: question.path, port: IntOrString.fromNumber(question.port) } };
    case 'grpc':
      return { grpc: { port: question.port } };
    case 'tcp':
      return { tcpSocket: { port: IntOrString.fromNumber(question.port) } };
  }
}

const quantities = (amounts: Readonly<Record<string, string>>): Record<string, Quantity> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, Quantity.fromString(amount)]));

/** Pointer into the container -> pointer into the environment. */
export function containerBlame({
  pointer,
  variables,
  limits,
  volumes,
}: Workload): Readonly<Record<string, string>> {
  return {
    '/image': `${pointer}/image`,
    '/imagePullPolicy': `${pointer}/image`,
    '/command': `${pointer}/command`,
    '/args': `${pointer}/args`,
    '/ports': `${pointer}/port`,
    '/resources': `${pointer}/resources`,
    '/resources/requests/cpu': `${pointer}/resources/cpu`,
    '/resources/requests/memory': `${pointer}/resources/memory`,
    '/resources/limits/cpu': `${pointer}/resources/cpuLimit`,
    '/resources/limits/memory': `${pointer}/resources/memory`,
    ...('nvidia.com/gpu' in limits
      ? { '/resources/limits/nvidia.com~1gpu': `${pointer}/resources/gpus` }
      : {}),
    '/startupProbe': `${pointer}/health`,
    '/startupProbe/failureThreshold': `${pointer}/health/startup`,
    '/readinessProbe': `${pointer}/health`,
    '/livenessProbe': `${pointer}/health`,
    '/securityContext/readOnlyRootFilesystem': `${pointer}/writableRoot`,
    ...Object.fromEntries(variables.map((one, index) => [`/env/${index}`, one.pointer])),
    // The first mount is that of the temporary files.
    ...Object.fromEntries(
      volumes.map(({ name }, index) => [`/volumeMounts/${index + 1}`, `${pointer}/volumes/${name}`]),
    ),
  };
}
