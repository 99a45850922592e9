import { IntOrString, KubeDeployment, type Volume } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { DerivedVolume, Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import { container, containerBlame, TEMPORARY } from './container.ts';
import type { Cause, Folder } from './folder.ts';
import { volumeRequest } from './volume.ts';

/** A service's pods: restricted, spread over zones and nodes, replaced one by one. */
export function deployment(folder: Folder, workload: Workload): void {
  const { name, namespace, labels, selector, replicas, service, placement } = workload;
  folder.add(
    KubeDeployment,
    {
      metadata: metadata({ name, namespace, labels, annotations: excuse(workload) }, { wave: 'running' }),
      spec: {
        ...(replicas === undefined ? {} : { replicas }),
        revisionHistoryLimit: 5,
        selector: { matchLabels: { ...selector } },
        strategy: strategy(workload),
        template: {
          metadata: { labels: { ...selector } },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: workload.graceSeconds,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: service.user,
              runAsGroup: service.user,
              fsGroup: service.user,
              fsGroupChangePolicy: 'OnRootMismatch',
              seccompProfile: { type: 'RuntimeDefault' },
            },
            ...(Object.keys(placement.nodeSelector).length === 0
              ? {}
              : { nodeSelector: { ...placement.nodeSelector } }),
            ...(placement.tolerations.length === 0
              ? {}
              : { tolerations: placement.tolerations.map((toleration) => ({ ...toleration })) }),
            topologySpreadConstraints: spread(workload),
            containers: [container(workload)],
            volumes: [{ name: TEMPORARY, emptyDir: {} }, ...workload.volumes.map(podVolume)],
          },
        },
      },
    },
    cause(workload),
  );
}

/** Policies can't tell from a Deployment alone that an autoscaler decides: the API server writes `replicas: 1`. */
const excuse = ({ scaling }: Workload): Readonly<Record<string, string>> =>
  scaling === undefined ? {} : { 'plimsoll.dev/replicas': 'autoscaled' };

const strategy = ({ rollout }: Workload) =>
  rollout === 'Recreate'
    ? { type: rollout }
    : {
        type: rollout,
        rollingUpdate: {
          maxUnavailable: IntOrString.fromNumber(0),
          maxSurge: IntOrString.fromString('25%'),
        },
      };

const spread = ({ selector, isSpreadForced }: Workload) => [
  {
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew: 1,
    whenUnsatisfiable: isSpreadForced ? 'DoNotSchedule' : 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  },
  {
    topologyKey: 'kubernetes.io/hostname',
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  },
];

/** Volumes of a service's own get a prefix, so that none can be named like one of ours. */
const podVolume = (volume: DerivedVolume): Volume =>
  volume.claim === undefined
    ? {
        name: `volume-${volume.name}`,
        ephemeral: { volumeClaimTemplate: { spec: volumeRequest(volume) } },
      }
    : { name: `volume-${volume.name}`, persistentVolumeClaim: { claimName: volume.claim } };

const CONTAINER = '/spec/template/spec/containers/0';

function cause(workload: Workload): Cause {
  const { pointer } = workload;
  return {
    pointer,
    fields: () => ({
      '/spec/replicas': `${pointer}/replicas`,
      '/spec/template/spec/nodeSelector': `${pointer}/nodeGroup`,
      '/spec/template/spec/tolerations': `${pointer}/nodeGroup`,
      '/spec/template/spec/securityContext/runAsUser': `${pointer}/user`,
      '/spec/template/spec/securityContext/runAsGroup': `${pointer}/user`,
      '/spec/template/spec/securityContext/fsGroup': `${pointer}/user`,
      ...Object.fromEntries(
        workload.volumes.map(({ name }, index) => [
          `/spec/template/spec/volumes/${index + 1}`,
          `${pointer}/volumes/${name}`,
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(containerBlame(workload)).map(([field, blame]) => [`${CONTAINER}${field}`, blame]),
      ),
    }),
  };
}
