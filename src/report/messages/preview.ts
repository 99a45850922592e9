import type { PreviewCodes } from '#model/codes/preview.ts';
import type { Messages } from './message.ts';

/** Sentences of rendering composite resources and of previewing claims. */
export const previewMessages: Messages<PreviewCodes> = {
  'render-input': {
    title: 'A file to render from holds something else',
    sentence: ({ role, expected, found }) => `the ${role} must be ${expected}, but there is ${found}`,
    mend: ({ expected }) => `name a file with ${expected}`,
  },
  'render-composition': {
    title: 'A Composition that cannot render this composite resource',
    sentence: ({ expected, found }) => `rendering needs ${expected}; there is ${found}`,
    mend: () => 'name the Composition that belongs to the composite resource, in mode Pipeline',
  },
  'render-function-unknown': {
    title: 'A step calls a function that is not among the functions',
    sentence: ({ step, name }) => `step ${step} calls ${name}, which is not in the file of functions`,
    mend: ({ suggestion }) =>
      suggestion === undefined ? 'add the Function to the file' : `did you mean ${suggestion}?`,
  },
  'render-function-unsupported': {
    title: 'A function that is not built in',
    sentence: ({ step, name, package: source }) =>
      `step ${step} calls ${name} (${source}), which plimsoll cannot run`,
    mend: ({ builtIn, name }) =>
      `start it and call it with --function ${name}=HOST:PORT; built in are ${builtIn.join(', ')}`,
  },
  'render-function-unreachable': {
    title: 'A function that runs elsewhere gave no answer',
    sentence: ({ step, name, target, message }) =>
      `step ${step} calls ${name} at ${target}, which gave no answer: ${message}`,
    mend: ({ target }) => `start it without TLS (--insecure) so that it listens at ${target}`,
  },
  'render-function-fatal': {
    title: 'A function gave up',
    sentence: ({ step, name, message }) => `${name} in step ${step} says: ${message}`,
    mend: () => 'Crossplane would create nothing: mend the Composition or the values that it patches',
  },
  'render-function-crashed': {
    title: 'The real function would crash',
    sentence: ({ step, name, message }) => `${name} in step ${step} would end with: ${message}`,
    mend: () => 'mend the Composition: no resource of it would ever be reconciled',
  },
  'render-observed-unnamed': {
    title: 'An observed resource that no template claims',
    sentence: ({ kind, name, annotation }) =>
      `the observed ${kind} ${name} has no annotation ${annotation}, so it counts for nothing`,
    mend: ({ annotation }) => `annotate it with ${annotation} and its name in the Composition`,
  },
  'preview-definition-missing': {
    title: 'An object that should be a claim, of a kind that nothing defines',
    sentence: ({ group, kind }) =>
      `there are CompositeResourceDefinitions of ${group}, but none offers ${kind}: what it would create is not known`,
    mend: ({ kind }) => `add the CompositeResourceDefinition of ${kind}, or correct the kind`,
  },
  'preview-composition-missing': {
    title: 'A claim without a Composition',
    sentence: ({ kind, name }) =>
      name === undefined
        ? `no Composition for ${kind} is among the manifests that fits this claim: what it would create is not known`
        : `the Composition ${name} for ${kind} is not among the manifests: what this claim would create is not known`,
    mend: ({ suggestion }) =>
      suggestion === undefined ? 'add the Composition' : `did you mean ${suggestion}?`,
  },
  'preview-composition-ambiguous': {
    title: 'Several Compositions fit a claim',
    sentence: ({ kind, names }) =>
      `${names.length} Compositions fit this ${kind} (${names.join(', ')}), and Crossplane takes any of them; the first was previewed`,
    mend: () => 'name one in spec.compositionRef',
  },
  'preview-function-missing': {
    title: 'A Composition calls a function that is not installed',
    sentence: ({ name }) =>
      `the Composition of this claim calls ${name}, and no Function of that name is among the manifests`,
    mend: ({ suggestion }) => (suggestion === undefined ? 'add the Function' : `did you mean ${suggestion}?`),
  },
  'preview-never-created': {
    title: 'A managed resource that Crossplane will never create',
    sentence: ({ composition, entry, missing }) =>
      `${entry} of the Composition ${composition} waits for ${missing ?? 'something'}, which nothing ever sets`,
    mend: ({ missing }) =>
      missing?.startsWith('spec') === true
        ? `set ${missing} in the claim, or do not require it in the Composition`
        : 'let another resource of the Composition report it, or do not require it',
  },
  'preview-function-warning': {
    title: 'A function warns about a claim',
    sentence: ({ composition, step, message }) =>
      `step ${step} of the Composition ${composition} warns: ${message}`,
    mend: () => 'mend the Composition, or the value that it patches',
  },
};
