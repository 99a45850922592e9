import type { Environment } from '#model/environment/environment.ts';
import type { Finding } from '#model/finding.ts';
import type { Suggest } from '#model/suggest.ts';
import { merge } from './extends/merge.ts';
import type { Kind } from './kind.ts';
import type { Meaning, Section } from './meaning/meaning.ts';
import { places } from './place.ts';
import { explainSchema } from './schema/explain.ts';
import { prune } from './schema/prune.ts';
import { judgeHead, judgePartialSpec, judgeSpec, type SchemaError } from './schema/validate.ts';
import { child, data, has, keys, type Mapping, mapping, text } from './tree.ts';

/** An environment that was judged by the schema. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** What can be judged for meaning; undefined where the types don't allow it. */
  readonly meaning?: Meaning;
}

/** Judges a complete environment: `tree` has everything that it extends. */
export function judgeEnvironment(file: string, tree: Mapping, suggest: Suggest, today?: string): Judged {
  const at = places(tree);
  const value = data(tree);
  const head = judgeHead('environment', value);
  const spec = specOf(value);
  const errors = spec === undefined ? [] : judgeSpec(spec);
  const findings = explainSchema([...head, ...errors], { tree, places: at, suggest });
  const objected = new Set(findings.map(({ pointer }) => pointer));
  const isNamed = text(child(tree, 'metadata'), 'name') !== undefined;
  if (spec === undefined || !isNamed || !prune(spec, errors)) return { findings };
  const meaning: Meaning = {
    file,
    // The schema has judged it, and `prune` has taken out what it objected to.
    environment: value as Environment,
    places: at,
    declared: (section) => keys(sectionOf(tree, section)),
    isDeclared: (pointer) => has(tree, pointer),
    isRight: (pointer) => !objected.has(pointer),
    suggest,
    today,
  };
  return { findings, meaning };
}

/** Judges what stands in one file: a base, or an environment whose bases can't be used. Nothing is required. */
export function judgePart(kind: Kind, tree: Mapping, suggest: Suggest): readonly Finding[] {
  const written = tree.entries.get('spec');
  const stripped =
    written?.value.kind === 'mapping'
      ? { ...written, value: merge(undefined, written.value, '/spec', suggest, []) }
      : written;
  const part =
    stripped === undefined ? tree : mapping(new Map([...tree.entries, ['spec', stripped]]), tree.at);
  const value = data(part);
  const head = judgeHead(kind === 'Environment' ? 'environment' : 'base', value);
  const spec = specOf(value);
  const errors: readonly SchemaError[] = spec === undefined ? [] : judgePartialSpec(spec);
  return explainSchema([...head, ...errors], { tree: part, places: places(part), suggest });
}

/** The `spec` of a file, where it is a mapping. */
function specOf(file: unknown): object | undefined {
  const spec: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, 'spec') : undefined;
  return typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? spec : undefined;
}

function sectionOf(tree: Mapping, section: Section) {
  const spec = child(tree, 'spec');
  return child(section === 'nodeGroups' ? child(spec, 'cluster') : spec, section);
}
