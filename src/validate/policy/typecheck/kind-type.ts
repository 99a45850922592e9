import { type Schema, typeOfSchema } from '#cel/types/schema.ts';
import type { Type } from '#cel/types/type.ts';
import { isObject } from '../../schema/jsonSchema.ts';
import type { KindSchema, SchemaStore } from '../../schema/store.ts';

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** The type of a kind's objects, of the schema that an API server publishes; `name` is that of the type. */
export function typeOfKind({ schema }: KindSchema, name: string, store: SchemaStore): Type | undefined {
  return typeOfSchema(schema, {
    name,
    isResource: true,
    published: {
      dereference: (reference) => definitionOf(reference, store),
      objectMeta: OBJECT_META,
    },
  });
}

function definitionOf(reference: string, store: SchemaStore): Schema | undefined {
  const definition = store.definition(reference.slice(reference.lastIndexOf('/') + 1));
  return isObject(definition) ? definition : undefined;
}
