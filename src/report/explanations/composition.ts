import type { CompositionCodes } from '#model/codes/composition.ts';
import type { Explanations } from './explanation.ts';

const link = 'https://docs.crossplane.io/latest/guides/function-patch-and-transform/';

export const compositionExplanations: Explanations<CompositionCodes> = {
  'composition-mode': {
    why: 'Crossplane 1.20 takes another mode where none is written, and 2.x knows only pipelines.',
    mend: 'Write mode: Pipeline.',
    link,
  },
  'composition-composite-unknown': {
    why: 'A Composition for a kind that nothing defines is never used.',
    mend: 'Correct compositeTypeRef, or add the XRD.',
    link,
  },
  'composition-composite-version': {
    why: 'Crossplane matches the version that the XRD marks as referenceable.',
    mend: 'Name that version.',
    link,
  },
  'composition-function-unknown': {
    why: 'The pipeline stops at the step.',
    mend: 'Add the Function, or correct the name.',
    link,
  },
  'composition-input-unchecked': {
    why: 'The input of this function is not known here, so nobody checked it.',
    mend: "Check it with the function's own tools.",
    link,
  },
  'composition-refused': {
    why: 'The function ends with this error: nothing is created or changed.',
    mend: 'Mend what the message names.',
    link,
  },
  'composition-large': {
    why: 'Beyond that size only a part was checked.',
    mend: 'Split the Composition.',
    link,
  },
  'composition-name-duplicate': {
    why: 'Names are identities: two of one name are one.',
    mend: 'Rename one.',
    link,
  },
  'composition-patch-set-unknown': {
    why: 'The function ends with an error.',
    mend: 'Correct the name.',
    link,
  },
  'composition-patch-set-unused': {
    why: 'Somebody believes that it does something.',
    mend: 'Use it, or remove it.',
    link,
  },
  'composition-path-syntax': { why: 'The function ends with an error.', mend: 'Mend the path.', link },
  'composition-path-unknown': {
    why: 'An optional patch is skipped without a word; a written field that does not exist is refused at apply.',
    mend: 'Correct the path.',
    link,
  },
  'composition-report-place': {
    why: 'Only the status of the composite is written back.',
    mend: 'Write below status.',
    link,
  },
  'composition-type': {
    why: 'The API server refuses the resource at apply.',
    mend: 'Convert the value by a transform.',
    link,
  },
  'composition-value': {
    why: 'The API server refuses the resource when that value arrives.',
    mend: 'Map it to one that is allowed.',
    link,
  },
  'composition-transform-input': {
    why: 'The function ends with an error as soon as a value is there.',
    mend: 'Convert the value first.',
    link,
  },
  'composition-transform-fails': {
    why: 'The function ends with an error for that value.',
    mend: 'Mend the transform.',
    link,
  },
  'composition-map-incomplete': {
    why: 'A value that the map does not have stops the whole composition.',
    mend: 'Add the missing values.',
    link,
  },
  'composition-format': {
    why: 'The text that comes out is nonsense, silently.',
    mend: 'Make verbs and values fit.',
    link,
  },
  'composition-format-number': {
    why: 'Numbers arrive as floats: %d writes %!d(float64=5) into the field.',
    mend: 'Write %.0f.',
    link,
  },
  'composition-json': {
    why: 'AWS refuses the document, long after the merge.',
    mend: 'Mend the format.',
    link,
  },
  'composition-late-value': {
    why: 'An optional patch from the status makes the resource without the value first.',
    mend: 'Make it Required, or take the value from the spec.',
    link,
  },
  'composition-gate-shut': {
    why: 'The resource waits for ever, and the composite is never ready.',
    mend: 'Report the field from the resource that has it.',
    link,
  },
  'composition-base-unknown': {
    why: 'The provider does not know the kind in this version.',
    mend: 'Correct apiVersion and kind, or give its CRD.',
    link,
  },
  'composition-base-deprecated': {
    why: 'The provider will stop to serve it.',
    mend: 'Move to the newer version.',
    link,
  },
  'composition-base-missing': { why: 'There is nothing to patch.', mend: 'Write a base.', link },
  'composition-base-scope': {
    why: "A composite of the whole cluster can't own what is in a namespace, unless it says which.",
    mend: 'Write the namespace, or take the other kind.',
    link,
  },
  'composition-required': {
    why: 'The provider refuses the resource.',
    mend: 'Write it into the base, or patch it.',
    link,
  },
  'composition-selector': {
    why: 'Crossplane takes the first match, whichever that is, or none.',
    mend: 'Add labels so that exactly one is left.',
    link,
  },
  'composition-selector-labels': {
    why: 'No resource carries these labels.',
    mend: 'Set them on a base.',
    link,
  },
  'composition-selector-several': {
    why: 'What exists at that moment is frozen: a subnet that comes later never joins.',
    mend: 'Refer to each by name.',
    link,
  },
  'composition-selector-unchecked': {
    why: "It can't be told what kind is meant.",
    mend: 'Look at it by hand.',
    link,
  },
  'composition-connection-secret': {
    why: 'Without it the provider writes no secret, and the key is silently empty.',
    mend: 'Set writeConnectionSecretToRef with name and namespace.',
    link,
  },
  'composition-connection-shared': {
    why: 'Two composites would write one secret.',
    mend: "Make the name from the composite's uid.",
    link,
  },
  'composition-connection-unwritten': {
    why: 'Crossplane writes no secret for the composite.',
    mend: 'Set writeConnectionSecretsToNamespace.',
    link,
  },
  'composition-connection-source': {
    why: 'The key stays empty, without a word.',
    mend: 'Take a key that the kind writes.',
    link,
  },
  'composition-connection-key': {
    why: 'The XRD drops keys that it does not list, silently.',
    mend: 'Add it to connectionSecretKeys.',
    link,
  },
  'composition-deletion-mixed': {
    why: 'The data would stay, and lose its encryption, policy or key.',
    mend: 'Give all of them the same deletion policy.',
    link,
  },
  'xrd-reserved-field': { why: 'Crossplane uses the field itself.', mend: 'Rename it.', link },
  'xrd-claim-names': {
    why: 'The claim and the composite are two kinds.',
    mend: 'Give the claim names of its own.',
    link,
  },
  'xrd-field-unused': {
    why: 'Somebody will set it, and nothing will happen.',
    mend: 'Patch it into a resource, or remove it.',
    link,
  },
  'xrd-key-unprovided': {
    why: 'A key is promised that nothing provides.',
    mend: 'Provide it, or remove it from connectionSecretKeys.',
    link,
  },
};
