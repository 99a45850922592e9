import type { KubernetesObject } from '#manifests/manifest.ts';
import { applyDefaults } from '#validate/schema/defaults.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from '../render/composition.ts';
import type { Api } from './api.ts';
import { generatedName, uid } from './random.ts';

/**
 * A claim -> the composite resource that Crossplane makes of it (its package internal/controller/apiextensions/claim,
 * file syncer_ssa.go). Name and uid, which the cluster rolls dice for, are stand-ins that follow from the claim's
 * namespace and name.
 */
export function compositeOf(
  claim: KubernetesObject,
  api: Api,
  composition: JsonObject | undefined,
): KubernetesObject {
  const { name, namespace = '', labels, annotations } = claim.metadata;
  const seed = `${claim.kind}.${claim.apiVersion}/${namespace}/${name}`;
  const compositeName = generatedName(name, seed);
  const uidOfIt = uid(seed);
  const spec = fieldOf(claim, 'spec');
  const composite = {
    apiVersion: `${api.group}/${api.referenceable}`,
    kind: api.kind,
    metadata: {
      name: compositeName,
      generateName: `${name}-`,
      uid: uidOfIt,
      labels: {
        ...copied(labels),
        'crossplane.io/claim-name': name,
        'crossplane.io/claim-namespace': namespace,
        'crossplane.io/composite': compositeName,
      },
      annotations: copied(annotations),
    },
    spec: {
      ...specOf(isJsonObject(spec) ? spec : {}, api),
      claimRef: { apiVersion: claim.apiVersion, kind: claim.kind, name, namespace },
      ...selected(composition, uidOfIt),
    },
  };
  return defaulted(composite, api);
}

/** A composite that somebody wrote without a claim, as the cluster has it. */
export function ownComposite(object: KubernetesObject, api: Api): KubernetesObject {
  const { name, namespace = '', labels } = object.metadata;
  const seed = `${object.kind}.${object.apiVersion}/${namespace}/${name}`;
  return defaulted(
    {
      ...object,
      metadata: {
        ...object.metadata,
        uid: uid(seed),
        labels: { ...labels, 'crossplane.io/composite': name },
      },
    },
    api,
  );
}

/** Fields of the composite that hold stand-ins, as paths. */
export const STAND_INS: readonly (readonly string[])[] = [
  ['metadata', 'uid'],
  ['spec', 'writeConnectionSecretToRef', 'name'],
];
/** These too where the composite is made of a claim. */
export const CLAIMED_STAND_INS: readonly (readonly string[])[] = [
  ...STAND_INS,
  ['metadata', 'name'],
  ['metadata', 'labels', 'crossplane.io/composite'],
];

/** Fields of a claim that are Crossplane's own; of these the composite gets but a few. */
const MACHINERY: ReadonlySet<string> = new Set([
  'compositeDeletePolicy',
  'compositionRef',
  'compositionRevisionRef',
  'compositionRevisionSelector',
  'compositionSelector',
  'compositionUpdatePolicy',
  'publishConnectionDetailsTo',
  'resourceRef',
  'writeConnectionSecretToRef',
]);
const PROPAGATED = [
  'compositionRef',
  'compositionSelector',
  'compositionUpdatePolicy',
  'compositionRevisionSelector',
] as const;

function specOf(spec: JsonObject, { updatePolicy }: Api): JsonObject {
  const policy = textOf(spec, 'compositionUpdatePolicy') || updatePolicy;
  const kept = policy === 'Manual' ? [...PROPAGATED, 'compositionRevisionRef'] : PROPAGATED;
  return {
    compositionUpdatePolicy: policy,
    ...Object.fromEntries(
      Object.entries(spec).filter(([field]) => !MACHINERY.has(field) || kept.some((one) => one === field)),
    ),
  };
}

/** What the composite's own controller adds when it has chosen a composition. */
function selected(composition: JsonObject | undefined, uidOfIt: string): JsonObject {
  if (composition === undefined) return {};
  const namespace = textOf(fieldOf(composition, 'spec'), 'writeConnectionSecretsToNamespace');
  return {
    compositionRef: { name: textOf(fieldOf(composition, 'metadata'), 'name') },
    ...(namespace === '' ? {} : { writeConnectionSecretToRef: { name: uidOfIt, namespace } }),
  };
}

/** Labels and annotations but those of Kubernetes itself. */
function copied(of: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(isJsonObject(of) ? of : {}).flatMap(([key, value]) =>
      typeof value === 'string' && !/(kubernetes|k8s)\.io$/.test(key.split('/')[0] ?? '')
        ? [[key, value]]
        : [],
    ),
  );
}

/** With the defaults of the XRD's schema. Its parts stay what they were: read, never write. */
function defaulted(composite: KubernetesObject, { schema }: Api): KubernetesObject {
  // The bridge over the schema's defaults: what a schema adds to an object leaves it one.
  return applyDefaults(schema, composite) as KubernetesObject;
}
