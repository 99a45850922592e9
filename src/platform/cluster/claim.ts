import type { Environment } from '#model/environment/environment.ts';
import { clusterName, networkName } from '#model/names.ts';
import { serviceRange } from '#model/service-range.ts';
import { awsWiringOf, type Claim, claim, present } from '../claim.ts';
import { administratorNames } from './administrators.ts';
import { clusterComposition } from './composition.ts';
import { type ClusterSpec, cluster } from './definition.ts';

/** The claim of the EKS cluster. */
export function clusterClaims(environment: Environment): readonly Claim<ClusterSpec>[] {
  const { kubernetesVersion, addons, administrators = [], publicAccessCidrs } = environment.spec.cluster;
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
      },
      fields: { '/spec/zones': '/spec/network/availabilityZones' },
      stateful: true,
      spec: {
        ...awsWiringOf(environment, 'Orphan'),
        name: clusterName(environment),
        version: kubernetesVersion,
        networkName: networkName(environment),
        zones: [...availabilityZones],
        endpointPublicAccess: publicAccessCidrs !== undefined,
        ...present('publicAccessCidrs', publicAccessCidrs),
        serviceIpv4Cidr: serviceRange(cidr),
        deletionProtection: environment.spec.stage !== 'development',
        administrators: administratorNames(administrators),
        addons: Object.fromEntries(addons.map((name) => [name, {}])),
      },
    }),
  ];
}
