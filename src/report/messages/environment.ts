import type { EnvironmentCodes } from '#model/codes/environment.ts';
import type { Messages } from './message.ts';

/** Sentences of the environment files. One table: it is long because there is much that can be wrong. */
export const environmentMessages: Messages<EnvironmentCodes> = {
  'environment-none-found': {
    title: 'There is no environment',
    sentence: () => 'no file of kind Environment was found',
    mend: () => 'write environments/<name>.yaml; environments/environment.schema.json helps an editor to',
  },
  'environment-unreadable': {
    title: 'An environment file could not be read',
    sentence: ({ reason }) => `the file can't be read: ${reason}`,
    mend: () => 'make it a plain UTF-8 file that you may read, or remove it',
  },
  'environment-empty-file': {
    title: 'An environment file is empty',
    sentence: () => 'the file says nothing',
    mend: () => 'write an environment, or remove the file',
  },
  'environment-not-mapping': {
    title: 'An environment file is not a mapping',
    sentence: ({ actual }) => `the file is ${actual}, where a mapping is expected`,
    mend: () => 'begin with "apiVersion: plimsoll.dev/v1alpha1" and "kind: Environment"',
  },
  'environment-too-large': {
    title: 'An environment file is larger than any honest one',
    sentence: ({ what, limit }) => `there are more than ${limit} ${what} here`,
    mend: ({ what }) =>
      what === 'values' ? 'write out what the aliases stand for, or use fewer' : 'split or simplify it',
  },
  'environment-file-name': {
    title: "An environment's file has another name than the environment",
    sentence: ({ name, file }) => `environment ${name} stands in ${file}`,
    mend: ({ name }) => `rename the file to ${name}.yaml, or change the name`,
  },
  'environment-syntax': {
    title: 'A file is not YAML',
    sentence: ({ problem }) => `this is not YAML: ${problem}`,
    mend: () => 'mend the syntax here; often a quote, a colon or the indentation of the line above is wrong',
  },
  'environment-tab-indent': {
    title: 'A line is indented with a tab',
    sentence: () => 'the line is indented with a tab, which YAML does not allow',
    mend: () => 'indent with spaces',
  },
  'environment-directive': {
    title: 'A file has a YAML directive',
    sentence: ({ directive }) => `directives such as ${directive} are not supported: files are YAML 1.2`,
    mend: () => 'remove the line',
  },
  'environment-several-documents': {
    title: 'A file has several documents',
    sentence: () => 'a second document begins here; only one environment stands in a file',
    mend: () => 'move it to a file of its own',
  },
  'environment-duplicate-key': {
    title: 'A mapping has the same key twice',
    sentence: ({ key, firstLine }) => `"${key}" stands here again after line ${firstLine}`,
    mend: () => 'keep one of the two',
  },
  'environment-key-not-text': {
    title: 'A key is not text',
    sentence: ({ text }) => `the key ${text === '' ? 'here' : text} is not text`,
    mend: ({ text }) => (text === '' ? 'write a name' : `write "${text}"`),
  },
  'environment-reserved-key': {
    title: 'A key is reserved',
    sentence: ({ key }) => `"${key}" can't be a name: JavaScript gives it a meaning of its own`,
    mend: () => 'choose another name',
  },
  'environment-merge-key': {
    title: 'A file uses a merge key',
    sentence: () => 'merge keys (<<) belong to YAML 1.1 and are not supported',
    mend: () => 'share values with "extends", or write them out',
  },
  'environment-tag': {
    title: 'A value has a YAML tag',
    sentence: ({ tag }) => `the tag ${tag} is not supported`,
    mend: () => 'remove the tag; quote the value where it is text',
  },
  'environment-unknown-alias': {
    title: 'An alias has no anchor',
    sentence: ({ alias }) => `no anchor &${alias} stands above this *${alias}`,
    mend: ({ suggestion }) =>
      suggestion === undefined ? 'write the value out' : `did you mean *${suggestion}?`,
  },
  'environment-endless-alias': {
    title: 'An alias contains itself',
    sentence: ({ alias }) => `*${alias} stands inside of what it stands for`,
    mend: () => 'write the value out',
  },
  'environment-ambiguous-scalar': {
    title: 'A value means different things in YAML 1.1 and 1.2',
    sentence: ({ text, meaning }) => `${text} without quotes is ${meaning}`,
    mend: ({ write }) => `write ${alternatives(write)}`,
  },
  'environment-extends-outside': {
    title: '`extends` leads out of the folder',
    sentence: ({ target }) => `${target} is outside of the folder of this file`,
    mend: () => 'move the base into this folder or below it',
  },
  'environment-extends-missing': {
    title: '`extends` names a file that does not exist',
    sentence: ({ target }) => `there is no file ${target}`,
    mend: ({ suggestion }) => meant(suggestion, 'name a file of kind EnvironmentBase'),
  },
  'environment-extends-cycle': {
    title: '`extends` leads back to the same file',
    sentence: ({ chain }) => `these files extend each other in a circle: ${chain.join(' -> ')}`,
    mend: () => 'let one of them stand on its own',
  },
  'environment-extends-not-base': {
    title: '`extends` names a file of another kind',
    sentence: ({ target, kind }) =>
      `${target} is of kind ${kind}, and only an EnvironmentBase can be extended`,
    mend: () => 'move what both share into a base, and extend that',
  },
  'environment-unused-base': {
    title: 'Nobody extends a base',
    sentence: () => 'no environment extends this base',
    mend: () => 'extend it, or remove it',
  },
  'environment-nothing-to-remove': {
    title: 'An empty value removes nothing',
    sentence: ({ name }) => `${name} is empty: that removes an inherited entry, but none is inherited`,
    mend: ({ name, suggestion }) =>
      meant(suggestion, `write "${name}: {}" where all defaults are meant, or a value, or remove the line`),
  },
  'environment-unknown-field': {
    title: 'A field is unknown',
    sentence: ({ field }) => `there is no field ${field} here`,
    mend: ({ suggestion, allowed }) => meant(suggestion, `the fields here are ${allowed.join(', ')}`),
  },
  'environment-missing-field': {
    title: 'A required field is missing',
    sentence: ({ field }) => `${field} is missing`,
    mend: ({ field, description }) =>
      `add ${field}${description === '' ? '' : `: ${unstopped(description)}`}`,
  },
  'environment-wrong-type': {
    title: 'A value is of a wrong type',
    sentence: ({ expected, actual }) => `${actual} stands where ${expected} is expected`,
    mend: ({ expected, write }) => `write ${write ?? expected}`,
  },
  'environment-not-allowed-value': {
    title: 'A value is none of those that are allowed',
    sentence: ({ value }) => `${value} is not allowed here`,
    mend: ({ suggestion, allowed }) =>
      suggestion === undefined
        ? `write ${alternatives(allowed)}`
        : `did you mean ${suggestion}? Allowed are ${allowed.join(', ')}`,
  },
  'environment-bad-name': {
    title: 'A name has a wrong form',
    sentence: ({ name }) => `"${name}" can't be a name here`,
    mend: ({ expected }) => `write ${expected}`,
  },
  'environment-bad-format': {
    title: 'A value has a wrong form',
    sentence: ({ value, expected }) => `${value} is not ${expected}`,
    mend: ({ expected, examples }) =>
      examples.length === 0 ? `write ${expected}` : `write for example ${examples.join(', ')}`,
  },
  'environment-out-of-bounds': {
    title: 'A value is too small or too large',
    sentence: ({ value, ...bounds }) => `${value} is out of bounds: ${within(bounds)}`,
    mend: ({ value: _, ...bounds }) => `write ${within(bounds)}`,
  },
  'environment-wrong-length': {
    title: 'A list or text is too short or too long',
    sentence: ({ actual, unit, ...bounds }) => `${actual} ${unit} where ${within(bounds)} are expected`,
    mend: ({ actual: _, unit, ...bounds }) => `write ${within(bounds)} ${unit}`,
  },
  'environment-duplicate-item': {
    title: 'A list has the same item twice',
    sentence: ({ value }) => `${value} stands in the list already`,
    mend: () => 'remove one of the two',
  },
  'environment-dangling-use': {
    title: '`uses:` names nothing',
    sentence: ({ name }) => `there is no database, cache, queue, bucket or service ${name}`,
    mend: ({ suggestion, name }) => meant(suggestion, `declare ${name}, or remove the line`),
  },
  'environment-ambiguous-use': {
    title: '`uses:` names several things',
    sentence: ({ name, kinds }) => `${name} is the name of a ${kinds.join(' and of a ')}`,
    mend: () => 'give them different names',
  },
  'environment-wrong-access': {
    title: 'An access level does not fit what is used',
    sentence: ({ name, kind, access }) => `${name} is a ${kind}, and ${access} is no way to use one`,
    mend: ({ allowed }) => `write ${alternatives(allowed)}`,
  },
  'environment-uses-itself': {
    title: 'A service uses itself',
    sentence: ({ name }) => `${name} uses itself`,
    mend: () => 'remove the line',
  },
  'environment-hub-needs': {
    title: 'A hub, or an environment that has one, lacks something',
    sentence: ({ field }) => `a hub and the environments that it serves need ${field}`,
    mend: ({ field }) => `write ${field}`,
  },
  'environment-hub-unknown': {
    title: 'The hub is no environment',
    sentence: ({ name }) => `there is no environment ${name} that could be the hub`,
    mend: ({ suggestion }) => meant(suggestion, 'name an environment of this folder'),
  },
  'environment-hub-unfit': {
    title: 'The hub is none',
    sentence: ({ name, reason }) =>
      reason === 'hosted' ? `${name} has a hub itself, so it can’t be one` : `${name} does not serve others`,
    mend: ({ name, reason }) =>
      reason === 'hosted'
        ? `name an environment with topology single`
        : `write delivery: { hub: true } in ${name}, or name another environment`,
  },
  'environment-hub-unused': {
    title: 'A hub is named, but not used',
    sentence: () => 'hub means something with topology hub only',
    mend: () => 'write topology: hub, or remove the line',
  },
  'environment-production-zones': {
    title: 'Production runs in fewer than three zones',
    sentence: ({ zones }) => `production runs in three zones, not in ${zones.join(' and ')} only`,
    mend: () => 'write three zones, for example [a, b, c]',
  },
  'environment-no-untainted-group': {
    title: 'Every node group has taints',
    sentence: () => 'every node group has taints: the add-ons find no node to run on',
    mend: () => 'add a node group without taints',
  },
  'environment-mixed-instances': {
    title: 'A node group mixes instance types that need different machine images',
    sentence: ({ kinds }) => `the instance types need different machine images: ${kinds.join(', ')}`,
    mend: () => 'make a node group of each sort',
  },
  'environment-minimum-above-maximum': {
    title: 'A minimum is above its maximum',
    sentence: ({ minimum, maximum }) => `the minimum, ${minimum}, is above the maximum, ${maximum}`,
    mend: ({ maximum }) => `write a minimum of at most ${maximum}, or a larger maximum`,
  },
  'environment-unknown-zone': {
    title: 'A zone is named that the network does not have',
    sentence: ({ zone, known }) => `the network has no zone ${zone}: its zones are ${known.join(', ')}`,
    mend: ({ known }) => `write ${alternatives(known)}`,
  },
  'environment-zone-without-subnet': {
    title: 'An existing network has no private subnet in a zone',
    sentence: ({ zones }) => `no private subnet is named in zone ${zones.join(' and ')}`,
    mend: ({ zones }) => `name the private subnet of zone ${zones.join(' and ')}, or remove the zone`,
  },
  'environment-subnet-taken': {
    title: 'One subnet stands in two places',
    sentence: ({ id, by }) => `${id} is the subnet of ${by} already`,
    mend: () => 'write the id of another subnet',
  },
  'environment-addon-missing': {
    title: 'An add-on is missing that something needs',
    sentence: ({ addon, because }) => `the add-on ${addon} is missing, and ${because}`,
    mend: ({ addon }) => `add ${addon}, or remove the whole list: the default has every add-on`,
  },
  'environment-bad-cidr': {
    title: 'An address range is wrong',
    sentence: ({ value, problem }) => `${value} is not a range that works here: ${problem}`,
    mend: ({ write }) => (write === undefined ? 'write another range' : `write ${write}`),
  },
  'environment-overlapping-cidr': {
    title: 'Address ranges overlap',
    sentence: ({ value, other, otherUse }) => `${value} overlaps ${other}, which is for ${otherUse}`,
    mend: () => 'write ranges that have no address in common',
  },
  'environment-foreign-arn': {
    title: 'An ARN is of another account or region',
    sentence: ({ part, actual, expected }) =>
      `the ARN is of ${part} ${actual === '' ? '(none)' : actual}, the environment of ${expected}`,
    mend: ({ part, expected }) => `name one of ${part} ${expected}`,
  },
  'environment-needs-section': {
    title: 'A section is missing that something needs',
    sentence: ({ section, because }) => `${because}, but there is no ${section}`,
    mend: ({ section }) => `add ${section}`,
  },
  'environment-duration-not-whole': {
    title: 'A duration is not in whole units',
    sentence: ({ value, unit }) => `${value} is not in whole ${unit}, which is all that is counted here`,
    mend: ({ unit }) => `write whole ${unit}, for example 7d`,
  },
  'environment-retention-order': {
    title: 'What should be kept longer is kept shorter',
    sentence: ({ shorter, shorterValue, longer, longerValue }) =>
      `${longer} (${longerValue}) does not outlast ${shorter} (${shorterValue})`,
    mend: ({ shorterValue, longer }) => `write a ${longer} that outlasts ${shorterValue}`,
  },
  'environment-needs-field': {
    title: 'A field means nothing without another',
    sentence: ({ field, needs }) => `${field} means nothing without "${needs}"`,
    mend: ({ field, needs }) => `write "${needs}", or remove ${field}`,
  },
  'environment-own-dead-letters': {
    title: 'A queue is its own dead-letter queue',
    sentence: ({ queue, name }) =>
      `queue ${queue} would move what can't be handled to ${name}, which is itself: it would come back for ever`,
    mend: () => 'write another deadLetterName, or leave it out',
  },
  'environment-expiring-data': {
    title: 'Primary data of production expires',
    sentence: ({ bucket, after }) =>
      `objects of bucket ${bucket} are deleted after ${after}, and nothing says that the data is at home elsewhere`,
    mend: () =>
      'remove expireAfter, or write "primary: false" at the bucket if its data can be lost or made again',
  },
  'environment-own-log-bucket': {
    title: 'Access logs go to a bucket that does not admit them',
    sentence: ({ name, bucket }) =>
      `logs can't go to ${name}: it is bucket ${bucket} of an environment, which holds data and admits no logs`,
    mend: () => 'name another bucket, or leave it out: the platform makes one for logs',
  },
  'environment-excluded-field': {
    title: 'Two fields exclude each other',
    sentence: ({ field, by }) => `${field} means nothing beside ${by}`,
    mend: ({ field, by }) => `remove ${field}, or remove ${by}`,
  },
  'environment-production-replicas': {
    title: 'A cache of production has a single replica',
    sentence: ({ cache, replicas }) =>
      `cache ${cache} has ${replicas} replica in production: when a zone is lost, nothing stands behind the one that is left`,
    mend: () => 'write "replicas: 2"',
  },
  'environment-bad-window': {
    title: 'A window of time is wrong',
    sentence: ({ value, problem }) => `${value} is no window that works: ${problem}`,
    mend: () => 'write times from 00:00 to 23:59, at least an hour apart',
  },
  'environment-overlapping-windows': {
    title: 'Snapshots and maintenance meet',
    sentence: ({ snapshot, maintenance }) =>
      `the snapshot window, ${snapshot}, and the maintenance window, ${maintenance}, overlap`,
    mend: () => 'move one of them',
  },
  'environment-no-storage-class': {
    title: 'A volume names no storage class, and none is the default',
    sentence: ({ volume }) => `volume ${volume} names no storage class, and none is the default`,
    mend: ({ known }) => `write class: ${alternatives(known)}, or "default: true" at one of them`,
  },
  'environment-default-storage-class': {
    title: 'Several storage classes are the default',
    sentence: ({ defaults }) => `${defaults.join(' and ')} are all the default`,
    mend: () => 'leave "default: true" at one of them',
  },
  'environment-unknown-node-group': {
    title: 'A service names a node group that does not exist',
    sentence: ({ name }) => `there is no node group ${name}`,
    mend: ({ suggestion, known }) => meant(suggestion, `the node groups are ${known.join(', ')}`),
  },
  'environment-gpu-placement': {
    title: 'A service that needs GPUs runs where there are none',
    sentence: ({ gpus }) =>
      `the service needs ${gpus} NVIDIA GPU${gpus === 1 ? '' : 's'}, and its nodes have none`,
    mend: ({ groups }) =>
      groups.length === 0
        ? 'add a node group of GPU instances, for example g6.xlarge, and name it as nodeGroup'
        : `write nodeGroup: ${alternatives(groups)}`,
  },
  'environment-replicas-ignored': {
    title: 'A service has replicas beside autoscaling',
    sentence: ({ replicas }) => `replicas (${replicas}) has no effect beside autoscaling`,
    mend: () => 'remove replicas, and say the least number of pods as autoscaling.min',
  },
  'environment-single-replica-volume': {
    title: 'Several pods would share a volume that attaches to one node',
    sentence: ({ volume, replicas }) =>
      `volume ${volume} attaches to one node, and the service has up to ${replicas} pods`,
    mend: () => 'write "replicas: 1", or "lifetime: pod" for a volume of each pod\'s own',
  },
  'environment-unknown-storage-class': {
    title: 'A volume names a storage class that does not exist',
    sentence: ({ name }) => `there is no storage class ${name}`,
    mend: ({ suggestion, known }) => meant(suggestion, `the storage classes are ${known.join(', ')}`),
  },
  'environment-mount-path-taken': {
    title: 'Two volumes are mounted in the same place',
    sentence: ({ path, by }) => `${path} is taken by ${by}`,
    mend: () => 'mount it elsewhere',
  },
  'environment-no-port': {
    title: 'A service has no port that something needs',
    sentence: ({ service, because }) => `service ${service} has no port, but ${because}`,
    mend: ({ service }) => `add a port to service ${service}`,
  },
  'environment-host-outside-domains': {
    title: "A host is outside of the environment's domains",
    sentence: ({ host, domains }) => `${host} is in none of the domains ${domains.join(', ')}`,
    mend: ({ domains }) =>
      `write a host within ${alternatives(domains)}, or add its domain to spec.ingress.domains`,
  },
  'environment-host-taken': {
    title: 'Two services have the same host and path',
    sentence: ({ host, path, service }) => `${host}${path} leads to service ${service} already`,
    mend: () => 'write another host or path',
  },
  'environment-wide-permission': {
    title: 'A chart may do something to everything in the account',
    sentence: ({ actions }) =>
      `${actions.join(', ')} ${actions.length === 1 ? 'is' : 'are'} allowed on every resource of the account`,
    mend: () => 'name the resources by their ARNs; * is for actions that only look (Describe, Get, List)',
  },
  'environment-identity-ignored': {
    title: "The values of a chart contradict the chart's identity",
    sentence: ({ field, value, expected }) =>
      `${field} is ${value}, and the chart's identity makes it ${expected}`,
    mend: ({ field }) => `remove ${field}, or change the identity`,
  },
  'environment-chart-reach': {
    title: "A third party's chart that would reach what governs the platform",
    sentence: ({ what, found }) =>
      `the ${what} ${found} governs the platform, and a chart is not let ${what === 'kind' ? 'make' : 'into'} it`,
    mend: ({ what }) =>
      what === 'kind'
        ? 'leave it out; the platform makes such itself'
        : 'give the chart a namespace of its own',
  },
  'environment-variable-taken': {
    title: 'Two things give a service the same variable',
    sentence: ({ name, other }) => `${name} comes from ${other} already`,
    mend: () => 'rename one of the two',
  },
  'environment-unknown-variable': {
    title: 'A value refers to a variable that does not exist',
    sentence: ({ name }) =>
      `$(${name}) refers to no variable that is set before this one, and would stay as it is`,
    mend: ({ name, suggestion }) =>
      suggestion === undefined
        ? `use something that derives ${name}, or write $$(${name}) where the text itself is meant`
        : `did you mean $(${suggestion})?`,
  },
  'environment-duplicate-environment': {
    title: 'Two environments have the same name',
    sentence: ({ name, other }) => `environment ${name} stands in ${other}, too`,
    mend: () => 'give one of them another name',
  },
  'environment-reserved-product': {
    title: "The product's name is a namespace of somebody else",
    sentence: ({ name }) => `services can't run in namespace ${name}: it is not theirs`,
    mend: () => 'choose another name for the product',
  },
  'environment-derived-name': {
    title: 'A derived name is too long',
    sentence: ({ what, name, limit, over }) =>
      `the ${what} would be called ${name}, ${over} character${over === 1 ? '' : 's'} more than the ${limit} allowed`,
    mend: ({ over }) => `shorten this name, the environment's or the product's by ${over}`,
  },
  'environment-derived-name-form': {
    title: 'A derived name has a wrong form',
    sentence: ({ what, name, expected }) =>
      `the ${what} would be called ${name}, which is not of ${expected}`,
    mend: ({ expected }) => `choose a name of ${expected}`,
  },
  'environment-derived-name-taken': {
    title: 'Two things would have the same name',
    sentence: ({ what, name, by }) => `the ${what} would be called ${name}, like that of ${by}`,
    mend: () => 'rename one of them',
  },
  'environment-acknowledge-date': {
    title: 'An acknowledgement ends on a day that there is not',
    sentence: ({ date }) => `the calendar has no ${date}`,
    mend: () => 'write the last day on which it may go, year-month-day',
  },
  'environment-acknowledge-expired': {
    title: 'An acknowledgement has expired',
    sentence: ({ resource, until }) => `${resource} might go until ${until}, which is over`,
    mend: () => 'remove the entry, or, where it has still to go, write a later day',
  },
  'environment-acknowledge-twice': {
    title: 'Two acknowledgements of the same',
    sentence: ({ resource, first }) => `${resource} is acknowledged already, by entry ${first + 1}`,
    mend: () => 'remove one of the two',
  },
};

/** `a`, `a or b`, `a, b or c`. */
function alternatives(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

const meant = (suggestion: string | undefined, otherwise: string): string =>
  suggestion === undefined ? otherwise : `did you mean ${suggestion}?`;

function within({ atLeast, atMost }: { readonly atLeast?: string; readonly atMost?: string }): string {
  if (atLeast !== undefined && atMost !== undefined) return `between ${atLeast} and ${atMost}`;
  return atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
}

const unstopped = (sentence: string): string => sentence.replace(/\.$/, '');
