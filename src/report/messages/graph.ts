import type { GraphCodes } from '#model/codes/graph.ts';
import type { Messages } from './message.ts';

const meant = (similar: string | undefined): string =>
  similar === undefined ? '' : `; did you mean ${similar}?`;
const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
const written = (similar: string | undefined, otherwise: string): string =>
  similar === undefined ? otherwise : `write ${similar}, or ${otherwise}`;

/** Sentences of references between documents. */
export const graphMessages: Messages<GraphCodes> = {
  'reference-missing': {
    title: 'An object that is named, and that nothing makes',
    sentence: ({ kind, namespace, name, similar }) =>
      `no document makes the ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}${meant(similar)}`,
    mend: ({ kind, similar }) =>
      written(similar, `add the ${kind}; if somebody else makes it, check it together with theirs`),
  },
  'reference-key-missing': {
    title: 'A key that a ConfigMap or Secret does not have',
    sentence: ({ kind, name, key, keys, similar }) =>
      `the ${kind} ${name} has no key ${key} (it has ${listed(keys)})${meant(similar)}`,
    mend: ({ kind, similar }) =>
      written(
        similar,
        `add the key to the ${kind}, or say optional: true where the container can do without`,
      ),
  },
  'secret-duplicate': {
    title: 'Two documents that have one Secret made',
    sentence: ({ name, other }) =>
      `the Secret ${name} is also made by what ${other} says: each would undo the other's work, or refuse`,
    mend: () => 'give one of them another name',
  },
  'namespace-open': {
    title: 'A namespace that does not deny by default',
    sentence: ({ namespace, directions }) =>
      `no NetworkPolicy refuses by default what pods of the namespace ${namespace} ${directions
        .map((direction) => (direction === 'Ingress' ? 'receive' : 'send'))
        .join(' and ')}`,
    mend: ({ directions }) =>
      `add a NetworkPolicy with an empty podSelector and policyTypes [${directions.join(', ')}]`,
  },
  'namespace-missing': {
    title: 'A namespace that nothing creates',
    sentence: ({ name, similar }) => `no document creates the namespace ${name}${meant(similar)}`,
    mend: ({ similar }) => written(similar, 'add the Namespace'),
  },
  'selector-matches-nothing': {
    title: 'A selector that selects no pods',
    sentence: ({ kind, similar }) => `this ${kind} selects no pods of any workload${meant(similar)}`,
    mend: () => "write labels that the workload's pod template has",
  },
  'autoscaler-duplicate': {
    title: 'Two autoscalers for one workload',
    sentence: ({ target, other }) => `the ${target} is also scaled by what ${other} says`,
    mend: () => 'keep one autoscaler, with the metrics of both',
  },
  'autoscaler-fixed-replicas': {
    title: 'A fixed number of pods beside an autoscaler',
    sentence: ({ replicas, autoscaler }) =>
      `every sync sets ${replicas} replicas again, against the autoscaler ${autoscaler}`,
    mend: () =>
      'leave replicas out; where it was there before, hand it over first so that pods do not drop to one',
  },
  'autoscaler-request-missing': {
    title: 'An autoscaler by a share of what is requested, and a container that requests nothing',
    sentence: ({ container, resource, autoscaler }) =>
      `the container ${container} requests no ${resource}, so the autoscaler ${autoscaler} can't tell its share`,
    mend: ({ resource }) => `request ${resource} in every container of the pod, sidecars too`,
  },
  'autoscaler-missing': {
    title: 'A workload whose autoscaler is not there',
    sentence: ({ workload }) =>
      `the ${workload} says that an autoscaler decides how many pods there are, and none does`,
    mend: () => 'add the HorizontalPodAutoscaler, or write replicas instead of the annotation',
  },
  'budget-missing': {
    title: 'A workload in production without a disruption budget',
    sentence: ({ workload, replicas }) =>
      `no PodDisruptionBudget is for the ${workload}: a drain may take all of its ${replicas} pods at once`,
    mend: () => 'add a PodDisruptionBudget with maxUnavailable: 1 that selects its pods',
  },
  'budget-selects-several': {
    title: 'A disruption budget over several workloads',
    sentence: ({ workloads }) => `one budget counts the pods of ${listed(workloads)} together`,
    mend: () => 'give each workload a budget of its own',
  },
  'budget-duplicate': {
    title: 'Two disruption budgets for one workload',
    sentence: ({ workload, other }) =>
      `the pods of the ${workload} have another budget at ${other}: pods with two can't be evicted at all`,
    mend: () => 'keep one of the two, or narrow their selectors',
  },
  'budget-never-allows': {
    title: 'A disruption budget that never lets a pod go',
    sentence: ({ field, value, replicas }) =>
      replicas === undefined || field === 'maxUnavailable'
        ? `${field}: ${value} never lets a pod go, so its node can't be drained`
        : `${field}: ${value} of ${replicas} never lets a pod go, so its node can't be drained`,
    mend: () => 'write maxUnavailable: 1, or keep more pods than must be available',
  },
  'service-port-missing': {
    title: 'A targetPort that no container has',
    sentence: ({ port, ports, similar }) =>
      `no container of the selected pods has the port ${port} (they have ${listed(ports)})${meant(similar)}`,
    mend: ({ similar }) => written(similar, "name a port of the container's ports list"),
  },
  'ingress-port-missing': {
    title: "A backend's port that its Service does not have",
    sentence: ({ service, port, ports, similar }) =>
      `the Service ${service} has no port ${port} (it has ${listed(ports)})${meant(similar)}`,
    mend: ({ similar }) => written(similar, "name a port of the Service's"),
  },
  'ingress-route-duplicate': {
    title: 'One path of one host in two Ingresses',
    sentence: ({ host, path, other }) =>
      `${host}${path} also leads elsewhere at ${other}: which one counts is chance`,
    mend: () => 'keep one of the two',
  },
  'storage-class-default-several': {
    title: 'Several default StorageClasses',
    sentence: ({ other }) => `${other} is the default too: the one that was created last counts`,
    mend: () => 'keep the annotation is-default-class on one of them',
  },
  'storage-class-default-missing': {
    title: 'A volume claim without a class, where none is the default',
    sentence: ({ classes }) =>
      `the claim names no StorageClass, and none of ${listed(classes)} is the default: it waits for ever`,
    mend: () => 'write storageClassName, or make one class the default',
  },
  'volume-not-shareable': {
    title: 'A volume that one node at a time can have, for pods on several',
    sentence: ({ claim, why, replicas }) =>
      why === 'replicas'
        ? `${replicas} pods would share ${claim}, which only one node at a time can have (ReadWriteOnce)`
        : `a new pod starts before the old one has let go of ${claim} (ReadWriteOnce): on another node it waits for ever`,
    mend: ({ why }) =>
      why === 'replicas'
        ? 'use a StatefulSet with volumeClaimTemplates, or one replica'
        : 'write strategy: { type: Recreate }, or use a StatefulSet',
  },
  'spread-other-pods': {
    title: 'A spread constraint that does not count the pods that it is for',
    sentence: ({ topologyKey }) =>
      `the labelSelector does not select these pods, so they are not spread over ${topologyKey}`,
    mend: () => "write labels of this pod template's",
  },
  'identity-role-missing': {
    title: 'A ServiceAccount with an IAM role that nothing makes',
    sentence: ({ role, similar }) => `no document makes the IAM role ${role}${meant(similar)}`,
    mend: ({ similar }) => written(similar, 'add a ServiceIdentity for this ServiceAccount'),
  },
  'identity-account': {
    title: 'A ServiceAccount with an IAM role of another account',
    sentence: ({ role, account, expected }) =>
      `the role ${role} is made in the account ${expected}, not ${account}`,
    mend: ({ expected }) => `write the account ${expected} in the ARN`,
  },
  'identity-subject': {
    title: 'An IAM role that does not trust the ServiceAccount that names it',
    sentence: ({ role, serviceAccount, trusted }) =>
      `the role ${role} does not trust the ServiceAccount ${serviceAccount}, but ${listed(trusted)}: AccessDenied at sts:AssumeRoleWithWebIdentity`,
    mend: () => 'name the role of this ServiceAccount, or let the role trust its namespace and name',
  },
  'identity-audience': {
    title: 'An IAM role whose trust does not ask whom the token is for',
    sentence: ({ role }) =>
      `the trust of the role ${role} has no condition that the token's audience is sts.amazonaws.com`,
    mend: () => "add StringEquals with the issuer's :aud and sts.amazonaws.com",
  },
  'identity-unused': {
    title: 'A ServiceAccount that does not name the IAM role that is made for it',
    sentence: ({ role }) =>
      `the role ${role} is made for this ServiceAccount, which does not name it: its pods get no credentials`,
    mend: ({ role }) => `add the annotation eks.amazonaws.com/role-arn with the ARN of ${role}`,
  },
  'node-group-missing': {
    title: 'Pods that fit no node group',
    sentence: ({ wanted, similar }) =>
      `the pods stay Pending, for no node group has ${wanted}${meant(similar)}`,
    mend: ({ similar }) => written(similar, 'add the label to a node group'),
  },
  'node-group-tainted': {
    title: 'Pods that every fitting node group keeps away',
    sentence: ({ taints }) =>
      `the pods tolerate none of the taints of the node groups that they could go to (${listed(taints)})`,
    mend: () => 'add a toleration, or a node group without taints',
  },
  'application-path-missing': {
    title: 'An Application whose folder is not there',
    sentence: ({ path, similar }) => `no manifest is in ${path}${meant(similar)}`,
    mend: ({ similar }) => written(similar, 'put the manifests there, or remove the Application'),
  },
  'application-overlap': {
    title: 'Two Applications that own the same files',
    sentence: ({ folder, other }) => `the files in ${folder} also belong to the Application ${other}`,
    mend: () => 'give each Application a folder of its own',
  },
  'application-none': {
    title: 'A folder that no Application syncs',
    sentence: ({ folder }) =>
      `no Application syncs ${folder}, though there are some for the folders around it`,
    mend: () => 'add an Application for it, or take the folder out',
  },
  'application-refused': {
    title: "Something that an Application's project does not allow",
    sentence: ({ project, what, found, because }) =>
      `the project ${project} does not allow the ${what} ${found}${because === undefined ? '' : ` (${because})`}`,
    mend: ({ what }) => `allow the ${what} in the AppProject, or choose another project`,
  },
  'application-left-behind': {
    title: 'Something that a change takes out, and Argo CD leaves in the cluster',
    sentence: ({ project, kind, name }) =>
      `${kind} ${name} is taken out, but stays in the cluster: the project ${project} does not allow ${kind} any more, and Argo CD passes over what a project does not allow`,
    mend: ({ kind }) =>
      `delete it by hand after the merge; or allow ${kind} until it is gone (of a chart: kinds: [${kind}])`,
  },
  'application-hub-absent': {
    title: 'An environment that is judged without its hub',
    sentence: ({ hub }) =>
      `${hub}, the hub of this environment, is not among the manifests: what the hub has (definitions, policies, namespaces) is missing to everything that goes there`,
    mend: ({ hub }) => `give the folder of ${hub}, too, or the one above both`,
  },
  'wave-too-late': {
    title: 'Something that waits for a later wave',
    sentence: ({ needs, wave, later, application }) =>
      application === undefined
        ? `it is in wave ${wave} and needs ${needs} of wave ${later}, which is applied only when all of wave ${wave} is healthy`
        : `its Application is in wave ${wave} and needs ${needs}, whose Application ${application} is in wave ${later}`,
    mend: ({ later }) => `put it into wave ${later} or a later one, or the other one into an earlier`,
  },
  'sync-option-missing': {
    title: 'A sync option without which the first sync fails',
    sentence: ({ option, kind, brings }) =>
      `${kind} is unknown till ${brings} is there, and the dry run of the first sync fails without ${option}`,
    mend: ({ option }) => `add the annotation argocd.argoproj.io/sync-options: ${option}`,
  },
  'sync-option-destroys': {
    title: 'A sync option that writes over or deletes what must stay',
    sentence: ({ option, kind, application }) =>
      `${option}${application === undefined ? '' : ` of the Application ${application}`} would put a ${kind} in place of the one that is there, and what controllers or people stored in it goes`,
    mend: ({ option }) => `take ${option} out; Argo CD applies changes server-side`,
  },
};
