import type { Cluster } from '#model/environment/cluster.ts';
import type { Environment } from '#model/environment/environment.ts';
import { clusterName, networkName, registeredName } from '#model/names.ts';
import { serviceRange } from '#model/service-range.ts';
import { days } from '#model/units.ts';
import { awsWiringOf, type Claim, claim, present } from '../claim.ts';
import { KUBERNETES_PROVIDER_CONFIG } from '../wiring.ts';
import { administratorNames } from './administrators.ts';
import { clusterComposition } from './composition.ts';
import { type ClusterSpec, cluster } from './definition.ts';

/** The claim of the EKS cluster. */
export function clusterClaims(environment: Environment): readonly Claim<ClusterSpec>[] {
  const { kubernetesVersion, administrators = [], publicAccessCidrs } = environment.spec.cluster;
  const { zones, logRetention = '90d', argoCd } = environment.spec.cluster;
  const { cidr, availabilityZones } = environment.spec.network;
  return [
    claim(environment, {
      definition: cluster,
      name: clusterName(environment),
      composition: clusterComposition(environment),
      cause: '/spec/cluster',
      blame: {
        version: 'kubernetesVersion',
        addons: 'addons',
        administrators: 'administrators',
        publicAccessCidrs: 'publicAccessCidrs',
        logRetentionDays: 'logRetention',
        argoCd: 'argoCd',
        'argoCd/name': 'argoCd/name',
        'argoCd/roleArn': 'argoCd/role',
        ...addonBlame(environment),
      },
      fields: {
        '/spec/account': '/spec/aws/account',
        '/spec/networkCidr': '/spec/network/cidr',
        '/spec/serviceIpv4Cidr': '/spec/network/cidr',
        '/spec/zones': zones === undefined ? '/spec/network/availabilityZones' : '/spec/cluster/zones',
      },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        account: environment.spec.aws.account,
        name: clusterName(environment),
        version: kubernetesVersion,
        networkName: networkName(environment),
        networkCidr: cidr,
        zones: [...(zones ?? availabilityZones)],
        endpointPublicAccess: publicAccessCidrs !== undefined,
        ...present('publicAccessCidrs', publicAccessCidrs),
        serviceIpv4Cidr: serviceRange(cidr),
        logRetentionDays: days(logRetention),
        deletionProtection: environment.spec.stage !== 'development',
        administrators: administratorNames(administrators),
        ...present('argoCd', argoCd && registration(environment, argoCd)),
        addons: addonsOf(environment),
      },
    }),
  ];
}

const registration = (environment: Environment, { role }: NonNullable<Cluster['argoCd']>) => ({
  name: registeredName(environment),
  roleArn: role,
  providerConfigName: KUBERNETES_PROVIDER_CONFIG,
});

function addonsOf(environment: Environment): ClusterSpec['addons'] {
  const { addons, addonVersions } = environment.spec.cluster;
  return Object.fromEntries(addons.map((name) => [name, present('version', addonVersions?.[name])]));
}

const addonBlame = (environment: Environment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(environment.spec.cluster.addonVersions ?? {}).map((name) => [
      `addons/${name}/version`,
      `addonVersions/${name}`,
    ]),
  );
