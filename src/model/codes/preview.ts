/** Codes of rendering a composite resource. Values are the arguments that the sentence needs. */
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
}
