import { fileName, groupOf } from '#manifests/identity.ts';
import { type KubernetesObject, type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Checked, Finding } from '#model/finding.ts';
import type { SchemaStore } from '#validate/schema/store.ts';
import { type JsonObject, textOf } from '../render/composition.ts';
import { kindKey, type Offer, type OfferedKind, offerOf } from './api.ts';
import { managedLocate } from './blame.ts';
import { chooseComposition } from './choose.ts';
import { compositeOf, ownComposite } from './composite.ts';
import { type Flow, flowOf } from './flow.ts';
import { functionsFor } from './functions.ts';
import { latePlaces } from './late.ts';
import { type Reconciled, reconcile } from './passes.ts';

/**
 * What Crossplane will create from the claims among the manifests of one cluster, without that cluster.
 *
 * Input: manifests, anybody's, of which claims, CompositeResourceDefinitions, Compositions and Functions count;
 * schemas. Output: each claim's composite and its managed resources as manifests; findings, each with the claim's line.
 * Guarantees: pure, never throws on content, bounded; the same manifests give the same preview. What only the cluster,
 * AWS or Atlas can know is a stand-in, and `late` lists every value in which one had a part. What needs a function
 * that is not built in is told, not passed over.
 *
 * 1. api.ts: what may be claimed  2. choose.ts: which Composition  3. composite.ts: claim -> composite
 * 4. passes.ts: reconcile until all is there (observe.ts, cloud.ts, stand-in.ts: what providers say)
 * 5. late.ts: which values are known only later  6. blame.ts: whose line a place comes from
 */
export function previewClaims(
  manifests: readonly Manifest[],
  options: PreviewOptions,
): Checked<readonly PreviewedClaim[]> {
  const offer = offerOf(manifests);
  if (offer.groups.size === 0) return { value: [], findings: [] };
  const run: Run = { offer, options, told: new Set() };
  const previews = manifests.flatMap((manifest) => previewed(manifest, run));
  return {
    value: previews.flatMap(({ value }) => value ?? []),
    findings: previews.flatMap(({ findings }) => findings),
  };
}

export interface PreviewOptions {
  /** Schemas of managed resources, which give late values their types. */
  readonly store: Pick<SchemaStore, 'find'>;
  /** Account in AWS; undefined where nobody knows. */
  readonly account?: string;
  /** Whom to blame for what a Composition's bases say; see blame.ts. */
  readonly blameBase: 'claim' | 'composition';
}

/** A claim, or a composite that somebody wrote without one, and what becomes of it. */
export interface PreviewedClaim {
  readonly claim: Manifest;
  readonly composition: Manifest;
  /** With defaults, and with the status that resources take values from when all is there. */
  readonly composite: KubernetesObject;
  /** In the order of their names in the composition. */
  readonly resources: readonly ManagedResource[];
}

export interface ManagedResource {
  /** Name in the composition. */
  readonly entry: string;
  /** Its file is where `preview --output` writes it: beside the claim, in a folder of the claim's name. */
  readonly manifest: Manifest;
  /** JSON pointers of the values that are known only after creation: what is there now is a stand-in. */
  readonly late: readonly string[];
}

interface Run {
  readonly offer: Offer;
  readonly options: PreviewOptions;
  /** What is said once, not of every claim. */
  readonly told: Set<string>;
}

function previewed(manifest: Manifest, run: Run): readonly Checked<PreviewedClaim>[] {
  const { apiVersion, kind } = manifest.object;
  const group = groupOf(apiVersion);
  if (!run.offer.groups.has(group)) return [];
  const offered = run.offer.kinds.get(kindKey(group, kind));
  if (offered !== undefined) return [previewOf(manifest, offered, run)];
  if (run.offer.others.has(kindKey(group, kind))) return [];
  const finding: Finding = { code: 'preview-definition-missing', severity: 'warning', args: { group, kind } };
  return [{ value: undefined, findings: [blamed(manifest, finding)] }];
}

