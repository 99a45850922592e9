import { Cluster, ClusterSpecManagementPolicies } from '#imports/eks.aws.upbound.io.ts';
import { awsUntagged, base, type ComposedResource } from './composed.ts';
import { EXTERNAL_NAME, extract, from, type Patch, report, trimPrefix } from './patches.ts';

/** What a composite learns from an EKS cluster, its own or another's. */

const CLUSTER = 'status.atProvider';

/** AWS account, taken out of the cluster's ARN. */
export const reportAccount: Patch = report(
  `${CLUSTER}.arn`,
  'status.accountId',
  extract('^arn:[^:]+:eks:[^:]+:([0-9]{12}):'),
);

/** The OIDC issuer without its scheme, as IAM's conditions and ARNs have it. */
export const reportOidcProvider: Patch = report(
  `${CLUSTER}.identity[0].oidc[0].issuer`,
  'status.oidcProvider',
  trimPrefix('https://'),
);

export const reportClusterSecurityGroup: Patch = report(
  `${CLUSTER}.vpcConfig.clusterSecurityGroupId`,
  'status.clusterSecurityGroupId',
);

/** An EKS cluster that is only looked at: the composite that owns it is another one. */
export const observedCluster = (...reports: readonly Patch[]): ComposedResource =>
  awsUntagged(
    'cluster',
    base(Cluster, {
      spec: { managementPolicies: [ClusterSpecManagementPolicies.OBSERVE], forProvider: {} },
    }),
    from('spec.clusterName', EXTERNAL_NAME),
    ...reports,
  );
