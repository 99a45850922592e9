import { Group } from '#imports/cloudwatchlogs.aws.upbound.io.ts';
import { Cluster } from '#imports/eks.aws.upbound.io.ts';
import { OpenIdConnectProvider } from '#imports/iam.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { reportAccount, reportClusterSecurityGroup, reportOidcProvider } from '../cluster-observation.ts';
import { aws, base, type ComposedResource, iam, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { combine, EXTERNAL_NAME, from, named, report, required } from '../patches.ts';
import { privateSubnets } from '../subnet-references.ts';
import { accessResources } from './access.ts';
import { addonResources } from './addons.ts';
import { cluster } from './definition.ts';
import { secretsKey, volumesKey } from './keys.ts';
import { registration } from './registration.ts';
import { clusterRole, nodeRole } from './roles.ts';

/**
 * The composition of an EKS cluster, cut to the add-ons and administrators of one environment: patch-and-transform
 * knows neither loops nor conditions. A role that leaves the environment loses its access; an add-on is orphaned, as
 * the cluster would be, because pods may still need it.
 *
 * Order comes from what waits for what: key -> cluster -> OIDC provider and roles -> add-ons with roles.
 */

/** Name of the composition for an environment. */
export const clusterComposition = (environment: Environment): string => `cluster-${prefix(environment)}`;

/** The composition for an environment's cluster. */
export function clusterCompositions(environment: Environment): readonly Composition[] {
  const { addons, argoCd } = environment.spec.cluster;
  return [
    composition(cluster, clusterComposition(environment), [
      secretsKey(),
      ...volumesKey(),
      logs(),
      ...clusterRole(),
      ...nodeRole({ network: !addons.includes('vpc-cni') }),
      controlPlane(),
      oidcProvider(),
      ...addonResources(addons),
      ...accessResources(environment.spec.cluster),
      ...(argoCd === undefined ? [] : [registration()]),
    ]),
  ];
}

/** EKS writes into this group; made beforehand, it doesn't keep logs for ever. */
const logs = (): ComposedResource =>
  aws(
    'logs',
    base(Group, { spec: { forProvider: {} } }),
    combine('/aws/eks/%s/cluster', EXTERNAL_NAME, 'spec.name'),
    from('spec.logRetentionDays', 'spec.forProvider.retentionInDays'),
    report('status.atProvider.arn', 'status.logGroupArn'),
  );

const controlPlane = (): ComposedResource =>
  aws(
    'cluster',
    base(Cluster, {
      spec: {
        forProvider: {
          roleArnSelector: sibling({ role: 'cluster' }),
          accessConfig: { authenticationMode: 'API' },
          enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
          encryptionConfig: { resources: ['secrets'] },
          upgradePolicy: { supportType: 'STANDARD' },
          zonalShiftConfig: { enabled: true },
          vpcConfig: { endpointPrivateAccess: true },
        },
      },
    }),
    ...named('%s', 'spec.name'),
    from('spec.version', 'spec.forProvider.version'),
    from('spec.deletionProtection', 'spec.forProvider.deletionProtection'),
    from('spec.serviceIpv4Cidr', 'spec.forProvider.kubernetesNetworkConfig.serviceIpv4Cidr'),
    from('spec.endpointPublicAccess', 'spec.forProvider.vpcConfig.endpointPublicAccess'),
    from('spec.publicAccessCidrs', 'spec.forProvider.vpcConfig.publicAccessCidrs'),
    ...privateSubnets('spec.forProvider.vpcConfig.subnetIdRefs'),
    required(from('status.secretsKeyArn', 'spec.forProvider.encryptionConfig.provider.keyArn')),
    report('status.atProvider.endpoint', 'status.endpoint'),
    report('status.atProvider.certificateAuthority[0].data', 'status.certificateAuthority'),
    report('status.atProvider.platformVersion', 'status.platformVersion'),
    report('status.atProvider.status', 'status.phase'),
    report('status.atProvider.identity[0].oidc[0].issuer', 'status.oidcIssuer'),
    reportClusterSecurityGroup,
    reportOidcProvider,
    reportAccount,
  );

const oidcProvider = (): ComposedResource =>
  iam(
    'oidc-provider',
    base(OpenIdConnectProvider, { spec: { forProvider: { clientIdList: ['sts.amazonaws.com'] } } }),
    required(from('status.oidcIssuer', 'spec.forProvider.url')),
    report('status.atProvider.arn', 'status.oidcProviderArn'),
  );
