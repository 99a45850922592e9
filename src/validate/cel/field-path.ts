import { type JsonSchema, propertiesOf, schemaOf } from '../schema/jsonSchema.ts';

/**
 * The `fieldPath` of a rule: `.spec.replicas`, `.labels['app.example']`. Fields and keys of maps, no lists; each
 * must be in the schema.
 */
export type FieldPath = { readonly segments: readonly string[] } | { readonly problem: string };

/** The API server's own tokens: the delimiters, quoted texts, and what stands between. */
const TOKEN = /'(?:[^\\']|\\[\s\S])*'|'[\s\S]*$|[.[\]]|[^.[\]]+/g;

export function parseFieldPath(path: string, schema: JsonSchema): FieldPath {
  const tokens = path.match(TOKEN) ?? [];
  const segments: string[] = [];
  let node: JsonSchema | undefined = schema;
  for (let at = 0; at < tokens.length; ) {
    const delimiter = tokens[at];
    const token = tokens[at + 1];
    if (delimiter !== '.' && delimiter !== '[') return { problem: `expected [ or . but got ${delimiter}` };
    if (token === undefined) return { problem: 'it ends too early' };
    const name = delimiter === '.' ? token : unquoted(token);
    if (name === undefined) return { problem: `expected a text in single quotes but got ${token}` };
    if (delimiter === '[' && tokens[at + 2] !== ']') return { problem: `there is no ] after ${token}` };
    node = node === undefined ? undefined : child(node, name);
    if (node === undefined) return { problem: `there is no field ${name}` };
    segments.push(name);
    at += delimiter === '[' ? 3 : 2;
  }
  return { segments };
}

/** A property by its name; any key of a map. */
function child(node: JsonSchema, name: string): JsonSchema | undefined {
  const properties = schemaOf(node, 'properties');
  if (properties !== undefined && propertiesOf(node).length > 0) return schemaOf(properties, name);
  return schemaOf(node, 'additionalProperties');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
  ["'", "'"],
  ['\\', '\\'],
]);

function unquoted(token: string): string | undefined {
  if (!/^'[\s\S]*'$/.test(token) || token.length < 2) return undefined;
  let known = true;
  const text = token.slice(1, -1).replace(/\\([\s\S])/g, (_, letter: string) => {
    const meant = ESCAPES.get(letter);
    if (meant === undefined) known = false;
    return meant ?? '';
  });
  return known ? text : undefined;
}
