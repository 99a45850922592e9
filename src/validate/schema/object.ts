import { givenBy, NOTHING_GIVEN } from './given.ts';
import { isTrue, type JsonSchema, keyword, numberOf, propertiesOf, schemaOf, textsOf } from './jsonSchema.ts';
import { resourceFields } from './resource.ts';
import type { Role, Scope } from './scope.ts';
import { reportSize } from './size.ts';
import { report, type Trail, type ValueCheck } from './trail.ts';

type FieldsCheck = (object: Readonly<Record<string, unknown>>, trail: Trail) => void;

interface Field {
  readonly check: ValueCheck;
  /** Whether null is a value here. Where it's not, the API server drops it as if it had not been written. */
  readonly nullable: boolean;
}

/** Fields of an object: declared, required, unknown; and their number. */
export function fieldsCheck(schema: JsonSchema, scope: Scope, role: Role): FieldsCheck | undefined {
  const properties = propertiesOf(schema);
  const embedded = isTrue(schema, 'x-kubernetes-embedded-resource');
  const resource = new Map(embedded ? resourceFields(scope) : []);
  const fields = new Map<string, Field>();
  for (const [name, field] of properties) {
    // What a CRD says about metadata only narrows what metadata is.
    const condition = role.condition || resource.has(name);
    fields.set(name, fieldOf(field, scope, { condition, given: NOTHING_GIVEN }));
  }
  for (const [name, check] of resource) fields.set(name, both(fields.get(name), check));
  const other = otherFields(schema, scope, role, properties.length > 0 || embedded);
  const required = requiredFields(schema, role, embedded);
  const { nullable } = givenBy(schema, role.given);
  const least = numberOf(schema, 'minProperties') ?? 0;
  const most = numberOf(schema, 'maxProperties') ?? Number.POSITIVE_INFINITY;
  const counted = least > 0 || most !== Number.POSITIVE_INFINITY;
  if (fields.size === 0 && other === 'free' && required.length === 0 && !counted) return undefined;
  const names = [...fields.keys()];

  return (object, trail) => {
    let count = 0;
    for (const name in object) {
      if (!Object.hasOwn(object, name)) continue;
      const field = fields.get(name) ?? other;
      const content = object[name];
      if (field === 'refused') {
        const meant = trail.suggest(name, names);
        const args = meant === undefined ? { field: name } : { field: name, similar: meant };
        report(trail, { code: 'schema-unknown-field', severity: 'error', args }, name);
      } else if (field === 'free') {
        count++;
      } else if (content !== null || field.nullable) {
        count++;
        trail.keys.push(name);
        field.check(content, trail);
        trail.keys.pop();
      }
    }
    for (const name of required) {
      const present = Object.hasOwn(object, name) && (object[name] !== null || nullable.has(name));
      if (!present)
        report(trail, { code: 'schema-required', severity: 'error', args: { field: name } }, name);
    }
    if (counted) reportSize(trail, 'properties', count, least, most);
  };
}

const fieldOf = (schema: JsonSchema, scope: Scope, role: Role): Field => ({
  check: scope.compile(schema, role),
  nullable: isTrue(schema, 'nullable'),
});

const both = (declared: Field | undefined, check: ValueCheck): Field => ({
  check:
    declared === undefined
      ? check
      : (value, trail) => {
          check(value, trail);
          declared.check(value, trail);
        },
  nullable: false,
});

/** What becomes of fields that are not declared: each checked by one schema, let through, or refused. */
function otherFields(
  schema: JsonSchema,
  scope: Scope,
  role: Role,
  declares: boolean,
): Field | 'free' | 'refused' {
  const values = schemaOf(schema, 'additionalProperties');
  if (values !== undefined)
    return fieldOf(values, scope, { condition: role.condition, given: NOTHING_GIVEN });
  const free =
    role.condition ||
    keyword(schema, 'additionalProperties') === true ||
    isTrue(schema, 'x-kubernetes-preserve-unknown-fields') ||
    // Kubernetes' own objects without fields are raw ones, such as the parameters of a driver.
    (scope.family === 'kubernetes' && !declares);
  return free ? 'free' : 'refused';
}

/** A required field with a default is never missing: defaults come before validation. */
function requiredFields(schema: JsonSchema, role: Role, embedded: boolean): readonly string[] {
  const { defaulted } = givenBy(schema, role.given);
  const own = textsOf(schema, 'required').filter((name) => !defaulted.has(name));
  return embedded ? [...new Set([...own, 'apiVersion', 'kind'])] : own;
}
