import { type CustomKind, constructVersion } from './custom-kind.ts';
import { failed, type Outcome, type Problem } from './problem.ts';
import { isObject, mapSchema, without } from './strip.ts';

/** A kind that gets a typed construct. */
export interface ConstructKind {
  readonly custom: CustomKind;
  /** The version to import; without: the storage version. */
  readonly version?: string;
  /** Strings instead of TypeScript enums, whose names would be made up: for our own kinds. */
  readonly plainStrings?: boolean;
}

/** Where the bundles lie, relative to the project: what cdk8s.yaml lists under `imports`. */
export const BUNDLES = '.plimsoll/imports';

/**
 * The files that `cdk8s import` reads, one for each API group: two files of one group would write the same module,
 * and the last would win. Each kind has one version, since the first one gets the plain class name; no status,
 * which nobody constructs; no prose.
 */
export function bundle(kinds: readonly ConstructKind[]): Outcome<ReadonlyMap<string, string>> {
  const groups = new Map<string, string[]>();
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const kind of [...kinds].sort(byName)) {
    const { group, kind: name } = kind.custom;
    const version = constructVersion(kind.custom, kind.version);
    const identity = `${name}.${group}`;
    if (version === undefined || seen.has(identity)) {
      const reason =
        version === undefined ? `there is no version ${kind.version ?? 'stored'}` : 'it comes twice';
      problems.push({ code: 'source-unusable', file: identity, reason });
      continue;
    }
    seen.add(identity);
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${kind.custom.plural}.${group}` },
      spec: {
        group,
        names: { kind: name, plural: kind.custom.plural },
        scope: kind.custom.scope,
        versions: [
          {
            name: version.name,
            served: true,
            storage: true,
            schema: { openAPIV3Schema: shape(kind, version.schema) },
          },
        ],
      },
    };
    const path = `${BUNDLES}/${group}.yaml`;
    groups.set(path, [...(groups.get(path) ?? []), JSON.stringify(definition)]);
  }
  if (problems.length > 0) return failed(...problems);
  // JSON is YAML; a document a kind.
  return {
    value: new Map([...groups].map(([path, texts]) => [path, `${texts.join('\n---\n')}\n`])),
    problems,
  };
}

function shape({ plainStrings }: ConstructKind, schema: object): unknown {
  const properties = isObject(schema) && 'properties' in schema ? schema['properties'] : {};
  const visible = {
    ...schema,
    properties: isObject(properties) ? without(properties, (name) => name === 'status') : {},
  };
  return mapSchema(visible, (one) =>
    without(
      one,
      (keyword) => keyword === 'x-kubernetes-validations' || (plainStrings === true && keyword === 'enum'),
    ),
  );
}

const byName = (a: ConstructKind, b: ConstructKind): number => {
  const [left, right] = [a, b].map(({ custom }) => `${custom.group} ${custom.kind}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Whether cdk8s.yaml lists exactly the bundles that there are: a plain `cdk8s import` must do the same. */
export function compareDeclared(
  bundles: ReadonlyMap<string, string>,
  declared: readonly string[],
): readonly Problem[] {
  const wanted = new Set(declared);
  return [
    ...[...bundles.keys()]
      .filter((path) => !wanted.has(path))
      .map((path): Problem => ({ code: 'module-undeclared', bundle: path })),
    ...declared
      .filter((path) => !bundles.has(path))
      .map((path): Problem => ({ code: 'module-unused', bundle: path })),
  ];
}
