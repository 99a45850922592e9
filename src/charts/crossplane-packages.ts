import {
  ATLAS_PACKAGE,
  AWS_FAMILY_PACKAGE,
  awsPackage,
  KUBERNETES_PACKAGE,
} from '#model/provider-packages.ts';
import { AUTO_READY, PATCH_AND_TRANSFORM } from '#platform/functions.ts';

/** Crossplane's packages, each at one exact version: the one whose schemas `imports/` was made of. */
export interface CrossplanePackage {
  readonly name: string;
  readonly image: string;
}

const CONTRIB = 'xpkg.crossplane.io/crossplane-contrib';
const AWS_VERSION = 'v2.6.0';

function awsProvider(name: string): CrossplanePackage {
  return { name, image: `${CONTRIB}/${name}:${AWS_VERSION}` };
}

/** Families of AWS services that the compositions use, and the one that all depend on. */
const AWS_FAMILIES = ['cloudwatch', 'cloudwatchlogs', 'ec2', 'eks', 'elasticache', 'iam', 'kms', 's3', 'sqs'];

/** Providers that sign in to AWS with the role of Crossplane. */
export const AWS_PROVIDERS: readonly CrossplanePackage[] = [
  AWS_FAMILY_PACKAGE,
  ...AWS_FAMILIES.map(awsPackage),
].map(awsProvider);

/** One more in a hub: connection details reach other clusters through Secrets Manager. */
export const PUBLISHING_PROVIDER: CrossplanePackage = awsProvider(awsPackage('secretsmanager'));

/** Provider that signs in to Atlas with a key from a secret. */
export const ATLAS_PROVIDER: CrossplanePackage = {
  name: ATLAS_PACKAGE,
  image: `xpkg.upbound.io/crossplane-contrib/${ATLAS_PACKAGE}:v1.3.1`,
};

/** Provider that writes into the cluster that it runs in. */
export const KUBERNETES_PROVIDER: CrossplanePackage = {
  name: KUBERNETES_PACKAGE,
  image: `${CONTRIB}/${KUBERNETES_PACKAGE}:v1.2.1`,
};

export const FUNCTIONS: readonly CrossplanePackage[] = [
  { name: PATCH_AND_TRANSFORM, image: `${CONTRIB}/function-patch-and-transform:v0.10.8` },
  { name: AUTO_READY, image: `${CONTRIB}/function-auto-ready:v0.5.0` },
];

/** Where all of them come from. */
export const PACKAGE_REGISTRIES: readonly string[] = [
  ...AWS_PROVIDERS,
  ATLAS_PROVIDER,
  KUBERNETES_PROVIDER,
  ...FUNCTIONS,
].map(({ image }) => image.slice(0, image.lastIndexOf('/')));
