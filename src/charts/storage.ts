import { KubeStorageClass } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { VolumeSnapshotClass, VolumeSnapshotClassDeletionPolicy } from '#imports/snapshot.storage.k8s.io.ts';
import type { DerivedStorageClass } from '#model/storage.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** Driver of EBS volumes and of their snapshots. */
const DRIVER = 'ebs.csi.aws.com';

/** A class of EBS gp3 volumes: encrypted, expandable, made in the zone of the pod that uses them. */
export function storageClass(folder: Folder, storage: DerivedStorageClass): void {
  const { name, pointer } = storage;
  const annotations: Readonly<Record<string, string>> = storage.default
    ? { 'storageclass.kubernetes.io/is-default-class': 'true' }
    : {};
  folder.add(
    KubeStorageClass,
    {
      metadata: metadata({ name, annotations }, { wave: 'namespaces', isKept: true }),
      provisioner: DRIVER,
      parameters: {
        type: 'gp3',
        encrypted: 'true',
        kmsKeyId: storage.keyArn,
        iops: String(storage.iops),
        throughput: String(storage.throughput),
        'csi.storage.k8s.io/fstype': storage.fileSystem,
      },
      reclaimPolicy: storage.reclaim,
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    },
    {
      pointer,
      fields: () => ({
        '/parameters/iops': `${pointer}/iops`,
        '/parameters/throughput': `${pointer}/throughput`,
        '/parameters/csi.storage.k8s.io~1fstype': `${pointer}/fileSystem`,
        '/reclaimPolicy': `${pointer}/reclaim`,
        '/metadata/annotations/storageclass.kubernetes.io~1is-default-class': `${pointer}/default`,
      }),
    },
  );
}

/** The class of EBS snapshots; its kind comes with the add-on snapshot-controller. */
export function snapshotClass(folder: Folder, pointer: string): void {
  folder.add(
    VolumeSnapshotClass,
    {
      metadata: metadata(
        {
          name: 'ebs',
          annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
        },
        { wave: 'late', isLate: true },
      ),
      driver: DRIVER,
      deletionPolicy: VolumeSnapshotClassDeletionPolicy.RETAIN,
    },
    { pointer },
  );
}
