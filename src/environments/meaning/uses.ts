import { ACCESS } from '#model/environment/service.ts';
import { accessLevels, USED_KINDS, type UsedKind } from '#model/grants.ts';
import { suggested } from '../finding.ts';
import { blameKey, blameValue, entriesOf, type Meaning, type MeaningCheck, type Section } from './meaning.ts';

const SECTIONS: { readonly [K in UsedKind]: Section } = {
  database: 'databases',
  cache: 'caches',
  queue: 'queues',
  bucket: 'buckets',
  service: 'services',
};

/** Each `uses:` line names exactly one thing, with a level that fits its kind. */
export const checkUses: MeaningCheck = (meaning) => {
  const kindsByName = declaredKinds(meaning);
  const names = [...kindsByName.keys()];
  return entriesOf('/spec/services', meaning.environment.spec.services).flatMap(
    ({ name: service, entry, pointer }) =>
      Object.entries(entry.uses ?? {}).flatMap(([name, access]) => {
        const line = `${pointer}/uses/${name}`;
        const [kind, ...others] = kindsByName.get(name) ?? [];
        if (kind === undefined) {
          return [
            blameKey(meaning, 'environment-dangling-use', line, {
              name,
              ...suggested(meaning.suggest(name, names)),
            }),
          ];
        }
        if (others.length > 0) {
          return [blameKey(meaning, 'environment-ambiguous-use', line, { name, kinds: [kind, ...others] })];
        }
        if (kind === 'service' && name === service) {
          return [blameKey(meaning, 'environment-uses-itself', line, { name })];
        }
        const allowed = accessLevels(kind);
        if (ACCESS.includes(access) && !allowed.includes(access)) {
          return [blameValue(meaning, 'environment-wrong-access', line, { name, kind, access, allowed })];
        }
        return kind === 'service' ? withoutPort(meaning, name, line) : [];
      }),
  );
};

/** Who calls a service needs a port to call. */
function withoutPort(meaning: Meaning, name: string, pointer: string) {
  const callee = meaning.environment.spec.services?.[name];
  const hasPort = callee?.port !== undefined || meaning.isDeclared(`/spec/services/${name}/port`);
  return callee === undefined || hasPort
    ? []
    : [blameKey(meaning, 'environment-no-port', pointer, { service: name, because: 'it is called here' })];
}

function declaredKinds({ declared }: Meaning): ReadonlyMap<string, readonly UsedKind[]> {
  const kinds = new Map<string, UsedKind[]>();
  for (const kind of USED_KINDS) {
    for (const name of declared(SECTIONS[kind])) {
      const known = kinds.get(name);
      if (known === undefined) kinds.set(name, [kind]);
      else known.push(kind);
    }
  }
  return kinds;
}
