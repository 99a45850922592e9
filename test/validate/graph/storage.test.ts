import { expect, it } from 'vitest';
import { CONTAINER, cases, deployment, global, object, type Row, told, workload } from './tideline.ts';

const DEFAULT = 'annotations: { storageclass.kubernetes.io/is-default-class: "true" }';
const storageClass = (name: string, metadata = '') =>
  global('storage.k8s.io/v1', 'StorageClass', name, 'provisioner: ebs.csi.aws.com', metadata);
const claim = (spec: string, name = 'log') =>
  object('v1', 'PersistentVolumeClaim', name, `spec: { ${spec} }`);
const fast = storageClass('fast');
const CLASS = 'PersistentVolumeClaim/log /spec/storageClassName';

const user = (spec = '', kind = 'Deployment') =>
  workload(
    kind,
    'web',
    `volumes: [{ name: log, persistentVolumeClaim: { claimName: log } }], ${CONTAINER}`,
    spec,
  );
const ONE_NODE = 'accessModes: [ReadWriteOnce], storageClassName: ""';
const SHARED = [
  'warning volume-not-shareable Deployment/web /spec/template/spec/volumes/0/persistentVolumeClaim/claimName',
];

const rows: readonly Row[] = [
  ['a class', [fast, claim('storageClassName: fast')]],
  [
    'a class that is not there',
    [fast, claim('storageClassName: fats')],
    [`error reference-missing ${CLASS}`],
  ],
  [
    'a class that somebody else may make',
    [claim('storageClassName: fast')],
    [`warning reference-missing ${CLASS}`],
  ],
  ['a class that clusters come with', [fast, claim('storageClassName: gp2')]],
  ['a volume that is there already', [fast, claim('storageClassName: fats, volumeName: log')]],
  [
    'a class of a template',
    [
      fast,
      workload(
        'StatefulSet',
        'web',
        CONTAINER,
        'volumeClaimTemplates: [{ metadata: { name: log }, spec: { storageClassName: fats } }]',
      ),
    ],
    ['error reference-missing StatefulSet/web /spec/volumeClaimTemplates/0/spec/storageClassName'],
  ],
  [
    'a class of a volume that lives as long as its pod',
    [
      fast,
      deployment(
        'web',
        `volumes: [{ name: log, ephemeral: { volumeClaimTemplate: { spec: { storageClassName: fats } } } }], ${CONTAINER}`,
      ),
    ],
    [
      'error reference-missing Deployment/web /spec/template/spec/volumes/0/ephemeral/volumeClaimTemplate/spec/storageClassName',
    ],
  ],
  [
    'no class, and one is the default',
    [storageClass('fast', DEFAULT), claim('accessModes: [ReadWriteOnce]')],
  ],
  [
    'no class, and none is the default',
    [fast, claim('accessModes: [ReadWriteOnce]')],
    [`warning storage-class-default-missing ${CLASS}`],
  ],
  ['no class, and nobody knows which there are', [claim('accessModes: [ReadWriteOnce]')]],
  [
    'two defaults',
    [storageClass('fast', DEFAULT), storageClass('slow', DEFAULT)],
    [
      'warning storage-class-default-several StorageClass/slow /metadata/annotations/storageclass.kubernetes.io~1is-default-class',
    ],
  ],
  [
    'a volume of one node for one pod that stops first',
    [claim(ONE_NODE), user('strategy: { type: Recreate }')],
  ],
  ['a volume of one node for one pod that starts first', [claim(ONE_NODE), user()], SHARED],
  [
    'a volume of one node for one pod, never two',
    [claim(ONE_NODE), user('strategy: { rollingUpdate: { maxSurge: 0 } }')],
  ],
  [
    'a volume of one node for three pods',
    [claim(ONE_NODE), user('replicas: 3, strategy: { type: Recreate }')],
    SHARED,
  ],
  [
    'a volume of all nodes for three pods',
    [claim('accessModes: [ReadWriteMany], storageClassName: ""'), user('replicas: 3')],
  ],
  ['no pods at all', [claim(ONE_NODE), user('replicas: 0')]],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
