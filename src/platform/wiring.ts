import { Type } from 'typebox';
import { Aws, type Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { isHosted } from '#model/topology.ts';
import { immutable } from './definition.ts';

/** Fields that several services of the platform API share: where a thing lives and who owns it. */

/** Name of the ProviderConfigs of AWS and of Atlas: each environment has its own role and its own key. */
export const providerConfig = (environment: Environment): string =>
  isHosted(environment) ? prefix(environment) : 'default';
/** That of the provider for Kubernetes, which writes into the cluster that it runs in, whoever claims. */
export const KUBERNETES_PROVIDER_CONFIG = 'default';

/** A name that is also the name of a Kubernetes object. */
export const objectName = (description: string, maxLength = 63) =>
  Type.String({ pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$', minLength: 1, maxLength, description });

const region = immutable(Aws.properties.region);

const providerConfigName = immutable(
  objectName('ProviderConfig of the AWS providers. Cannot be changed later.'),
);

export const atlasProviderConfigName = immutable(
  objectName('ProviderConfig of the Atlas provider. Cannot be changed later.'),
);

/** https://docs.crossplane.io/latest/managed-resources/managed-resources/#deletionpolicy */
export const deletionPolicy = Type.Enum(['Orphan', 'Delete'], {
  default: 'Orphan',
  description: 'What happens in AWS or Atlas when the claim is deleted: Orphan leaves everything alone.',
});

const tags = Type.Record(Type.String({ minLength: 1, maxLength: 128 }), Type.String({ maxLength: 256 }), {
  maxProperties: 20,
  description: 'Tags on everything that has tags.',
});

/** What every service in AWS carries. */
export const awsWiring = { region, providerConfigName, deletionPolicy, tags };

/** The network that a thing lives in, by the name of the Network. */
export const networkName = immutable(
  objectName('Network that it lives in, by name. Cannot be changed later.', 41),
);

/** Letters of the zones, in the order of the environment. */
export const zones = Type.Array(Type.String({ pattern: '^[a-f]$', maxLength: 1 }), {
  minItems: 2,
  maxItems: 3,
  description: 'Letters of the zones whose private subnets are used.',
});

/** The same, of a thing that follows when the network gets another zone. */
export const growingZones = Type.With(zones, {
  'x-kubernetes-validations': [
    { rule: 'oldSelf.all(zone, zone in self)', message: 'A zone can be added, none removed.' },
  ],
});

export const clusterName = immutable(objectName('EKS cluster, by name. Cannot be changed later.', 41));

/** ARN of anything. */
export const arn = (description: string) =>
  Type.String({ pattern: '^arn:aws[a-z-]*:[a-z0-9-]+:', maxLength: 600, description });

/** ARN of a role. */
export const roleArn = (description: string) =>
  Type.String({ pattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/.{1,512}$', maxLength: 600, description });
