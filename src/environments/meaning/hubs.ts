import type { Environment } from '#model/environment/environment.ts';
import type { Finding } from '#model/finding.ts';
import { isHosted, isHub } from '#model/topology.ts';
import { blameKey, blameValue, type Meaning } from './meaning.ts';

/**
 * Hubs, and those that name one. A hub must be there, run Argo CD and Crossplane, and know composites in namespaces:
 * everything that belongs to one environment is in its namespace then, so that its own policies judge it.
 * Gives the findings of each environment.
 */
export function checkHubs(all: readonly Meaning[]): readonly (readonly Finding[])[] {
  const names = new Map(all.map((meaning) => [meaning.environment.metadata.name, meaning.environment]));
  return all.map((meaning) => [...alone(meaning), ...named(meaning, names)]);
}

function alone(meaning: Meaning): readonly Finding[] {
  const { environment } = meaning;
  const { hub, crossplane, cluster } = environment.spec;
  const needs = (pointer: string, field: string): Finding =>
    blameValue(meaning, 'environment-hub-needs', pointer, { field });
  const isNamespaced = crossplane === 'namespaced';
  if (!isHosted(environment)) {
    const stray = hub === undefined ? [] : [blameKey(meaning, 'environment-hub-unused', '/spec/hub', {})];
    const old = isHub(environment) && !isNamespaced;
    return old ? [...stray, needs('/spec/delivery/hub', 'spec.crossplane: namespaced')] : stray;
  }
  const missing = [
    ...(meaning.isDeclared('/spec/hub') ? [] : ['spec.hub: the name of an environment']),
    ...(isNamespaced ? [] : ['spec.crossplane: namespaced']),
    ...(cluster.argoCd === undefined && !meaning.isDeclared('/spec/cluster/argoCd')
      ? ['spec.cluster.argoCd.role: the role by which Argo CD reaches the cluster']
      : []),
  ];
  const both = isHub(environment)
    ? [blameValue(meaning, 'environment-hub-unfit', '/spec/delivery/hub', unfit(environment, 'hosted'))]
    : [];
  return [...missing.map((field) => needs('/spec/topology', field)), ...both];
}

const unfit = ({ metadata: { name } }: Environment, reason: 'hosted' | 'not a hub') => ({ name, reason });

function named(meaning: Meaning, names: ReadonlyMap<string, Environment>): readonly Finding[] {
  const { environment, suggest } = meaning;
  const { hub } = environment.spec;
  if (!isHosted(environment) || hub === undefined || !meaning.isRight('/spec/hub')) return [];
  const found = names.get(hub);
  if (found === undefined) {
    const suggestion = suggest(hub, [...names.keys()]);
    const args = { name: hub, ...(suggestion !== undefined && { suggestion }) };
    return [blameValue(meaning, 'environment-hub-unknown', '/spec/hub', args)];
  }
  if (isHub(found) && !isHosted(found)) return [];
  const args = unfit(found, isHosted(found) ? 'hosted' : 'not a hub');
  return [blameValue(meaning, 'environment-hub-unfit', '/spec/hub', args)];
}
