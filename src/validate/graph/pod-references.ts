import { at, items, textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import type { PodSource } from './pods.ts';
import { referred } from './reference.ts';

/** What else pods name: their ServiceAccount, their classes and the claims of their volumes. */
export function podReferences(graph: Graph, report: Report): void {
  for (const pods of graph.pods.all) {
    serviceAccount(graph, report, pods);
    classes(graph, report, pods);
    for (const volume of items(at(pods.spec, 'volumes'))) {
      const claim = at(volume, 'persistentVolumeClaim', 'claimName');
      const name = textOf(claim);
      const { document } = pods;
      const { namespace } = document;
      if (name === '' || isOfStatefulSet(graph, document, name)) continue;
      referred(graph, report, document, claim, { kind: 'PersistentVolumeClaim', namespace });
    }
  }
}

/** Every namespace has one named `default`. */
function serviceAccount(graph: Graph, report: Report, { document, spec }: PodSource): void {
  const name = at(spec, 'serviceAccountName');
  if (textOf(name) === 'default') return;
  referred(graph, report, document, name, { kind: 'ServiceAccount', namespace: document.namespace });
}

function classes(graph: Graph, report: Report, { document, spec }: PodSource): void {
  const priority = at(spec, 'priorityClassName');
  // Kubernetes has two itself: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
  if (!/^system-(cluster|node)-critical$/.test(textOf(priority)))
    referred(graph, report, document, priority, { kind: 'PriorityClass.scheduling.k8s.io' });
  referred(graph, report, document, at(spec, 'runtimeClassName'), { kind: 'RuntimeClass.node.k8s.io' });
}

/** `<template>-<set>-<number>`: a claim that a StatefulSet makes for one of its pods. */
function isOfStatefulSet({ documents }: Graph, { namespace }: Document, name: string): boolean {
  const parts = /^(.+)-[0-9]+$/.exec(name)?.[1]?.split('-') ?? [];
  return parts.some((_, index) => {
    const set = documents.find('StatefulSet.apps', namespace, parts.slice(index + 1).join('-'));
    const template = parts.slice(0, index + 1).join('-');
    return (
      set !== undefined &&
      items(at(set.root, 'spec', 'volumeClaimTemplates')).some(
        (each) => textOf(at(each, 'metadata', 'name')) === template,
      )
    );
  });
}
