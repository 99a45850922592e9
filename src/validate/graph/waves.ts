import { at, type Field, items, textOf } from '../builtin/field.ts';
import { configurationOf } from './configuration.ts';
import { customKindsOf } from './custom-kinds.ts';
import { deliveriesOf } from './deliveries.ts';
import type { Document, Documents } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { broughtToPods, type Need, registered, requirementsOf } from './needs.ts';
import { pairOf, type Turns } from './order.ts';
import { secretReferences } from './secret-stores.ts';
import { secretsOf } from './secrets.ts';
import { REFERENCES } from './wave-references.ts';

/**
 * Waves and references agree: a wave ends when all in it is healthy, so what waits for something of a later wave
 * waits for ever. https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function waves(graph: Graph, report: Report, turns: Turns): void {
  const late = lateness(report, turns);
  const check = (document: Document, needed: Document | undefined) => {
    if (needed !== undefined) late(document, { from: [needed] });
  };
  const { documents } = graph;
  const kindsOf = once(customKindsOf);
  const secretsIn = once(secretsOf);
  const deliveries = deliveriesOf(documents, turns);
  const requirements = requirementsOf(graph, { turns, deliveries, kindsOf, secretsIn });
  // Argo CD is there before its Applications are.
  const ofArgo = new Set(documents.of('Application.argoproj.io').map(({ namespace }) => namespace));
  for (const document of turns.keys()) {
    const around = graph.around(document);
    if (document.namespace !== '' && !ofArgo.has(document.namespace))
      check(document, around.find('Namespace', '', document.namespace));
    check(document, kindsOf(around).get(document.kind));
    for (const { kind, field } of REFERENCES[document.kind]?.(document.root) ?? [])
      check(document, around.find(kind, document.namespace, textOf(field)));
    for (const { kind, namespace, field } of secretReferences(document))
      check(document, around.find(kind, namespace ?? '', textOf(field)));
    for (const need of requirements(document)) late(document, need);
  }
  // Argo CD knows the cluster when the claim is ready: whatever goes there in the same wave fails until then.
  for (const [application, claim] of registered(graph)) late(application, { from: [claim], isBefore: true });
  for (const pods of graph.pods.all) {
    const { document, spec } = pods;
    const around = graph.around(document);
    const find = (kind: string, field: Field) => around.find(kind, document.namespace, textOf(field));
    check(document, find('ServiceAccount', at(spec, 'serviceAccountName')));
    check(
      document,
      around.find('PriorityClass.scheduling.k8s.io', '', textOf(at(spec, 'priorityClassName'))),
    );
    for (const { kind, name } of configurationOf(pods)) {
      // A Secret is there when what makes it is healthy.
      const maker = kind === 'Secret' ? secretsIn(around).find(document.namespace, textOf(name)) : undefined;
      check(document, maker?.document ?? find(kind, name));
    }
    for (const volume of items(at(spec, 'volumes')))
      check(document, find('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim', 'claimName')));
    for (const need of broughtToPods(pods, deliveries)) late(document, need);
  }
}

/** Takes what a document needs, and tells where all that may bring it come later; once of each Application. */
function lateness(report: Report, turns: Turns): (document: Document, need: Need) => void {
  const told = new Map<Document, Set<Document>>();
  return (document, { from, what, isBefore = false }) => {
    const [needed] = from;
    if (needed === undefined || !turns.has(document)) return;
    const pairs = from.map((one) => pairOf(document, one, turns));
    // Where one of them is of another root, nobody knows.
    if (pairs.some((pair) => pair === undefined || pair.wave > pair.other - (isBefore ? 0 : 1))) return;
    const [pair] = pairs;
    if (pair === undefined) return;
    const already = told.get(document) ?? new Set();
    if (already.has(pair.otherIn)) return;
    told.set(document, already.add(pair.otherIn));
    const isAside = what !== undefined || pair.otherIn !== needed;
    report(document, at(document.root, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave'), {
      code: 'wave-too-late',
      args: {
        needs: what ?? `${needed.manifest.object.kind} ${needed.name}`,
        wave: pair.wave,
        later: pair.other,
        ...(isAside ? { application: pair.otherIn.name } : {}),
      },
    });
  };
}

/** Each cluster's documents are looked through once. */
function once<T>(of: (documents: Documents) => T): (documents: Documents) => T {
  const known = new Map<Documents, T>();
  return (documents) => {
    const value = known.get(documents) ?? of(documents);
    known.set(documents, value);
    return value;
  };
}
