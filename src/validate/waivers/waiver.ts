import type { Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { WaiverEntry } from '#model/waivers.ts';

/** Findings that somebody answers for: those of a file, which end one day, and those that plimsoll knows of itself. */
export interface Waiver extends Omit<WaiverEntry, 'until'> {
  /** Absent where it holds as long as this version of plimsoll. */
  readonly until?: string;
  /** Absent where it is plimsoll's own. */
  readonly origin?: Origin;
}

/** A finding that was waived, and by whom. */
export interface Waived {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

/** What is waived, in few words: `policy bucket-private`. */
export const waivedText = ({ code, policy }: Waiver): string =>
  [code, policy === undefined ? undefined : `policy ${policy}`]
    .filter((part) => part !== undefined)
    .join(' of ');

/** Whether a waiver is for a finding of an environment; expiry is another question. */
export function isFor(waiver: Waiver, finding: Finding, environment: string): boolean {
  const { code, policy } = waiver;
  if (code === undefined && policy === undefined) return false;
  if (code !== undefined && code !== finding.code) return false;
  if (policy !== undefined && policy !== policyOf(finding)) return false;
  const { subject } = finding;
  return (
    subject !== undefined &&
    selectsObject(waiver, { ...subject, kind: kindOf(finding) ?? subject.kind }, environment)
  );
}

/** An object as selectors see it. */
export interface Selectable {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function selectsObject(
  { selector = {} }: Waiver,
  { kind, namespace = '', name }: Selectable,
  environment: string,
): boolean {
  return (
    matches(selector.kind, kind) &&
    matches(selector.namespace, namespace) &&
    matches(selector.name, name) &&
    matches(selector.environment, environment)
  );
}

/** The policy that a finding is by; undefined for what no policy said. */
export function policyOf({ args }: Finding): string | undefined {
  return 'policy' in args && typeof args.policy === 'string' ? args.policy : undefined;
}

/** Whose kind a finding is about: of what a Composition composes, not the Composition. */
const kindOf = (finding: Finding): string | undefined =>
  finding.code === 'composition-base-unknown' ? finding.args.kind : finding.subject?.kind;

/** `*` stands for any characters, `?` for one. In linear time: no regular expression is made of what a file says. */
export function matches(glob: string | undefined, text: string): boolean {
  if (glob === undefined) return true;
  let at = 0;
  let inText = 0;
  let star = -1;
  let afterStar = 0;
  while (inText < text.length) {
    if (glob[at] === '*') {
      star = at++;
      afterStar = inText;
    } else if (glob[at] === '?' || (at < glob.length && glob[at] === text[inText])) {
      at++;
      inText++;
    } else if (star >= 0) {
      at = star + 1;
      inText = ++afterStar;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
