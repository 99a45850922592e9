/** Codes of rendering composite resources and of previewing claims. Values are the arguments that the sentence needs. */
export interface PreviewCodes {
  /** A file that a composite is rendered from holds something else, or several where one is wanted. */
  'render-input': { readonly role: string; readonly expected: string; readonly found: string };
  'render-composition': { readonly expected: string; readonly found: string };
  /** A step calls a function that is not among the functions. */
  'render-function-unknown': { readonly step: string; readonly name: string; readonly suggestion?: string };
  /** A function that is not built in. */
  'render-function-unsupported': {
    readonly step: string;
    readonly name: string;
    readonly package: string;
    readonly builtIn: readonly string[];
  };
  /** A function gave up: its own message. */
  'render-function-fatal': { readonly step: string; readonly name: string; readonly message: string };
  /** A function that runs elsewhere gave no answer. */
  'render-function-unreachable': {
    readonly step: string;
    readonly name: string;
    readonly target: string;
    readonly message: string;
  };
  /** The real function's process would end here. */
  'render-function-crashed': { readonly step: string; readonly name: string; readonly message: string };
  /** An observed resource that does not say which resource of the composition it is. */
  'render-observed-unnamed': { readonly kind: string; readonly name: string; readonly annotation: string };
  /** An object of a group that CompositeResourceDefinitions belong to, and none of them defines its kind. */
  'preview-definition-missing': { readonly group: string; readonly kind: string };
  /** A claim for which there is no Composition, or not the one that it names. `kind` is the composite's. */
  'preview-composition-missing': {
    readonly kind: string;
    readonly name?: string;
    readonly suggestion?: string;
  };
  /** Several Compositions fit, and Crossplane takes any. */
  'preview-composition-ambiguous': { readonly kind: string; readonly names: readonly string[] };
  /** A Composition calls a function whose package is not among the manifests. */
  'preview-function-missing': { readonly name: string; readonly suggestion?: string };
  /** A resource waits for a field that nothing ever sets. */
  'preview-never-created': {
    readonly composition: string;
    readonly entry: string;
    readonly missing?: string;
  };
  'preview-function-warning': {
    readonly composition: string;
    readonly step: string;
    readonly message: string;
  };
}
