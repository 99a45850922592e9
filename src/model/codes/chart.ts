interface OfChart {
  readonly chart: string;
  readonly version: string;
}

/** Codes of rendering Helm charts, and of asking for newer ones. Values are the arguments that the sentence needs. */
export interface ChartCodes {
  /** Nobody said which bytes this version is. */
  'chart-not-locked': OfChart;
  /** The lock file, a packed chart or its folder can't be used. */
  'chart-unreadable': { readonly file: string; readonly problem: string };
  /** Other bytes than those that were locked. */
  'chart-changed': { readonly file: string; readonly expected: string; readonly found: string };
  /** Helm can't be run at all. */
  'chart-helm-missing': { readonly program: string; readonly problem: string };
  'chart-render-failed': OfChart & { readonly problem: string };
  /** The chart's own schema objects to a value. */
  'chart-value-refused': OfChart & { readonly problem: string };
  /** Two renderings of the same chart with the same values differ. */
  'chart-not-repeatable': OfChart & { readonly objects: readonly string[] };
  /** A Secret with data in what the chart renders. */
  'chart-secret': OfChart & { readonly secret: string; readonly keys: readonly string[] };
  /** Something that Argo CD makes at each sync, not once. */
  'chart-hook': OfChart & { readonly object: string; readonly hooks: readonly string[] };
  'chart-outdated': OfChart & { readonly newest: string; readonly isOwn: boolean };
  /** A repository that does not tell which versions there are. */
  'chart-repository-failed': { readonly repository: string; readonly problem: string };
}
