import { compile, type Environment, type Issue, kubernetesEnvironment, type Program } from '#cel/cel.ts';
import { typeOfSchema } from '#cel/types/schema.ts';
import { BOOL, optionalOf, STRING, type Type } from '#cel/types/type.ts';
import { parseFieldPath } from './field-path.ts';
import type { Rule, RuleNode } from './rules.ts';

/**
 * Rules to programs, at the first object that needs them, once for each node of a schema and set of libraries.
 *
 * Input: a node with rules. Output: its programs, or what is wrong with them. Guarantees: pure but for what it
 * remembers; never throws.
 */
export interface CompiledRule {
  readonly rule: Rule;
  /** `undefined` where the rule is empty, or can't be used. */
  readonly program: Program | undefined;
  readonly message: Program | undefined;
  /** Whether it speaks of what was there before. */
  readonly usesOldSelf: boolean;
  /** Where a violation is to be shown, from the node on. */
  readonly fieldPath: readonly string[];
  readonly issues: readonly RuleIssue[];
}

export interface RuleIssue {
  readonly part: 'rule' | 'messageExpression';
  readonly issue: Issue;
}

export interface CompiledNode {
  /** Of `self`; `undefined` where expressions can't see such a value. */
  readonly type: Type | undefined;
  readonly rules: readonly CompiledRule[];
}

/** Which libraries rules may use: those of an API server of a version, for a rule that is new to it or stored. */
export interface Libraries {
  /** Minor version of Kubernetes: `1.34`. */
  readonly kubernetesVersion: string;
  readonly use: 'new' | 'stored';
}

/** What a node was compiled to, for each use. */
type Uses = Partial<Record<Libraries['use'], CompiledNode>>;

const known = new WeakMap<RuleNode, Map<string, Uses>>();
/** Nodes that say the same are one: the same definition comes with each environment, and in several kinds. */
const alike = new Map<string, Map<string, Uses>>();
/** Of them so many are kept: definitions that nobody ends would fill the memory. */
const MOST_KEPT = 5_000;

export function compiledNode(node: RuleNode, { kubernetesVersion, use }: Libraries): CompiledNode {
  const uses = usesOf(node, kubernetesVersion);
  // What a new rule may use, a stored one may use as well.
  const fitting = use === 'stored' && uses.new !== undefined && isSound(uses.new) ? uses.new : uses[use];
  if (fitting !== undefined) return fitting;
  const made = compileNode(node, kubernetesVersion, use);
  uses[use] = made;
  return made;
}

const isSound = ({ rules }: CompiledNode) => rules.every(({ issues }) => issues.length === 0);

function usesOf(node: RuleNode, version: string): Uses {
  let versions = known.get(node);
  if (versions === undefined) {
    const text = JSON.stringify([node.isResource, node.schema]);
    versions = alike.get(text) ?? new Map<string, Uses>();
    if (alike.size < MOST_KEPT) alike.set(text, versions);
    known.set(node, versions);
  }
  let uses = versions.get(version);
  if (uses === undefined) {
    uses = {};
    versions.set(version, uses);
  }
  return uses;
}

function compileNode(node: RuleNode, version: string, use: Libraries['use']): CompiledNode {
  const type = typeOfSchema(node.schema, { name: 'self', isResource: node.isResource });
  if (type === undefined) return { type, rules: [] };
  const plain = kubernetesEnvironment({ self: type, oldSelf: type }, version, use);
  const optional = kubernetesEnvironment({ self: type, oldSelf: optionalOf(type) }, version, use);
  return {
    type,
    rules: node.rules.map((rule) => compileRule(rule, node, rule.optionalOldSelf ? optional : plain)),
  };
}

function compileRule(rule: Rule, node: RuleNode, environment: Environment): CompiledRule {
  const path = rule.fieldPath === '' ? undefined : parseFieldPath(rule.fieldPath, node.schema);
  const fieldPath = path !== undefined && 'segments' in path ? path.segments : [];
  const unused = { rule, program: undefined, message: undefined, usesOldSelf: false, fieldPath };
  if (rule.rule.trim() === '') return { ...unused, issues: [] };
  const compiled = compile(rule.rule, environment, [BOOL]);
  const { program } = compiled;
  if (program === undefined) return { ...unused, issues: issuesOf('rule', compiled.issues) };
  // What may be anything is not enough to the API server.
  if (program.type.kind !== 'bool') return { ...unused, issues: issuesOf('rule', [MUST_BE_BOOL]) };
  const usesOldSelf = program.variables.includes('oldSelf');
  if (rule.messageExpression === '')
    return { rule, program, message: undefined, usesOldSelf, fieldPath, issues: [] };
  const message = compile(rule.messageExpression, environment, [STRING]);
  const isText = message.program === undefined || message.program.type.kind === 'string';
  const issues = issuesOf('messageExpression', isText ? message.issues : [MUST_BE_STRING]);
  const used = isText ? message.program : undefined;
  return { rule, program, message: used, usesOldSelf, fieldPath, issues };
}

const MUST_BE_BOOL: Issue = { message: 'must evaluate to bool', line: 1, column: 1, offset: 0 };
const MUST_BE_STRING: Issue = { ...MUST_BE_BOOL, message: 'must evaluate to string' };

const issuesOf = (part: RuleIssue['part'], issues: readonly Issue[]): readonly RuleIssue[] =>
  issues.map((issue) => ({ part, issue }));
