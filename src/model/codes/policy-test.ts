/** Codes of `plimsoll policy test`: of policies, and of the cases beside them. */
export interface PolicyTestCodes {
  'policy-case-invalid': { readonly case: string; readonly problem: string };
  'policy-case-failed': {
    readonly policy: string;
    readonly case: string;
    readonly expected: string;
    readonly actual: string;
  };
  /** Cases of a policy that there is not. */
  'policy-case-stray': { readonly policy: string; readonly suggestion?: string };
  /** `validation` counts from 0; absent where no case is allowed at all. */
  'policy-case-missing': {
    readonly policy: string;
    readonly validation?: number;
    readonly message?: string;
    /** A change of a passing case that would do. */
    readonly change?: string;
  };
  /** No case and no change of a passing case makes it fail. */
  'policy-validation-dead': {
    readonly policy: string;
    readonly validation: number;
    readonly message: string;
    readonly tried: number;
  };
  'policy-annotation-missing': { readonly policy: string; readonly annotations: readonly string[] };
  /** It judged no document of any environment. */
  'policy-matched-nothing': { readonly policy: string; readonly environments: number };
}
