import type { PreviewCodes } from '#model/codes/preview.ts';
import type { Explanations } from './explanation.ts';

const link = 'docs/how-to/see-what-a-change-creates.md';

export const previewExplanations: Explanations<PreviewCodes> = {
  'render-input': {
    why: 'The arguments are a composite resource, its Composition, and Functions, in this order.',
    mend: 'Name the right file.',
    link,
  },
  'render-composition': {
    why: 'Crossplane would not use this Composition for this composite.',
    mend: 'Name the Composition whose compositeTypeRef fits.',
    link,
  },
  'render-function-unknown': {
    why: 'Crossplane would wait for the Function for ever.',
    mend: 'Add it to the functions.',
    link,
  },
  'render-function-unsupported': {
    why: 'Its result is not known, and is not guessed.',
    mend: 'Start it and name it with --function NAME=HOST:PORT.',
    link,
  },
  'render-function-unreachable': {
    why: 'Nobody answered at that address.',
    mend: 'Start the function with --insecure at this address.',
    link,
  },
  'render-function-fatal': {
    why: 'Crossplane stops the pipeline there: nothing is created or changed.',
    mend: 'Mend what the message names.',
    link,
  },
  'render-function-crashed': {
    why: "The real function's process would end at this input.",
    mend: 'Mend the Composition.',
    link,
  },
  'render-observed-unnamed': {
    why: 'Only the annotation tells which resource of the Composition it is.',
    mend: 'Annotate it with crossplane.io/composition-resource-name.',
    link,
  },
  'preview-definition-missing': { why: 'Crossplane would not know the kind.', mend: 'Add its XRD.', link },
  'preview-composition-missing': {
    why: 'The claim would stay without resources for ever.',
    mend: 'Add a Composition for its kind, or correct the reference.',
    link,
  },
  'preview-composition-ambiguous': {
    why: 'Crossplane takes any one of them.',
    mend: 'Name one with compositionRef.',
    link,
  },
  'preview-function-missing': {
    why: 'The pipeline would stop at that step.',
    mend: 'Add the Function.',
    link,
  },
  'preview-never-created': {
    why: 'It waits for a status field that nothing ever writes.',
    mend: 'Report the field from the resource that has it.',
    link,
  },
  'preview-function-warning': {
    why: 'The function goes on, but something was left out.',
    mend: 'Look at the patch that the message names.',
    link,
  },
};
