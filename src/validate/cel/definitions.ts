import type { Finding } from '#model/finding.ts';
import { pointerTo, within } from '#model/pointer.ts';
import { findingAt } from '../finding.ts';
import { defaultJudge } from '../schema/check.ts';
import { applyDefaults } from '../schema/defaults.ts';
import type { Definition } from '../schema/documents.ts';
import {
  isObject,
  isTrue,
  type JsonSchema,
  keyword,
  propertiesOf,
  schemaOf,
  schemasOf,
  textOf,
} from '../schema/jsonSchema.ts';
import type { SchemaStore } from '../schema/store.ts';
import { type CompiledRule, compiledNode, type Libraries } from './compile.ts';
import { largestIn, mostInRequest, multiplicity, RULE_LIMIT, SCHEMA_LIMIT } from './cost.ts';
import { parseFieldPath } from './field-path.ts';
import { judgeRules } from './judge.ts';
import { RULES, type Rule, type RuleNode, rulesOf } from './rules.ts';

/**
 * Rules in definitions (CRDs, and XRDs, of which Crossplane makes CRDs), as the API server takes or refuses them.
 *
 * Input: the definitions among the manifests. Output: a finding for each rule that is refused, in the definition,
 * once: the claim's CRD and the composite's have most rules in common.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/v0.34.0/pkg/apis/apiextensions/validation/validation.go
 */
export function checkDefinitions(definitions: readonly Definition[], store: SchemaStore): readonly Finding[] {
  const libraries: Libraries = { kubernetesVersion: store.kubernetesVersion, use: 'new' };
  return definitions.flatMap(({ manifest, crds }) => {
    const names = versionNames(manifest.object['spec']);
    const found = new Map<string, Finding>();
    for (const crd of crds) {
      for (const { name, schema } of crd.versions) {
        const pointer = pointerTo('spec', 'versions', names.indexOf(name), 'schema', 'openAPIV3Schema');
        for (const problem of schemaProblems(schema, pointer, libraries))
          found.set(JSON.stringify(problem), problem);
      }
    }
    return [...found.values()].map((problem) => findingAt(manifest, problem, problem.pointer ?? ''));
  });
}

const versionNames = (spec: unknown): readonly (string | undefined)[] =>
  isObject(spec) ? schemasOf(spec, 'versions').map((version) => textOf(version, 'name')) : [];

/** Problems by what a schema says: environments of one platform come with the same definitions. */
const known = new Map<string, readonly Finding[]>();
/** Of them so many are kept. */
const MOST_KEPT = 1_000;

/** Problems of one schema, which is at `pointer`. */
function schemaProblems(schema: JsonSchema, pointer: string, libraries: Libraries): readonly Finding[] {
  const text = JSON.stringify([pointer, libraries, schema]);
  const before = known.get(text);
  if (before !== undefined) return before;
  const problems: Finding[] = [...misplaced(schema, pointer), ...unfitDefaults(schema, pointer, libraries)];
  const root = rulesOf({ ...schema, 'x-kubernetes-embedded-resource': true });
  const total = { cost: 0 };
  if (root !== undefined) {
    visit(root, { pointer, uncorrelatable: undefined, count: 1, total, libraries, problems });
    if (total.cost > SCHEMA_LIMIT) {
      const args = { factor: total.cost / SCHEMA_LIMIT };
      problems.push({ code: 'rule-cost-total', severity: 'error', pointer, args });
    }
  }
  if (known.size < MOST_KEPT) known.set(text, problems);
  return problems;
}

interface Visit {
  readonly pointer: string;
  /** The outermost list or map around here of which it can't be told what its parts were before. */
  readonly uncorrelatable: string | undefined;
  /** How many such values one object can have; `undefined` where nothing bounds it. */
  readonly count: number | undefined;
  /** What all rules so far may cost at worst. */
  readonly total: { cost: number };
  readonly libraries: Libraries;
  readonly problems: Finding[];
}

