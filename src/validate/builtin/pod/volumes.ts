import { amountOf } from '../amount.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  invalid,
  isFilled,
  isGiven,
  items,
  numberOf,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
  unique,
} from '../field.ts';
import {
  absolutePath,
  annotations,
  dnsLabel,
  fileMode,
  labels,
  localPath,
  subdomain,
  withoutBackSteps,
} from '../forms.ts';
import { claimTemplate, driverName } from '../volume-claim.ts';
import { FILE_FIELDS, fieldReference, resourceReference } from './environment.ts';

/** Name of each volume -> the kind of its source. */
export type Volumes = ReadonlyMap<string, string>;

/** https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/ */
export function volumes(report: Report, field: Field): Volumes {
  const all = items(field);
  const kinds = new Map<string, string>();
  for (const volume of all) {
    const name = at(volume, 'name');
    if (requireText(report, name)) dnsLabel(report, name);
    const [source, ...others] = entries(volume).filter((entry) => entry.key !== 'name' && isGiven(entry));
    for (const other of others)
      forbidden(report, other, `a volume has one source, and this has ${source?.key}`);
    // Without a source the API server makes it an emptyDir.
    kinds.set(textOf(name), source?.key ?? 'emptyDir');
    if (source !== undefined) SOURCES[source.key]?.(report, source, textOf(name));
  }
  unique(
    report,
    all.map((volume) => at(volume, 'name')),
    textOf,
    'volumes',
  );
  return kinds;
}

type Source = (report: Report, field: Field, volume: string) => void;

const needs =
  (...names: readonly string[]): Source =>
  (report, field) => {
    for (const name of names) requireText(report, at(field, name));
  };

const SOURCES: Readonly<Record<string, Source>> = {
  configMap: (report, field) => {
    requireText(report, at(field, 'name'));
    files(report, field);
  },
  secret: (report, field) => {
    requireText(report, at(field, 'secretName'));
    files(report, field);
  },
  emptyDir: (report, field) => {
    const limit = amountOf(at(field, 'sizeLimit').value);
    if (limit !== undefined && limit < 0n) invalid(report, at(field, 'sizeLimit'), 'non-negative');
  },
  hostPath: (report, field) => {
    const path = at(field, 'path');
    if (requireText(report, path)) withoutBackSteps(report, path);
    oneOf(report, at(field, 'type'), [
      'DirectoryOrCreate',
      'Directory',
      'FileOrCreate',
      'File',
      'Socket',
      'CharDevice',
      'BlockDevice',
    ]);
  },
  persistentVolumeClaim: needs('claimName'),
  projected,
  downwardAPI: (report, field) => {
    fileMode(report, at(field, 'defaultMode'));
    for (const item of items(at(field, 'items'))) downwardFile(report, item);
  },
  csi: (report, field) => {
    driverName(report, at(field, 'driver'));
    const secret = at(field, 'nodePublishSecretRef');
    if (isGiven(secret) && requireText(report, at(secret, 'name'))) subdomain(report, at(secret, 'name'));
  },
  ephemeral: (report, field) => {
    const template = at(field, 'volumeClaimTemplate');
    if (!isGiven(template)) required(report, template);
    else {
      claimMetadata(report, at(template, 'metadata'));
      claimTemplate(report, at(template, 'spec'));
    }
  },
  nfs: (report, field) => {
    requireText(report, at(field, 'server'));
    const path = at(field, 'path');
    if (requireText(report, path)) absolutePath(report, path);
  },
  awsElasticBlockStore: (report, field) => {
    requireText(report, at(field, 'volumeID'));
    const partition = numberOf(at(field, 'partition'));
    if (partition !== undefined && (partition < 0 || partition > 255))
      invalid(report, at(field, 'partition'), 'number-range', '0 to 255');
  },
  gcePersistentDisk: needs('pdName'),
  azureDisk: needs('diskName', 'diskURI'),
  azureFile: needs('secretName', 'shareName'),
  cephfs: (report, field) => {
    if (items(at(field, 'monitors')).length === 0) required(report, at(field, 'monitors'));
  },
  cinder: needs('volumeID'),
  flexVolume: needs('driver'),
  glusterfs: needs('endpoints', 'path'),
  iscsi: needs('targetPortal', 'iqn'),
  quobyte: needs('registry', 'volume'),
  rbd: needs('image'),
  portworxVolume: needs('volumeID'),
  vsphereVolume: needs('volumePath'),
};

/** The claim takes its name from the pod: only labels and annotations are its own. */
function claimMetadata(report: Report, metadata: Field): void {
  labels(report, at(metadata, 'labels'));
  annotations(report, at(metadata, 'annotations'));
  for (const name of ['name', 'generateName', 'namespace', 'finalizers', 'ownerReferences'])
    if (isFilled(at(metadata, name)))
      forbidden(report, at(metadata, name), "the claim's name comes from its pod");
}

/** Keys of a ConfigMap or Secret as files. */
function files(report: Report, field: Field): void {
  fileMode(report, at(field, 'defaultMode'));
  for (const item of items(at(field, 'items'))) {
    const key = at(item, 'key');
    requireText(report, key);
    const path = at(item, 'path');
    if (requireText(report, path)) localPath(report, path);
    fileMode(report, at(item, 'mode'));
  }
}

function downwardFile(report: Report, item: Field): void {
  const path = at(item, 'path');
  if (requireText(report, path)) localPath(report, path);
  fileMode(report, at(item, 'mode'));
  const field = at(item, 'fieldRef');
  const resource = at(item, 'resourceFieldRef');
  if (isGiven(field)) {
    if (isGiven(resource)) forbidden(report, resource, 'fieldRef is set');
    fieldReference(report, field, FILE_FIELDS);
  } else if (isGiven(resource)) resourceReference(report, resource, true);
  else required(report, field, 'there is no resourceFieldRef');
}

const PROJECTED = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
];

/** https://kubernetes.io/docs/concepts/storage/projected-volumes/ */
function projected(report: Report, field: Field): void {
  fileMode(report, at(field, 'defaultMode'));
  const paths: Field[] = [];
  for (const source of items(at(field, 'sources'))) {
    const [one, ...others] = PROJECTED.map((name) => at(source, name)).filter(isGiven);
    for (const other of others) forbidden(report, other, `a source is one thing, and this is ${one?.key}`);
    if (one === undefined) continue;
    if (one.key === 'secret' || one.key === 'configMap') {
      requireText(report, at(one, 'name'));
      files(report, one);
      paths.push(...items(at(one, 'items')).map((item) => at(item, 'path')));
    } else if (one.key === 'downwardAPI') {
      for (const item of items(at(one, 'items'))) downwardFile(report, item);
      paths.push(...items(at(one, 'items')).map((item) => at(item, 'path')));
    } else if (one.key === 'serviceAccountToken') {
      token(report, one);
    }
  }
  unique(report, paths, textOf, 'paths of this volume');
}

function token(report: Report, field: Field): void {
  const path = at(field, 'path');
  if (requireText(report, path)) localPath(report, path);
  const seconds = at(field, 'expirationSeconds');
  if (isFilled(seconds) || seconds.value === 0) {
    const number = numberOf(seconds);
    if (number !== undefined && (number < 600 || number > 2 ** 32))
      invalid(report, seconds, 'number-range', '600 to 4294967296');
  }
}
