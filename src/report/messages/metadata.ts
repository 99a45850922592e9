import type { MetadataCodes, NameForm } from '#model/codes/metadata.ts';
import type { Messages } from './message.ts';

const FORMS: Readonly<Record<NameForm, string>> = {
  subdomain: 'small letters, digits, "-" and ".", at most 253 of them, with a letter or digit at both ends',
  label: 'small letters, digits and "-", at most 63 of them, with a letter or digit at both ends',
  'rfc1035-label':
    'small letters, digits and "-", at most 63 of them, with a letter at the start and a letter or digit at the end',
  'path-segment': 'any characters but "/" and "%", and neither "." nor ".."',
  'config-key': 'letters, digits, "-", "_" and ".", at most 253 of them, and not "..", at the start either',
};

const KEY =
  'letters, digits, "-", "_" and ".", at most 63 of them, with a letter or digit at both ends; before it, if at all, a domain name and "/"';

/** Sentences of names, labels and annotations. */
export const metadataMessages: Messages<MetadataCodes> = {
  'metadata-name': {
    title: 'A name that the API server does not take for this kind',
    sentence: ({ field, kind, found }) =>
      field === 'namespace'
        ? `"${found}" can't be the name of a namespace`
        : field === 'name'
          ? `"${found}" can't be the name of a ${kind}`
          : `the name of no ${kind} can start with "${found}"`,
    mend: ({ form }) => `use ${FORMS[form]}`,
  },
  'metadata-name-other': {
    title: 'An object whose name must follow from what it says elsewhere',
    sentence: ({ kind, found, expected }) =>
      `this ${kind} must be called "${expected}" because of its spec, not "${found}"`,
    mend: ({ expected }) => `write "${expected}"`,
  },
  'metadata-name-long': {
    title: 'A name that is too long for what is made of it',
    sentence: ({ kind, found, limit }) =>
      `the name of a ${kind} has at most ${limit} characters, because of what is made of it; this one has ${found}`,
    mend: ({ limit }) => `shorten it to ${limit} characters`,
  },
  'metadata-name-reserved': {
    title: 'A name that is reserved for the system',
    sentence: ({ kind, found, prefix }) =>
      `"${found}": names of a ${kind} that start with "${prefix}" are reserved for the system`,
    mend: ({ prefix }) => `use a name without "${prefix}"`,
  },
  'metadata-key': {
    title: 'A key of a label or annotation that is none',
    sentence: ({ of, key }) => `"${key}" can't be the key of ${of === 'label' ? 'a label' : 'an annotation'}`,
    mend: () => `use ${KEY}`,
  },
  'metadata-label-value': {
    title: 'A value that a label can not have',
    sentence: ({ key, found }) => `"${found}" can't be the value of the label "${key}"`,
    mend: () =>
      'use letters, digits, "-", "_" and ".", at most 63 of them, with a letter or digit at both ends, or nothing; what does not fit can be an annotation',
  },
  'metadata-annotations-size': {
    title: 'Annotations that are too large together',
    sentence: ({ bytes, limit }) =>
      `the annotations have ${bytes} bytes together; at most ${limit} are allowed`,
    mend: () => 'move what is large to a ConfigMap',
  },
  'metadata-finalizer': {
    title: 'A finalizer that the API server does not take',
    sentence: ({ found, problem }) =>
      problem === 'both'
        ? 'an object can have the finalizer "orphan" or "foregroundDeletion", not both'
        : problem === 'form'
          ? `"${found}" can't be a finalizer`
          : `"${found}" is no finalizer of Kubernetes, and says no domain that it belongs to`,
    mend: ({ problem }) => (problem === 'both' ? 'remove one of them' : 'write it as example.com/name'),
  },
  'metadata-owner-incomplete': {
    title: 'An owner that is not told completely',
    sentence: ({ field }) => `the owner's ${field} is missing or empty`,
    mend: () =>
      'remove the owner: its uid is known only in the cluster, whose controllers set owners themselves',
  },
  'metadata-owner-kind': {
    title: 'An owner of a kind that can not be one',
    sentence: ({ kind }) => `${kind} can't own anything`,
    mend: () => 'remove the owner',
  },
  'metadata-owner-controllers': {
    title: 'Two owners that both control an object',
    sentence: ({ first, second }) => `both ${first} and ${second} are said to control this object`,
    mend: () => 'leave "controller: true" with one of them',
  },
  'metadata-managed-by-server': {
    title: 'A field of metadata that only the API server sets',
    sentence: ({ field }) => `${field} is set by the API server, and not taken from others`,
    mend: ({ field }) => `remove metadata.${field}`,
  },
};
