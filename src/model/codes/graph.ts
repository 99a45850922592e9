/** What nothing was found that a selector selects, or that it refers to; `similar` is the nearest that there is. */
interface Similar {
  readonly similar?: string;
}

/** Codes of references between documents of one cluster. Values are the arguments that the sentence needs. */
export interface GraphCodes {
  /** An object that is named, and that nothing makes. An error where nothing else can make it. */
  'reference-missing': Similar & {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  /** The object is there, its key is not. */
  'reference-key-missing': Similar & {
    readonly kind: 'ConfigMap' | 'Secret';
    readonly name: string;
    readonly key: string;
    readonly keys: readonly string[];
  };
  /** Two documents that have one Secret made. */
  'secret-duplicate': { readonly name: string; readonly other: string };
  /** A namespace with pods that nothing closes: no NetworkPolicy selects all of them. */
  'namespace-open': { readonly namespace: string; readonly directions: readonly ('Ingress' | 'Egress')[] };
  'namespace-missing': Similar & { readonly name: string };
  /** A selector of this kind of object that selects no pods. */
  'selector-matches-nothing': Similar & { readonly kind: string };
  /** Several autoscalers of one workload. */
  'autoscaler-duplicate': { readonly target: string; readonly other: string };
  /** A workload that says how many pods there are, and an autoscaler that does too. */
  'autoscaler-fixed-replicas': { readonly replicas: number; readonly autoscaler: string };
  'autoscaler-request-missing': {
    readonly container: string;
    readonly resource: string;
    readonly autoscaler: string;
  };
  /** A workload that says an autoscaler decides, and none that does. */
  'autoscaler-missing': { readonly workload: string };
  /** A workload of several pods in production that no budget is for. */
  'budget-missing': { readonly workload: string; readonly replicas: number };
  'budget-selects-several': { readonly workloads: readonly string[] };
  /** Pods with two budgets can't be evicted at all. */
  'budget-duplicate': { readonly workload: string; readonly other: string };
  'budget-never-allows': {
    readonly field: 'minAvailable' | 'maxUnavailable';
    readonly value: string;
    /** How many pods there are at the least. */
    readonly replicas?: number;
  };
  /** A Service's targetPort that no container has. */
  'service-port-missing': Similar & { readonly port: string; readonly ports: readonly string[] };
  /** A backend's port that its Service does not have. */
  'ingress-port-missing': Similar & {
    readonly service: string;
    readonly port: string;
    readonly ports: readonly string[];
  };
  'ingress-route-duplicate': { readonly host: string; readonly path: string; readonly other: string };
  'storage-class-default-several': { readonly other: string };
  /** A volume claim that names no class, where none is the default. */
  'storage-class-default-missing': { readonly classes: readonly string[] };
  /** A volume that only one node can have, for pods that may be on several. */
  'volume-not-shareable': {
    readonly claim: string;
    readonly why: 'replicas' | 'rolling-update';
    readonly replicas: number;
  };
  /** A spread constraint that does not count the pods that it is for. */
  'spread-other-pods': { readonly topologyKey: string };
  /** A ServiceAccount names an IAM role of this account that nothing makes. */
  'identity-role-missing': Similar & { readonly role: string };
  'identity-account': { readonly role: string; readonly account: string; readonly expected: string };
  /** The role trusts others than this ServiceAccount. */
  'identity-subject': {
    readonly role: string;
    readonly serviceAccount: string;
    readonly trusted: readonly string[];
  };
  'identity-audience': { readonly role: string };
  /** There is a role for this ServiceAccount, which does not name it. */
  'identity-unused': { readonly role: string };
  /** No node group has what a pod asks for. */
  'node-group-missing': Similar & { readonly wanted: string };
  /** All node groups that a pod could go to keep it away. */
  'node-group-tainted': { readonly taints: readonly string[] };
  'application-path-missing': Similar & { readonly path: string };
  /** Several Applications own one file. */
  'application-overlap': { readonly folder: string; readonly other: string };
  /** No Application owns a folder, though there are some for those around it. */
  'application-none': { readonly folder: string };
  /** What a project does not allow its Applications. */
  'application-refused': {
    readonly project: string;
    readonly what: 'destination' | 'kind' | 'source';
    readonly found: string;
    /** An object because of which it is said. */
    readonly because?: string;
  };
  /** What a change takes out of a folder, and stays in the cluster: the project does not allow it any more. */
  'application-left-behind': { readonly project: string; readonly kind: string; readonly name: string };
  /** What an environment has in its hub was judged without what the hub has. */
  'application-hub-absent': { readonly hub: string };
  /** Something needs what Argo CD applies only when it is healthy. */
  'wave-too-late': {
    readonly needs: string;
    readonly wave: number;
    readonly later: number;
    /** Of the other one, where it is another; the waves are those of the Applications then. */
    readonly application?: string;
  };
  /** Without this option the first sync fails. */
  'sync-option-missing': { readonly option: string; readonly kind: string; readonly brings: string };
  /** An option that writes over, or deletes, what must stay. */
  'sync-option-destroys': { readonly option: string; readonly kind: string; readonly application?: string };
}
