import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { mayPass } from './refused.ts';
import { isFor, selectsObject, type Waived, type Waiver, waivedText } from './waiver.ts';

/** Findings of one environment, parted by the waivers: what stays, and what is waived, by the first waiver for it. */
export function waive(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  environmentOf: (finding: Finding) => string,
): { readonly findings: readonly Finding[]; readonly waived: readonly Waived[] } {
  if (waivers.length === 0) return { findings, waived: [] };
  const stay: Finding[] = [];
  const waived: Waived[] = [];
  for (const finding of findings) {
    const environment = environmentOf(finding);
    const waiver = mayPass(finding) ? waivers.find((one) => isFor(one, finding, environment)) : undefined;
    if (waiver === undefined) stay.push(finding);
    else waived.push({ finding, waiver });
  }
  return { findings: stay, waived };
}

/** What a run looked at, as far as it tells whether something would have been found. */
export interface Looked {
  /** Documents by environment. */
  readonly environments: readonly { readonly name: string; readonly documents: readonly Manifest[] }[];
  /** Whether that was everything there is; then what was not met does not exist. */
  readonly isWhole: boolean;
}

/**
 * Waivers of a file that waived nothing, although what they select was looked at or would have been. Of a run that
 * leaves checks or policies out nothing can be said: don't ask.
 */
export function unusedWaivers(
  waivers: readonly Waiver[],
  waived: readonly Waived[],
  { environments, isWhole }: Looked,
): readonly Finding[] {
  const used = new Set(waived.map(({ waiver }) => waiver));
  const wasMet = (waiver: Waiver) =>
    environments.some(({ name, documents }) =>
      documents.some(({ object: { kind, metadata } }) => selectsObject(waiver, { kind, ...metadata }, name)),
    );
  return waivers
    .filter((waiver) => waiver.origin !== undefined && !used.has(waiver) && (isWhole || wasMet(waiver)))
    .map((waiver) => ({
      code: 'waiver-unused',
      severity: 'warning',
      ...(waiver.origin && { origin: waiver.origin }),
      args: { waived: waivedText(waiver), owner: waiver.owner },
    }));
}
