import { type Brought, broughtByChart } from '#model/brought.ts';
import { at, items, textOf } from '../builtin/field.ts';
import type { Document, Documents } from './documents.ts';
import type { Turns } from './order.ts';

/** The Application of a Helm chart, and what the chart is known to bring. */
interface Delivery {
  readonly application: Document;
  readonly brings: Brought;
}

/** Applications that bring something to the cluster that a document goes to. */
export type Deliveries = (document: Document, part: keyof Brought, name: string) => readonly Document[];

export function deliveriesOf(documents: Documents, turns: Turns): Deliveries {
  const byCluster = new Map<string, Delivery[]>();
  for (const application of documents.of('Application.argoproj.io'))
    for (const brings of broughtBy(application)) {
      const cluster = clusterOf(application);
      const others = byCluster.get(cluster) ?? [];
      byCluster.set(cluster, [...others, { application, brings }]);
    }
  return (document, part, name) => {
    const owner = turns.get(document)?.application;
    if (owner === undefined || name === '') return [];
    return (byCluster.get(clusterOf(owner)) ?? [])
      .filter(({ brings }) => brings[part]?.includes(name))
      .map(({ application }) => application);
  };
}

const broughtBy = (application: Document): readonly Brought[] =>
  chartsOf(application).flatMap(
    (source) => broughtByChart(textOf(at(source, 'repoURL')), textOf(at(source, 'chart'))) ?? [],
  );

/** Sources of an Application that are Helm charts of a registry. */
export function chartsOf({ root }: Document) {
  const spec = at(root, 'spec');
  return [at(spec, 'source'), ...items(at(spec, 'sources'))].filter(
    (source) => textOf(at(source, 'chart')) !== '',
  );
}

/** The cluster that an Application goes to, as Argo CD names it. */
export function clusterOf({ root }: Document): string {
  const destination = at(root, 'spec', 'destination');
  const name = textOf(at(destination, 'name'));
  return textOf(at(destination, 'server')) || (name === 'in-cluster' ? HERE : name);
}

const HERE = 'https://kubernetes.default.svc';
