import { isQualifiedName } from '../metadata/forms.ts';
import { amountOf } from './amount.ts';
import {
  at,
  duplicate,
  entries,
  type Field,
  forbidden,
  invalid,
  isFields,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
  unique,
} from './field.ts';
import { dnsLabel, pathSegment, qualifiedName, subdomain } from './forms.ts';
import { nodeSelectorTerm } from './pod/affinity.ts';
import { labelSelector } from './selector.ts';

const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims */
export function claimSpec(report: Report, spec: Field): void {
  const [source, reference] = [at(spec, 'dataSource'), at(spec, 'dataSourceRef')];
  // A source of any other kind is dropped.
  if (isGiven(source) && !isGiven(reference) && !isKeptSource(source))
    claimTemplate(report, {
      ...spec,
      value: { ...(isFields(spec.value) ? spec.value : {}), dataSource: null },
    });
  else claimTemplate(report, spec);
  const said = (field: Field) => ['apiGroup', 'kind', 'name'].map((name) => textOf(at(field, name))).join();
  if (isGiven(source) && isGiven(reference) && said(source) !== said(reference))
    invalid(report, source, 'one-value', 'the same as dataSourceRef');
}

const isKeptSource = (source: Field): boolean => {
  const kind = `${textOf(at(source, 'apiGroup'))} ${textOf(at(source, 'kind'))}`;
  return kind === ' PersistentVolumeClaim' || kind === 'snapshot.storage.k8s.io VolumeSnapshot';
};

/** The spec of claims that are made later. */
export function claimTemplate(report: Report, spec: Field): void {
  accessModes(report, at(spec, 'accessModes'));
  labelSelector(report, at(spec, 'selector'));
  const storage = at(spec, 'resources', 'requests', 'storage');
  if (isGiven(storage)) positiveAmount(report, storage);
  else required(report, storage);
  subdomain(report, at(spec, 'storageClassName'));
  oneOf(report, at(spec, 'volumeMode'), ['Filesystem', 'Block']);
  for (const name of ['dataSource', 'dataSourceRef']) dataSource(report, at(spec, name));
  subdomain(report, at(spec, 'volumeAttributesClassName'));
}

function accessModes(report: Report, field: Field): void {
  const modes = items(field);
  if (modes.length === 0) required(report, field);
  for (const mode of modes) oneOf(report, mode, ACCESS_MODES, 'required');
  const alone = modes.find(({ value }) => value === 'ReadWriteOncePod');
  if (alone !== undefined && modes.some(({ value }) => value !== 'ReadWriteOncePod'))
    forbidden(report, alone, 'ReadWriteOncePod stands alone');
}

function positiveAmount(report: Report, field: Field): void {
  const amount = amountOf(field.value);
  if (amount !== undefined && amount <= 0n) invalid(report, field, 'positive');
}

function dataSource(report: Report, field: Field): void {
  if (!isGiven(field)) return;
  requireText(report, at(field, 'name'));
  const [group, kind] = [at(field, 'apiGroup'), at(field, 'kind')];
  if (requireText(report, kind) && !isFilled(group) && kind.value !== 'PersistentVolumeClaim')
    invalid(report, kind, 'one-value', 'PersistentVolumeClaim, for there is no apiGroup');
  subdomain(report, group);
}

