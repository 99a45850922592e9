import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding, shown, suggested } from '../finding.ts';
import type { Places } from '../place.ts';
import { nearest, type Tree } from '../tree.ts';
import { describe, typeHint, typeName } from './types.ts';
import type { SchemaError } from './validate.ts';

/** What an explanation may look at: the file with positions, and the words that are near. */
interface Explaining {
  readonly tree: Tree;
  readonly places: Places;
  readonly suggest: Suggest;
}

/** Of several objections to one value the first in this order is told: the others follow from it. */
const ORDER = ['type', 'enum', 'const', 'additionalProperties', 'required', 'pattern'];

const rank = (error: SchemaError) => {
  const index = ORDER.indexOf(error.keyword);
  return index < 0 ? ORDER.length : index;
};

/** ajv's errors -> findings, one for each value and one for each field that is unknown or missing. */
export function explainSchema(errors: readonly SchemaError[], explaining: Explaining): readonly Finding[] {
  const told = new Set<string>();
  const findings: Finding[] = [];
  for (const error of [...errors].sort((left, right) => rank(left) - rank(right))) {
    // `propertyNames` repeats in other words what `patternProperties` refuses.
    if (error.keyword === 'propertyNames' || error.schemaPath.includes('/propertyNames/')) continue;
    const explained = explain(error, explaining);
    const key =
      error.keyword === 'required'
        ? `${error.instancePath} ${error.params['missingProperty']}`
        : (explained.pointer ?? '');
    if (told.has(key)) continue;
    told.add(key);
    findings.push(explained);
  }
  return findings;
}

function explain(error: SchemaError, explaining: Explaining): Finding {
  const { params, instancePath: pointer } = error;
  switch (error.keyword) {
    case 'required':
      return missingField(error, explaining);
    case 'additionalProperties':
      return unknownKey(error, explaining);
    case 'type':
      return wrongType(error, String(params['type']), explaining);
    case 'enum':
      return notAllowed(error, params['allowedValues'], explaining);
    case 'const':
      return notAllowed(error, [params['allowedValue']], explaining);
    case 'uniqueItems': {
      const place = within(pointer, Math.max(Number(params['i']), Number(params['j'])));
      const value = describe(nearest(explaining.tree, place).node);
      return finding('environment-duplicate-item', place, explaining.places.value(place), { value });
    }
    case 'minimum':
      return outOfBounds(error, { atLeast: String(params['limit']) }, explaining);
    case 'maximum':
      return outOfBounds(error, { atMost: String(params['limit']) }, explaining);
    case 'minItems':
    case 'minLength':
      return wrongLength(error, { atLeast: String(params['limit']) }, explaining);
    case 'maxItems':
    case 'maxLength':
      return wrongLength(error, { atMost: String(params['limit']) }, explaining);
    default:
      return badFormat(error, explaining);
  }
}

/** The part of a schema that findings quote. */
interface Annotated {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly string[];
  readonly properties?: Readonly<Record<string, Annotated>>;
  readonly patternProperties?: object;
  readonly propertyNames?: Annotated;
}

/** ajv hands out the schema as it was given; this is the part of the definition that is read here. */
const schemaOf = (error: SchemaError): Annotated => (error.parentSchema ?? {}) as Annotated;

function missingField(error: SchemaError, { places }: Explaining): Finding {
  const field = String(error.params['missingProperty']);
  const description = schemaOf(error).properties?.[field]?.description ?? '';
  const origin = places.key(error.instancePath);
  return finding('environment-missing-field', error.instancePath, origin, { field, description });
}

function unknownKey(error: SchemaError, { places, suggest }: Explaining): Finding {
  const key = String(error.params['additionalProperty']);
  const pointer = within(error.instancePath, key);
  const origin = places.key(pointer);
  const schema = schemaOf(error);
  if (schema.patternProperties !== undefined) {
    const expected = schema.propertyNames?.title ?? 'a name of another form';
    return finding('environment-bad-name', pointer, origin, { name: shown(key), expected });
  }
  const allowed = Object.keys(schema.properties ?? {});
  const args = { field: shown(key), allowed, ...suggested(suggest(key, allowed)) };
  return finding('environment-unknown-field', pointer, origin, args);
}

function wrongType(error: SchemaError, type: string, { tree, places }: Explaining): Finding {
  const { node } = nearest(tree, error.instancePath);
  const args = { expected: typeName(type), actual: describe(node), ...typeHint(type, node) };
  return finding('environment-wrong-type', error.instancePath, places.value(error.instancePath), args);
}

/** A number where one of several texts is wanted lacks only its quotes, if its text is one of them. */
function notAllowed(error: SchemaError, values: unknown, explaining: Explaining): Finding {
  const { tree, places, suggest } = explaining;
  const allowed = Array.isArray(values) ? values : [];
  const { node } = nearest(tree, error.instancePath);
  const texts = allowed.every((value) => typeof value === 'string');
  if (node.kind !== 'scalar' || (texts && typeof node.value !== 'string' && allowed.includes(node.source))) {
    return wrongType(error, texts ? 'string' : typeof allowed[0], explaining);
  }
  const written = allowed.map((value) => JSON.stringify(value));
  const near = suggest(node.source, allowed.map(String));
  const suggestion = near === undefined ? undefined : written[allowed.map(String).indexOf(near)];
  const args = { value: describe(node), allowed: written, ...suggested(suggestion) };
  return finding('environment-not-allowed-value', error.instancePath, places.value(error.instancePath), args);
}

type Bounds = { readonly atLeast: string } | { readonly atMost: string };

function outOfBounds(error: SchemaError, bounds: Bounds, { tree, places }: Explaining): Finding {
  const value = describe(nearest(tree, error.instancePath).node);
  const origin = places.value(error.instancePath);
  return finding('environment-out-of-bounds', error.instancePath, origin, { value, ...bounds });
}

function wrongLength(error: SchemaError, bounds: Bounds, { tree, places }: Explaining): Finding {
  const { node } = nearest(tree, error.instancePath);
  const list = node.kind === 'list';
  const args = {
    actual: list ? node.items.length : [...(node.kind === 'scalar' ? node.source : '')].length,
    unit: list ? 'items' : 'characters',
    ...bounds,
  };
  return finding('environment-wrong-length', error.instancePath, places.value(error.instancePath), args);
}

function badFormat(error: SchemaError, { tree, places }: Explaining): Finding {
  const { title, examples } = schemaOf(error);
  const value = describe(nearest(tree, error.instancePath).node);
  const args = { value, expected: title ?? 'another form', examples: examples ?? [] };
  return finding('environment-bad-format', error.instancePath, places.value(error.instancePath), args);
}
