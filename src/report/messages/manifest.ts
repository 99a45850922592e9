import type { ManifestCodes } from '#model/codes/manifest.ts';
import type { Messages } from './message.ts';

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} KiB`;

/** Sentences of reading and identifying manifests. */
export const manifestMessages: Messages<ManifestCodes> = {
  'manifest-unreadable': {
    title: 'A file or folder could not be read',
    sentence: ({ path, problem }) => `${path} could not be read: ${problem}`,
    mend: () => 'name a file or folder that exists and that you may read',
  },
  'manifest-none': {
    title: 'There was nothing to check',
    sentence: ({ paths }) => `no manifest was found in ${paths.join(', ')}`,
    mend: () => 'name files or folders that hold .yaml, .yml or .json manifests',
  },
  'manifest-link-skipped': {
    title: 'A symbolic link that leads out of the folder, or round in a circle, was not followed',
    sentence: ({ path }) => `${path} is a link out of the folder; what it leads to was not checked`,
    mend: () => "name the link's target as a path of its own",
  },
  'manifest-base-empty': {
    title: 'The base has nothing to compare with',
    sentence: ({ base, paths }) =>
      `${base} has no manifests in ${paths.join(', ')}: everything was judged as new`,
    mend: () => 'nothing, if that is how it was; else correct --base',
  },
  'manifest-base-unreadable': {
    title: 'A file of the base cannot be read',
    sentence: ({ base, file, problem }) =>
      `${file} as it was at ${base} cannot be read, so what lay in it was judged as new: ${problem}`,
    mend: () => 'nothing, if this change mends it; else choose another base',
  },
  'manifest-encoding': {
    title: 'A file is no UTF-8 text',
    sentence: ({ problem }) => `the file is no UTF-8 text: ${problem}`,
    mend: () => 'save the file as UTF-8',
  },
  'manifest-too-large': {
    title: 'A file or document is larger than any Kubernetes API takes',
    sentence: ({ what, bytes, limit }) =>
      `the ${what} has ${bytes === undefined ? '' : `${kilobytes(bytes)}, `}more than the ${kilobytes(limit)} that are read`,
    mend: ({ what }) =>
      what === 'file' ? 'split the file' : 'split the document: the API server takes 3 MiB at most',
  },
  'manifest-too-deep': {
    title: 'A document is nested deeper than any manifest',
    sentence: ({ limit }) => `the document is nested more than ${limit} levels deep`,
    mend: () => 'flatten the document',
  },
  'manifest-expands': {
    title: 'Aliases multiply a document beyond all bounds',
    sentence: ({ limit }) => `with its aliases replaced the document has more than ${limit} values`,
    mend: () => 'write out what is meant instead of aliases of aliases',
  },
  'manifest-syntax': {
    title: 'A document is not YAML or JSON',
    sentence: ({ problem }) => `this is not YAML: ${problem}`,
    mend: () => 'mend the syntax here',
  },
  'manifest-duplicate-key': {
    title: 'A mapping has the same key twice',
    sentence: ({ key }) => `the key "${key}" occurs twice in this mapping`,
    mend: () => 'keep one of the two: which of them counts differs from tool to tool',
  },
  'manifest-key': {
    title: 'A key that JSON has no word for',
    sentence: ({ found }) => `a key is ${found}, where Kubernetes takes text only`,
    mend: () => 'put the key in quotation marks',
  },
  'manifest-tag': {
    title: 'A YAML tag that Kubernetes does not know',
    sentence: ({ tag }) => `the tag ${tag} does not fit its value, or Kubernetes does not read it`,
    mend: () => 'leave the tag out and write the value itself',
  },
  'manifest-alias': {
    title: 'An alias without its anchor, or inside it',
    sentence: ({ name, problem }) =>
      problem === 'unknown'
        ? `the alias *${name} has no anchor &${name} before it`
        : `the alias *${name} is inside its own anchor`,
    mend: () => 'write out the value that is meant',
  },
  'manifest-merge': {
    title: 'A merge key (<<) that Kubernetes reads differently from YAML, or not at all',
    sentence: ({ problem, key }) =>
      problem === 'no-mapping'
        ? 'a merge key (<<) holds something that is no mapping'
        : `this merge key (<<) comes after "${key}", so Kubernetes lets it replace that value`,
    mend: ({ problem }) =>
      problem === 'no-mapping' ? 'name an alias of a mapping' : 'put the merge key before all other keys',
  },
  'manifest-number': {
    title: 'A number that JSON, or a 64-bit integer, cannot hold',
    sentence: ({ text, problem }) =>
      problem === 'not-json'
        ? `${text} is no JSON number`
        : `${text} does not fit into 64 bits: Kubernetes rounds it`,
    mend: () => 'write a smaller number, or put it in quotation marks if text is meant',
  },
  'manifest-no-object': {
    title: 'A document is no Kubernetes object',
    sentence: ({ found }) => `the document is ${found}, not an object with apiVersion, kind and metadata`,
    mend: () => 'write a manifest, or move the file out of the folder',
  },
  'manifest-identity': {
    title: 'A document does not say what it is',
    sentence: ({ field, found }) =>
      found === 'nothing' ? `${field} is missing` : `${field} is ${found}, not ${wanted(field)}`,
    mend: ({ field }) => `write ${field === 'metadata' ? 'metadata with a name' : `${field}, as text`}`,
  },
  'manifest-duplicate': {
    title: 'The same object twice',
    sentence: ({ identity, other }) => `${identity} is also in ${other}`,
    mend: () => 'keep one of the two, or give one another name: the one applied last would win',
  },
  'manifest-duplicate-external-name': {
    title: 'Two managed resources that are one thing to AWS or Atlas',
    sentence: ({ kind, name, other }) =>
      `the ${kind} ${name} is also managed by what ${other} says: two controllers would fight over it`,
    mend: () => 'give one of them another name, or let it only observe (managementPolicies: [Observe])',
  },
  'output-stale': {
    title: 'A file of the output folder is not what the environment files say',
    sentence: ({ file, how }) =>
      ({
        missing: `${file} is missing: the environment files ask for it`,
        changed: `${file} is not what the environment files say`,
        extra: `${file} does not belong here: no environment file asks for it`,
      })[how],
    mend: () =>
      'run plimsoll synth and commit what it writes; change environment files, never this folder by hand',
  },
  'manifest-unchecked': {
    title: 'A document that no check looked at',
    sentence: ({ checks }) =>
      checks.length === 0
        ? 'nothing was checked: no check was chosen'
        : `no check (${checks.join(', ')}) could look at this document`,
    mend: () => 'run the schema check, and give it the CRD of this kind with --schemas FOLDER',
  },
  'manifests-unchecked': {
    title: 'Documents that neither a schema nor a policy looked at, because not all checks were asked for',
    sentence: ({ count, checks }) =>
      `${count === 1 ? 'one document was' : `${count} documents were`} looked at by no schema and no policy (${checks.join(', ')} ran)`,
    mend: () => 'run all checks; --report ledger=FILE shows who looked at what',
  },
};

const wanted = (field: string) => (field === 'metadata' ? 'an object' : 'text');
