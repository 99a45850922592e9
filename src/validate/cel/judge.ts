import { CelError, OBJECT_BUDGET } from '#cel/cel.ts';
import { readerOf } from '#cel/evaluate/read.ts';
import { NONE, Optional, type Value } from '#cel/values/value.ts';
import type { Finding, Severity } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { isObject } from '../schema/jsonSchema.ts';
import { type CompiledNode, type CompiledRule, compiledNode, type Libraries } from './compile.ts';
import { deepEqual, type Former, formerItems } from './former.ts';
import { messageOf } from './message.ts';
import type { RuleNode } from './rules.ts';

/**
 * Evaluates the rules of a schema on an object.
 *
 * Input: the rules, the object with its defaults, and what it was before, if it was. Output: findings without
 * subject, with pointers into the object. Guarantees: bounded by the API server's cost limits; rules on what changes
 * are evaluated only where there is something to compare with; what did not change breaks no rule anew (a warning).
 * https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints
 */
export interface RuleQuestion {
  readonly rules: RuleNode;
  readonly object: unknown;
  /** The object before the change, with its defaults; `undefined` where it is new. */
  readonly previous?: unknown;
  readonly libraries: Libraries;
}

export function judgeRules({ rules, object, previous, libraries }: RuleQuestion): readonly Finding[] {
  const run: Run = { keys: [], findings: [], budget: { remaining: OBJECT_BUDGET }, libraries };
  const former: Former = { value: previous, isKnown: previous !== undefined, ancestor: undefined };
  visit(rules, object, former, run);
  return run.findings;
}

interface Run {
  /** Keys from the root to the value in hand; pushed and popped. */
  readonly keys: (string | number)[];
  readonly findings: Finding[];
  readonly budget: { remaining: number };
  readonly libraries: Libraries;
}

/** Whether to go on: false after the budget is spent. */
function visit(node: RuleNode, value: unknown, former: Former, run: Run): boolean {
  if (value === null || value === undefined) return true;
  if (node.rules.length > 0 && !evaluate(node, value, former, run)) return false;
  if (Array.isArray(value))
    return node.items === undefined || visitItems(node, node.items, value, former, run);
  return isObject(value) ? visitFields(node, value, former, run) : true;
}

function visitItems(
  node: RuleNode,
  items: RuleNode,
  list: readonly unknown[],
  former: Former,
  run: Run,
): boolean {
  const formerOf = former.value === undefined ? undefined : formerItems(node.schema, former.value);
  for (let index = 0; index < list.length; index++) {
    const before = formerOf?.(list[index]);
    run.keys.push(index);
    const goesOn = visit(items, list[index], within(former, list, before), run);
    run.keys.pop();
    if (!goesOn) return false;
  }
  return true;
}

function visitFields(
  node: RuleNode,
  object: Readonly<Record<string, unknown>>,
  former: Former,
  run: Run,
): boolean {
  const before = isObject(former.value) ? former.value : undefined;
  const visitField = (name: string, field: RuleNode): boolean => {
    const own = before !== undefined && Object.hasOwn(before, name) ? before[name] : undefined;
    run.keys.push(name);
    const goesOn = visit(field, object[name], within(former, object, own), run);
    run.keys.pop();
    return goesOn;
  };
  for (const [name, field] of node.properties) {
    if (Object.hasOwn(object, name) && !visitField(name, field)) return false;
  }
  if (node.values === undefined) return true;
  for (const name in object) {
    if (Object.hasOwn(object, name) && !visitField(name, node.values)) return false;
  }
  return true;
}

/** What a part was before; where that can't be told, whether it changed is asked of the nearest part that can. */
function within(outer: Former, outerValue: unknown, value: unknown): Former {
  if (!outer.isKnown) return NOTHING_BEFORE;
  const ancestor = outer.value === undefined ? outer.ancestor : { value: outerValue, former: outer.value };
  return { value, isKnown: true, ancestor };
}

const NOTHING_BEFORE: Former = { value: undefined, isKnown: false, ancestor: undefined };

function evaluate(node: RuleNode, value: unknown, former: Former, run: Run): boolean {
  const compiled = compiledNode(node, run.libraries);
  const bindings = bindingsOf(compiled, value, former.value);
  for (const one of compiled.rules) {
    const { program, rule } = one;
    const [unusable] = one.issues;
    if (unusable?.part === 'rule') {
      const args = { rule: rule.rule.trim(), problem: unusable.issue.message };
      report(run, { code: 'rule-unusable', severity: 'error', args }, [], 'error');
    }
    if (program === undefined) continue;
    if (one.usesOldSelf && former.value === undefined && !rule.optionalOldSelf) continue;
    const bound = rule.optionalOldSelf ? bindings.optional : bindings.plain;
    const result = program.run(bound, run.budget);
    if (result === true) continue;
    if (result instanceof CelError) {
      const exceeded = result.costExceeded;
      report(run, failure(rule.rule, result), [], 'error');
      if (exceeded) return false;
      continue;
    }
    const severity = !one.usesOldSelf && isUnchanged(value, former) ? 'warning' : 'error';
    const { message, isSpent } = messageOf(one, bound, run.budget);
    const args = { rule: rule.rule.trim(), message };
    report(run, { code: 'rule-violated', severity, args }, one.fieldPath, severity);
    if (isSpent) {
      report(run, failure(rule.rule, new CelError('', 'cost')), [], 'error');
      return false;
    }
  }
  return true;
}

function failure(rule: string, error: CelError): Finding {
  return error.costExceeded
    ? { code: 'rule-cost-exceeded', severity: 'error', args: { rule: rule.trim() } }
    : {
        code: 'rule-evaluation-failed',
        severity: 'error',
        args: { rule: rule.trim(), error: error.message },
      };
}

function report(run: Run, finding: Finding, path: readonly string[], severity: Severity): void {
  run.findings.push({ ...finding, severity, pointer: pointerTo(...run.keys, ...path) });
}

/** Values as their schema's type says; each rule asks for `oldSelf` plainly or as an optional. */
function bindingsOf({ type, rules }: CompiledNode, value: unknown, former: unknown) {
  const read = (type && readerOf(type)) ?? ((plain: Value) => plain);
  const self = read(value);
  const usesOldSelf = rules.some((one: CompiledRule) => one.usesOldSelf);
  if (!usesOldSelf) return { plain: { self }, optional: { self } };
  const oldSelf = former === undefined || former === null ? undefined : read(former);
  return {
    plain: { self, oldSelf },
    optional: { self, oldSelf: oldSelf === undefined ? NONE : new Optional(oldSelf) },
  };
}

/** Whether a value, or where its former one can't be told, the part that it is in, is what it was. */
function isUnchanged(value: unknown, { value: former, ancestor }: Former): boolean {
  if (former !== undefined) return deepEqual(value, former);
  return ancestor !== undefined && deepEqual(ancestor.value, ancestor.former);
}
