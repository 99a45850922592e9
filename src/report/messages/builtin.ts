import type { BuiltinCodes, BuiltinRule } from '#model/codes/builtin.ts';
import type { Messages } from './message.ts';

/** What each rule asks for, as it goes on after "must". */
const RULES: Readonly<Record<BuiltinRule, string>> = {
  'absolute-path': 'be a path that begins with /',
  cidr: 'be a range of addresses such as 10.20.0.0/16',
  'cidr-except': 'lie within the range that it is taken from, and be smaller',
  'config-key': 'be a key of letters, digits, `-`, `_` and `.`, at most 253 characters',
  'cron-schedule': 'be a schedule of cron with five fields, such as `0 3 * * *`, or a word such as `@daily`',
  'dns-label':
    'be a DNS label: lower-case letters, digits and `-`, at most 63 characters, no `-` at either end',
  'dns-subdomain': 'be a DNS name: lower-case letters, digits, `-` and `.`, at most 253 characters',
  'domain-prefixed': 'have a domain before it, such as `example.com/name`',
  'downward-field': 'be a field of the pod that it can know of itself',
  expression: 'be an expression of CEL that compiles',
  'env-name': 'be printable ASCII without `=`',
  'file-mode': 'be a mode from 0 to 0777 (octal; 0 to 511 in JSON)',
  'host-port': 'be the hostPort, for the pod uses the network of its node',
  'http-header': 'be a name of an HTTP header: letters, digits and `-`',
  'http-path': 'have no empty and no relative parts',
  'image-without-spaces': 'have no spaces at its ends',
  'index-limit': 'be at most 100000 where each pod has an index',
  ip: 'be an IP address',
  json: 'be JSON',
  'label-value':
    'be letters, digits, `-`, `_` and `.`, at most 63 characters, a letter or digit at either end',
  'less-than-progress-deadline': 'be longer than minReadySeconds',
  'local-path': 'be a path that stays below its folder',
  'non-negative': 'not be negative',
  'not-both-zero': 'not be zero together with the other one',
  'not-ip': 'be a DNS name, not an address',
  'number-range': 'be in its range',
  'one-value': 'be what goes with the rest',
  'path-segment': 'be a name without `/` and `%`, and neither `.` nor `..`',
  'percent-limit': 'be at most 100%',
  port: 'be a port from 1 to 65535',
  'port-name':
    'be a name of a port: lower-case letters, digits and single `-`, with a letter, at most 15 characters',
  positive: 'be greater than zero',
  'qualified-name': 'be a name such as `name` or `example.com/name`, its last part at most 63 characters',
  'quantity-order': 'be in order',
  'quantity-whole': 'be a whole number',
  'resource-of-containers': 'be cpu, memory, ephemeral-storage, hugepages-*, or have a domain before it',
  'rfc1035-label':
    'be a DNS label that begins with a letter: lower-case letters, digits and `-`, at most 63 characters',
  'selector-matches-labels': 'have every label that the selector asks for',
  'service-name':
    'be a name of a Service: lower-case letters, digits and `-`, a letter first, at most 63 characters',
  'standard-resource': 'be a resource that Kubernetes knows, or have a domain before it',
  'time-zone': 'be a time zone such as Europe/Hamburg',
  'whole-percent': 'be a whole number, or a percentage such as 25%',
  'wildcard-host': 'be a DNS name, or one whose first label is `*`',
};

/** Sentences of what the API server checks in its own code. */
export const builtinMessages: Messages<BuiltinCodes> = {
  'builtin-required': {
    title: 'A field must be there',
    sentence: ({ field, when }) =>
      when === undefined ? `${field} must be there, and not empty` : `${field} must be there: ${when}`,
    mend: ({ field }) => `write ${field}`,
  },
  'builtin-invalid': {
    title: 'A value that the API server refuses',
    sentence: ({ found, rule, detail }) =>
      `${JSON.stringify(found)} must ${RULES[rule]}${detail === undefined ? '' : `: ${detail}`}`,
    mend: ({ rule, detail }) => `the value must ${RULES[rule]}${detail === undefined ? '' : `: ${detail}`}`,
  },
  'builtin-unsupported': {
    title: 'A value that is not one of those that there are',
    sentence: ({ found, allowed }) =>
      `${JSON.stringify(found)} is none of ${allowed.map((each) => each || '(nothing)').join(', ')}`,
    mend: ({ allowed }) => `write one of ${allowed.map((each) => each || '(nothing)').join(', ')}`,
  },
  'builtin-duplicate': {
    title: 'Something is there twice',
    sentence: ({ found, of }) => `${JSON.stringify(found)} is there twice among the ${of}`,
    mend: () => 'remove one, or give it another name',
  },
  'builtin-forbidden': {
    title: 'A field must not be there',
    sentence: ({ field, because }) => `${field} must not be there: ${because}`,
    mend: ({ field }) => `remove ${field}, or change what excludes it`,
  },
  'builtin-not-found': {
    title: 'A name that nothing in this object has',
    sentence: ({ found, of }) => `${JSON.stringify(found)} is not among the ${of}`,
    mend: ({ of }) => `name one of the ${of}`,
  },
  'builtin-stored-version': {
    title: 'A version goes in which objects are stored',
    sentence: ({ version }) => `objects of this kind are stored in version ${version}, which is no more`,
    mend: ({ version }) =>
      `keep ${version} (\`served: false\` is enough) until all objects are written again in another version and status.storedVersions no longer has it`,
  },
  'builtin-too-long': {
    title: 'Too long, or too many',
    sentence: ({ found, limit, unit }) => `${found} ${unit} are more than ${limit}`,
    mend: ({ limit, unit }) => `keep to ${limit} ${unit}`,
  },
};
