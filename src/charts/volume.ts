import { KubePersistentVolumeClaim, Quantity } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { DerivedVolume, Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** What a claim of an EBS volume asks for: such volumes are attached to one node at a time. */
export const volumeRequest = ({ size, class: storageClass }: DerivedVolume) => ({
  accessModes: ['ReadWriteOnce'],
  ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
  resources: { requests: { storage: Quantity.fromString(size) } },
});

/** The volumes of a service that outlive its pods. */
export function volumes(folder: Folder, workload: Workload): void {
  const { namespace, labels, pointer } = workload;
  for (const volume of workload.volumes) {
    if (volume.claim === undefined) continue;
    const cause = `${pointer}/volumes/${volume.name}`;
    folder.add(
      KubePersistentVolumeClaim,
      {
        // In the wave of the pods: it is bound when the first one is scheduled, and an earlier wave would
        // wait for that for ever.
        metadata: metadata({ name: volume.claim, namespace, labels }, { wave: 'running', isKept: true }),
        spec: volumeRequest(volume),
      },
      {
        pointer: cause,
        fields: () => ({
          '/spec/resources': `${cause}/size`,
          '/spec/storageClassName': `${cause}/class`,
        }),
      },
    );
  }
}
