import { Addon } from '#imports/eks.aws.upbound.io.ts';
import type { ADDONS } from '#model/environment/cluster.ts';
import { aws, base, type ComposedResource, sibling } from '../composed.ts';
import { from } from '../patches.ts';
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
}

const PARTS: { readonly [name in AddonName]?: AddonParts } = {
  'vpc-cni': {
    role: 'vpc-cni',
    needs: networkAddonRole,
    // Network policies are enforced only if asked for; prefixes give small nodes enough addresses for pods.
    configuration: { enableNetworkPolicy: 'true', env: { ENABLE_PREFIX_DELEGATION: 'true' } },
  },
  'aws-ebs-csi-driver': { role: 'ebs-csi', needs: volumesAddonRole },
};

/** The add-ons of a cluster, in the order given, each with the role that it needs. */
export const addonResources = (names: readonly AddonName[]): readonly ComposedResource[] =>
  names.flatMap((name) => {
    const { role, needs, configuration } = PARTS[name] ?? {};
    return [...(needs?.() ?? []), addon(name, role, configuration)];
  });

const addon = (
  name: AddonName,
  role: string | undefined,
  configuration: object | undefined,
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
  );
