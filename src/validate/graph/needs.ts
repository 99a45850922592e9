import { isBroughtByAddOn } from '#model/brought.ts';
import { PLATFORM_GROUP } from '#model/names.ts';
import { at, entries, type Field, isFields, items, textOf } from '../builtin/field.ts';
import { type Alternatives, neededToCompose, providersOf } from './compositions.ts';
import { XRD } from './custom-kinds.ts';
import { chartsOf, clusterOf, type Deliveries } from './deliveries.ts';
import { annotationOf, type Document, type Documents } from './documents.ts';
import type { Graph } from './graph.ts';
import type { Turns } from './order.ts';
import { containersOf, type PodSource } from './pods.ts';
import { ROLE_ARN, roleOf } from './roles.ts';
import type { Secrets } from './secrets.ts';

/** Something that a document can't be there, or get healthy, without; each of several documents may bring it. */
export interface Need {
  readonly from: Alternatives;
  /** In words, where it isn't the document itself. */
  readonly what?: string;
  /** Whether it must be there in an earlier wave, and not in the same one. */
  readonly isBefore?: boolean;
}

interface Known {
  readonly turns: Turns;
  readonly deliveries: Deliveries;
  readonly kindsOf: (documents: Documents) => ReadonlyMap<string, Document>;
  readonly secretsIn: (documents: Documents) => Secrets;
}

/** What documents need that they do not name: who brings their kinds, composes them, lets them act in AWS. */
export function requirementsOf(graph: Graph, known: Known): (document: Document) => readonly Need[] {
  const namespaces = namespacesOf(graph, known.turns);
  const identities = new Map(
    graph.cloud
      .of(`ServiceIdentity.${PLATFORM_GROUP}`)
      .map((claim) => [textOf(at(claim.root, 'spec', 'roleName')), claim]),
  );
  return (document) => [
    ...broughtKind(graph, document, known),
    ...composed(graph, document, known),
    ...served(graph, document, known.deliveries),
    ...delivered(document, namespaces),
    ...rolesNamed(document).flatMap((role) => {
      const claim = identities.get(role);
      return claim === undefined ? [] : [{ from: [claim] }];
    }),
  ];
}

/** Who brings the kind, where no document here defines it: a chart, a provider's package, an add-on. */
function broughtKind(graph: Graph, document: Document, { deliveries, kindsOf }: Known): readonly Need[] {
  const group = document.kind.split('.').slice(1).join('.');
  if (group === '') return [];
  const around = graph.around(document);
  if (kindsOf(around).has(document.kind)) return [];
  const what = `the kind ${document.manifest.object.kind}`;
  const addOns = graph.cloud
    .of(CLUSTER)
    .filter(({ root }) =>
      entries(at(root, 'spec', 'addons')).some(({ key }) => isBroughtByAddOn(key, group)),
    );
  return [
    { from: deliveries(document, 'groups', group), what },
    { from: providersOf(group, around) },
    { from: addOns },
  ];
}

const CLUSTER = `KubernetesCluster.${PLATFORM_GROUP}`;

/** A claim is ready when all that is composed for it is. */
function composed(graph: Graph, document: Document, { kindsOf, secretsIn }: Known): readonly Need[] {
  const around = graph.around(document);
  const kinds = kindsOf(around);
  const xrd = kinds.get(document.kind);
  if (xrd?.kind !== XRD) return [];
  return neededToCompose(at(document.root, 'spec'), xrd, around, kinds).flatMap((from) => [
    { from },
    ...from.flatMap((config) => {
      const secret = at(config.root, 'spec', 'credentials', 'secretRef');
      const made = secretsIn(around).find(textOf(at(secret, 'namespace')), textOf(at(secret, 'name')));
      return made === undefined ? [] : [{ from: [made.document] }];
    }),
  ]);
}

/** An Ingress gets an address from the controller of its class. */
function served(graph: Graph, document: Document, deliveries: Deliveries): readonly Need[] {
  if (document.kind !== 'Ingress.networking.k8s.io') return [];
  const name = textOf(at(document.root, 'spec', 'ingressClassName'));
  const ingressClass = graph.around(document).find('IngressClass.networking.k8s.io', '', name);
  const controller = ingressClass === undefined ? '' : textOf(at(ingressClass.root, 'spec', 'controller'));
  return [{ from: deliveries(document, 'ingresses', controller), what: `the controller ${controller}` }];
}

/** A chart goes into a namespace, which Argo CD makes only where it is told to. */
function delivered(document: Document, namespaces: ReadonlyMap<string, Alternatives>): readonly Need[] {
  if (document.kind !== 'Application.argoproj.io' || chartsOf(document).length === 0) return [];
  const spec = at(document.root, 'spec');
  const options = items(at(spec, 'syncPolicy', 'syncOptions')).map(textOf);
  if (options.includes('CreateNamespace=true')) return [];
  const namespace = textOf(at(spec, 'destination', 'namespace'));
  return [{ from: namespaces.get(`${clusterOf(document)} ${namespace}`) ?? [] }];
}

/** By the cluster that they go to and their name. */
function namespacesOf({ documents }: Graph, turns: Turns): ReadonlyMap<string, Alternatives> {
  const namespaces = new Map<string, Alternatives>();
  for (const document of documents.of('Namespace')) {
    const owner = turns.get(document)?.application;
    if (owner === undefined) continue;
    const key = `${clusterOf(owner)} ${document.name}`;
    namespaces.set(key, [...(namespaces.get(key) ?? []), document]);
  }
  return namespaces;
}

/** IAM roles that a ServiceAccount has, or those of a chart. */
function rolesNamed(document: Document): readonly string[] {
  return arnsOf(document).flatMap((arn) => roleOf(arn)?.name ?? []);
}

function arnsOf(document: Document): readonly string[] {
  if (document.kind === 'ServiceAccount') return [annotationOf(document, ROLE_ARN)];
  if (document.kind !== 'Application.argoproj.io') return [];
  return chartsOf(document).flatMap((source) => arnsIn(at(source, 'helm', 'valuesObject')));
}

/** Charts have their ServiceAccounts in different places, none deeper than this. */
const DEEPEST = 6;

function arnsIn(field: Field, depth = 0): readonly string[] {
  if (depth > DEEPEST || !isFields(field.value)) return [];
  return entries(field).flatMap((entry) =>
    entry.key === ROLE_ARN ? [textOf(entry)] : arnsIn(entry, depth + 1),
  );
}

/** Extended resources, for which pods wait: https://kubernetes.io/docs/tasks/configure-pod-container/extended-resource/ */
export function broughtToPods(pods: PodSource, deliveries: Deliveries): readonly Need[] {
  const asked = containersOf(pods).flatMap((container) =>
    entries(at(container, 'resources', 'limits')).map(({ key }) => key),
  );
  return [...new Set(asked)].map((what) => ({ from: deliveries(pods.document, 'resources', what), what }));
}

/** Applications that go to a cluster which a claim of the same Argo CD makes, with the claim. */
export function registered({
  documents,
}: Graph): readonly (readonly [application: Document, claim: Document])[] {
  const claims = new Map(
    documents
      .of(`KubernetesCluster.${PLATFORM_GROUP}`)
      .map((claim) => [textOf(at(claim.root, 'spec', 'argoCd', 'name')), claim]),
  );
  return documents.of('Application.argoproj.io').flatMap((application) => {
    const name = textOf(at(application.root, 'spec', 'destination', 'name'));
    const claim = name === '' ? undefined : claims.get(name);
    return claim === undefined ? [] : [[application, claim] as const];
  });
}
