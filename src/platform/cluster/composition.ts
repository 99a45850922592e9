import { AccessEntry, AccessPolicyAssociation, Cluster } from '#imports/eks.aws.upbound.io.ts';
import { OpenIdConnectProvider } from '#imports/iam.aws.upbound.io.ts';
import { Key } from '#imports/kms.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { reportAccount, reportClusterSecurityGroup, reportOidcProvider } from '../cluster-observation.ts';
import { aws, awsUntagged, base, type ComposedResource, iam, labelled, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { from, named, report, required } from '../patches.ts';
import { privateSubnets } from '../subnet-references.ts';
import { addonResources } from './addons.ts';
import { administratorNames } from './administrators.ts';
import { cluster } from './definition.ts';
import { clusterRole, nodeRole } from './roles.ts';

/**
 * The composition of an EKS cluster, cut to the add-ons and administrators of one environment: patch-and-transform
 * knows neither loops nor conditions. An add-on that leaves the environment leaves the cluster.
 *
 * Order comes from what waits for what: key -> cluster -> OIDC provider and roles -> add-ons with roles.
 */

/** Name of the composition for an environment. */
export const clusterComposition = (environment: Environment): string => `cluster-${prefix(environment)}`;

/** The composition for an environment's cluster. */
export function clusterCompositions(environment: Environment): readonly Composition[] {
  const { addons, administrators = [] } = environment.spec.cluster;
  return [
    composition(cluster, clusterComposition(environment), [
      secretsKey(),
      ...clusterRole(),
      ...nodeRole({ network: !addons.includes('vpc-cni') }),
      controlPlane(),
      oidcProvider(),
      ...addonResources(addons),
      ...Object.keys(administratorNames(administrators)).flatMap(administrator),
    ]),
  ];
}

/** Encrypts Kubernetes secrets: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html */
const secretsKey = (): ComposedResource =>
  aws(
    'secrets-key',
    base(Key, {
      spec: {
        forProvider: {
          description: 'Kubernetes secrets of an EKS cluster',
          enableKeyRotation: true,
          deletionWindowInDays: 30,
        },
      },
    }),
    report('status.atProvider.arn', 'status.secretsKeyArn'),
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

/** Cluster administration for one role: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
const administrator = (name: string): readonly ComposedResource[] => [
  aws(
    `administrator-${name}`,
    base(AccessEntry, {
      metadata: { labels: labelled({ administrator: name }) },
      spec: { forProvider: { type: 'STANDARD', clusterNameSelector: sibling() } },
    }),
    required(from(`spec.administrators[${name}]`, 'spec.forProvider.principalArn')),
  ),
  awsUntagged(
    `administration-${name}`,
    base(AccessPolicyAssociation, {
      spec: {
        forProvider: {
          clusterNameSelector: sibling(),
          principalArnSelector: sibling({ administrator: name }),
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
          accessScope: { type: 'cluster' },
        },
      },
    }),
  ),
];
