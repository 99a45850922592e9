import type { CompositionCodes } from '#model/codes/composition.ts';
import type { Messages } from './message.ts';

const meant = (similar: string | undefined) => (similar === undefined ? '' : `; did you mean ${similar}?`);

const some = (values: readonly string[], most = 8) =>
  values.length <= most
    ? values.join(', ')
    : `${values.slice(0, most).join(', ')} and ${values.length - most} more`;

const labelled = (labels: readonly string[]) =>
  labels.length === 0 ? '' : ` with the label${labels.length === 1 ? '' : 's'} ${some(labels)}`;

/** Sentences of Compositions and XRDs. */
export const compositionMessages: Messages<CompositionCodes> = {
  'composition-mode': {
    title: 'A Composition that is no pipeline, or does not say so',
    sentence: ({ mode }) =>
      mode === undefined
        ? 'the mode is not written; Crossplane 1.20 would take Resources'
        : `the mode ${mode} is gone in Crossplane 2`,
    mend: () => 'write mode: Pipeline, and the resources as input of function-patch-and-transform',
  },
  'composition-composite-unknown': {
    title: 'A Composition for a composite that no XRD defines',
    sentence: ({ apiVersion, kind, isGroupKnown, similar }) =>
      isGroupKnown
        ? `no XRD defines ${kind} of ${apiVersion}${meant(similar)}`
        : `the XRD of ${kind} of ${apiVersion} is not among the documents, so what is read of it was not checked`,
    mend: ({ isGroupKnown }) =>
      isGroupKnown ? 'write the kind of an XRD' : 'validate the Composition together with its XRD',
  },
  'composition-composite-version': {
    title: 'A Composition for a version of the composite that can not be referred to',
    sentence: ({ apiVersion, kind }) => `${apiVersion} is not the referenceable version of ${kind}`,
    mend: ({ referenceable }) => `write ${referenceable}`,
  },
  'composition-function-unknown': {
    title: 'A step that calls a Function which is not installed',
    sentence: ({ name, similar }) => `there is no Function "${name}" among the documents${meant(similar)}`,
    mend: () => 'name a Function that is installed, or install this one',
  },
  'composition-input-unchecked': {
    title: 'The input of a function that is not known here',
    sentence: ({ name, apiVersion, kind }) =>
      `what ${name} is given (${`${kind} of ${apiVersion}`.trim()}) was not checked, nor what it composes`,
    mend: () => 'render it with the function itself: plimsoll render --function NAME=HOST:PORT',
  },
  'composition-refused': {
    title: 'An input that function-patch-and-transform refuses',
    sentence: ({ problem }) => `function-patch-and-transform refuses this: ${problem}`,
    mend: () => 'mend it, or the function composes nothing at all',
  },
  'composition-large': {
    title: 'More patches than are checked',
    sentence: ({ checked, more }) =>
      `with those of patch sets for each use there are ${checked + more} patches, of which ${more} were not checked`,
    mend: () => 'split the Composition',
  },
  'composition-name-duplicate': {
    title: 'Two resources or patch sets of one name',
    sentence: ({ of, name, first }) =>
      `there is a ${of} "${name}" already, at ${first}; one of them would be lost`,
    mend: ({ of }) => `give each ${of} a name of its own`,
  },
  'composition-patch-set-unknown': {
    title: 'A patch set that does not exist',
    sentence: ({ name, similar }) => `there is no patch set "${name}"${meant(similar)}`,
    mend: () => 'name a patch set of this input',
  },
  'composition-patch-set-unused': {
    title: 'A patch set that nothing uses',
    sentence: ({ name }) => `no resource uses the patch set "${name}"`,
    mend: () => 'use it, or remove it',
  },
  'composition-path-syntax': {
    title: 'A field path that is none',
    sentence: ({ path, problem }) => `"${path}" is no field path: ${problem}`,
    mend: () => 'write it like spec.rules[0].name or metadata.labels[example.com/name]',
  },
  'composition-path-unknown': {
    title: 'A patch that reads or writes a field which does not exist',
    sentence: ({ field, kind, similar }) => `${kind} has no field ${field}${meant(similar)}`,
    mend: ({ kind }) => `use a field of ${kind}, or declare it where ${kind} is defined`,
  },
  'composition-report-place': {
    title: 'A patch that writes to the composite outside its status',
    sentence: ({ path }) => `Crossplane takes only the status of a composite from a function, not ${path}`,
    mend: () => 'declare a field in the status of the XRD, and write that',
  },
  'composition-type': {
    title: 'A patch whose value is of another type than its target',
    sentence: ({ path, kind, expected, found }) =>
      `${path} of ${kind} takes ${expected}, and may get ${found}`,
    mend: ({ expected }) =>
      expected === 'text'
        ? 'convert it: a transform of the type convert, toType: string'
        : `make it ${expected}`,
  },
  'composition-value': {
    title: 'A patch that may bring a value which its target does not allow',
    sentence: ({ path, kind, found }) => `${path} of ${kind} may get "${found}", which it does not allow`,
    mend: ({ allowed }) => `bring one of ${some(allowed)}`,
  },
  'composition-transform-input': {
    title: 'A transform that can do nothing with what it gets',
    sentence: ({ transform, expected, found }) => `${transform} takes ${expected}, and gets ${found}`,
    mend: () => 'convert the value before, or leave the transform out',
  },
  'composition-transform-fails': {
    title: 'A transform that fails on a value that the source can have',
    sentence: ({ transform, value, problem }) =>
      `${transform} fails where the value is "${value}": ${problem}`,
    mend: () => 'let the transform take every value that the XRD allows',
  },
  'composition-map-incomplete': {
    title: 'A map without a key for each value that can come',
    sentence: ({ missing, source }) =>
      missing.length === 0
        ? `${source} may be any text, and the function gives up on one that the map does not have`
        : `the map has no key for ${some(missing)}, which ${source} can be`,
    mend: ({ missing }) =>
      missing.length === 0 ? 'give the field of the XRD an enum of the keys' : 'add a key for each',
  },
  'composition-format': {
    title: 'A format that does not fit what it is given',
    sentence: ({ format, result }) => `the format "${format}" would write ${result}`,
    mend: () => 'give it one verb for each variable, %s for text, %.0f for numbers, %t for true and false',
  },
  'composition-format-number': {
    title: 'A number by a verb that is not for floats',
    sentence: ({ verb, result }) => `numbers reach the function as floats, so ${verb} would write ${result}`,
    mend: () => 'write %.0f',
  },
  'composition-json': {
    title: 'A text that is meant to be JSON and is not',
    sentence: ({ result }) => `this looks like JSON and is none: ${result}`,
    mend: () => 'mend its commas, braces and quotation marks',
  },
  'composition-late-value': {
    title: 'A resource that does not wait for a value which comes late',
    sentence: ({ path }) => `${path} is reported later, so the resource would be created without it`,
    mend: () => 'write policy: { fromFieldPath: Required }',
  },
  'composition-gate-shut': {
    title: 'A resource that waits for what never comes',
    sentence: ({ path, reporters }) =>
      reporters.length === 0
        ? `no resource reports ${path}, so this one is never created`
        : `${path} is reported by ${some(reporters)} alone, and that waits for this resource in turn`,
    mend: ({ reporters }) =>
      reporters.length === 0
        ? 'let a resource report it with a ToCompositeFieldPath patch'
        : 'take the value from the spec, or from a resource that waits for nothing',
  },
  'composition-base-unknown': {
    title: 'A composed resource whose kind is not known, so it was not checked',
    sentence: ({ apiVersion, kind, entries, available, similar }) =>
      available.length > 0
        ? `${kind} has no version ${apiVersion}`
        : `no schema is known for ${kind} of ${apiVersion}, so ${entries === 1 ? 'a resource was' : `${entries} resources were`} not checked${meant(similar)}`,
    mend: ({ available }) =>
      available.length > 0
        ? `use ${some(available)}`
        : 'give the folder with its CustomResourceDefinition: --schemas FOLDER',
  },
  'composition-base-deprecated': {
    title: 'A composed resource in a version that will go away',
    sentence: ({ apiVersion, kind, warning }) => warning ?? `${kind} of ${apiVersion} is deprecated`,
    mend: ({ available }) => (available.length === 0 ? 'move to its successor' : `use ${some(available)}`),
  },
  'composition-base-missing': {
    title: 'A resource without a base',
    sentence: ({ name }) => `"${name}" has no base, and no step before this one makes it`,
    mend: () => 'write its base',
  },
  'composition-base-scope': {
    title: 'A resource of the whole cluster in a composite that has a namespace',
    sentence: ({ kind }) =>
      `${kind} belongs to the whole cluster, and a composite in a namespace can't own it`,
    mend: () => 'use its namespaced kind (of a group with .m.), or make the composite one of the cluster',
  },
  'composition-required': {
    title: 'A required field that nothing sets, or only a patch that may bring nothing',
    sentence: ({ field, kind, source }) =>
      source === undefined
        ? `neither the base nor a patch sets ${field}, which ${kind} requires`
        : `${kind} requires ${field}, and ${source} may be missing`,
    mend: ({ field, source }) =>
      source === undefined
        ? `set ${field}`
        : `make ${source} required in the XRD, give it a default, or write policy: { fromFieldPath: Required }`,
  },
  'composition-selector': {
    title: 'A selector that finds none of what it looks for, or several',
    sentence: ({ field, kinds, labels, found }) =>
      found.length === 0
        ? `${field} finds no ${kinds.join(' or ')} in this Composition${labelled(labels)}`
        : `${field} finds ${found.length} of ${kinds.join(' or ')} in this Composition${labelled(labels)}: ${some(found)}; which one is taken is chance`,
    mend: ({ found }) =>
      found.length === 0
        ? 'select by labels that a base has'
        : 'give each of them a label, and select by it with matchLabels',
  },
  'composition-selector-labels': {
    title: 'A selector by labels that nothing has',
    sentence: ({ field, labels }) =>
      `${field} looks for something${labelled(labels)}, and no base among the documents is`,
    mend: () => 'select by labels that a base has',
  },
  'composition-selector-several': {
    title: 'A selector of several, which freezes what it sees first',
    sentence: ({ field }) => `${field} is resolved once, to what exists just then, which may not be all yet`,
    mend: ({ references }) => `refer to each by name: ${references}[0].name and so on`,
  },
  'composition-selector-unchecked': {
    title: 'A selector whose target is not known, so it was not checked',
    sentence: ({ field, kind }) =>
      `it can't be told what ${field} of ${kind} looks for, so it was not checked`,
    mend: () => 'see to it that exactly one resource of this Composition is meant',
  },
  'composition-connection-secret': {
    title: 'A connection key of a resource that writes no secret',
    sentence: ({ kind, field }) =>
      `this key is read from the secret of ${kind}, which has no spec.writeConnectionSecretToRef.${field}`,
    mend: ({ field }) =>
      field === 'name'
        ? "set writeConnectionSecretToRef, its name by a patch from the composite's metadata.uid"
        : 'set writeConnectionSecretToRef.namespace, such as crossplane-system',
  },
  'composition-connection-shared': {
    title: 'A secret that all composites would share',
    sentence: ({ kind, name }) => `${kind} of every composite would write the same secret "${name}"`,
    mend: () => "patch the secret's name from the composite's metadata.uid",
  },
  'composition-connection-unwritten': {
    title: 'Connection details that are kept nowhere',
    sentence: () => "the Composition does not say where composites' secrets are kept, so none is written",
    mend: () => 'set spec.writeConnectionSecretsToNamespace, such as crossplane-system',
  },
  'composition-connection-source': {
    title: 'A key that the resource never writes into its secret',
    sentence: ({ kind, key }) => `a ${kind} writes no key "${key}" into its secret, so nothing arrives`,
    mend: ({ keys }) => `it writes ${some(keys)}`,
  },
  'composition-connection-key': {
    title: 'A connection key that the XRD does not let through',
    sentence: ({ key }) => `the XRD does not list "${key}" in connectionSecretKeys, so it is dropped`,
    mend: ({ keys }) => `add it to connectionSecretKeys, or use ${keys.length === 0 ? 'none' : some(keys)}`,
  },
  'composition-deletion-mixed': {
    title: 'A resource that is deleted while others of its composite are kept',
    sentence: ({ kind, kept }) =>
      `this ${kind} is deleted with the composite, while "${kept}" is kept without it`,
    mend: () => 'orphan both, or neither: patch spec.deletionPolicy of all from one field',
  },
  'xrd-reserved-field': {
    title: 'A field that Crossplane keeps for itself',
    sentence: ({ field, part }) =>
      `${part}.${field} is Crossplane's own: what the XRD says of it is replaced`,
    mend: () => 'give the field another name',
  },
  'xrd-claim-names': {
    title: 'A claim that is called like its composite',
    sentence: ({ field, name }) => `the claim and the composite have the same ${field}, "${name}"`,
    mend: ({ name }) => `name the composite's X${name.replace(/^X/, '')}`,
  },
  'xrd-field-unused': {
    title: 'A field of an XRD that no Composition reads',
    sentence: ({ field, kind }) => `no Composition of ${kind} reads ${field}: setting it does nothing`,
    mend: () =>
      'patch it into a resource, or remove it; where it only chooses the Composition, name it in the annotation plimsoll.dev/shape-fields of the XRD',
  },
  'xrd-key-unprovided': {
    title: 'A connection key that a Composition does not provide',
    sentence: ({ key, composition }) =>
      `the Composition ${composition} provides no connection detail "${key}"`,
    mend: () => 'provide it, or remove it from connectionSecretKeys',
  },
};
