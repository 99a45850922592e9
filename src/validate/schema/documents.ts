import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { findingAt } from '../finding.ts';
import { documentJudge } from './check.ts';
import { type CrdSchema, crdOfDocument } from './crd.ts';
import { isBuiltIn, type SchemaStore } from './store.ts';

/**
 * Schemas that come with the manifests: CustomResourceDefinitions, and the CRDs that Crossplane makes of
 * CompositeResourceDefinitions. An API that is defined beside its objects needs no import.
 */

/** The CRDs that Crossplane makes of an XRD, one for the composite and one for the claim. */
export type CrdsOfXrd = (xrd: KubernetesObject) => readonly unknown[];

/** A definition among the manifests, and the CRDs that it is, or that are made of it. */
export interface Definition {
  readonly manifest: Manifest;
  readonly crds: readonly CrdSchema[];
}

/**
 * Whether it is Crossplane that makes CRDs of a definition: to the API server its schema is free-form, and what is wrong
 * with it shows when Crossplane brings the CRD.
 */
export const isXrd = ({ object }: Manifest): boolean =>
  groupOf(object.apiVersion) === 'apiextensions.crossplane.io' &&
  object.kind === 'CompositeResourceDefinition';

export interface DocumentCrds {
  readonly crds: readonly CrdSchema[];
  /** Where they come from. */
  readonly definitions: readonly Definition[];
  /** Definitions that could not be used: CRDs, */
  readonly findings: readonly Finding[];
  /** and XRDs. */
  readonly ofXrds: readonly Finding[];
}

/** Finds the schemas in manifests. Only those whose API is itself what its schema says are used. */
export function crdsIn(
  manifests: readonly Manifest[],
  store: SchemaStore,
  crdsOfXrd: CrdsOfXrd = () => [],
): DocumentCrds {
  const judge = documentJudge(store);
  const sources: Definition[] = [];
  const findings: Finding[] = [];
  const ofXrds: Finding[] = [];
  for (const manifest of manifests) {
    const definitions = definitionsIn(manifest.object, crdsOfXrd);
    if (definitions === undefined) continue;
    const { apiVersion, kind } = manifest.object;
    const schema = store.find(apiVersion, kind);
    const sound = schema !== undefined && !judge(manifest.object, schema).some((problem) => isFatal(problem));
    const read = sound ? readAll(definitions) : undefined;
    const told = isXrd(manifest) ? ofXrds : findings;
    if (read === undefined) told.push(findingAt(manifest, UNUSABLE, ''));
    // What Kubernetes itself serves can't be taken over: it would be judged by whatever the document says.
    else if (read.some((crd) => isBuiltIn(crd, store))) told.push(findingAt(manifest, TAKEN, ''));
    else sources.push({ manifest, crds: read });
  }
  return { crds: sources.flatMap(({ crds }) => crds), definitions: sources, findings, ofXrds };
}

/**
 * A mistake elsewhere (in the conversion webhook, say) is reported with the document, and leaves the schema usable;
 * mistakes that are not listed may be anywhere.
 */
const isFatal = ({ code, severity, pointer = '' }: Finding) =>
  severity === 'error' &&
  (code === 'schema-more' || /^\/spec(\/(versions|names|claimNames|group|scope)(\/|$)|$)/.test(pointer));

const UNUSABLE: Finding = {
  code: 'schema-unusable',
  severity: 'error',
  args: { problem: 'its definition has errors of its own' },
};

const TAKEN: Finding = {
  code: 'schema-unusable',
  severity: 'error',
  args: { problem: 'it names a kind of Kubernetes itself, which no definition can replace' },
};

/** The CRDs that an object defines, not made yet; undefined where it is no definition. */
function definitionsIn(
  object: KubernetesObject,
  crdsOfXrd: CrdsOfXrd,
): (() => readonly unknown[]) | undefined {
  const group = object.apiVersion.split('/')[0];
  if (group === 'apiextensions.k8s.io' && object.kind === 'CustomResourceDefinition') return () => [object];
  return group === 'apiextensions.crossplane.io' && object.kind === 'CompositeResourceDefinition'
    ? () => crdsOfXrd(object)
    : undefined;
}

function readAll(definitions: () => readonly unknown[]): readonly CrdSchema[] | undefined {
  let documents: readonly unknown[];
  try {
    documents = definitions();
  } catch (error) {
    // An XRD's schema is free-form to its own CRD, so what converts it may meet anything.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  const crds = documents.map(crdOfDocument);
  return crds.every((crd) => crd !== undefined) ? crds : undefined;
}
