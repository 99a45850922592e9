/** Codes of Compositions and the XRDs that they are for. Values are the arguments that the sentence needs. */
export interface CompositionCodes extends PipelineCodes, PatchCodes, ResourceCodes, DefinitionCodes {}

/** The Composition as a whole, and what its steps are given. */
interface PipelineCodes {
  /** Not a pipeline, or not said to be one. */
  'composition-mode': { readonly mode?: string };
  /** No XRD defines the composite; where none of its group is at hand, what is read can't be checked. */
  'composition-composite-unknown': {
    readonly apiVersion: string;
    readonly kind: string;
    readonly similar?: string;
    /** Whether the definitions of its group are among the documents. */
    readonly isGroupKnown: boolean;
  };
  /** Crossplane takes only the version of the XRD that is referenceable. */
  'composition-composite-version': {
    readonly apiVersion: string;
    readonly kind: string;
    readonly referenceable: string;
  };
  'composition-function-unknown': { readonly name: string; readonly similar?: string };
  /** A function whose input nobody knows here. */
  'composition-input-unchecked': {
    readonly name: string;
    readonly apiVersion: string;
    readonly kind: string;
  };
  /** What function-patch-and-transform says of its input. */
  'composition-refused': { readonly problem: string };
  /** More patches than are checked, those of patch sets counted for each use. */
  'composition-large': { readonly checked: number; readonly more: number };
  'composition-name-duplicate': {
    readonly of: 'resource' | 'patch set';
    readonly name: string;
    readonly first: string;
  };
  'composition-patch-set-unknown': { readonly name: string; readonly similar?: string };
  'composition-patch-set-unused': { readonly name: string };
}

/** Patches: their paths, their types, their formats, and what they wait for. */
interface PatchCodes {
  'composition-path-syntax': { readonly path: string; readonly problem: string };
  'composition-path-unknown': {
    readonly path: string;
    /** The part that isn't there. */
    readonly field: string;
    readonly kind: string;
    readonly similar?: string;
  };
  /** Crossplane takes nothing of the composite from a function but its status. */
  'composition-report-place': { readonly path: string };
  /** What arrives isn't what the target takes. */
  'composition-type': {
    readonly path: string;
    readonly kind: string;
    readonly expected: string;
    readonly found: string;
  };
  /** A value that can arrive, and that the target's enum does not hold. */
  'composition-value': {
    readonly path: string;
    readonly kind: string;
    readonly found: string;
    readonly allowed: readonly string[];
  };
  /** A transform that can't do anything with what it is given. */
  'composition-transform-input': {
    readonly transform: string;
    readonly expected: string;
    readonly found: string;
  };
  /** A transform that fails on a value that the source can have. */
  'composition-transform-fails': {
    readonly transform: string;
    readonly value: string;
    readonly problem: string;
  };
  /** Values of the source that a map has no key for; none where the source may have any text. */
  'composition-map-incomplete': { readonly missing: readonly string[]; readonly source: string };
  /** A format that doesn't fit what it is given. */
  'composition-format': { readonly format: string; readonly result: string };
  /** A number by a verb that is not for floats. */
  'composition-format-number': { readonly verb: string; readonly result: string };
  /** A text that begins as JSON does, and is none. */
  'composition-json': { readonly result: string };
  /** A value that is known late, and that the resource does not wait for. */
  'composition-late-value': { readonly path: string };
  /** A resource that waits for what never comes. */
  'composition-gate-shut': {
    readonly path: string;
    /** Resources that report it, and wait themselves. */
    readonly reporters: readonly string[];
  };
}

/** Composed resources: their bases, how they find each other, their secrets, their deletion. */
interface ResourceCodes {
  /** No CRD is known for what is composed, so it was not checked. */
  'composition-base-unknown': {
    readonly apiVersion: string;
    readonly kind: string;
    /** How many resources of the Composition are of this kind. */
    readonly entries: number;
    readonly available: readonly string[];
    readonly similar?: string;
  };
  'composition-base-deprecated': {
    readonly apiVersion: string;
    readonly kind: string;
    readonly warning?: string;
    readonly available: readonly string[];
  };
  /** An entry without a base, which no earlier step can have produced. */
  'composition-base-missing': { readonly name: string };
  /** A composite in a namespace composes only what has one. */
  'composition-base-scope': { readonly kind: string };
  /** Neither base nor patch sets a required field; or only a patch whose source may be missing. */
  'composition-required': { readonly field: string; readonly kind: string; readonly source?: string };
  /** A selector that finds none, or several, of what it looks for. */
  'composition-selector': {
    readonly field: string;
    readonly kinds: readonly string[];
    readonly labels: readonly string[];
    readonly found: readonly string[];
  };
  /** Labels that nothing among the documents has. */
  'composition-selector-labels': { readonly field: string; readonly labels: readonly string[] };
  /** A selector of several, which freezes what it saw first. */
  'composition-selector-several': { readonly field: string; readonly references: string };
  /** It can't be told what a selector looks for. */
  'composition-selector-unchecked': { readonly field: string; readonly kind: string };
  /** What a connection detail needs so that its secret is written and read. */
  'composition-connection-secret': { readonly kind: string; readonly field: 'name' | 'namespace' };
  /** Two composites would write the same secret. */
  'composition-connection-shared': { readonly kind: string; readonly name: string };
  'composition-connection-unwritten': Readonly<Record<never, never>>;
  /** The XRD lets other keys through, not this one. */
  'composition-connection-source': {
    readonly kind: string;
    readonly key: string;
    readonly keys: readonly string[];
  };
  'composition-connection-key': { readonly key: string; readonly keys: readonly string[] };
  /** A resource that is deleted while others of the composition are kept. */
  'composition-deletion-mixed': { readonly kind: string; readonly kept: string };
}

/** XRDs. */
interface DefinitionCodes {
  'xrd-reserved-field': { readonly field: string; readonly part: 'spec' | 'status' };
  'xrd-claim-names': { readonly field: 'kind' | 'plural'; readonly name: string };
  /** A field that no Composition reads. */
  'xrd-field-unused': { readonly field: string; readonly kind: string };
  /** A connection key that no Composition of the kind provides. */
  'xrd-key-unprovided': { readonly key: string; readonly composition: string };
}
