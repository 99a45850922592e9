import { groupOf } from '#manifests/identity.ts';
import { at, type Field, numberOf, textOf } from '../builtin/field.ts';
import type { Document, Documents } from './documents.ts';
import { replicasOf } from './pods.ts';

/** What changes the number of a workload's pods. */
export interface Autoscaler {
  readonly document: Document;
  /** Where the target's name is. */
  readonly name: Field;
  /** The target's kind: `Deployment.apps`. */
  readonly kind: string;
  readonly target: Document | undefined;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Autoscalers {
  readonly all: readonly Autoscaler[];
  readonly of: (target: Document) => Autoscaler | undefined;
  /** How few pods a workload may have when all is well; undefined where that is not a number of its own. */
  readonly fewest: (workload: Document) => number | undefined;
  readonly most: (workload: Document) => number | undefined;
}

/** HorizontalPodAutoscalers, and KEDA's ScaledObjects, which become some. */
export function autoscalersOf(documents: Documents): Autoscalers {
  const all = [
    ...documents
      .of('HorizontalPodAutoscaler.autoscaling')
      .map((document) => autoscaler(documents, document, ['minReplicas', 'maxReplicas'], 1)),
    ...documents
      .of('ScaledObject.keda.sh')
      .map((document) => autoscaler(documents, document, ['minReplicaCount', 'maxReplicaCount'], 0)),
  ];
  const byTarget = new Map<Document, Autoscaler>();
  for (const each of all) {
    if (each.target !== undefined && !byTarget.has(each.target)) byTarget.set(each.target, each);
  }
  const numberFor = (workload: Document, bound: 'minimum' | 'maximum') =>
    byTarget.get(workload)?.[bound] ?? replicasOf(workload);
  return {
    all,
    of: (target) => byTarget.get(target),
    fewest: (workload) => numberFor(workload, 'minimum'),
    most: (workload) => numberFor(workload, 'maximum'),
  };
}

function autoscaler(
  documents: Documents,
  document: Document,
  [minimum, maximum]: readonly [string, string],
  least: number,
): Autoscaler {
  const spec = at(document.root, 'spec');
  const reference = at(spec, 'scaleTargetRef');
  const name = at(reference, 'name');
  const group = groupOf(textOf(at(reference, 'apiVersion')) || 'apps/v1');
  const own = textOf(at(reference, 'kind')) || 'Deployment';
  const kind = group === '' ? own : `${own}.${group}`;
  return {
    document,
    name,
    kind,
    target: documents.find(kind, document.namespace, textOf(name)),
    minimum: numberOf(at(spec, minimum)) ?? least,
    maximum: numberOf(at(spec, maximum)) ?? 100,
  };
}
