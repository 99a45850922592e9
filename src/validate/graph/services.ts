import { at, entries, type Field, isGiven, items, numberOf, textOf } from '../builtin/field.ts';
import type { Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { asSelector, lastingContainersOf, type PodSource } from './pods.ts';
import { nothingSelected } from './selection.ts';

/** Services and the pods behind them: https://kubernetes.io/docs/concepts/services-networking/service/ */
export function services(graph: Graph, report: Report): void {
  for (const service of graph.documents.of('Service')) {
    const spec = at(service.root, 'spec');
    const selector = asSelector(at(spec, 'selector'));
    // One without a selector gets its endpoints from somebody else.
    if (entries(at(spec, 'selector')).length === 0 || textOf(at(spec, 'type')) === 'ExternalName') continue;
    const selected = graph.pods.selected(service.namespace, selector);
    if (selected.length === 0) nothingSelected(graph, report, service, selector);
    else for (const port of items(at(spec, 'ports'))) targetPort(graph, report, service, port, selected);
  }
}

function targetPort(
  graph: Graph,
  report: Report,
  service: Document,
  port: Field,
  selected: readonly PodSource[],
): void {
  const target = at(port, 'targetPort');
  const field = isGiven(target) ? target : at(port, 'port');
  const name = textOf(target);
  const protocol = textOf(at(port, 'protocol')) || 'TCP';
  const isHeadless = textOf(at(service.root, 'spec', 'clusterIP')) === 'None';
  if (name === '' && isHeadless) return;
  const ports = selected.map(({ spec }) => portsOf(spec, protocol));
  if (name === '') {
    const number = numberOf(field);
    // Ports need not be declared; where some are, one that isn't is probably a mistake.
    if (ports.some((own) => own.length === 0 || own.some((each) => each.number === number))) return;
  } else if (ports.some((own) => own.some((each) => each.name === name))) return;
  const known = [...new Set(ports.flat().map((each) => each.name || String(each.number)))];
  const similar = name === '' ? undefined : graph.suggest(name, known);
  report(service, field, {
    code: 'service-port-missing',
    severity: name === '' ? 'warning' : 'error',
    args: { port: String(field.value), ports: known, ...(similar !== undefined && { similar }) },
  });
}

const portsOf = (spec: Field, protocol: string) =>
  lastingContainersOf(spec)
    .flatMap((container) => items(at(container, 'ports')))
    .filter((port) => (textOf(at(port, 'protocol')) || 'TCP') === protocol)
    .map((port) => ({ name: textOf(at(port, 'name')), number: numberOf(at(port, 'containerPort')) }));
