import { Addon } from '#imports/eks.aws.upbound.io.ts';
import type { ADDONS } from '#model/environment/cluster.ts';
import { aws, base, type ComposedResource, sibling } from '../composed.ts';
import { format, from, type Patch, toJson } from '../patches.ts';
import { networkAddonRole, volumesAddonRole } from './roles.ts';

/** EKS add-ons: https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html */

type AddonName = (typeof ADDONS)[number];

interface AddonParts {
  /** Value of the label of the role that the add-on's ServiceAccount assumes. */
  readonly role?: string;
  /** Further resources that the add-on needs. */
  readonly needs?: () => readonly ComposedResource[];
  /** Settings, whose schema `aws eks describe-addon-configuration` shows; their values are texts. */
  readonly configuration?: object;
  /** Settings that are made of the claim's fields. */
  readonly patches?: readonly Patch[];
}

const SETTINGS = 'spec.forProvider.configurationValues';

const PARTS: { readonly [name in AddonName]?: AddonParts } = {
  'vpc-cni': {
    role: 'vpc-cni',
    needs: networkAddonRole,
    // Network policies are enforced only if asked for; prefixes give small nodes enough addresses for pods.
    configuration: { enableNetworkPolicy: 'true', env: { ENABLE_PREFIX_DELEGATION: 'true' } },
  },
  'aws-ebs-csi-driver': {
    role: 'ebs-csi',
    needs: volumesAddonRole,
    // Volumes that pods ask for have the tags of everything else.
    patches: [from('spec.tags', SETTINGS, toJson, format('{"controller":{"extraVolumeTags":%s}}'))],
  },
};

/** The add-ons of a cluster, in the order given, each with the role that it needs. */
export const addonResources = (names: readonly AddonName[]): readonly ComposedResource[] =>
  names.flatMap((name) => {
    const { needs, ...parts } = PARTS[name] ?? {};
    return [...(needs?.() ?? []), addon(name, parts)];
  });

const addon = (
  name: AddonName,
  { role, configuration, patches = [] }: Omit<AddonParts, 'needs'>,
): ComposedResource =>
  aws(
    `addon-${name}`,
    base(Addon, {
      spec: {
        forProvider: {
          addonName: name,
          clusterNameSelector: sibling(),
          resolveConflictsOnCreate: 'OVERWRITE',
          resolveConflictsOnUpdate: 'PRESERVE',
          ...(role === undefined ? {} : { serviceAccountRoleArnSelector: sibling({ role }) }),
          ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
        },
      },
    }),
    from(`spec.addons[${name}].version`, 'spec.forProvider.addonVersion'),
    ...patches,
  );
