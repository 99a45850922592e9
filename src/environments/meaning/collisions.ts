import type { Finding } from '#model/finding.ts';
import { type DerivedName, derivedNames } from './derived-names.ts';
import { blameKey, blameValue, type Meaning } from './meaning.ts';

/**
 * Two things of one name, in one environment or in two: two controllers would fight over one thing in AWS, or
 * the second would overwrite what the first wrote. The later one is blamed and names the earlier. Gives the
 * findings of each environment.
 */
export function checkCollisions(all: readonly Meaning[]): readonly (readonly Finding[])[] {
  const environments = new Map<string, string>();
  const names = new Map<string, string>();
  return all.map((meaning) => {
    const name = meaning.environment.metadata.name;
    const other = environments.get(name);
    if (other !== undefined) {
      // Everything else of the two would collide, too: one finding says it.
      return [blameValue(meaning, 'environment-duplicate-environment', '/metadata/name', { name, other })];
    }
    environments.set(name, meaning.file);
    return derivedNames(meaning).flatMap((derived) => taken(meaning, derived, names));
  });
}

function taken(meaning: Meaning, derived: DerivedName, names: Map<string, string>): readonly Finding[] {
  const { rule, name, pointer } = derived;
  const identity = [rule.what, name, ...scope(meaning, rule.scope)].join(' ');
  const by = names.get(identity);
  if (by === undefined) {
    names.set(identity, `${pointer} of ${meaning.file}`);
    return [];
  }
  return [blameKey(meaning, 'environment-derived-name-taken', pointer, { what: rule.what, name, by })];
}

function scope({ environment, file }: Meaning, of: DerivedName['rule']['scope']): readonly string[] {
  const { account, region } = environment.spec.aws;
  if (of === 'region') return [account, region];
  if (of === 'account') return [account];
  return of === 'world' ? [] : [file];
}
