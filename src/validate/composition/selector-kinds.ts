import { groupOf } from '#manifests/identity.ts';
import type { KindSchema } from '../schema/store.ts';

/**
 * What a selector of a managed resource looks for. Providers say it in the field's description, which not every
 * copy of a CRD has; otherwise the field's name tells, as it holds the kind's (`subnetIdSelector`).
 */

/** Fields whose names do not tell, as the descriptions in the providers' CRDs have it. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  alarmActions: ['Policy'],
  allocationId: ['EIP'],
  arn: ['InstanceProfile'],
  cidrBlocks: ['VPC'],
  destinationPrefixListId: ['ManagedPrefixList'],
  egressOnlyGatewayId: ['EgressOnlyInternetGateway'],
  gatewayId: ['InternetGateway'],
  ipv4IpamPoolId: ['VPCIpamPool'],
  ipv6CidrBlocks: ['VPC'],
  name: ['InstanceProfile'],
  okActions: ['Topic'],
  orgId: ['Organization'],
  prefixListId: ['ManagedPrefixList'],
  principalArn: ['AccessEntry'],
  privateLinkId: ['Resource'],
  records: ['EIP'],
  secondaryAllocationIds: ['EIP'],
  version: ['Cluster'],
};

/** The kinds among `candidates` that a selector looks for; undefined where nothing tells. */
export function selectedKinds(
  owner: KindSchema,
  field: string,
  description: string | undefined,
  candidates: readonly KindSchema[],
): readonly string[] | undefined {
  const told = description === undefined ? undefined : DESCRIPTION.exec(description)?.[1];
  if (told !== undefined) return [told];
  const filled = field.replace(/Selector$/, '');
  const listed = Object.hasOwn(KINDS, filled) ? KINDS[filled] : undefined;
  if (listed !== undefined) return listed;
  const stem = stemOf(field);
  const near = candidates.filter((candidate) => familyOf(candidate) === familyOf(owner));
  const exact = near.filter(({ kind }) => kind.toLowerCase() === stem);
  const alike = near.filter(({ kind }) => isNamedAfter(stem, kind.toLowerCase()));
  const found = exact.length > 0 ? exact : alike;
  return found.length === 0 ? undefined : [...new Set(found.map(({ kind }) => kind))];
}

/** `serviceaccountrole` of `serviceAccountRoleArnSelector`. */
export const stemOf = (field: string): string =>
  field
    .replace(/Selector$/, '')
    .replace(/(Ids?|Arns?|Names?|Urls?)$/, '')
    .toLowerCase();

const DESCRIPTION = /^Selector for an? (?:list of )?(\w+)(?: in \w+)? to\s+populate/;

/** `serviceaccountrole` and `role`, `cluster` and `advancedcluster`. */
const isNamedAfter = (stem: string, kind: string) =>
  stem.endsWith(kind) || (stem.length > 2 && kind.endsWith(stem));

/** `ec2.aws.upbound.io` and `iam.aws.upbound.io` are of one provider. */
export function familyOf({ apiVersion }: Pick<KindSchema, 'apiVersion'>): string {
  const parts = groupOf(apiVersion).split('.');
  const isNamespaced = parts.includes('m');
  return parts.slice(parts.length > (isNamespaced ? 4 : 3) ? 1 : 0).join('.');
}
