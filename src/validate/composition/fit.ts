import { toJson } from '#preview/go/value.ts';
import { isTrue, type JsonSchema, keyword, propertiesOf, schemaOf } from '../schema/jsonSchema.ts';
import type { KindSchema } from '../schema/store.ts';
import { type Definitions, resolved } from './field-schema.ts';
import { shown, typesInWords, typesOf, type Values, type ValueType } from './values.ts';

/** Whether what arrives is what a field takes. */
export type Misfit =
  | {
      readonly is: 'type';
      /** Below the field: ``, `.tags`, `[0].name`. */
      readonly below: string;
      readonly expected: string;
      readonly found: string;
      /** Whether it fits sometimes. */
      readonly isDoubtful: boolean;
    }
  | { readonly is: 'value'; readonly found: string; readonly allowed: readonly string[] }
  | { readonly is: 'field'; readonly below: string };

type Target = Pick<KindSchema, 'schema' | 'family'>;

export function misfitOf(values: Values, target: Target, definitions: Definitions): Misfit | undefined {
  const schema = resolved(target.schema, definitions.definition);
  const wrong = wrongType(values, typesOf(schema), '');
  if (wrong !== undefined) return wrong;
  const refused = refusedValue(values, schema);
  if (refused !== undefined || values.schema === undefined) return refused;
  return structure(values.schema, { ...target, schema }, definitions, '', 0);
}

function wrongType(
  { types, known }: Values,
  accepted: ReadonlySet<ValueType> | undefined,
  below: string,
): Misfit | undefined {
  if (types === undefined || accepted === undefined || types.size === 0) return undefined;
  const wrong = [...types].filter((type) => !accepts(accepted, type));
  if (wrong.length === 0) return undefined;
  const isPartly = wrong.length < types.size && known === undefined;
  // A number may be whole.
  const isDoubtful = isPartly || (wrong.every((type) => type === 'number') && accepted.has('integer'));
  return { is: 'type', below, expected: typesInWords(accepted), found: typesInWords(wrong), isDoubtful };
}

const accepts = (accepted: ReadonlySet<ValueType>, type: ValueType) =>
  accepted.has(type) || (type === 'integer' && accepted.has('number'));

function refusedValue({ known }: Values, schema: JsonSchema): Misfit | undefined {
  const allowed = keyword(schema, 'enum');
  if (known === undefined || !Array.isArray(allowed)) return undefined;
  const texts = allowed.map((value) => JSON.stringify(value));
  const found = known.find((value) => !texts.includes(JSON.stringify(toJson(value))));
  return found === undefined
    ? undefined
    : { is: 'value', found: shown(found), allowed: allowed.map((value) => String(value)) };
}

/** Deeper than any schema that people write by hand. */
const DEEPEST = 24;

/** Objects and lists that arrive as they are: every field that may come must be one that the target has. */
function structure(
  from: JsonSchema,
  target: Target,
  definitions: Definitions,
  below: string,
  depth: number,
): Misfit | undefined {
  const to = resolved(target.schema, definitions.definition);
  const source = resolved(from, definitions.definition);
  if (depth > DEEPEST || isOpen(to)) return undefined;
  if (depth > 0) {
    const wrong = wrongType({ types: typesOf(source) }, typesOf(to), below);
    if (wrong !== undefined) return wrong;
  }
  const into = (child: JsonSchema, schema: JsonSchema, name: string) =>
    structure(child, { ...target, schema }, definitions, `${below}${name}`, depth + 1);
  const items = [schemaOf(source, 'items'), schemaOf(to, 'items')] as const;
  if (items[0] !== undefined && items[1] !== undefined) return into(items[0], items[1], '[]');
  const values = schemaOf(to, 'additionalProperties');
  for (const [name, child] of propertiesOf(source)) {
    const field = schemaOf(schemaOf(to, 'properties') ?? {}, name) ?? values;
    if (field === undefined) {
      if (target.family === 'kubernetes' && keyword(to, 'properties') === undefined) return undefined;
      return { is: 'field', below: `${below}.${name}` };
    }
    const misfit = into(child, field, `.${name}`);
    if (misfit !== undefined) return misfit;
  }
  const sourceValues = schemaOf(source, 'additionalProperties');
  return sourceValues !== undefined && values !== undefined ? into(sourceValues, values, '[*]') : undefined;
}

const isOpen = (schema: JsonSchema) =>
  isTrue(schema, 'x-kubernetes-preserve-unknown-fields') || keyword(schema, 'additionalProperties') === true;
