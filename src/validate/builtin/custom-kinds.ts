import { parseFieldPath } from '../cel/field-path.ts';
import { patternOf } from '../schema/pattern.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  invalid,
  isFields,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
  unique,
} from './field.ts';
import { eachText, rfc1035Label, subdomain } from './forms.ts';

/**
 * CustomResourceDefinitions: names, versions, and what a structural schema must say.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export function customKind(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const group = at(spec, 'group');
  if (requireText(report, group)) {
    subdomain(report, group);
    if (!textOf(group).includes('.')) invalid(report, group, 'dns-subdomain', 'with a dot in it');
  }
  oneOf(report, at(spec, 'scope'), ['Cluster', 'Namespaced'], 'required');
  names(report, at(spec, 'names'));
  const versions = items(at(spec, 'versions'));
  if (versions.length === 0) required(report, at(spec, 'versions'));
  for (const version of versions) oneVersion(report, version);
  unique(
    report,
    versions.map((version) => at(version, 'name')),
    textOf,
    'versions',
  );
  const stored = versions.filter((version) => at(version, 'storage').value === true);
  if (versions.length > 0 && stored.length !== 1)
    invalid(
      report,
      { ...at(spec, 'versions'), value: `${stored.length} versions` },
      'one-value',
      'one that is stored',
    );
  if (at(spec, 'preserveUnknownFields').value === true)
    forbidden(report, at(spec, 'preserveUnknownFields'), 'schemas say it field by field');
  oneOf(report, at(spec, 'conversion', 'strategy'), ['None', 'Webhook']);
}

function names(report: Report, field: Field): void {
  for (const name of ['plural', 'kind']) requireText(report, at(field, name));
  for (const name of ['plural', 'singular']) rfc1035Label(report, at(field, name));
  for (const name of ['kind', 'listKind']) {
    const text = at(field, name);
    rfc1035Label(report, {
      ...text,
      value: typeof text.value === 'string' ? text.value.toLowerCase() : undefined,
    });
  }
  for (const list of ['shortNames', 'categories']) eachText(report, at(field, list), rfc1035Label);
  const [kind, listKind] = [at(field, 'kind'), at(field, 'listKind')];
  if (isFilled(kind) && kind.value === listKind.value)
    invalid(report, listKind, 'one-value', 'another than kind');
}

function oneVersion(report: Report, version: Field): void {
  const name = at(version, 'name');
  if (requireText(report, name)) rfc1035Label(report, name);
  const schema = at(version, 'schema', 'openAPIV3Schema');
  if (isGiven(schema)) {
    if (textOf(at(schema, 'type')) !== 'object') invalid(report, at(schema, 'type'), 'one-value', 'object');
    node(report, schema, 'root');
  } else required(report, schema);
  selectableFields(report, at(version, 'selectableFields'), schema);
  scalePaths(report, at(version, 'subresources', 'scale'));
  const warning = at(version, 'deprecationWarning');
  if (isGiven(warning) && at(version, 'deprecated').value !== true)
    forbidden(report, warning, 'the version is not deprecated');
  for (const column of items(at(version, 'additionalPrinterColumns'))) {
    for (const part of ['name', 'jsonPath']) requireText(report, at(column, part));
    oneOf(report, at(column, 'type'), ['boolean', 'date', 'integer', 'number', 'string'], 'required');
    const path = at(column, 'jsonPath');
    if (isFilled(path) && !textOf(path).startsWith('.'))
      invalid(report, path, 'one-value', 'a path that begins with a dot');
  }
}

const MOST_SELECTABLE = 8;

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#crd-selectable-fields */
function selectableFields(report: Report, list: Field, schema: Field): void {
  const paths = items(list).map((field) => at(field, 'jsonPath'));
  unique(report, paths, textOf, 'selectable fields');
  if (paths.length > MOST_SELECTABLE)
    report({
      code: 'builtin-too-long',
      field: list,
      args: { found: paths.length, limit: MOST_SELECTABLE, unit: 'fields' },
    });
  for (const path of paths) {
    if (!requireText(report, path) || !isFields(schema.value)) continue;
    const parsed = parseFieldPath(textOf(path), schema.value);
    if ('problem' in parsed) invalid(report, path, 'one-value', `a path to a field: ${parsed.problem}`);
    else if (parsed.segments[0] === 'metadata') forbidden(report, path, 'metadata has selectors of its own');
    else if (!['string', 'integer', 'boolean'].includes(textOf(at(fieldOf(schema, parsed.segments), 'type'))))
      invalid(report, path, 'one-value', 'a path to a text, whole number or boolean');
  }
}

