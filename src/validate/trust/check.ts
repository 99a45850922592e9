/**
 * Who may do what in AWS and Atlas, who may be whom, and from where.
 *
 * In: manifests that go to one cluster, with what their claims will create where that is known. Out: findings.
 * Guarantees: pure; managed resources that only look at something are left out; a policy that can't be read is a finding.
 */
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import { at, pointerOf, textOf } from '../builtin/field.ts';
import { findingAt } from '../finding.ts';
import { checkAssuming } from './assume.ts';
import { checkExposure } from './exposure.ts';
import { checkPermissions } from './permissions.ts';
import { checkSignIn } from './sign-in.ts';
import { type Report, thingOf } from './thing.ts';

export function checkTrust(manifests: readonly Manifest[]): readonly Finding[] {
  const things = manifests.flatMap((manifest) => thingOf(manifest) ?? []);
  const findings: Finding[] = [];
  const suggest = suggester();
  const report: Report = (thing, field, problem) => {
    const { severity = 'error' } = problem;
    findings.push(findingAt(thing.manifest, { ...problem, severity }, pointerOf(field)));
  };
  checkPermissions(things, accountOf(manifests), suggest, report);
  checkAssuming(things, report);
  checkSignIn(things, suggest, report);
  checkExposure(things, report);
  return findings;
}

/** The account that a claim of a cluster says; of several, none. */
function accountOf(manifests: readonly Manifest[]): string | undefined {
  const said = manifests
    .map(({ object }) => textOf(at({ value: object }, 'spec', 'account')))
    .filter((account) => /^[0-9]{12}$/.test(account));
  return new Set(said).size === 1 ? said[0] : undefined;
}
