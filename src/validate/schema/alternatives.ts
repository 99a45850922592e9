import { givenBy } from './given.ts';
import { type JsonSchema, schemaOf, schemasOf } from './jsonSchema.ts';
import type { Role, Scope } from './scope.ts';
import { passes, report, type Trail, type ValueCheck } from './trail.ts';

/** allOf, anyOf, oneOf and not: conditions on values that are beside a node's own structure. */
export function alternativeChecks(schema: JsonSchema, scope: Scope, role: Role): readonly ValueCheck[] {
  const inside: Role = { condition: true, given: givenBy(schema, role.given) };
  const build = (part: JsonSchema) => scope.compile(part, inside);
  const checks: ValueCheck[] = schemasOf(schema, 'allOf').map(build);
  const any = schemasOf(schema, 'anyOf').map(build);
  if (any.length > 0) checks.push(anyCheck(any));
  const one = schemasOf(schema, 'oneOf').map(build);
  if (one.length > 0) checks.push(oneCheck(one));
  const not = schemaOf(schema, 'not');
  if (not !== undefined) checks.push(notCheck(build(not)));
  return checks;
}

function anyCheck(alternatives: readonly ValueCheck[]): ValueCheck {
  const [only] = alternatives;
  // One alternative is no choice: what is wrong with it says more than "none fits".
  if (alternatives.length === 1 && only !== undefined) return only;
  return (value, trail) => {
    if (!alternatives.some((check) => passes(check, value, trail))) refuse(trail, 'anyOf', 0);
  };
}

function oneCheck(alternatives: readonly ValueCheck[]): ValueCheck {
  return (value, trail) => {
    const matched = alternatives.filter((check) => passes(check, value, trail)).length;
    if (matched !== 1) refuse(trail, 'oneOf', matched);
  };
}

function notCheck(forbidden: ValueCheck): ValueCheck {
  return (value, trail) => {
    if (passes(forbidden, value, trail)) refuse(trail, 'not', 1);
  };
}

function refuse(trail: Trail, rule: 'anyOf' | 'oneOf' | 'not', matched: number): void {
  report(trail, { code: 'schema-alternatives', severity: 'error', args: { rule, matched } });
}
