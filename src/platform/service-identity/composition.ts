import { Role, RolePolicy } from '#imports/iam.aws.upbound.io.ts';
import { observedCluster, reportAccount, reportOidcProvider } from '../cluster-observation.ts';
import { base, type ComposedResource, iam, iamUntagged, sibling } from '../composed.ts';
import { type Composition, composition } from '../composition.ts';
import { format, from, named, report, toJson } from '../patches.ts';
import { claimedTrust } from '../trust.ts';
import { serviceIdentity } from './definition.ts';

export const SERVICE_IDENTITY_COMPOSITION = 'service-identity';
/** For a role without statements: IAM takes no empty policy. */
export const BARE_IDENTITY_COMPOSITION = 'service-identity-bare';

const role = (): ComposedResource =>
  iam(
    'role',
    base(Role, { spec: { forProvider: {} } }),
    ...named('%s', 'spec.roleName'),
    from('spec.permissionsBoundaryArn', 'spec.forProvider.permissionsBoundary'),
    claimedTrust(),
    report('status.atProvider.arn', 'status.roleArn'),
  );

/** The statements are a list in the claim, so that a review shows them line by line; IAM wants one text. */
const policy = (): ComposedResource =>
  iamUntagged(
    'policy',
    base(RolePolicy, {
      metadata: { annotations: { 'crossplane.io/external-name': 'permissions' } },
      spec: { forProvider: { roleSelector: sibling() } },
    }),
    from(
      'spec.statements',
      'spec.forProvider.policy',
      toJson,
      format('{"Version":"2012-10-17","Statement":%s}'),
    ),
  );

/** The compositions of an IRSA role. */
export const serviceIdentityCompositions = (): readonly Composition[] => {
  const bare = [observedCluster(reportAccount, reportOidcProvider), role()];
  return [
    composition(serviceIdentity, SERVICE_IDENTITY_COMPOSITION, [...bare, policy()]),
    composition(serviceIdentity, BARE_IDENTITY_COMPOSITION, bare),
  ];
};
