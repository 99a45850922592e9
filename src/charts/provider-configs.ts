import * as aws from '#imports/aws.upbound.io.ts';
import * as atlas from '#imports/mongodbatlas.crossplane.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { ATLAS_KEY, atlasSecret } from '#model/secrets.ts';
import { isHosted } from '#model/topology.ts';
import { providerConfig } from '#platform/wiring.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';
import { fetchedSecret } from './secrets.ts';

/** How Crossplane's providers sign in to AWS and to Atlas for an environment. */
export function providerConfigs(folder: Folder, environment: Environment): void {
  const name = providerConfig(environment);
  folder.add(
    aws.ProviderConfig,
    {
      metadata: metadata({ name }, PROVIDER_CONFIG),
      spec: {
        credentials: { source: aws.ProviderConfigSpecCredentialsSource.IRSA },
        // In a hub the providers run with the hub's role, and take that of the environment.
        ...(isHosted(environment) && {
          assumeRoleChain: [{ roleArn: environment.spec.aws.crossplaneRole }],
        }),
      },
    },
    {
      pointer: '/spec/aws/crossplaneRole',
      fields: () => ({ '/spec/assumeRoleChain/0/roleARN': '/spec/aws/crossplaneRole' }),
    },
  );
  const secret = atlasSecret(environment);
  if (secret === undefined) return;
  fetchedSecret(folder, secret);
  folder.add(
    atlas.ProviderConfig,
    {
      metadata: metadata({ name }, PROVIDER_CONFIG),
      spec: {
        credentials: {
          source: atlas.ProviderConfigSpecCredentialsSource.SECRET,
          secretRef: { name: secret.name, namespace: secret.namespace, key: ATLAS_KEY },
        },
      },
    },
    { pointer: secret.pointer },
  );
}

/** Its kind comes with the provider. */
const PROVIDER_CONFIG = { wave: 'providerConfigs', isKept: true, isLate: true } as const;
