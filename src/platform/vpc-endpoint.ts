import { awsUntagged, base, type ComposedResource, sibling } from './composed.ts';

/**
 * What ties a VPC endpoint to subnets, security groups and route tables. Version v1beta2 of VPCEndpoint has no
 * such fields of its own, so each is a resource of its own.
 *
 * imports/ has no constructs of these kinds, so the fields are typed here, after the CRDs of
 * provider-upjet-aws: https://marketplace.upbound.io/providers/upbound/provider-aws-ec2
 */

type Sibling = ReturnType<typeof sibling>;

interface Association<Fields> {
  readonly metadata?: { readonly labels?: Record<string, string> };
  readonly spec: { readonly forProvider: Fields & { readonly vpcEndpointIdSelector: Sibling } };
}

const association = <Fields>(kind: string) => ({
  manifest: (props: Association<Fields>): unknown => ({
    apiVersion: 'ec2.aws.upbound.io/v1beta1',
    kind,
    ...props,
  }),
});

const SubnetAssociation = association<{
  readonly subnetId?: string;
  readonly subnetIdSelector?: Sibling;
}>('VPCEndpointSubnetAssociation');
const SecurityGroupAssociation = association<{
  readonly securityGroupIdSelector: Sibling;
  /** Takes the VPC's default group away. */
  readonly replaceDefaultAssociation: boolean;
}>('VPCEndpointSecurityGroupAssociation');
const RouteTableAssociation = association<{ readonly routeTableIdSelector: Sibling }>(
  'VPCEndpointRouteTableAssociation',
);

/** Labels that leave one resource of the composition; none, where there is only one. */
type Labels = Readonly<Record<string, string>>;

/** The composition's only endpoint in one subnet; which one, a patch to `subnetIdRef.name` says. */
export const inSubnet = () =>
  base(SubnetAssociation, { spec: { forProvider: { vpcEndpointIdSelector: sibling() } } });

/** An endpoint in a subnet of the same composition. */
export const inSiblingSubnet = (name: string, endpoint: Labels, subnet: Labels): ComposedResource =>
  awsUntagged(
    name,
    base(SubnetAssociation, {
      spec: {
        forProvider: { vpcEndpointIdSelector: sibling(endpoint), subnetIdSelector: sibling(subnet) },
      },
    }),
  );

/** An endpoint behind the composition's only security group. */
export const behindSecurityGroup = (name: string, endpoint: Labels = {}): ComposedResource =>
  awsUntagged(
    name,
    base(SecurityGroupAssociation, {
      spec: {
        forProvider: {
          vpcEndpointIdSelector: sibling(endpoint),
          securityGroupIdSelector: sibling(),
          replaceDefaultAssociation: true,
        },
      },
    }),
  );

/** An endpoint in a route table. */
export const inRouteTable = (name: string, endpoint: Labels, routes: Labels): ComposedResource =>
  awsUntagged(
    name,
    base(RouteTableAssociation, {
      spec: {
        forProvider: { vpcEndpointIdSelector: sibling(endpoint), routeTableIdSelector: sibling(routes) },
      },
    }),
  );
