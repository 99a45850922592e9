import type { PreviewCodes } from '#model/codes/preview.ts';
import type { Messages } from './message.ts';

/** Sentences of rendering a composite resource. */
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
};
