import { at, type Field, isGiven, items, numberOf, textOf } from '../builtin/field.ts';
import type { Autoscaler } from './autoscalers.ts';
import { type Document, placeOf } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { called, mainContainersOf } from './pods.ts';
import { referred } from './reference.ts';

/** Autoscalers and what they scale: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/ */
export function autoscaling(graph: Graph, report: Report): void {
  for (const each of graph.autoscalers.all) {
    const { document, name, kind, target } = each;
    if (target === undefined) {
      referred(graph, report, document, name, { kind, namespace: document.namespace });
      continue;
    }
    const first = graph.autoscalers.of(target);
    if (first !== undefined && first !== each) {
      const args = { target: called(target), other: placeOf(first.document) };
      report(document, name, { code: 'autoscaler-duplicate', args });
      continue;
    }
    fixedReplicas(each, target, report);
    requests(graph, each, target, report);
  }
}

/** https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling */
function fixedReplicas({ document }: Autoscaler, target: Document, report: Report): void {
  const field = at(target.root, 'spec', 'replicas');
  const replicas = numberOf(field);
  if (replicas === undefined) return;
  report(target, field, { code: 'autoscaler-fixed-replicas', args: { replicas, autoscaler: document.name } });
}

/** A share of what is requested can't be told where nothing is requested. */
function requests(graph: Graph, { document }: Autoscaler, target: Document, report: Report): void {
  const pods = graph.pods.by(target);
  if (pods === undefined) return;
  for (const { resource, container: only } of sharesIn(at(document.root, 'spec'))) {
    if (hasDefault(graph, target.namespace, resource)) continue;
    if (isGiven(at(pods.spec, 'resources', 'requests', resource))) continue;
    for (const container of mainContainersOf(pods.spec)) {
      const name = textOf(at(container, 'name'));
      if ((only !== undefined && only !== name) || isRequested(container, resource)) continue;
      const args = { container: name, resource, autoscaler: document.name };
      report(target, at(container, 'resources', 'requests', resource), {
        code: 'autoscaler-request-missing',
        args,
      });
    }
  }
}

interface Share {
  readonly resource: string;
  /** Absent where all containers count. */
  readonly container?: string;
}

function sharesIn(spec: Field): readonly Share[] {
  if (isGiven(at(spec, 'targetCPUUtilizationPercentage'))) return [{ resource: 'cpu' }];
  return items(at(spec, 'metrics')).flatMap((metric): readonly Share[] => {
    const type = textOf(at(metric, 'type'));
    const source = at(metric, type === 'ContainerResource' ? 'containerResource' : 'resource');
    if (textOf(at(source, 'target', 'type')) !== 'Utilization') return [];
    const resource = textOf(at(source, 'name'));
    if (type === 'Resource') return [{ resource }];
    return type === 'ContainerResource' ? [{ resource, container: textOf(at(source, 'container')) }] : [];
  });
}

/** A limit is a request too, where there is no other. */
const isRequested = (container: Field, resource: string): boolean =>
  ['requests', 'limits'].some((list) => isGiven(at(container, 'resources', list, resource)));

/** https://kubernetes.io/docs/concepts/policy/limit-range/ */
const hasDefault = ({ documents }: Graph, namespace: string, resource: string): boolean =>
  documents
    .of('LimitRange')
    .some(
      ({ root, ...limits }) =>
        limits.namespace === namespace &&
        items(at(root, 'spec', 'limits')).some((limit) =>
          ['defaultRequest', 'default'].some((list) => isGiven(at(limit, list, resource))),
        ),
    );
