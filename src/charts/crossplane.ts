import { KubeServiceAccount } from 'cdk8s-plus-30/lib/imports/k8s.js';
import {
  DeploymentRuntimeConfig,
  Function as FunctionPackage,
  Provider as ProviderPackage,
} from '#imports/pkg.crossplane.io.ts';
import { roleAnnotations } from '#model/chart-identities.ts';
import type { Environment } from '#model/environment/environment.ts';
import { ATLAS_CREDENTIALS, CROSSPLANE_NAMESPACE } from '#model/names.ts';
import { writesRegistrations } from '#model/projects.ts';
import { isHub } from '#model/topology.ts';
import { metadata } from './annotations.ts';
import { argocdRegistration } from './argocd-registration.ts';
import {
  ATLAS_PROVIDER,
  AWS_PROVIDERS,
  type CrossplanePackage,
  FUNCTIONS,
  PUBLISHING_PROVIDER,
} from './crossplane-packages.ts';
import type { Folder } from './folder.ts';
import { providerConfigs } from './provider-configs.ts';

/** Crossplane's packages, and how its providers sign in to AWS and Atlas. */

/** How the pods of the AWS providers run: with the role that the environment names. */
const AWS_RUNTIME = 'aws';

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
  for (const provider of [...AWS_PROVIDERS, ...(isHub(environment) ? [PUBLISHING_PROVIDER] : [])])
    addProvider(folder, provider, AWS_RUNTIME);
  for (const { name, image } of FUNCTIONS) {
    folder.add(
      FunctionPackage,
      { metadata: metadata({ name }, KEPT_PACKAGE), spec: { package: image } },
      CAUSE,
    );
  }
  if (environment.spec.atlas !== undefined || isHub(environment)) {
    addProvider(folder, ATLAS_PROVIDER);
    secretsAccount(folder, environment);
  }
  providerConfigs(folder, environment);
  if (writesRegistrations(environment)) argocdRegistration(folder, isHub(environment));
}

/** Removing a package removes its kinds, and every object of them. */
const KEPT_PACKAGE = { wave: 'packages', isKept: true } as const;
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

/** Whom External Secrets fetches the key of Atlas as. No pod runs as it: it asks for a token where it needs one. */
function secretsAccount(folder: Folder, { spec: { aws } }: Environment): void {
  folder.add(
    KubeServiceAccount,
    {
      metadata: metadata(
        {
          name: ATLAS_CREDENTIALS,
          namespace: CROSSPLANE_NAMESPACE,
          annotations: roleAnnotations(aws.crossplaneRole),
        },
        { wave: 'crossplane', isKept: true },
      ),
      automountServiceAccountToken: false,
    },
    {
      pointer: '/spec/aws/crossplaneRole',
      fields: () => ({ '/metadata/annotations/eks.amazonaws.com~1role-arn': ROLE_CAUSE.pointer }),
    },
  );
}
