import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { GraphCodes } from '#model/codes/graph.ts';
import type { Severity } from '#model/finding.ts';
import { type Suggest, suggester } from '#model/suggest.ts';
import { at, type Field, items, textOf } from '../builtin/field.ts';
import type { SchemaStore } from '../schema/store.ts';
import { type Autoscalers, autoscalersOf } from './autoscalers.ts';
import { type Document, type Documents, documentsOf, indexOf } from './documents.ts';
import { type Pods, podsOf } from './pods.ts';
import { type Secrets, secretsOf } from './secrets.ts';

/** What every rule of the graph is given. */
export interface Graph {
  readonly documents: Documents;
  /** Argo CD's, that deliver to the cluster. */
  readonly applications: readonly Document[];
  /** What the environment of the cluster claims in AWS; it may do so in another cluster. */
  readonly cloud: Documents;
  /** Documents of the same cluster. */
  readonly around: (document: Document) => Documents;
  readonly pods: Pods;
  readonly autoscalers: Autoscalers;
  readonly secrets: Secrets;
  readonly suggest: Suggest;
  /**
   * Who can make an object of a namespace: only the documents at hand, as far as can be told; perhaps others; others
   * for certain (a Helm chart that goes there, the cluster itself).
   */
  readonly makers: (namespace: string, from: Document) => 'these' | 'perhaps others' | 'others';
  /** Whether something in a namespace may make pods that no document describes: an operator's custom resource. */
  readonly hasOperated: (namespace: string) => boolean;
  /** Undefined for a kind that no schema describes. */
  readonly scopeOf: (document: Document) => 'Namespaced' | 'Cluster' | undefined;
}

export type GraphProblem = {
  readonly [C in keyof GraphCodes]: {
    readonly code: C;
    readonly args: GraphCodes[C];
    /** `error` where nothing is said. */
    readonly severity?: Severity;
  };
}[keyof GraphCodes];

/** Takes what is wrong: in which document, and where in it. */
export type Report = (document: Document, field: Field, problem: GraphProblem) => void;

/** One kind of reference. */
export type Rule = (graph: Graph, report: Report) => void;

interface Surroundings {
  /** Applications that deliver to the cluster; left out, those among the manifests. */
  readonly applications?: readonly Manifest[];
  /** What the cluster's environment claims in AWS; left out, what of the manifests does. */
  readonly cloud?: readonly Manifest[];
  /** Where the manifests go to several clusters. */
  readonly clusterOf?: (manifest: Manifest) => string;
}

export function graphOf(
  manifests: readonly Manifest[],
  store: Pick<SchemaStore, 'find'>,
  { applications: deliveries, cloud, clusterOf }: Surroundings = {},
): Graph {
  const documents = documentsOf(manifests);
  const applications =
    deliveries === undefined ? documents.of(APPLICATION) : documentsOf(deliveries).of(APPLICATION);
  const charts = new Set(chartNamespaces(documents, applications));
  let operated: ReadonlySet<string> | undefined;
  return {
    documents,
    applications,
    cloud: cloud === undefined ? documents : documentsOf(cloud),
    around: clusterOf === undefined ? () => documents : neighbours(documents, clusterOf),
    pods: podsOf(documents),
    autoscalers: autoscalersOf(documents),
    secrets: secretsOf(documents),
    suggest: suggester(50_000),
    makers: (namespace, from) => {
      if (charts.has(namespace) || isOfTheCluster(namespace)) return 'others';
      return documents.isIn(namespace, from) ? 'these' : 'perhaps others';
    },
    hasOperated: (namespace) => {
      operated ??= new Set(operatedNamespaces(documents));
      return operated.has(namespace);
    },
    scopeOf: ({ manifest: { object } }) => store.find(object.apiVersion, object.kind)?.scope,
  };
}

const APPLICATION = 'Application.argoproj.io';

function neighbours(
  { all }: Documents,
  clusterOf: (manifest: Manifest) => string,
): (document: Document) => Documents {
  const byCluster = new Map<string, Document[]>();
  for (const document of all) {
    const cluster = clusterOf(document.manifest);
    const others = byCluster.get(cluster);
    if (others === undefined) byCluster.set(cluster, [document]);
    else others.push(document);
  }
  const indexed = new Map([...byCluster].map(([cluster, own]) => [cluster, indexOf(own)]));
  return ({ manifest }) => indexed.get(clusterOf(manifest)) ?? indexOf([]);
}

/** Namespaces that every cluster has, with things in them that no manifest makes. */
export const isOfTheCluster = (namespace: string): boolean =>
  /^kube-(system|public|node-lease)$/.test(namespace);

/** Namespaces into which Argo CD or Flux put a Helm chart: what it makes is not at hand. */
function chartNamespaces(documents: Documents, applications: readonly Document[]): readonly string[] {
  const argo = applications.flatMap(({ root }) => {
    const spec = at(root, 'spec');
    const sources = [at(spec, 'source'), ...items(at(spec, 'sources'))];
    const isChart = (source: Field) =>
      textOf(at(source, 'chart')) !== '' || at(source, 'helm').value !== undefined;
    return sources.some(isChart) ? [textOf(at(spec, 'destination', 'namespace'))] : [];
  });
  const flux = documents
    .of('HelmRelease.helm.toolkit.fluxcd.io')
    .map(({ root, namespace }) => textOf(at(root, 'spec', 'targetNamespace')) || namespace);
  return [...argo, ...flux];
}

/** Groups of Kubernetes itself, and custom resources of which it is known that no pods come from them. */
const WITHOUT_PODS =
  /^(apps|batch|autoscaling|policy)?$|(^|\.)(k8s\.io|k8s\.aws|argoproj\.io|cert-manager\.io|external-secrets\.io|keda\.sh|karpenter\.sh|istio\.io|upbound\.io|crossplane\.io)$/;

function operatedNamespaces(documents: Documents): readonly string[] {
  const claimed = new Set(
    documents
      .of('CompositeResourceDefinition.apiextensions.crossplane.io')
      .map(({ root }) => textOf(at(root, 'spec', 'group'))),
  );
  const withPods = (group: string) => !WITHOUT_PODS.test(group) && !claimed.has(group);
  return documents.all
    .filter(({ namespace, manifest }) => namespace !== '' && withPods(groupOf(manifest.object.apiVersion)))
    .map(({ namespace }) => namespace);
}
