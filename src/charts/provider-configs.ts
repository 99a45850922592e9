import * as aws from '#imports/aws.upbound.io.ts';
import * as atlas from '#imports/mongodbatlas.crossplane.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { isHosted } from '#model/topology.ts';
import { providerConfig } from '#platform/wiring.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

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
  if (environment.spec.atlas === undefined) return;
  folder.add(
    atlas.ProviderConfig,
    {
      metadata: metadata({ name }, PROVIDER_CONFIG),
      spec: {
        credentials: {
          source: atlas.ProviderConfigSpecCredentialsSource.SECRET,
          secretRef: atlasSecret(environment),
        },
      },
    },
    { pointer: '/spec/atlas' },
  );
}

/** Its kind comes with the provider. */
const PROVIDER_CONFIG = { wave: 'providerConfigs', isKept: true, isLate: true } as const;

/** Secret with the API key of Atlas. It isn't in git: External Secrets, or a person, puts it there. */
const atlasSecret = (environment: Environment) => ({
  name: isHosted(environment) ? `${providerConfig(environment)}-atlas` : 'atlas-credentials',
  namespace: CROSSPLANE_NAMESPACE,
  key: 'credentials',
});
