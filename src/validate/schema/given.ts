import { isTrue, type JsonSchema, keyword, propertiesOf } from './jsonSchema.ts';

/** What conditions (anyOf and the like) need to know of the structure beside which they stand. */
export interface Given {
  /** Fields that get a default before conditions are judged, so they're never missing. */
  readonly defaulted: ReadonlySet<string>;
  /** Fields in which null is a value; in others it's dropped before conditions are judged. */
  readonly nullable: ReadonlySet<string>;
}

export const NOTHING_GIVEN: Given = { defaulted: new Set(), nullable: new Set() };

/** What a node gives to its conditions, beside what was given to itself. */
export function givenBy(schema: JsonSchema, given: Given): Given {
  const properties = propertiesOf(schema);
  const having = (has: (field: JsonSchema) => boolean) =>
    properties.filter(([, field]) => has(field)).map(([name]) => name);
  return {
    defaulted: new Set([...given.defaulted, ...having((field) => keyword(field, 'default') !== undefined)]),
    nullable: new Set([...given.nullable, ...having((field) => isTrue(field, 'nullable'))]),
  };
}
