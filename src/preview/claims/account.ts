import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { fieldOf, textOf } from '../render/composition.ts';

/**
 * The AWS account that a cluster's claims go to, as far as its manifests tell: that of the role which the providers run
 * with or assume. Undefined where they name none, or several.
 */
export function accountOf(manifests: readonly Manifest[]): string | undefined {
  const assumed = manifests.flatMap(rolesAssumed);
  const roles = assumed.length > 0 ? assumed : manifests.flatMap(rolesOfProviders);
  const accounts = new Set(roles.flatMap((role) => ACCOUNT.exec(role)?.[1] ?? []));
  const [only] = accounts;
  return accounts.size === 1 ? only : undefined;
}

const ACCOUNT = /^arn:aws[a-z-]*:iam::([0-9]{12}):role\//;

function rolesOfProviders({ object }: Manifest): readonly string[] {
  if (groupOf(object.apiVersion) !== 'pkg.crossplane.io' || object.kind !== 'DeploymentRuntimeConfig')
    return [];
  const template = fieldOf(fieldOf(object, 'spec'), 'serviceAccountTemplate');
  const annotations = fieldOf(fieldOf(template, 'metadata'), 'annotations');
  return [textOf(annotations, 'eks.amazonaws.com/role-arn')];
}

function rolesAssumed({ object }: Manifest): readonly string[] {
  if (!/^aws(\.m)?\.upbound\.io$/.test(groupOf(object.apiVersion))) return [];
  const chain = fieldOf(fieldOf(object, 'spec'), 'assumeRoleChain');
  // The last role of the chain is the one that acts.
  return Array.isArray(chain) && chain.length > 0 ? [textOf(chain.at(-1), 'roleARN')] : [];
}
