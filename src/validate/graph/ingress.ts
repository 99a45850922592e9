import { at, type Field, isGiven, items, numberOf, pointerOf, textOf } from '../builtin/field.ts';
import { annotationOf, type Document, placeOf } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { referred } from './reference.ts';

/** Ingresses and their backends: https://kubernetes.io/docs/concepts/services-networking/ingress/ */
export function ingresses(graph: Graph, report: Report): void {
  const routes = new Map<string, { readonly ingress: Document; readonly path: Field }>();
  for (const ingress of graph.documents.of('Ingress.networking.k8s.io')) {
    const spec = at(ingress.root, 'spec');
    backend(graph, report, ingress, at(spec, 'defaultBackend'));
    for (const rule of items(at(spec, 'rules')))
      for (const path of items(at(rule, 'http', 'paths'))) {
        backend(graph, report, ingress, at(path, 'backend'));
        const key = routeOf(ingress, rule, path);
        if (key === undefined) continue;
        const other = routes.get(key);
        if (other === undefined) routes.set(key, { ingress, path });
        else duplicate(report, ingress, rule, path, other);
      }
  }
}

/** The AWS load balancer controller's word for a backend that an annotation describes, which is no Service. */
const IN_ANNOTATION = 'use-annotation';

function backend(graph: Graph, report: Report, ingress: Document, field: Field): void {
  const reference = at(field, 'service');
  const port = at(reference, 'port');
  const portName = at(port, 'name');
  if (!isGiven(reference) || textOf(portName) === IN_ANNOTATION) return;
  const name = at(reference, 'name');
  const { namespace } = ingress;
  const service = referred(graph, report, ingress, name, { kind: 'Service', namespace });
  if (service === undefined) return;
  const number = numberOf(at(port, 'number'));
  const ports = items(at(service.root, 'spec', 'ports'));
  const isThere = ports.some((each) =>
    number === undefined
      ? textOf(at(each, 'name')) === textOf(portName)
      : numberOf(at(each, 'port')) === number,
  );
  if (isThere || (number === undefined && textOf(portName) === '')) return;
  const known = ports.map((each) =>
    number === undefined ? textOf(at(each, 'name')) : String(numberOf(at(each, 'port'))),
  );
  const similar = graph.suggest(textOf(portName), known);
  const args = {
    service: service.name,
    port: number === undefined ? textOf(portName) : String(number),
    ports: known.filter((each) => each !== ''),
    ...(similar !== undefined && { similar }),
  };
  report(ingress, number === undefined ? portName : at(port, 'number'), {
    code: 'ingress-port-missing',
    args,
  });
}

/**
 * Within what a path of a host may be there once: a class of controllers. Undefined where two are no mistake: a canary
 * beside its stable version, or no host, for then each may have a load balancer of its own.
 */
function routeOf(ingress: Document, rule: Field, path: Field): string | undefined {
  const host = textOf(at(rule, 'host'));
  if (host === '' || annotationOf(ingress, 'nginx.ingress.kubernetes.io/canary') === 'true') return undefined;
  const named = textOf(at(ingress.root, 'spec', 'ingressClassName'));
  const controller = named || annotationOf(ingress, 'kubernetes.io/ingress.class');
  const type = textOf(at(path, 'pathType'));
  return JSON.stringify([controller, host, textOf(at(path, 'path')) || '/', type === 'Exact']);
}

function duplicate(
  report: Report,
  ingress: Document,
  rule: Field,
  path: Field,
  other: { readonly ingress: Document; readonly path: Field },
): void {
  const args = {
    host: textOf(at(rule, 'host')),
    path: textOf(at(path, 'path')) || '/',
    other: placeOf(other.ingress, pointerOf(other.path)),
  };
  report(ingress, path, { code: 'ingress-route-duplicate', args });
}
