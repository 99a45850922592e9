/**
 * Crossplane's provider packages, by their names, and the API groups of the kinds that each brings; the namespaced
 * ones have `m` in theirs. https://docs.crossplane.io/latest/packages/providers/
 */

/** Package of one service of AWS. */
export const awsPackage = (service: string): string => `${AWS_PACKAGES}${service}`;
const AWS_PACKAGES = 'provider-aws-';

/** Holds how the others sign in to AWS, and comes with each of them. */
export const AWS_FAMILY_PACKAGE = 'provider-family-aws';
export const ATLAS_PACKAGE = 'provider-mongodbatlas';
export const KUBERNETES_PACKAGE = 'provider-kubernetes';

/** Whether a package, named by its image, is known to bring the kinds of a group. */
export function isBroughtByPackage(image: string, group: string): boolean {
  const name = nameOf(image);
  const plain = group.replace(/(^|\.)m\.(upbound|crossplane)\.io$/, '$1$2.io');
  if (name === KUBERNETES_PACKAGE) return plain === 'kubernetes.crossplane.io';
  if (name === ATLAS_PACKAGE) return /(^|\.)mongodbatlas\.crossplane\.io$/.test(plain);
  const isAws = name.startsWith(AWS_PACKAGES);
  if (plain === 'aws.upbound.io') return isAws || name === AWS_FAMILY_PACKAGE;
  return isAws && plain === `${name.slice(AWS_PACKAGES.length)}.aws.upbound.io`;
}

/** `registry.example/contrib/provider-aws-s3:v2.6.0` -> `provider-aws-s3`. */
const nameOf = (image: string): string =>
  image
    .split('/')
    .at(-1)
    ?.replace(/[:@].*$/, '') ?? '';
