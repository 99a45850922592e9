import type { SchemaCodes } from '#model/codes/schema.ts';
import type { Messages } from './message.ts';

const oneOf = (values: readonly string[]) =>
  values.length <= 12
    ? values.join(', ')
    : `${values.slice(0, 12).join(', ')} and ${values.length - 12} more`;

const SIZES = { characters: 'character', items: 'item', properties: 'field' } as const;
const sized = (what: keyof typeof SIZES, count: number) => `${count} ${SIZES[what]}${count === 1 ? '' : 's'}`;

/** Sentences of documents against their schemas. */
export const schemaMessages: Messages<SchemaCodes> = {
  'schema-missing': {
    title: 'No schema is known for a kind, so its document was not checked',
    sentence: ({ apiVersion, kind, similar }) =>
      `no schema is known for ${kind} of ${apiVersion}${similar === undefined ? '' : `; did you mean ${similar}?`}`,
    mend: () => 'give the folder with its CustomResourceDefinition: --schemas FOLDER',
  },
  'schema-version-unknown': {
    title: 'A kind is known, but not in this version',
    sentence: ({ apiVersion, kind }) => `${kind} has no version ${apiVersion}`,
    mend: ({ available }) => `use ${oneOf(available)}`,
  },
  'schema-version-removed': {
    title: 'The Kubernetes version no longer serves this API version',
    sentence: ({ apiVersion, kind, removedIn, kubernetesVersion }) =>
      `${kind} of ${apiVersion} was removed in Kubernetes ${removedIn}; this cluster runs ${kubernetesVersion}`,
    mend: ({ successor }) =>
      successor === undefined
        ? 'remove the object: it has no successor'
        : `use ${successor} (its fields may differ: see the Kubernetes deprecation guide)`,
  },
  'schema-version-deprecated': {
    title: 'An API version that will go away',
    sentence: ({ apiVersion, kind, warning, removedIn }) =>
      warning ??
      `${kind} of ${apiVersion} is deprecated${removedIn === undefined ? '' : ` and gone in Kubernetes ${removedIn}`}`,
    mend: ({ successor }) => (successor === undefined ? 'move to its successor' : `use ${successor}`),
  },
  'schema-more': {
    title: 'A document has more problems than are listed',
    sentence: ({ listed, more }) =>
      `this document has ${listed + more} problems, of which ${listed} are listed and ${more} are not`,
    mend: () => 'mend those that are listed, and run again',
  },
  'schema-unusable': {
    title: 'A schema can not be used, or not all of it',
    sentence: ({ problem }) => `the schema of this kind can not be used: ${problem}`,
    mend: () => 'mend the CustomResourceDefinition',
  },
  'schema-namespace-forbidden': {
    title: 'A namespace on an object of the whole cluster',
    sentence: ({ kind, namespace }) =>
      `${kind} belongs to the whole cluster, and this one names the namespace "${namespace}"`,
    mend: () => 'remove metadata.namespace',
  },
  'schema-unknown-field': {
    title: 'A field that the kind does not have',
    sentence: ({ field, similar }) =>
      `there is no field "${field}" here${similar === undefined ? '' : `; did you mean "${similar}"?`}`,
    mend: ({ field, similar }) =>
      similar === undefined
        ? `remove "${field}": the API server would drop or refuse it`
        : `write "${similar}"`,
  },
  'schema-type': {
    title: 'A value of the wrong type',
    sentence: ({ expected, found }) => `this must be ${expected}, not ${found}`,
    mend: ({ expected, found }) =>
      expected === 'text' && /^(the number|true|false)/.test(found)
        ? 'put the value in quotation marks'
        : `write ${expected}`,
  },
  'schema-required': {
    title: 'A required field is missing',
    sentence: ({ field }) => `"${field}" is missing`,
    mend: ({ field }) => `add "${field}"`,
  },
  'schema-enum': {
    title: 'A value that is not among those allowed',
    sentence: ({ found }) => `${found} is not allowed here`,
    mend: ({ allowed }) => `use one of ${oneOf(allowed)}`,
  },
  'schema-pattern': {
    title: 'A text that does not have the form asked for',
    sentence: ({ found, pattern }) => `"${found}" does not match ${pattern}`,
    mend: ({ pattern }) => `write it in the form ${pattern}`,
  },
  'schema-format': {
    title: 'A value that is not of the format asked for',
    sentence: ({ found, format }) => `${found} is no ${format}`,
    mend: ({ format }) => `write a value of the format ${format}`,
  },
  'schema-range': {
    title: 'A number out of range',
    sentence: ({ found, bound, limit }) =>
      `${found} is out of range: it must be ${bound === 'least' || bound === 'most' ? `at ${bound}` : bound} ${limit}`,
    mend: ({ bound, limit }) =>
      `write a number that is ${bound === 'least' || bound === 'most' ? `at ${bound}` : bound} ${limit}`,
  },
  'schema-size': {
    title: 'Too many or too few characters, items or fields',
    sentence: ({ what, found, bound, limit }) =>
      what === 'characters'
        ? `this is ${sized(what, found)} long; it must have at ${bound} ${limit}`
        : `there ${found === 1 ? 'is' : 'are'} ${sized(what, found)} here; there must be at ${bound} ${limit}`,
    mend: ({ bound }) => (bound === 'most' ? 'shorten it' : 'add what is missing'),
  },
  'schema-emptied': {
    title: 'A change leaves nothing of an object or list, which server-side apply turns into null',
    sentence: ({ what }) =>
      what === 'object'
        ? 'its last field is taken out: server-side apply makes null of the empty object, which its schema refuses'
        : 'its last item is taken out: server-side apply makes null of the empty list, which its schema refuses',
    mend: () => 'take the whole field out',
  },
  'schema-duplicate-item': {
    title: 'Two items of a list that must differ are the same',
    sentence: ({ keys, first }) =>
      keys.length === 0
        ? `this item is the same as ${first}`
        : `this item has the same ${keys.join(' and ')} as ${first}`,
    mend: () => 'keep one of the two: server-side apply refuses both',
  },
  'schema-alternatives': {
    title: 'A value that fits none, or too many, of the alternatives',
    sentence: ({ rule, matched }) =>
      rule === 'not'
        ? 'this is exactly what is not allowed here'
        : matched === 0
          ? 'this fits none of the alternatives that the schema allows'
          : `this fits ${matched} of the alternatives, where exactly one is allowed`,
    mend: () => 'see the documentation of the kind for the fields that go together',
  },
  'kubeconform-rejected': {
    title: 'kubeconform refuses the document',
    sentence: ({ message }) => `kubeconform: ${message}`,
    mend: () => 'mend what kubeconform names',
  },
  'kubeconform-missing': {
    title: 'kubeconform is not installed',
    sentence: () => 'kubeconform was not found in PATH, so nothing was checked',
    mend: ({ install }) => `install it (${install}), or use --engine embedded`,
  },
  'kubeconform-version': {
    title: 'This version of kubeconform is too old',
    sentence: ({ found, needed }) =>
      `kubeconform ${found} is too old: ${needed} or later is needed, so nothing was checked`,
    mend: ({ install }) => `install a later one: ${install}`,
  },
  'kubeconform-failed': {
    title: 'kubeconform could not finish',
    sentence: ({ problem }) => `kubeconform could not finish: ${problem}`,
    mend: () => 'run it again, or use --engine embedded',
  },
};
