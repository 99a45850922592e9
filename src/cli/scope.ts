import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { PreviewedClaim } from '#preview/claims/preview.ts';
import { kindsOf, type Scope } from '#report/report.ts';
import { CHECKS, type CheckOutcome } from '#validate/check.ts';
import { uncovered } from '#validate/coverage.ts';
import { type ValidationOptions, validate } from '#validate/validate.ts';
import { clusters } from './cluster-of.ts';

/** What comes to a scope besides its manifests. */
interface Besides {
  readonly earlier?: readonly Finding[];
  /** What the claims among the manifests will create: checked with them, counted apart, never written. */
  readonly claims?: readonly PreviewedClaim[];
  readonly isWaived?: (finding: Finding) => boolean;
}

/**
 * Checks the manifests of one cluster, and what their claims will create in it, and tells what was checked by whom; what
 * nobody checked is a finding.
 */
export function checkedScope(
  name: string,
  manifests: readonly Manifest[],
  options: ValidationOptions,
  { earlier = [], claims = [], isWaived = () => false }: Besides = {},
): Scope {
  const clusterOf = clusters(manifests);
  const homes = new Map(
    claims.flatMap(({ claim, resources }) =>
      resources.map(({ manifest }) => [manifest, clusterOf(claim)] as const),
    ),
  );
  const all = [...manifests, ...homes.keys()];
  const outcomes = validate(all, {
    ...options,
    clusterOf: (manifest) => homes.get(manifest) ?? clusterOf(manifest),
  });
  const said = outcomes.flatMap((outcome) => outcome.findings);
  const found = [...earlier, ...softened(said, [...homes.keys()]), ...uncovered(all, outcomes)];
  const findings = found.filter((finding) => !isWaived(finding));
  const managed = (outcome: CheckOutcome) => [...outcome.covered].filter((one) => homes.has(one)).length;
  const ran = outcomes.map((outcome) => {
    const { check, engine, covered } = outcome;
    return { check, engine, covered: covered.size - managed(outcome) };
  });
  const skipped = CHECKS.filter((check) => !outcomes.some((outcome) => outcome.check === check)).map(
    (check) => ({
      check,
      skipped: 'not asked for',
    }),
  );
  const checks = outcomes.map((outcome) => ({ check: outcome.check, covered: managed(outcome) }));
  return {
    name,
    documents: kindsOf(manifests),
    checks: [...ran, ...skipped],
    ...(claims.length > 0 && { previewed: { claims: claims.length, resources: homes.size, checks } }),
    findings,
    waived: found.length - findings.length,
  };
}

/**
 * A kind of managed resource without a schema is told once, as a warning: what a provider's kinds are, is seldom among
 * the manifests of those who claim.
 */
function softened(findings: readonly Finding[], managed: readonly Manifest[]): readonly Finding[] {
  const subjects = new Set(managed.map((manifest) => JSON.stringify(subjectOf(manifest))));
  const told = new Set<string>();
  return findings.flatMap((finding) => {
    if (finding.code !== 'schema-missing' || !subjects.has(JSON.stringify(finding.subject))) return [finding];
    const key = JSON.stringify(finding.args);
    if (told.has(key)) return [];
    told.add(key);
    return [{ ...finding, severity: 'warning' as const }];
  });
}
