import {
  isTrue,
  type JsonSchema,
  keyword,
  propertiesOf,
  schemaOf,
  schemasOf,
  textOf,
} from '../schema/jsonSchema.ts';

/**
 * The rules of a schema (x-kubernetes-validations), where they stand.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export interface Rule {
  readonly rule: string;
  readonly message: string;
  readonly messageExpression: string;
  readonly fieldPath: string;
  readonly reason: string | undefined;
  readonly optionalOldSelf: boolean;
}

/** A node of a schema that has rules, or that one must pass to get to rules. */
export interface RuleNode {
  readonly schema: JsonSchema;
  /** Of a whole object, at the root or embedded: its name can be asked for, whatever the schema says. */
  readonly isResource: boolean;
  readonly rules: readonly Rule[];
  readonly properties: ReadonlyMap<string, RuleNode>;
  /** Of a map. */
  readonly values: RuleNode | undefined;
  readonly items: RuleNode | undefined;
}

const known = new WeakMap<JsonSchema, RuleNode | typeof NONE>();
const NONE = Symbol('no rules');

/** The rules of a schema and of what lies in it; `undefined` where there are none. Worked out once for each schema. */
export function rulesOf(schema: JsonSchema): RuleNode | undefined {
  const before = known.get(schema);
  if (before !== undefined) return before === NONE ? undefined : before;
  const made = read(schema);
  known.set(schema, made ?? NONE);
  return made;
}

function read(schema: JsonSchema): RuleNode | undefined {
  const rules = ruleList(schema);
  const properties = new Map<string, RuleNode>();
  for (const [name, field] of propertiesOf(schema)) {
    const node = rulesOf(field);
    if (node !== undefined) properties.set(name, node);
  }
  const others = schemaOf(schema, 'additionalProperties');
  const values = others && rulesOf(others);
  const item = schemaOf(schema, 'items');
  const items = item && rulesOf(item);
  if (rules.length === 0 && properties.size === 0 && values === undefined && items === undefined)
    return undefined;
  const isResource = isTrue(schema, 'x-kubernetes-embedded-resource');
  return { schema, isResource, rules, properties, values, items };
}

export const RULES = 'x-kubernetes-validations';

/** The rules of one node, in their order. */
const ruleList = (schema: JsonSchema): readonly Rule[] =>
  keyword(schema, RULES) === undefined ? NO_RULES : schemasOf(schema, RULES).map(ruleOf);

const NO_RULES: readonly Rule[] = [];

const ruleOf = (rule: JsonSchema): Rule => ({
  rule: textOf(rule, 'rule') ?? '',
  message: textOf(rule, 'message') ?? '',
  messageExpression: textOf(rule, 'messageExpression') ?? '',
  fieldPath: textOf(rule, 'fieldPath') ?? '',
  reason: textOf(rule, 'reason'),
  optionalOldSelf: isTrue(rule, 'optionalOldSelf'),
});