function visit(node: RuleNode, at: Visit): void {
  const { pointer, problems } = at;
  if (node.rules.length > 0) {
    const { type, rules } = compiledNode(node, at.libraries);
    if (type === undefined) {
      const problem = 'expressions can not see values of this schema: it says no type';
      problems.push(invalid('rule', problem, within(pointer, RULES)));
    }
    for (const [index, rule] of node.rules.entries())
      ruleProblems(rule, rules[index], node, { ...at, pointer: within(pointer, RULES, index) });
  }
  problems.push(...brokenDefaults(node, at));
  const more = multiplicity(node.schema);
  const count = at.count === undefined || more === undefined ? undefined : at.count * more;
  for (const [name, field] of node.properties)
    visit(field, { ...at, count, pointer: within(pointer, 'properties', name) });
  if (node.values !== undefined)
    visit(node.values, { ...at, count, pointer: within(pointer, 'additionalProperties') });
  if (node.items !== undefined) {
    const isKeyed = textOf(node.schema, 'x-kubernetes-list-type') === 'map';
    const uncorrelatable = at.uncorrelatable ?? (isKeyed ? undefined : pointer);
    visit(node.items, { ...at, count, uncorrelatable, pointer: within(pointer, 'items') });
  }
}

function ruleProblems(rule: Rule, compiled: CompiledRule | undefined, node: RuleNode, at: Visit): void {
  const { pointer, problems } = at;
  const refuse = (part: Parameters<typeof invalid>[0], problem: string) =>
    problems.push(invalid(part, problem, within(pointer, part)));
  for (const [part, problem] of wordProblems(rule, node)) refuse(part, problem);
  if (compiled === undefined) return;
  for (const { part, issue } of compiled.issues) {
    const { message, line, column } = issue;
    const args = { part, problem: message, line, column };
    problems.push({ code: 'rule-invalid', severity: 'error', pointer: within(pointer, part), args });
  }
  costProblems(compiled, node, at);
  if (compiled.program === undefined) return;
  if (!compiled.usesOldSelf) {
    if (
      isTrue(ruleAt(node, rule), 'optionalOldSelf') ||
      keyword(ruleAt(node, rule), 'optionalOldSelf') === false
    )
      refuse('optionalOldSelf', 'the rule does not use oldSelf');
  } else if (at.uncorrelatable !== undefined) {
    const args = { within: at.uncorrelatable };
    problems.push({
      code: 'rule-uncorrelatable',
      severity: 'error',
      pointer: within(pointer, 'rule'),
      args,
    });
  }
}

/** What the API server reckons that a rule may cost, by the bounds in the schema. */
function costProblems({ program, message }: CompiledRule, node: RuleNode, at: Visit): void {
  const largest = largestIn(node.schema, node.isResource);
  const refuse = (part: 'rule' | 'messageExpression', cost: number) => {
    at.total.cost += cost;
    if (cost <= RULE_LIMIT) return;
    const args = { part, factor: cost / RULE_LIMIT };
    at.problems.push({
      code: 'rule-cost-estimate',
      severity: 'error',
      pointer: within(at.pointer, part),
      args,
    });
  };
  const count = at.count ?? mostInRequest(node.schema);
  if (program !== undefined) refuse('rule', program.estimate(largest) * count);
  // A message is made for one violation.
  if (message !== undefined) refuse('messageExpression', message.estimate(largest));
}

const ruleAt = (node: RuleNode, rule: Rule): JsonSchema =>
  schemasOf(node.schema, RULES)[node.rules.indexOf(rule)] ?? {};

type Part = 'rule' | 'message' | 'messageExpression' | 'fieldPath' | 'reason' | 'optionalOldSelf';

const REASONS = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];