/** The name of a CSI driver: capitals are small to it. */
export function driverName(report: Report, field: Field): void {
  if (requireText(report, field)) subdomain(report, { ...field, value: textOf(field).toLowerCase() });
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistent-volumes */
export function volume(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  accessModes(report, at(spec, 'accessModes'));
  const capacity = at(spec, 'capacity');
  if (entries(capacity).length === 0) required(report, capacity);
  for (const entry of entries(capacity)) {
    if (entry.key === 'storage') positiveAmount(report, entry);
    else
      report({
        code: 'builtin-unsupported',
        field: entry,
        args: { found: entry.key, allowed: ['storage'] },
      });
  }
  const sources = entries(spec).filter(({ key, ...entry }) => !NOT_SOURCES.has(key) && isGiven(entry));
  if (sources.length === 0) required(report, spec, 'one source of the volume');
  for (const other of sources.slice(1)) forbidden(report, other, 'a volume has one source');
  const csi = at(spec, 'csi');
  if (isGiven(csi)) {
    driverName(report, at(csi, 'driver'));
    requireText(report, at(csi, 'volumeHandle'));
    for (const name of SECRETS) if (isGiven(at(csi, name))) secretReference(report, at(csi, name));
  }
  const hostPath = at(spec, 'hostPath');
  if (isGiven(hostPath)) {
    requireText(report, at(hostPath, 'path'));
    if (
      textOf(at(hostPath, 'path')) === '/' &&
      textOf(at(spec, 'persistentVolumeReclaimPolicy')) === 'Recycle'
    )
      forbidden(report, at(hostPath, 'path'), 'the root is not recycled');
  }
  oneOf(report, at(spec, 'persistentVolumeReclaimPolicy'), ['Retain', 'Recycle', 'Delete']);
  oneOf(report, at(spec, 'volumeMode'), ['Filesystem', 'Block']);
  subdomain(report, at(spec, 'storageClassName'));
  const terms = at(spec, 'nodeAffinity', 'required', 'nodeSelectorTerms');
  if ((isGiven(at(spec, 'nodeAffinity')) || isGiven(at(spec, 'local'))) && items(terms).length === 0)
    required(report, terms);
  for (const term of items(terms)) nodeSelectorTerm(report, term);
  if (isFilled(at(spec, 'claimRef', 'name'))) pathSegment(report, at(spec, 'claimRef', 'name'));
}

function secretReference(report: Report, field: Field): void {
  const [name, namespace] = [at(field, 'name'), at(field, 'namespace')];
  if (requireText(report, name)) subdomain(report, name);
  if (requireText(report, namespace)) dnsLabel(report, namespace);
}

const SECRETS = [
  'controllerExpandSecretRef',
  'controllerPublishSecretRef',
  'nodeExpandSecretRef',
  'nodePublishSecretRef',
  'nodeStageSecretRef',
];

const NOT_SOURCES = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

/** https://kubernetes.io/docs/concepts/storage/storage-classes/ */
export function storageClass(report: Report, object: Field): void {
  const provisioner = at(object, 'provisioner');
  if (requireText(report, provisioner)) {
    const text = textOf(provisioner).toLowerCase();
    if (!isQualifiedName(text)) invalid(report, provisioner, 'qualified-name');
  }
  oneOf(report, at(object, 'reclaimPolicy'), ['Delete', 'Retain', 'Recycle']);
  oneOf(report, at(object, 'volumeBindingMode'), ['Immediate', 'WaitForFirstConsumer']);
  const parameters = at(object, 'parameters');
  const all = entries(parameters);
  for (const parameter of all) if (parameter.key === '') required(report, parameter, 'a key');
  if (all.length > 512)
    report({
      code: 'builtin-too-long',
      field: parameters,
      args: { found: all.length, limit: 512, unit: 'entries' },
    });
  allowedTopologies(report, at(object, 'allowedTopologies'));
}

function allowedTopologies(report: Report, field: Field): void {
  const seen = new Set<string>();
  for (const topology of items(field)) {
    const expressions = items(at(topology, 'matchLabelExpressions'));
    for (const expression of expressions) {
      const key = at(expression, 'key');
      if (requireText(report, key)) qualifiedName(report, key);
      const values = at(expression, 'values');
      if (items(values).length === 0) required(report, values);
      unique(report, items(values), textOf, 'values');
    }
    unique(
      report,
      expressions.map((expression) => at(expression, 'key')),
      textOf,
      'keys of this term',
    );
    const whole = JSON.stringify(expressions.map(({ value }) => value));
    if (seen.has(whole) || expressions.length === 0)
      duplicate(report, at(topology, 'matchLabelExpressions'), 'terms');
    seen.add(whole);
  }
}
