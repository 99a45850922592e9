import type { Environment } from '#model/environment/environment.ts';
import { claimNamespace, prefix } from '#model/names.ts';
import { hubNamespace } from '#model/namespaces.ts';
import { platformServices } from '#platform/catalogue.ts';
import { environmentFacts } from './environment-facts.ts';
import type { Folder } from './folder.ts';
import { namespace } from './namespace.ts';
import { addComposition } from './platform-api.ts';
import { providerConfigs } from './provider-configs.ts';

/**
 * What an environment has in its hub before its claims: a namespace of its own with its facts, its ways to sign in, and
 * those Compositions that are cut to it. All else of Crossplane is the hub's.
 */
export function hub(folder: Folder, environment: Environment): void {
  namespace(folder, hubNamespace(environment));
  environmentFacts(folder, environment, claimNamespace(environment));
  providerConfigs(folder, environment);
  for (const composition of platformServices.flatMap(({ compositions }) => compositions(environment))) {
    if (isCutTo(environment, composition.metadata.name))
      addComposition(folder, composition, { pointer: '/spec/hub' });
  }
}

/** Compositions of one environment are named after it; all others are alike for all. */
const isCutTo = (environment: Environment, name: string): boolean => name.endsWith(`-${prefix(environment)}`);