/** What is wrong with a rule's words, whatever its expressions mean. */
function wordProblems(rule: Rule, node: RuleNode): readonly (readonly [Part, string])[] {
  const problems: (readonly [Part, string])[] = [];
  const hasBreaks = (text: string) => /[\n\r]/.test(text.trim());
  if (rule.rule.trim() === '') problems.push(['rule', 'it is empty']);
  else if (rule.message !== '' && rule.message.trim() === '') problems.push(['message', 'it is empty']);
  else if (hasBreaks(rule.message)) problems.push(['message', 'it has line breaks']);
  else if (hasBreaks(rule.rule) && rule.message === '')
    problems.push(['message', 'a rule with line breaks needs a message']);
  if (rule.messageExpression !== '' && rule.messageExpression.trim() === '')
    problems.push(['messageExpression', 'it is empty']);
  if (rule.reason !== undefined && !REASONS.includes(rule.reason))
    problems.push(['reason', `it must be one of ${REASONS.join(', ')}`]);
  if (rule.fieldPath === '') return problems;
  const path = parseFieldPath(rule.fieldPath, node.schema);
  if ('problem' in path) problems.push(['fieldPath', path.problem]);
  return problems;
}

const invalid = (part: Part, problem: string, pointer: string): Finding => ({
  code: 'rule-invalid',
  severity: 'error',
  pointer,
  args: { part, problem },
});

/** A default must be what the node says that it is the default of. */
function unfitDefaults(
  schema: JsonSchema,
  pointer: string,
  { kubernetesVersion }: Libraries,
): readonly Finding[] {
  const problems: Finding[] = [];
  const judge = defaultJudge(kubernetesVersion);
  const look = (node: JsonSchema, at: string) => {
    const value = keyword(node, 'default');
    if (value !== undefined && value !== null) problems.push(...judge(node, value, within(at, 'default')));
    for (const [name, field] of propertiesOf(node)) look(field, within(at, 'properties', name));
    for (const name of ['items', 'additionalProperties']) {
      const inner = schemaOf(node, name);
      if (inner !== undefined) look(inner, within(at, name));
    }
  };
  look(schema, pointer);
  return problems;
}

/** A default must pass the rules of the node that it is the default of. */
function brokenDefaults(node: RuleNode, { pointer, libraries }: Visit): readonly Finding[] {
  const value = keyword(node.schema, 'default');
  if (value === undefined || value === null) return [];
  const object = applyDefaults(node.schema, value);
  const changed = judgeRules({ rules: node, object, previous: object, libraries });
  const created = judgeRules({ rules: node, object, libraries });
  return (changed.length > 0 ? changed : created).flatMap((problem): Finding[] => {
    const at = `${within(pointer, 'default')}${problem.pointer ?? ''}`;
    const of = (args: { readonly rule: string; readonly message: string }): Finding[] => [
      { code: 'rule-default', severity: 'error', pointer: at, args },
    ];
    if (problem.code === 'rule-violated') return of(problem.args);
    // A rule that can't be used is told where it stands.
    return problem.code === 'rule-evaluation-failed'
      ? of({ rule: problem.args.rule, message: problem.args.error })
      : [];
  });
}

const CONDITIONS = ['allOf', 'anyOf', 'oneOf'] as const;

/** Rules inside conditions: no API server looks at them, and it refuses the definition. */
function misplaced(schema: JsonSchema, pointer: string): readonly Finding[] {
  const problems: Finding[] = [];
  const look = (part: JsonSchema, at: string, condition: string | undefined) => {
    if (condition !== undefined && schemasOf(part, RULES).length > 0) {
      const args = { keyword: condition };
      problems.push({ code: 'rule-misplaced', severity: 'error', pointer: within(at, RULES), args });
    }
    for (const [name, field] of propertiesOf(part)) look(field, within(at, 'properties', name), condition);
    for (const name of ['items', 'additionalProperties']) {
      const inner = schemaOf(part, name);
      if (inner !== undefined) look(inner, within(at, name), condition);
    }
    for (const name of CONDITIONS) {
      for (const [index, inner] of schemasOf(part, name).entries())
        look(inner, within(at, name, index), name);
    }
    const not = schemaOf(part, 'not');
    if (not !== undefined) look(not, within(at, 'not'), 'not');
  };
  look(schema, pointer, undefined);
  return problems;
}
