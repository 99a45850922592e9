import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { pointerOf } from '../builtin/field.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import type { SchemaStore } from '../schema/store.ts';
import { checkTrust } from '../trust/check.ts';
import { access } from './access.ts';
import { applications } from './applications.ts';
import { autoscaling } from './autoscaling.ts';
import { claims } from './claims.ts';
import { classes } from './classes.ts';
import { configuration } from './configuration.ts';
import { disruption } from './disruption.ts';
import { checkExternalNames } from './external-name.ts';
import { type Graph, graphOf, type Report, type Rule } from './graph.ts';
import { identities } from './identities.ts';
import { checkIdentities } from './identity.ts';
import { ingresses } from './ingress.ts';
import { namespaces } from './namespaces.ts';
import { networkPolicies } from './network-policies.ts';
import { podReferences } from './pod-references.ts';
import { promises } from './promises.ts';
import { providerConfigs } from './provider-configs.ts';
import { pruning } from './pruning.ts';
import { scheduling } from './scheduling.ts';
import { secretStores } from './secret-stores.ts';
import { services } from './services.ts';
import { spread } from './spread.ts';
import { storage } from './storage.ts';

/**
 * What documents say of each other: that an object is there once, that what is named is there, that it fits.
 *
 * Input: manifests that go to one cluster, and what Crossplane will make of their claims; the schemas, which know what
 * has a namespace. Output: one outcome. Guarantees: pure; time grows with the documents, not with their pairs; a
 * reference to what others can make is a warning, or nothing where it is certain that they make such; see reference.ts.
 */
export function checkGraph(
  manifests: readonly Manifest[],
  store: Pick<SchemaStore, 'find' | 'versionsOf'>,
  {
    elsewhere,
    deleted = [],
  }: { readonly elsewhere?: Elsewhere | undefined; readonly deleted?: readonly Manifest[] } = {},
): CheckOutcome {
  const identities = checkIdentities(manifests, store);
  return {
    ...identities,
    findings: [
      ...identities.findings,
      ...checkExternalNames(manifests),
      ...checkReferences(manifests, store, elsewhere),
      ...checkPruning(manifests, deleted, store),
      ...checkTrust(manifests),
    ],
  };
}

/** What is said of a cluster by documents that go to another one, where one Argo CD delivers to several. */
export interface Elsewhere {
  /** The Applications that deliver to the cluster. */
  readonly applications: readonly Manifest[];
  /** What the cluster's environment claims in AWS, wherever it does. */
  readonly cloud: readonly Manifest[];
}

/**
 * Every rule over the same index, in a fixed order. Where Applications are elsewhere, what is said of them is
 * `checkDelivery`'s, which sees all clusters.
 */
export function checkReferences(
  manifests: readonly Manifest[],
  store: Pick<SchemaStore, 'find'>,
  elsewhere?: Elsewhere,
): readonly Finding[] {
  const rules = elsewhere === undefined ? [...RULES, applications] : RULES;
  return findingsOf(graphOf(manifests, store, elsewhere), rules);
}

/** What Argo CD's Applications say of the documents that they bring to clusters: all documents of one Argo CD. */
export const checkDelivery = (
  manifests: readonly Manifest[],
  store: Pick<SchemaStore, 'find'>,
  clusterOf: (manifest: Manifest) => string,
): readonly Finding[] => findingsOf(graphOf(manifests, store, { clusterOf }), [applications]);

/** What a change takes out, but not of the cluster. */
export const checkPruning = (
  manifests: readonly Manifest[],
  deleted: readonly Manifest[],
  store: Pick<SchemaStore, 'find'>,
): readonly Finding[] => reported((report) => pruning(manifests, deleted, store, report));

const findingsOf = (graph: Graph, rules: readonly Rule[]): readonly Finding[] =>
  reported((report) => {
    for (const rule of rules) rule(graph, report);
  });

function reported(judge: (report: Report) => void): readonly Finding[] {
  const findings: Finding[] = [];
  judge(({ manifest }, field, { code, args, severity = 'error' }) => {
    // The bridge over the union: code and args come from one problem, which has them matched.
    findings.push(findingAt(manifest, { code, severity, args } as Finding, pointerOf(field)));
  });
  return findings;
}

const RULES: readonly Rule[] = [
  autoscaling,
  disruption,
  services,
  ingresses,
  configuration,
  podReferences,
  storage,
  spread,
  networkPolicies,
  promises,
  namespaces,
  access,
  classes,
  providerConfigs,
  secretStores,
  claims,
  identities,
  scheduling,
];
