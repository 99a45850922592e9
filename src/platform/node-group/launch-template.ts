import { LaunchTemplate } from '#imports/ec2.aws.upbound.io.ts';
import { aws, base, type ComposedResource } from '../composed.ts';
import { combine, format, from, report } from '../patches.ts';

/**
 * What EC2 must know of each node: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 * Image, user data, security group and instance profile are left to EKS.
 */
export const launchTemplate = (): ComposedResource =>
  aws(
    'launch-template',
    base(LaunchTemplate, {
      spec: {
        forProvider: {
          updateDefaultVersion: true,
          blockDeviceMappings: [
            {
              // The root volume of Amazon Linux.
              deviceName: '/dev/xvda',
              ebs: { volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
            },
          ],
          // With one hop, only the node itself reaches its credentials: pods have roles of their own.
          metadataOptions: {
            httpEndpoint: 'enabled',
            httpTokens: 'required',
            httpPutResponseHopLimit: 1,
          },
          tagSpecifications: TAGGED.map((resourceType) => ({ resourceType })),
        },
      },
    }),
    combine('%s', 'metadata.name', 'spec.name'),
    from('spec.name', 'spec.forProvider.name'),
    from('spec.diskGiB', 'spec.forProvider.blockDeviceMappings[0].ebs.volumeSize'),
    from('spec.volumesKeyArn', 'spec.forProvider.blockDeviceMappings[0].ebs.kmsKeyId'),
    // Tags of a node group stay with the node group.
    ...TAGGED.flatMap((_, index) => [
      from('spec.tags', `spec.forProvider.tagSpecifications[${index}].tags`),
      combine('%s', `spec.forProvider.tagSpecifications[${index}].tags.Name`, 'spec.name'),
    ]),
    report('status.atProvider.id', 'status.launchTemplateId'),
    report('status.atProvider.latestVersion', 'status.launchTemplateVersion', format('%.0f')),
  );

const TAGGED = ['instance', 'volume', 'network-interface'];
