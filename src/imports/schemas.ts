import type { CustomKind } from './custom-kind.ts';
import type { KubernetesApi } from './kubernetes.ts';

/** A custom kind whose schema is kept. */
export interface SchemaKind {
  readonly custom: CustomKind;
  /** The input of a Crossplane function: no cluster API. */
  readonly input?: boolean;
}

/**
 * The files below `imports/schemas/` (their form: `imports/schemas/README.md`), path -> text. Minified: they are
 * read by machines, at every start.
 */
export function schemaFiles(
  kinds: readonly SchemaKind[],
  minors: ReadonlyMap<string, KubernetesApi>,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const groups = new Map<string, Map<string, object>>();
  for (const { custom, input } of kinds) {
    const { group, kind, plural, scope, versions } = custom;
    const file = `${group}/${kind.toLowerCase()}.json`;
    files.set(`schemas/crds/${file}`, json(custom));
    const stored = [...versions].sort((a, b) => Number(b.storage) - Number(a.storage));
    const entry = {
      file,
      plural,
      scope,
      versions: stored.map(({ name }) => name),
      ...(input === true ? { input } : {}),
    };
    groups.set(group, (groups.get(group) ?? new Map()).set(kind, entry));
  }
  files.set('schemas/crds/index.json', json(nested(groups)));
  for (const [minor, { index, definitions }] of minors) {
    files.set(`schemas/kubernetes/${minor}/index.json`, json(index));
    files.set(`schemas/kubernetes/${minor}/definitions.json`, json(definitions));
  }
  return files;
}

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

const nested = (groups: ReadonlyMap<string, ReadonlyMap<string, object>>): object =>
  sorted(new Map([...groups].map(([group, kinds]) => [group, sorted(kinds)])));

const sorted = (map: ReadonlyMap<string, object>): object =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