const fieldOf = (schema: Field, segments: readonly string[]): Field =>
  segments.reduce((node, name) => {
    const field = at(node, 'properties', name);
    return isGiven(field) ? field : at(node, 'additionalProperties');
  }, schema);

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource */
function scalePaths(report: Report, scale: Field): void {
  if (!isGiven(scale)) return;
  for (const [name, parts] of [
    ['specReplicasPath', ['.spec.']],
    ['statusReplicasPath', ['.status.']],
    ['labelSelectorPath', ['.spec.', '.status.']],
  ] as const) {
    const path = at(scale, name);
    if (!isFilled(path)) {
      if (name !== 'labelSelectorPath') required(report, path);
    } else if (typeof path.value === 'string' && !parts.some((part) => textOf(path).startsWith(part)))
      invalid(report, path, 'one-value', `a path that begins with ${parts.join(' or ')}`);
  }
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const NESTED = ['allOf', 'anyOf', 'oneOf'] as const;
const EXPRESSLY_NOT = [
  'definitions',
  'dependencies',
  'deprecated',
  'discriminator',
  'id',
  'patternProperties',
  'readOnly',
  'writeOnly',
  'xml',
  '$ref',
];

/** A structural schema says the type of everything, once, outside of conditions. */
function node(report: Report, schema: Field, place: 'root' | 'field' | 'condition' | 'alternative'): void {
  const type = at(schema, 'type');
  const anyOrText = at(schema, 'x-kubernetes-int-or-string').value === true;
  const isOpen = at(schema, 'x-kubernetes-preserve-unknown-fields').value === true;
  if (place === 'condition' || place === 'alternative') {
    for (const name of ['type', 'description', 'default', 'additionalProperties', 'nullable'])
      if (isFilled(at(schema, name)) && !(name === 'type' && place === 'alternative'))
        forbidden(report, at(schema, name), 'a condition only adds bounds: it is said outside');
  } else if (!isFilled(type)) {
    if (!isOpen && !anyOrText) required(report, type);
  } else oneOf(report, type, TYPES);
  for (const name of EXPRESSLY_NOT)
    if (isGiven(at(schema, name)) && at(schema, name).value !== false)
      forbidden(report, at(schema, name), 'structural schemas have none');
  if (at(schema, 'uniqueItems').value === true)
    forbidden(report, at(schema, 'uniqueItems'), 'x-kubernetes-list-type: set says it');
  const pattern = at(schema, 'pattern');
  if (isFilled(pattern) && typeof pattern.value === 'string' && patternOf(pattern.value) === undefined)
    invalid(report, pattern, 'one-value', 'a regular expression of RE2');
  if (isOpen && isFilled(type) && textOf(type) !== 'object')
    invalid(report, type, 'one-value', 'object, for unknown fields are kept');
  children(report, schema, place);
  listRules(report, schema);
}

/** `anyOf: [{type: integer}, {type: string}]`, the one place where a condition may name types. */
const isIntOrText = (schema: Field, name: string): boolean =>
  name === 'anyOf' &&
  at(schema, 'x-kubernetes-int-or-string').value === true &&
  items(at(schema, 'anyOf'))
    .map((each) => textOf(at(each, 'type')))
    .join() === 'integer,string';

function children(report: Report, schema: Field, place: Parameters<typeof node>[2]): void {
  const isCondition = place === 'condition' || place === 'alternative';
  const inner = isCondition ? 'condition' : 'field';
  const properties = at(schema, 'properties');
  for (const property of entries(properties)) node(report, property, inner);
  const additional = at(schema, 'additionalProperties');
  if (isGiven(additional)) {
    if (entries(properties).length > 0) forbidden(report, additional, 'there are properties');
    if (additional.value === false) forbidden(report, additional, 'unknown fields are dropped anyway');
    if (place === 'root') forbidden(report, additional, 'the root has properties');
    if (typeof additional.value === 'object') node(report, additional, inner);
  }
  const item = at(schema, 'items');
  if (textOf(at(schema, 'type')) === 'array' && !isCondition && !isGiven(item)) required(report, item);
  if (Array.isArray(item.value)) forbidden(report, item, 'all items have one schema');
  else if (isGiven(item)) node(report, item, inner);
  for (const name of NESTED)
    for (const condition of items(at(schema, name)))
      node(report, condition, isIntOrText(schema, name) ? 'alternative' : 'condition');
  if (isGiven(at(schema, 'not'))) node(report, at(schema, 'not'), 'condition');
}

/** https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy */
function listRules(report: Report, schema: Field): void {
  const kind = at(schema, 'x-kubernetes-list-type');
  const keys = at(schema, 'x-kubernetes-list-map-keys');
  oneOf(report, kind, ['atomic', 'map', 'set']);
  if (isFilled(kind) && textOf(at(schema, 'type')) !== 'array')
    invalid(report, at(schema, 'type'), 'one-value', 'array, for x-kubernetes-list-type is set');
  if ((textOf(kind) === 'map' || textOf(kind) === 'set') && at(schema, 'items', 'nullable').value === true)
    forbidden(report, at(schema, 'items', 'nullable'), `items of a ${textOf(kind)} are never null`);
  if (textOf(kind) !== 'map') {
    if (items(keys).length > 0) forbidden(report, keys, 'x-kubernetes-list-type is not map');
    return;
  }
  if (items(keys).length === 0) required(report, keys);
  unique(report, items(keys), textOf, 'keys');
  const item = at(schema, 'items');
  if (isGiven(item) && textOf(at(item, 'type')) !== 'object')
    invalid(report, at(item, 'type'), 'one-value', 'object, for the list is a map');
  const needed = new Set(items(at(item, 'required')).map(textOf));
  for (const key of items(keys)) {
    const property = at(item, 'properties', textOf(key));
    if (at(property, 'nullable').value === true)
      forbidden(report, at(property, 'nullable'), 'it is a key of the list');
    if (!isGiven(property)) invalid(report, key, 'one-value', 'a property of the items');
    else if (!needed.has(textOf(key)) && !isGiven(at(property, 'default')))
      required(report, at(property, 'default'), 'the key of a list is required, or has a default');
  }
}
