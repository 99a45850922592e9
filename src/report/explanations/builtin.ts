import type { BuiltinCodes } from '#model/codes/builtin.ts';
import type { Explanations } from './explanation.ts';

const link = 'https://kubernetes.io/docs/reference/kubernetes-api/';

export const builtinExplanations: Explanations<BuiltinCodes> = {
  'builtin-required': {
    why: 'The API server refuses the object: the field has no default.',
    mend: 'Write the field.',
    link,
  },
  'builtin-invalid': {
    why: 'The API server checks it in its own code, which no schema holds.',
    mend: 'Write a value as the message says.',
    link,
  },
  'builtin-unsupported': {
    why: 'The API server knows only these values.',
    mend: 'Take one of those listed.',
    link,
  },
  'builtin-duplicate': { why: "Two of one name can't be told apart.", mend: 'Rename or remove one.', link },
  'builtin-forbidden': {
    why: "It contradicts another field, or can't be changed any more.",
    mend: 'Remove it, or change what excludes it.',
    link,
  },
  'builtin-not-found': {
    why: 'It names something of the same object, and there is no such thing.',
    mend: 'Correct the name.',
    link,
  },
  'builtin-stored-version': {
    why: 'The API server refuses the definition while `status.storedVersions` has the version: nothing could read those objects any more.',
    mend: 'Keep the version, served or not; migrate the objects, take it out of `status.storedVersions`, and only then remove it.',
    link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version',
  },
  'builtin-too-long': { why: 'The API server refuses it.', mend: 'Shorten it.', link },
};
