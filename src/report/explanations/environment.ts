import type { EnvironmentCodes } from '#model/codes/environment.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/reference/environment.md';

export const environmentExplanations: Explanations<EnvironmentCodes> = {
  'environment-none-found': {
    why: 'A run without an environment would be green without having checked anything.',
    mend: 'Name the folder with --environments, or write environments/<name>.yaml.',
    link,
  },
  'environment-unreadable': {
    why: "What can't be read can't be judged, and leaving it out would be silent.",
    mend: 'Give the file its permissions back; links and files above 1 MiB are refused on purpose.',
    link,
  },
  'environment-empty-file': {
    why: 'An empty file is usually one that was lost in a merge.',
    mend: 'Write the environment, or delete the file.',
    link,
  },
  'environment-not-mapping': {
    why: 'An environment is a mapping with apiVersion, kind, metadata and spec.',
    mend: 'Begin with apiVersion: plimsoll.dev/v1alpha1.',
    link,
  },
  'environment-too-large': {
    why: 'No honest environment is that large; reading it anyway would let a pull request exhaust the machine.',
    mend: 'Split shared values into a base, or look what went into the file.',
    link,
  },
  'environment-file-name': {
    why: 'People look for an environment in the file of its name.',
    mend: 'Rename the file or the environment.',
    link,
  },
  'environment-syntax': {
    why: "Nothing of a file is used that can't be read as a whole.",
    mend: 'Mend the syntax at the place that is shown.',
    link,
  },
  'environment-tab-indent': {
    why: 'YAML forbids tabs in indentation; editors show them like spaces.',
    mend: 'Indent with spaces.',
    link,
  },
  'environment-directive': {
    why: 'Directives change how the rest is read, and readers differ in them.',
    mend: 'Remove the line that begins with %.',
    link,
  },
  'environment-several-documents': {
    why: 'One file is one environment; a second document would be passed over by half of all tools.',
    mend: 'Move the second document into a file of its own.',
    link,
  },
  'environment-duplicate-key': {
    why: 'Of two equal keys one wins, and readers disagree which.',
    mend: 'Remove one.',
    link,
  },
  'environment-key-not-text': {
    why: 'JSON and Kubernetes know only text as keys.',
    mend: 'Quote the key.',
    link,
  },
  'environment-reserved-key': {
    why: 'Such a key means something to JavaScript and nothing here; it is refused so that nothing strange happens.',
    mend: 'Rename the key.',
    link,
  },
  'environment-merge-key': {
    why: '`<<` is no longer part of YAML; readers treat it differently. `extends` does the same with a known meaning.',
    mend: 'Use `extends`, or write the values out.',
    link,
  },
  'environment-tag': {
    why: 'Tags make readers build things that are not data.',
    mend: 'Remove the tag.',
    link,
  },
  'environment-unknown-alias': {
    why: 'An alias repeats an anchor; without it there is nothing to repeat.',
    mend: 'Write the anchor before it, or the value itself.',
    link,
  },
  'environment-endless-alias': {
    why: 'A value that contains itself never ends.',
    mend: 'Write the values out.',
    link,
  },
  'environment-ambiguous-scalar': {
    why: 'yes, no, on, off, 0755, 1:30 are text to one reader and booleans or numbers to another; Kubernetes uses the older one.',
    mend: 'Quote it, or write true or false.',
    link,
  },
  'environment-extends-outside': {
    why: 'Files outside of the folder are not part of the review.',
    mend: 'Move the base into the folder.',
    link,
  },
  'environment-extends-missing': {
    why: 'Values of the base would be silently missing.',
    mend: 'Correct the path; it is relative to this file.',
    link,
  },
  'environment-extends-cycle': {
    why: 'Two files that extend each other have no order in which values win.',
    mend: 'Break the circle.',
    link,
  },
  'environment-extends-not-base': {
    why: 'Only an EnvironmentBase is made to be extended: an environment of its own would be rendered twice.',
    mend: 'Extend a file of kind EnvironmentBase.',
    link,
  },
  'environment-unused-base': {
    why: 'A base that nobody extends changes nothing; often a path was mistyped.',
    mend: 'Extend it, or delete it.',
    link,
  },
  'environment-nothing-to-remove': {
    why: 'null removes what a base has; where it has nothing, somebody was mistaken.',
    mend: 'Remove the line, or correct the name.',
    link,
  },
  'environment-unknown-field': {
    why: 'A mistyped field would be dropped silently, and its default would hold.',
    mend: 'Correct the name; the message suggests the nearest.',
    link,
  },
  'environment-missing-field': {
    why: 'There is no sensible default for it.',
    mend: 'Write the field, here or in the base.',
    link,
  },
  'environment-wrong-type': {
    why: 'The field means something else than what is written.',
    mend: 'Write a value of the type that the message names.',
    link,
  },
  'environment-not-allowed-value': {
    why: 'AWS, Atlas or Kubernetes knows no other values.',
    mend: 'Take one of those listed.',
    link,
  },
  'environment-bad-name': {
    why: 'Names become names in AWS and Kubernetes, which are strict about them.',
    mend: 'Use lower-case letters, digits and hyphens.',
    link,
  },
  'environment-bad-format': {
    why: 'The value is handed on to a system that reads it only in this form.',
    mend: 'Write it in the form that the message shows.',
    link,
  },
  'environment-out-of-bounds': {
    why: 'Beyond these bounds AWS or Atlas refuses it, or it is surely a mistake.',
    mend: 'Choose a value within the bounds.',
    link,
  },
  'environment-wrong-length': {
    why: 'Beyond these bounds AWS or Atlas refuses it.',
    mend: 'Shorten or complete it.',
    link,
  },
  'environment-duplicate-item': {
    why: 'The second one changes nothing; usually another one was meant.',
    mend: 'Remove one.',
    link,
  },
  'environment-dangling-use': {
    why: 'A service without what it uses would start and fail.',
    mend: 'Declare the thing, or correct the name.',
    link,
  },
  'environment-ambiguous-use': {
    why: 'A database and a queue of one name: nobody can tell which is meant.',
    mend: 'Rename one of them.',
    link,
  },
  'environment-wrong-access': {
    why: 'Each kind has its own levels: a queue is sent to, a bucket is read.',
    mend: 'Take one of the levels listed.',
    link,
  },
  'environment-uses-itself': {
    why: 'A service needs no permission to call itself.',
    mend: 'Remove the line.',
    link,
  },
  'environment-hub-needs': {
    why: 'In a hub each environment has a namespace for its claims, which only composites in namespaces stay in; and Argo CD must have a way into the cluster that the claims make.',
    mend: 'Add what the message names. See docs/how-to/deliver-with-argo-cd.md.',
    link: 'docs/how-to/deliver-with-argo-cd.md',
  },
  'environment-hub-unknown': {
    why: 'What goes to the hub is checked beside what the hub itself has.',
    mend: 'Name an environment of the same folder.',
    link: 'docs/how-to/deliver-with-argo-cd.md',
  },
  'environment-hub-unfit': {
    why: 'A hub runs Argo CD and Crossplane, and has what it takes to register clusters with Argo CD.',
    mend: 'Write delivery.hub: true in the environment that is to be the hub; its topology is single.',
    link: 'docs/how-to/deliver-with-argo-cd.md',
  },
  'environment-hub-unused': {
    why: 'Somebody would believe that the environment is delivered from there.',
    mend: 'Write topology: hub, or remove the line.',
    link: 'docs/how-to/deliver-with-argo-cd.md',
  },
  'environment-production-zones': {
    why: 'With two zones the loss of one takes half of everything, and a quorum of three members needs three.',
    mend: 'Name three zones.',
    link,
  },
  'environment-no-untainted-group': {
    why: 'CoreDNS, the metrics server and the EBS driver tolerate no taints: without a plain group they stay Pending.',
    mend: 'Leave one node group without taints.',
    link,
  },
  'environment-mixed-instances': {
    why: "A node group has one machine image: ARM and x86, GPU and none don't share one.",
    mend: 'Make a group for each.',
    link,
  },
  'environment-minimum-above-maximum': {
    why: 'No number lies between them.',
    mend: 'Exchange them, or correct one.',
    link,
  },
  'environment-unknown-zone': {
    why: 'Nothing can be placed in a zone without a subnet.',
    mend: 'Name zones of the network only.',
    link,
  },
  'environment-zone-without-subnet': {
    why: 'Nodes and databases live in private subnets.',
    mend: 'Name the private subnet of each zone.',
    link,
  },
  'environment-subnet-taken': {
    why: 'Two roles for one subnet: load balancers and routes would contradict each other.',
    mend: 'Name another subnet.',
    link,
  },
  'environment-addon-missing': {
    why: 'What needs it would wait for it without a word.',
    mend: 'Add the add-on.',
    link,
  },
  'environment-bad-cidr': {
    why: 'AWS takes only ranges that begin at their own boundary and have a certain size.',
    mend: 'Write the range that the message suggests.',
    link,
  },
  'environment-overlapping-cidr': {
    why: 'Addresses in both ranges would be unreachable.',
    mend: "Choose ranges that don't meet.",
    link,
  },
  'environment-foreign-arn': {
    why: "What lives in another account or region can't be used from here, and mostly was copied.",
    mend: 'Name the one of this account and region.',
    link,
  },
  'environment-needs-section': {
    why: 'The thing has nowhere to live without it.',
    mend: 'Add the section.',
    link,
  },
  'environment-duration-not-whole': {
    why: 'AWS and Atlas count in whole units.',
    mend: 'Write a whole number of the unit.',
    link,
  },
  'environment-retention-order': {
    why: 'Atlas refuses to keep weekly copies shorter than daily ones.',
    mend: 'Lengthen the longer-lived ones.',
    link,
  },
  'environment-needs-field': {
    why: 'Alone it changes nothing.',
    mend: 'Write the other field too, or remove this one.',
    link,
  },
  'environment-own-dead-letters': {
    why: 'A queue that sends its failures to itself delivers them for ever.',
    mend: 'Name another queue.',
    link,
  },
  'environment-expiring-data': {
    why: 'Production data would be deleted by its age, without anybody asking.',
    mend: 'Set primary: false if it can be made anew, or remove the expiry.',
    link,
  },
  'environment-own-log-bucket': {
    why: 'Only a bucket that was made for logs lets the log service write, and it must not log itself.',
    mend: 'Name the bucket for logs.',
    link,
  },
  'environment-excluded-field': { why: "Both can't hold at once.", mend: 'Remove one of the two.', link },
  'environment-production-replicas': {
    why: 'Without a second member a failure of one zone loses the cache.',
    mend: 'Ask for a replica.',
    link,
  },
  'environment-bad-window': {
    why: 'AWS takes only windows of this form and length.',
    mend: 'Write it as the message shows.',
    link,
  },
  'environment-overlapping-windows': {
    why: 'AWS refuses maintenance while a snapshot is made.',
    mend: 'Move one of them.',
    link,
  },
  'environment-no-storage-class': {
    why: 'The volume would stay Pending.',
    mend: 'Name a class, or make one the default.',
    link,
  },
  'environment-default-storage-class': {
    why: 'Of two defaults the newer wins, whichever that is.',
    mend: 'Leave one default.',
    link,
  },
  'environment-unknown-node-group': {
    why: 'The pods would stay Pending.',
    mend: 'Declare the group, or correct the name.',
    link,
  },
  'environment-gpu-placement': {
    why: 'Pods that ask for GPUs stay Pending on nodes without.',
    mend: 'Name a node group with GPUs.',
    link,
  },
  'environment-replicas-ignored': {
    why: 'The autoscaler decides; a fixed number would fight with it at each sync.',
    mend: 'Remove replicas, or autoscaling.',
    link,
  },
  'environment-single-replica-volume': {
    why: 'EBS attaches to one node: the second pod would never start.',
    mend: 'One replica, lifetime: pod, or a bucket.',
    link,
  },
  'environment-unknown-storage-class': {
    why: 'The volume would stay Pending.',
    mend: 'Declare the class, or correct the name.',
    link,
  },
  'environment-mount-path-taken': {
    why: 'The second volume would hide the first.',
    mend: 'Choose another path.',
    link,
  },
  'environment-no-port': { why: 'Nobody could reach it.', mend: "Write the service's port.", link },
  'environment-host-outside-domains': {
    why: 'The certificate does not cover it.',
    mend: 'Take a host below one of the domains.',
    link,
  },
  'environment-host-taken': {
    why: 'The load balancer would choose one of the two.',
    mend: 'Give each its own host or path.',
    link,
  },
  'environment-wide-permission': {
    why: 'Whoever breaks into the chart owns the account.',
    mend: 'Name the resources.',
    link,
  },
  'environment-identity-ignored': {
    why: "The chart's service account would have another role than the one that is made for it.",
    mend: 'Remove the value; it is derived.',
    link,
  },
  'environment-chart-reach': {
    why: 'Whoever writes Applications, policies or what Crossplane reads commands the cluster and the account.',
    mend: 'Give the chart a namespace and kinds of its own.',
    link: 'docs/how-to/use-a-helm-chart.md',
  },
  'environment-variable-taken': {
    why: 'One would overwrite the other.',
    mend: 'Rename one of the two.',
    link,
  },
  'environment-unknown-variable': {
    why: 'It would stay as text in the value.',
    mend: 'Correct the name; the message lists what there is.',
    link,
  },
  'environment-duplicate-environment': {
    why: 'Both would be rendered into one folder.',
    mend: 'Rename one.',
    link,
  },
  'environment-reserved-product': {
    why: 'Services would share a namespace with the system.',
    mend: 'Choose another name.',
    link,
  },
  'environment-derived-name': {
    why: 'The name is made of product, environment and thing, and AWS limits the whole.',
    mend: 'Shorten one of its parts.',
    link,
  },
  'environment-derived-name-form': {
    why: 'The name is made of several, and AWS refuses the whole.',
    mend: 'Rename what the message names.',
    link,
  },
  'environment-derived-name-taken': {
    why: 'Two controllers would fight over one thing in AWS.',
    mend: 'Rename one of the two.',
    link,
  },
  'environment-acknowledge-date': {
    why: 'Nobody could say when it ends.',
    mend: 'Write a date that there is, year-month-day.',
    link,
  },
  'environment-acknowledge-expired': {
    why: 'An acknowledgement that stays lets the next slip delete data.',
    mend: 'Remove it once the thing is gone; write a later day where it has still to go.',
    link,
  },
  'environment-acknowledge-twice': {
    why: 'Two entries can disagree about why and till when.',
    mend: 'Keep one.',
    link,
  },
};
