import { groupOf } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import { isBlocking } from '../schema/blocking.ts';
import { documentJudge } from '../schema/check.ts';
import { applyDefaults } from '../schema/defaults.ts';
import { type Definition, isXrd } from '../schema/documents.ts';
import type { KindSchema, SchemaStore } from '../schema/store.ts';
import { checkDefinitions } from './definitions.ts';
import { judgeRules } from './judge.ts';
import { type RuleNode, rulesOf } from './rules.ts';

/**
 * Rules of custom resources (x-kubernetes-validations), as the API server evaluates them, and the rules in the
 * definitions among the manifests themselves.
 *
 * Input: manifests, schemas, the definitions among the manifests. Output: a finding for each rule that an object
 * breaks, with the field, and for each rule that the API server would refuse (in an XRD it is Crossplane that meets the
 * refusal: the composition check tells of those). Guarantees: pure, bounded; nothing is
 * done for kinds without rules, and no rule is compiled before the first object that it concerns. `covered` holds the
 * documents whose rules were evaluated.
 */
export interface RuleOptions {
  /** Those whose faults are told of: here, or by the composition check. */
  readonly definitions?: readonly Definition[];
  /** What an object was before; without it, rules on what changes are not evaluated, as on creation. */
  readonly previous?: ((manifest: Manifest) => unknown) | undefined;
  /** Objects that are not what their schema says, where that is known: their rules are not evaluated. */
  readonly unfit?: ReadonlySet<Manifest> | undefined;
}

export function checkRules(
  manifests: readonly Manifest[],
  store: SchemaStore,
  { definitions = [], previous, unfit }: RuleOptions = {},
): CheckOutcome {
  const findings: Finding[] = [
    ...checkDefinitions(
      definitions.filter(({ manifest }) => !isXrd(manifest)),
      store,
    ),
  ];
  const covered = new Set<Manifest>();
  const isUnfit = unfit === undefined ? judged(store) : (manifest: Manifest) => unfit.has(manifest);
  const kinds = new Map<string, Ruled | undefined>();
  const isTold = told(definitions);
  for (const manifest of manifests) {
    const { apiVersion, kind: name } = manifest.object;
    const key = `${apiVersion} ${name}`;
    let kind = kinds.get(key);
    if (kind === undefined && !kinds.has(key)) {
      kind = ruled(store.find(apiVersion, name));
      kinds.set(key, kind);
    }
    if (kind === undefined) continue;
    if (isUnfit(manifest, kind.schema)) {
      // Where the schema check ran, it said what is wrong.
      if (unfit === undefined) findings.push(notJudged(manifest));
      continue;
    }
    covered.add(manifest);
    const before = previous?.(manifest);
    const problems = judgeRules({
      rules: kind.rules,
      object: applyDefaults(kind.schema.schema, kind.visible(manifest.object)),
      ...(before === undefined ? {} : { previous: applyDefaults(kind.schema.schema, kind.visible(before)) }),
      libraries: { kubernetesVersion: store.kubernetesVersion, use: 'stored' },
    });
    for (const problem of problems) {
      if (problem.code === 'rule-unusable' && isTold(kind.schema, problem.args.rule)) continue;
      findings.push(findingAt(manifest, problem, problem.pointer ?? ''));
    }
  }
  return { check: 'cel', engine: 'embedded', findings, covered };
}

/**
 * Whether it was said already that a rule can't be used: of its definition, where that is among the documents, or of
 * another object of the kind.
 */
function told(definitions: readonly Definition[]): (kind: KindSchema, rule: string) => boolean {
  const kindOf = (group: string, kind: string) => `${group} ${kind}`;
  const here = new Set(definitions.flatMap(({ crds }) => crds.map(({ group, kind }) => kindOf(group, kind))));
  const before = new Set<string>();
  return ({ apiVersion, kind }, rule) => {
    const key = `${apiVersion} ${kind} ${rule}`;
    const isKnown = here.has(kindOf(groupOf(apiVersion), kind)) || before.has(key);
    before.add(key);
    return isKnown;
  };
}

/** A kind that has rules. */
interface Ruled {
  readonly schema: KindSchema;
  readonly rules: RuleNode;
  /** What the API server takes of an object that it is given. */
  readonly visible: (object: unknown) => unknown;
}

function ruled(schema: KindSchema | undefined): Ruled | undefined {
  // Kubernetes' own kinds have no such rules: their validation is compiled in.
  if (schema?.family !== 'custom') return undefined;
  const rules = rulesOf(schema.schema);
  if (rules === undefined) return undefined;
  return { schema, rules, visible: schema.hasStatus === true ? withoutStatus : (object) => object };
}

/** Where the status is written apart, whoever writes the object can't set it. */
function withoutStatus(object: unknown): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, 'status')) return object;
  const { status: _, ...rest } = { status: undefined, ...object };
  return rest;
}

/** Where no schema check ran, only what has rules is looked at. */
function judged(store: SchemaStore): (manifest: Manifest, kind: KindSchema) => boolean {
  const judge = documentJudge(store);
  return ({ object }, kind) => judge(object, kind).some(isBlocking);
}

const notJudged = (manifest: Manifest): Finding =>
  findingAt(
    manifest,
    { code: 'rule-not-judged', severity: 'error', args: { kind: manifest.object.kind } },
    '',
  );
