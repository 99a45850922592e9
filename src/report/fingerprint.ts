import { createHash } from 'node:crypto';
import type { Finding } from '#model/finding.ts';
import { subjectText } from './report.ts';

/**
 * Fingerprints by which platforms know a finding again: from its code, whom it speaks of and where in it, never from the
 * line or the words. Several that are alike are told apart by their order.
 *
 * @returns One for each finding, in their order: 40 hexadecimal digits.
 */
export function fingerprints(findings: readonly (readonly [Finding, scope: string])[]): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(([finding, scope]) => {
    const { code, pointer = '', origin, args } = finding;
    const subject = subjectText(finding);
    // What speaks of no object is known by its file, and by what it says.
    const who = subject === '' ? [origin?.file ?? '', args] : [subject];
    const policy = 'policy' in args ? args.policy : '';
    const key = JSON.stringify([code, scope, policy, ...who, pointer]);
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return createHash('sha256')
      .update(before === 0 ? key : `${key} ${before}`)
      .digest('hex')
      .slice(0, 40);
  });
}
