import type { GraphCodes } from '#model/codes/graph.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/explanation/how-it-works.md';

export const graphExplanations: Explanations<GraphCodes> = {
  'reference-missing': {
    why: 'The object waits for something that nothing makes.',
    mend: 'Correct the name, or add what it names.',
    link,
  },
  'reference-key-missing': {
    why: 'The container stays in CreateContainerConfigError.',
    mend: 'Correct the key; the message suggests the nearest.',
    link,
  },
  'secret-duplicate': {
    why: 'Two write one Secret; the last one wins.',
    mend: 'Give each a Secret of its own.',
    link,
  },
  'namespace-open': {
    why: 'Where no policy selects a pod, anybody in the cluster may connect to it, and it may connect to anybody.',
    mend: 'Add a NetworkPolicy that selects all pods and allows nothing.',
    link,
  },
  'namespace-missing': {
    why: 'The API server refuses objects in a namespace that does not exist.',
    mend: 'Add the Namespace, or correct the name.',
    link,
  },
  'selector-matches-nothing': {
    why: 'It guards or routes nothing.',
    mend: "Make the selector and the pods' labels equal.",
    link,
  },
  'autoscaler-duplicate': { why: 'Two autoscalers fight over one number.', mend: 'Leave one.', link },
  'autoscaler-fixed-replicas': {
    why: 'Each sync would set the number back.',
    mend: 'Remove replicas from the workload.',
    link,
  },
  'autoscaler-request-missing': {
    why: 'Utilisation is a share of the request: without one the autoscaler is blind.',
    mend: 'Write a request for every container.',
    link,
  },
  'autoscaler-missing': {
    why: 'The annotation excuses the workload from the policy on replicas; without an autoscaler it has one pod.',
    mend: 'Add the autoscaler, or write replicas.',
    link,
  },
  'budget-missing': {
    why: 'Nodes are drained for every upgrade, and the drain asks nobody but budgets.',
    mend: 'Add a budget that lets one pod go at a time.',
    link,
  },
  'budget-selects-several': {
    why: 'A budget counts the pods of all of them together.',
    mend: 'Narrow the selector to one workload.',
    link,
  },
  'budget-duplicate': {
    why: 'Eviction answers with an error where two budgets match.',
    mend: 'Leave one.',
    link,
  },
  'budget-never-allows': {
    why: "Nodes can't be drained, and an upgrade of the cluster stops there.",
    mend: 'Allow at least one.',
    link,
  },
  'service-port-missing': {
    why: 'Traffic would be refused.',
    mend: 'Name a port that a container has.',
    link,
  },
  'ingress-port-missing': {
    why: 'The load balancer gets no target.',
    mend: 'Name a port that the Service has.',
    link,
  },
  'ingress-route-duplicate': {
    why: 'The controller takes one of the two.',
    mend: 'Give each its own host or path.',
    link,
  },
  'storage-class-default-several': {
    why: 'The newer one wins, whichever that is.',
    mend: 'Leave one default.',
    link,
  },
  'storage-class-default-missing': {
    why: 'The claim stays Pending.',
    mend: 'Name a class, or make one the default.',
    link,
  },
  'volume-not-shareable': {
    why: "A second pod on another node can't attach it.",
    mend: 'One replica with Recreate, a StatefulSet, or shared storage.',
    link,
  },
  'spread-other-pods': {
    why: 'Pods that the selector does not match are not counted: nothing is spread.',
    mend: "Select the pod's own labels.",
    link,
  },
  'identity-role-missing': {
    why: 'The pod gets AccessDenied from AWS.',
    mend: 'Add the ServiceIdentity, or correct the role.',
    link,
  },
  'identity-account': {
    why: "A role of another account can't be assumed so.",
    mend: 'Name the role of this account.',
    link,
  },
  'identity-subject': {
    why: 'The role trusts another service account, so AWS refuses.',
    mend: 'Make the trust policy and the service account agree.',
    link,
  },
  'identity-audience': {
    why: 'Without the audience any token of the cluster would do, or none.',
    mend: 'Require sts.amazonaws.com.',
    link,
  },
  'identity-unused': {
    why: 'A role that nobody assumes is a door that nobody watches.',
    mend: 'Remove it, or annotate the service account.',
    link,
  },
  'node-group-missing': {
    why: 'The pods stay Pending.',
    mend: 'Ask for labels that a node group has.',
    link,
  },
  'node-group-tainted': {
    why: 'The pods stay Pending.',
    mend: 'Tolerate the taints, or choose another group.',
    link,
  },
  'application-path-missing': { why: "Argo CD can't sync it.", mend: 'Correct the path.', link },
  'application-overlap': {
    why: 'Two Applications would take the objects from each other.',
    mend: 'Let one own each folder.',
    link,
  },
  'application-none': {
    why: 'Nobody delivers the folder.',
    mend: 'Add an Application for it, or take the folder out.',
    link,
  },
  'application-refused': {
    why: 'Argo CD refuses to sync what the project does not allow.',
    mend: 'Allow it in the AppProject, or move it.',
    link,
  },
  'application-left-behind': {
    why: 'It runs on, and nobody manages it.',
    mend: 'Let the project allow the kind for one more change, or delete the object by hand.',
    link: 'docs/how-to/use-a-helm-chart.md',
  },
  'application-hub-absent': {
    why: 'Claims are of kinds that the hub defines, in a cluster whose policies the hub has: other findings may be due to that alone.',
    mend: 'Give the folder of the hub beside that of the environment.',
    link: 'docs/how-to/run-a-hub.md',
  },
  'wave-too-late': {
    why: 'A wave ends when all in it is healthy: both wait for ever, and nothing later is applied.',
    mend: 'Give it the wave of what it needs, or a later one.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  },
  'sync-option-missing': {
    why: 'Argo CD tries everything in a dry run first, and a kind that is not there yet fails all of it.',
    mend: 'Add SkipDryRunOnMissingResource=true to the object.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
  },
  'sync-option-destroys': {
    why: 'Replace drops what controllers wrote, so that a claim gets a second database; Force deletes first.',
    mend: 'Take the option out.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
  },
};
