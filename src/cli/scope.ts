import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { PreviewedClaim } from '#preview/claims/preview.ts';
import { kindsOf, type Scope } from '#report/report.ts';
import { CHECKS, type CheckOutcome } from '#validate/check.ts';
import { uncovered } from '#validate/coverage.ts';
import { ledgerOf } from '#validate/ledger.ts';
import { type ValidationOptions, validate } from '#validate/validate.ts';
import type { Looked } from '#validate/waivers/apply.ts';
import { clusters } from './cluster-of.ts';

/** What comes to a scope besides its manifests. */
interface Besides {
  readonly earlier?: readonly Finding[];
  /** What the claims among the manifests will create: checked with them, counted apart, never written. */
  readonly claims?: readonly PreviewedClaim[];
  /** What else the hub has, on which they rely: it is checked with the hub, and nothing is said of it here. */
  readonly ofHub?: readonly Manifest[];
  /** The claims that were there before the change, and what came of them. */
  readonly formerClaims?: readonly PreviewedClaim[];
  /** The environment of all of it; without, each cluster among the manifests is one. */
  readonly environment?: string;
  /** Whether a report asks for who looked at what. */
  readonly withLedger?: boolean;
}

/** A checked scope, before anything that was found is let pass. */
export interface CheckedScope {
  readonly scope: Scope;
  /** The documents that were looked at, by environment. */
  readonly looked: Looked['environments'];
  readonly environmentOf: (finding: Finding) => string;
  /** Policies that judged at least one document. */
  readonly judging: ReadonlySet<string>;
}

/**
 * Checks the manifests of one cluster, and what their claims will create in it, and tells what was checked by whom; what
 * nobody checked is a finding.
 */
export function checkedScope(
  name: string,
  manifests: readonly Manifest[],
  options: ValidationOptions,
  { earlier = [], claims = [], ofHub = [], formerClaims = [], environment, withLedger = false }: Besides = {},
): CheckedScope {
  const former = new Set(formerClaims.flatMap(({ resources }) => resources.map(({ manifest }) => manifest)));
  const gone = (options.deleted ?? []).filter((manifest) => !former.has(manifest));
  const placed = clusters([...ofHub, ...manifests, ...gone]);
  const { clusterOf } = placed;
  const homesOf = (of: readonly PreviewedClaim[]) =>
    new Map(
      of.flatMap(({ claim, resources }) =>
        resources.map(({ manifest }) => [manifest, clusterOf(claim)] as const),
      ),
    );
  const homes = homesOf(claims);
  const formerHomes = homesOf(formerClaims);
  const all = [...manifests, ...homes.keys()];
  const written = new Map(
    claims.flatMap(({ claim, resources }) => resources.map(({ manifest }) => [manifest, claim] as const)),
  );
  const homeOf = (manifest: Manifest) =>
    homes.get(manifest) ?? formerHomes.get(manifest) ?? clusterOf(manifest);
  const { fleets } = placed;
  const outcomes = without(
    ofHub,
    all,
    validate([...ofHub, ...all], { ...options, clusterOf: homeOf, ...(fleets && { fleets }) }),
  );
  const said = outcomes.flatMap((outcome) => outcome.findings);
  const belonging = environmentsOf(all, environment, (one) => placed.environmentOf(written.get(one) ?? one));
  const findings = [
    ...earlier,
    ...softened(said, [...homes.keys()], belonging.environmentOf),
    ...uncovered(all, outcomes),
  ];
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
  const scope: Scope = {
    name,
    documents: kindsOf(manifests),
    checks: [...ran, ...skipped],
    ...(claims.length > 0 && { previewed: { claims: claims.length, resources: homes.size, checks } }),
    findings,
    waived: [],
    ...(withLedger && { ledger: ledgerOf(all, outcomes, new Set(homes.keys())) }),
  };
  const judging = new Set(outcomes.flatMap(({ judgedBy }) => [...(judgedBy?.values() ?? [])].flat()));
  return { scope, judging, ...belonging };
}

/** Outcomes without those of some manifests, that were there for the others' sake. */
function without(
  some: readonly Manifest[],
  others: readonly Manifest[],
  outcomes: readonly CheckOutcome[],
): readonly CheckOutcome[] {
  if (some.length === 0) return outcomes;
  const subjects = new Set(some.map((manifest) => JSON.stringify(subjectOf(manifest))));
  for (const other of others) subjects.delete(JSON.stringify(subjectOf(other)));
  const left = new Set<Manifest>(some);
  return outcomes.map((outcome) => ({
    ...outcome,
    findings: outcome.findings.filter(({ subject }) => !subjects.has(JSON.stringify(subject))),
    covered: new Set([...outcome.covered].filter((manifest) => !left.has(manifest))),
  }));
}

/** Which environment documents and findings belong to. */
function environmentsOf(
  documents: readonly Manifest[],
  environment: string | undefined,
  nameOf: (manifest: Manifest) => string,
): Pick<CheckedScope, 'looked' | 'environmentOf'> {
  if (environment !== undefined)
    return { looked: [{ name: environment, documents }], environmentOf: () => environment };
  const byName = new Map<string, Manifest[]>();
  const ofFile = new Map<string, string>();
  for (const document of documents) {
    const name = nameOf(document);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [document]);
    else others.push(document);
    ofFile.set(document.file, name);
  }
  return {
    looked: [...byName].map(([name, own]) => ({ name, documents: own })),
    environmentOf: ({ origin }) => (origin === undefined ? '' : (ofFile.get(origin.file) ?? '')),
  };
}

/**
 * A kind of managed resource without a schema is told once in each environment, as a warning: what a provider's kinds are,
 * is seldom among the manifests of those who claim. It is told of the first by name, so that every command tells it of the
 * same one, and a baseline that one wrote holds for the other.
 */
function softened(
  findings: readonly Finding[],
  managed: readonly Manifest[],
  environmentOf: (finding: Finding) => string,
): readonly Finding[] {
  const subjects = new Set(managed.map((manifest) => JSON.stringify(subjectOf(manifest))));
  const isSoft = (finding: Finding) =>
    finding.code === 'schema-missing' && subjects.has(JSON.stringify(finding.subject));
  const keyOf = (finding: Finding) => JSON.stringify([environmentOf(finding), finding.args]);
  const firsts = new Map<string, string>();
  for (const finding of findings.filter(isSoft)) {
    const name = JSON.stringify(finding.subject);
    const first = firsts.get(keyOf(finding));
    if (first === undefined || name < first) firsts.set(keyOf(finding), name);
  }
  const told = new Set<string>();
  return findings.flatMap((finding) => {
    if (!isSoft(finding)) return [finding];
    const key = keyOf(finding);
    if (told.has(key) || firsts.get(key) !== JSON.stringify(finding.subject)) return [];
    told.add(key);
    return [{ ...finding, severity: 'warning' as const }];
  });
}