function previewOf(claim: Manifest, { api, isClaim }: OfferedKind, run: Run): Checked<PreviewedClaim> {
  const { offer, options } = run;
  const chosen = chooseComposition(claim.object, api, offer.compositions);
  const findings = chosen.findings.map((finding) => blamed(claim, finding));
  const composition = chosen.value;
  if (composition === undefined) return { value: undefined, findings };
  const functions = functionsFor(composition.object, offer.functions);
  const flow = flowOf(composition.object);
  const composite = isClaim
    ? compositeOf(claim.object, api, composition.object)
    : ownComposite(claim.object, api);
  const outcome = reconcile({
    composite,
    composition: composition.object,
    functions: functions.functions,
    flow,
    around: {
      claim: claim.object.metadata.name,
      account: options.account,
      schemaOf: (apiVersion, kind) => options.store.find(apiVersion, kind)?.schema,
    },
  });
  const { name } = composition.object.metadata;
  const found = [...functions.findings, ...outcome.findings.map(softened)].filter((finding) =>
    isNew(finding, run),
  );
  findings.push(...found.map((finding) => blamed(claim, finding)));
  if (outcome.value === undefined) return { value: undefined, findings };
  findings.push(...problemsOf(outcome.value, name).map((finding) => blamed(claim, finding)));
  const resources = managed(claim, composition, flow, outcome.value, { isClaim, options });
  return { value: { claim, composition, composite: outcome.value.composite, resources }, findings };
}

/** That plimsoll can't run something is no mistake of the claim's; that functions are missing or fail is one. */
const softened = (finding: Finding): Finding =>
  finding.code === 'render-function-unsupported' || finding.code === 'render-composition'
    ? { ...finding, severity: 'warning' }
    : finding;

/** Warnings about functions and compositions are the same for every claim. */
function isNew(finding: Finding, { told }: Run): boolean {
  if (finding.severity !== 'warning' && finding.code !== 'preview-function-missing') return true;
  const key = JSON.stringify([finding.code, finding.args]);
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

/** What the function says of each resource that waits; `held` says it better. */
const WAITING = 'not adding new composed resource ';

function problemsOf({ results, held }: Reconciled, composition: string): readonly Finding[] {
  return [
    ...held.map(({ entry, missing }): Finding => {
      const args = { composition, entry: entry.name, ...(missing === undefined ? {} : { missing }) };
      return { code: 'preview-never-created', severity: 'error', args };
    }),
    ...results
      .filter(({ severity, message }) => severity === 'SEVERITY_WARNING' && !message.startsWith(WAITING))
      .map(
        ({ step, message }): Finding => ({
          code: 'preview-function-warning',
          severity: 'warning',
          args: { composition, step, message },
        }),
      ),
  ];
}

function managed(
  claim: Manifest,
  composition: Manifest,
  flow: Flow,
  reconciled: Reconciled,
  { isClaim, options }: { readonly isClaim: boolean; readonly options: PreviewOptions },
): readonly ManagedResource[] {
  const late = latePlaces(flow, reconciled, isClaim);
  const folder = claim.file.replace(/\.(ya?ml|json)$/, '');
  return reconciled.resources.map(({ name, object: rendered }) => {
    const object = kubernetesObject(rendered);
    const entry = flow.byName.get(name);
    const locate = managedLocate(flow, entry, { claim, composition, base: options.blameBase });
    const manifest = { object, file: `${folder}/${fileName(object)}`, locate };
    return { entry: name, manifest, late: late.get(name) ?? [] };
  });
}

/** Every resource has got a name on the way; its kind may be missing, which its schema check tells. */
function kubernetesObject(rendered: JsonObject): KubernetesObject {
  const identity = { apiVersion: textOf(rendered, 'apiVersion'), kind: textOf(rendered, 'kind') };
  // The bridge: what identity and name are was just made sure of.
  return { ...rendered, ...identity } as KubernetesObject;
}

/** The finding with whom it speaks of and the line of the claim. */
function blamed(claim: Manifest, finding: Finding): Finding {
  const pointer = finding.pointer ?? '';
  const origin = claim.locate(pointer);
  return { ...finding, subject: subjectOf(claim), pointer, ...(origin && { origin }) };
}
