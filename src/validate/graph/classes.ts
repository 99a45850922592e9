import { at, isGiven, textOf } from '../builtin/field.ts';
import type { Graph, Report } from './graph.ts';
import { referred } from './reference.ts';

/** What else names something of the whole cluster: Ingresses their class, bindings of admission policies their policy. */
export function classes(graph: Graph, report: Report): void {
  const { documents } = graph;
  for (const ingress of documents.of('Ingress.networking.k8s.io'))
    referred(graph, report, ingress, at(ingress.root, 'spec', 'ingressClassName'), {
      kind: 'IngressClass.networking.k8s.io',
    });
  for (const binding of documents.of('ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io'))
    referred(graph, report, binding, at(binding.root, 'spec', 'policyName'), {
      kind: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
    });
  for (const each of documents.of('IngressClass.networking.k8s.io')) {
    const parameters = at(each.root, 'spec', 'parameters');
    const name = at(parameters, 'name');
    const group = textOf(at(parameters, 'apiGroup'));
    if (!isGiven(name) || group === '' || textOf(at(parameters, 'scope')) === 'Namespace') continue;
    referred(graph, report, each, name, { kind: `${textOf(at(parameters, 'kind'))}.${group}` });
  }
}
