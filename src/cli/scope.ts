import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { kindsOf, type Scope } from '#report/report.ts';
import { CHECKS } from '#validate/check.ts';
import { uncovered } from '#validate/coverage.ts';
import { type ValidationOptions, validate } from '#validate/validate.ts';
import { clusters } from './cluster-of.ts';

/** Checks the manifests of one cluster, and tells what was checked by whom; what nobody checked is a finding. */
export function checkedScope(
  name: string,
  manifests: readonly Manifest[],
  options: ValidationOptions,
  earlier: readonly Finding[] = [],
  isWaived: (finding: Finding) => boolean = () => false,
): Scope {
  const outcomes = validate(manifests, { ...options, clusterOf: clusters(manifests) });
  const found = [
    ...earlier,
    ...outcomes.flatMap((outcome) => outcome.findings),
    ...uncovered(manifests, outcomes),
  ];
  const findings = found.filter((finding) => !isWaived(finding));
  const ran = outcomes.map(({ check, engine, covered }) => ({ check, engine, covered: covered.size }));
  const skipped = CHECKS.filter((check) => !outcomes.some((outcome) => outcome.check === check)).map(
    (check) => ({
      check,
      skipped: 'not asked for',
    }),
  );
  return {
    name,
    documents: kindsOf(manifests),
    checks: [...ran, ...skipped],
    findings,
    waived: found.length - findings.length,
  };
}
