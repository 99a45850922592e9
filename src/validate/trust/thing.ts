import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { TrustCodes } from '#model/codes/trust.ts';
import type { Severity } from '#model/finding.ts';
import { at, type Field, isFields, items, textOf } from '../builtin/field.ts';

/** A managed resource, as the rules on trust see it. */
export interface Thing {
  readonly manifest: Manifest;
  /** `Queue.sqs.aws.upbound.io`; namespaced kinds are the same things. */
  readonly kind: string;
  /** What was asked for: `spec.forProvider`. */
  readonly asked: Field;
  readonly externalName: string;
}

export type Problem = {
  readonly [C in keyof TrustCodes]: {
    readonly code: C;
    readonly args: TrustCodes[C];
    /** `error` where nothing is said. */
    readonly severity?: Severity;
  };
}[keyof TrustCodes];

/** Takes what is wrong: where in which thing. */
export type Report = (thing: Thing, field: Field, problem: Problem) => void;

const PROVIDERS = /\.(aws|mongodbatlas)\.(m\.)?(upbound|crossplane)\.io$/;

/** Of a manifest that is a managed resource in AWS or Atlas, which is more than looked at. */
export function thingOf(manifest: Manifest): Thing | undefined {
  const { apiVersion, kind, metadata } = manifest.object;
  const group = groupOf(apiVersion);
  if (!PROVIDERS.test(`.${group}`)) return undefined;
  const spec = at({ value: manifest.object }, 'spec');
  const policies = items(at(spec, 'managementPolicies')).map(textOf);
  if (policies.length > 0 && policies.every((policy) => policy === 'Observe')) return undefined;
  const external = metadata.annotations?.['crossplane.io/external-name'];
  return {
    manifest,
    kind: `${kind}.${group.replace(/\.m\.(upbound|crossplane)\.io$/, '.$1.io')}`,
    asked: at(spec, 'forProvider'),
    externalName: typeof external === 'string' ? external : metadata.name,
  };
}

/** A block, which older versions of a kind have as a list of one. */
export const blocks = (field: Field): readonly Field[] =>
  Array.isArray(field.value) ? items(field) : isFields(field.value) ? [field] : [];
