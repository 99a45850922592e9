import { at, type Field, isGiven, items, numberOf, textOf } from '../builtin/field.ts';
import { annotationOf, type Document, placeOf } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import type { PodSource } from './pods.ts';
import { referred } from './reference.ts';

/** Volumes and their classes: https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
export function storage(graph: Graph, report: Report): void {
  const classes = graph.documents.of(CLASS);
  const [first, ...others] = classes.filter(isDefault);
  for (const other of first === undefined ? [] : others) {
    const field = at(other.root, 'metadata', 'annotations', DEFAULT);
    const args = { other: placeOf(first as Document) };
    report(other, field, { code: 'storage-class-default-several', severity: 'warning', args });
  }
  for (const claim of graph.documents.of('PersistentVolumeClaim'))
    className(graph, report, claim, at(claim.root, 'spec'));
  for (const set of graph.documents.of('StatefulSet.apps'))
    for (const template of items(at(set.root, 'spec', 'volumeClaimTemplates')))
      className(graph, report, set, at(template, 'spec'));
  for (const pods of graph.pods.all) {
    for (const volume of items(at(pods.spec, 'volumes'))) {
      const template = at(volume, 'ephemeral', 'volumeClaimTemplate', 'spec');
      if (isGiven(template)) className(graph, report, pods.document, template);
      shared(graph, report, pods, at(volume, 'persistentVolumeClaim', 'claimName'));
    }
  }
}

const CLASS = 'StorageClass.storage.k8s.io';
const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

const isDefault = (document: Document): boolean => annotationOf(document, DEFAULT) === 'true';

/** Classes that clusters come with on EKS, GKE, AKS, kind and k3s. */
const SUPPLIED = new Set([
  'gp2',
  'gp3',
  'standard',
  'standard-rwo',
  'premium-rwo',
  'default',
  'managed-csi',
  'local-path',
]);

function className(graph: Graph, report: Report, from: Document, spec: Field): void {
  const field = at(spec, 'storageClassName');
  const name = textOf(field);
  // The empty name is an answer: no class, a volume that is there already.
  if (isGiven(field) && name === '') return;
  // A volume that is named is bound, whatever the class says.
  const isBound = isGiven(at(spec, 'volumeName')) || isGiven(at(spec, 'selector'));
  if (name !== '') {
    if (!isBound && !SUPPLIED.has(name)) referred(graph, report, from, field, { kind: CLASS });
    return;
  }
  const classes = graph.documents.of(CLASS);
  if (isBound || classes.length === 0 || classes.some(isDefault)) return;
  const args = { classes: classes.slice(0, SHOWN).map((each) => each.name) };
  report(from, field, { code: 'storage-class-default-missing', severity: 'warning', args });
}

const SHOWN = 5;

/** Kinds whose pods all have the same volume claim. A StatefulSet has them too where its claim is no template's. */
const SHARING = new Set(['Deployment.apps', 'ReplicaSet.apps', 'ReplicationController', 'StatefulSet.apps']);

function shared(graph: Graph, report: Report, { document }: PodSource, field: Field): void {
  const name = textOf(field);
  if (name === '' || !SHARING.has(document.kind)) return;
  const claim = graph.documents.find('PersistentVolumeClaim', document.namespace, name);
  if (claim === undefined || !isOfOneNode(claim)) return;
  const replicas = graph.autoscalers.most(document) ?? 1;
  const why =
    replicas > 1
      ? 'replicas'
      : startsBeforeStopping(document) && replicas === 1
        ? 'rolling-update'
        : undefined;
  if (why === undefined) return;
  report(document, field, {
    code: 'volume-not-shareable',
    severity: 'warning',
    args: { claim: name, why, replicas },
  });
}

const ONE_NODE = new Set(['ReadWriteOnce', 'ReadWriteOncePod']);

function isOfOneNode({ root }: Document): boolean {
  const modes = items(at(root, 'spec', 'accessModes')).map(textOf);
  return modes.length > 0 && modes.every((mode) => ONE_NODE.has(mode));
}

/** A rolling update that may have one more pod, and so two at once. */
function startsBeforeStopping({ kind, root }: Document): boolean {
  const strategy = at(root, 'spec', 'strategy');
  if (kind !== 'Deployment.apps' || textOf(at(strategy, 'type')) === 'Recreate') return false;
  const surge = at(strategy, 'rollingUpdate', 'maxSurge');
  return numberOf(surge) !== 0 && textOf(surge) !== '0%' && textOf(surge) !== '0';
}
