import * as aws from '#imports/aws.upbound.io.ts';
import * as atlas from '#imports/mongodbatlas.crossplane.io.ts';
import {
  DeploymentRuntimeConfig,
  Function as FunctionPackage,
  Provider as ProviderPackage,
} from '#imports/pkg.crossplane.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { ATLAS_PROVIDER_CONFIG, AWS_PROVIDER_CONFIG } from '#platform/wiring.ts';
import { metadata } from './annotations.ts';
import { argocdRegistration } from './argocd-registration.ts';
import { ATLAS_PROVIDER, AWS_PROVIDERS, type CrossplanePackage, FUNCTIONS } from './crossplane-packages.ts';
import type { Folder } from './folder.ts';

/** Crossplane's packages, and how its providers sign in to AWS and Atlas. */

/** How the pods of the AWS providers run: with the role that the environment names. */
const AWS_RUNTIME = 'aws';

/** Secret with the API key of Atlas. It isn't in git: External Secrets, or a person, puts it there. */
const ATLAS_SECRET = { name: 'atlas-credentials', namespace: CROSSPLANE_NAMESPACE, key: 'credentials' };

const CAUSE = { pointer: '/spec/topology' };
const ROLE_CAUSE = { pointer: '/spec/aws/crossplaneRole' };

export function crossplane(folder: Folder, environment: Environment): void {
  folder.add(
    DeploymentRuntimeConfig,
    {
      metadata: metadata({ name: AWS_RUNTIME }, { wave: 'crossplane' }),
      spec: {
        serviceAccountTemplate: {
          metadata: { annotations: { 'eks.amazonaws.com/role-arn': environment.spec.aws.crossplaneRole } },
        },
      },
    },
    ROLE_CAUSE,
  );
  for (const provider of AWS_PROVIDERS) addProvider(folder, provider, AWS_RUNTIME);
  for (const { name, image } of FUNCTIONS) {
    folder.add(
      FunctionPackage,
      { metadata: metadata({ name }, KEPT_PACKAGE), spec: { package: image } },
      CAUSE,
    );
  }
  folder.add(
    aws.ProviderConfig,
    {
      metadata: metadata({ name: AWS_PROVIDER_CONFIG }, PROVIDER_CONFIG),
      spec: { credentials: { source: aws.ProviderConfigSpecCredentialsSource.IRSA } },
    },
    ROLE_CAUSE,
  );
  if (environment.spec.atlas !== undefined) addAtlas(folder);
  if (environment.spec.cluster.argoCd !== undefined) argocdRegistration(folder);
}

/** Removing a package removes its kinds, and every object of them. */
const KEPT_PACKAGE = { wave: 'packages', isKept: true } as const;
/** Its kind comes with the provider. */
const PROVIDER_CONFIG = { wave: 'providerConfigs', isKept: true, isLate: true } as const;

function addProvider(folder: Folder, { name, image }: CrossplanePackage, runtime?: string): void {
  folder.add(
    ProviderPackage,
    {
      metadata: metadata({ name }, KEPT_PACKAGE),
      spec: {
        package: image,
        ...(runtime === undefined
          ? {}
          : {
              runtimeConfigRef: {
                apiVersion: 'pkg.crossplane.io/v1beta1',
                kind: 'DeploymentRuntimeConfig',
                name: runtime,
              },
            }),
      },
    },
    CAUSE,
  );
}

function addAtlas(folder: Folder): void {
  addProvider(folder, ATLAS_PROVIDER);
  folder.add(
    atlas.ProviderConfig,
    {
      metadata: metadata({ name: ATLAS_PROVIDER_CONFIG }, PROVIDER_CONFIG),
      spec: {
        credentials: {
          source: atlas.ProviderConfigSpecCredentialsSource.SECRET,
          secretRef: ATLAS_SECRET,
        },
      },
    },
    { pointer: '/spec/atlas' },
  );
}
