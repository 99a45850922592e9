import { KubeConfigMap } from 'cdk8s-plus-30/lib/imports/k8s.js';
import type { Environment } from '#model/environment/environment.ts';
import { factsOf } from '#model/facts.ts';
import { metadata } from './annotations.ts';
import { PACKAGE_REGISTRIES } from './crossplane-packages.ts';
import type { Folder } from './folder.ts';

/**
 * The parameters of the policies. Applied with the namespaces, long before the policies: a policy whose parameters
 * are missing refuses everything.
 */
export function environmentFacts(folder: Folder, environment: Environment, namespace: string): void {
  folder.add(
    KubeConfigMap,
    {
      metadata: metadata({ name: 'environment', namespace }, { wave: 'namespaces', isKept: true }),
      data: { ...factsOf(environment, PACKAGE_REGISTRIES) },
    },
    {
      pointer: '/spec/stage',
      fields: () => ({
        '/data/product': '/spec/product',
        '/data/account': '/spec/aws/account',
        '/data/region': '/spec/aws/region',
        '/data/regions': '/spec/policies/regions',
        '/data/domains': '/spec/ingress/domains',
        '/data/registries': '/spec/policies/registries',
        '/data/tags': '/spec/aws/tags',
        '/data/acknowledged': '/spec/acknowledge',
      }),
    },
  );
}
