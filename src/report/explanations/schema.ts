import type { SchemaCodes } from '#model/codes/schema.ts';
import type { Explanations } from './explanation.ts';

const link = 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation';

export const schemaExplanations: Explanations<SchemaCodes> = {
  'schema-missing': {
    why: 'A kind without a schema is a document that nobody checked.',
    mend: 'Give the CustomResourceDefinition with --schemas FOLDER.',
    link,
  },
  'schema-version-unknown': {
    why: 'The kind exists, but the cluster serves it under another version.',
    mend: 'Take a version that the message lists.',
    link,
  },
  'schema-version-removed': {
    why: 'The API server of this version answers "no matches for kind", and Argo CD can\'t sync.',
    mend: 'Move to the version that took its place.',
    link,
  },
  'schema-version-deprecated': {
    why: 'It works today, and stops working with an upgrade that nobody connects with it.',
    mend: 'Move to the newer version before the upgrade.',
    link,
  },
  'schema-more': {
    why: 'A document with many problems would hide the others.',
    mend: 'Mend those listed, then run again.',
    link,
  },
  'schema-unusable': {
    why: 'Part of the definition could not be understood, so part of its documents was not checked.',
    mend: 'Mend the definition.',
    link,
  },
  'schema-namespace-forbidden': {
    why: 'An object of the whole cluster has no namespace; tools drop it silently.',
    mend: 'Remove metadata.namespace.',
    link,
  },
  'schema-unknown-field': {
    why: 'The API server drops it, or refuses the object under strict validation: what you meant does not happen.',
    mend: 'Correct the name; the message suggests the nearest.',
    link,
  },
  'schema-type': {
    why: 'The API server refuses the object.',
    mend: 'Write a value of the type that the message names.',
    link,
  },
  'schema-required': { why: 'The API server refuses the object.', mend: 'Write the field.', link },
  'schema-enum': { why: 'The API server refuses the object.', mend: 'Take one of the values listed.', link },
  'schema-pattern': {
    why: 'The API server refuses the object.',
    mend: 'Write it in the form that the message shows.',
    link,
  },
  'schema-format': { why: 'The API server refuses the object.', mend: 'Write it in that format.', link },
  'schema-range': {
    why: 'The API server refuses the object.',
    mend: 'Choose a number within the bounds.',
    link,
  },
  'schema-size': { why: 'The API server refuses the object.', mend: 'Shorten or complete it.', link },
  'schema-emptied': {
    why: 'Server-side apply removes what is no longer written; where that was all, null is left, and the API server refuses it. Argo CD could not sync the change.',
    mend: 'Remove the field itself instead of leaving {} or [].',
    link: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/',
  },
  'schema-duplicate-item': {
    why: "The list is a set, or a map by its keys: two equal ones can't be told apart, and server-side apply refuses them.",
    mend: 'Remove one, or give it another key.',
    link,
  },
  'schema-alternatives': {
    why: 'The API server refuses the object.',
    mend: 'Write exactly one of the alternatives.',
    link,
  },
  'kubeconform-rejected': {
    why: 'kubeconform, which you asked for, refuses the document.',
    mend: 'Mend what it says.',
    link,
  },
  'kubeconform-missing': {
    why: "You asked for kubeconform's verdict, and nobody gave it.",
    mend: 'Install kubeconform, or leave --engine away.',
    link,
  },
  'kubeconform-version': {
    why: 'Older versions print results in another form.',
    mend: 'Install a newer kubeconform.',
    link,
  },
  'kubeconform-failed': {
    why: 'Its verdict is missing for some documents.',
    mend: 'Look at its message; run it alone.',
    link,
  },
};
