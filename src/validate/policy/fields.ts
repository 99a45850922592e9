import type { Finding } from '#model/finding.ts';
import type { MatchResources, ResourceRule } from './admission-policy.ts';
import { isRecord, memberAt, type Path, type PolicyDocument } from './policy-file.ts';
import { EVERYTHING, type Requirement, type Selector } from './selector.ts';

/** Reads fields of one policy document; what has the wrong form is a finding at its place, and `failed` is set. */
export interface Fields {
  readonly document: PolicyDocument;
  readonly name: string;
  readonly findings: Finding[];
  failed: boolean;
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'] as const;
const SCOPES = ['Cluster', 'Namespaced', '*'] as const;

export function at(fields: Fields, path: Path): unknown {
  return path.reduce<unknown>(memberAt, fields.document.value) ?? undefined;
}

/** Whether there is something, without asking what: to know that may cost something. */
export function isGiven(fields: Fields, path: Path): boolean {
  const holder = at(fields, path.slice(0, -1));
  const member = isRecord(holder) ? Object.getOwnPropertyDescriptor(holder, path.at(-1) ?? '') : undefined;
  return member?.get !== undefined || (member?.value ?? undefined) !== undefined;
}

export function wrong(fields: Fields, path: Path, expected: string): void {
  fields.failed = true;
  fields.findings.push({
    code: 'policy-field-invalid',
    severity: 'error',
    origin: fields.document.origin(path),
    args: { policy: fields.name, field: pathText(path), expected },
  });
}

export function textAt(fields: Fields, path: Path): string | undefined {
  const value = at(fields, path);
  if (typeof value === 'string' || value === undefined) return value;
  wrong(fields, path, 'a string');
  return undefined;
}

export function requiredTextAt(fields: Fields, path: Path): string {
  const value = textAt(fields, path);
  if (value === undefined && at(fields, path) === undefined) wrong(fields, path, 'a string');
  return value ?? '';
}

export function oneOf<T extends string>(fields: Fields, path: Path, choices: readonly T[], left: T): T {
  const value = at(fields, path);
  if (value === undefined) return left;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) wrong(fields, path, choices.join(' or '));
  return found ?? left;
}

/** Paths of a list's items; none where the list is left out. */
export function itemsAt(fields: Fields, path: Path): readonly Path[] {
  const value = at(fields, path);
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((_, index) => [...path, index]);
  wrong(fields, path, 'a list');
  return [];
}

const textsAt = (fields: Fields, path: Path): readonly string[] =>
  itemsAt(fields, path).map((item) => requiredTextAt(fields, item));

/** A list that must hold something. */
function someTextsAt(fields: Fields, path: Path, choices?: readonly string[]): readonly string[] {
  const items = itemsAt(fields, path);
  if (items.length === 0) wrong(fields, path, 'a list of at least one');
  return items.map((item) =>
    choices === undefined ? requiredTextAt(fields, item) : oneOf(fields, item, choices, ''),
  );
}

export function matchResourcesAt(fields: Fields, path: Path): MatchResources {
  const rules = rulesAt(fields, [...path, 'resourceRules']);
  return {
    rules: rules.length === 0 ? undefined : rules,
    excluded: rulesAt(fields, [...path, 'excludeResourceRules']),
    namespaces: selectorAt(fields, [...path, 'namespaceSelector']),
    objects: selectorAt(fields, [...path, 'objectSelector']),
    matchPolicy: oneOf(fields, [...path, 'matchPolicy'], ['Exact', 'Equivalent'], 'Equivalent'),
  };
}

function rulesAt(fields: Fields, path: Path): readonly ResourceRule[] {
  return itemsAt(fields, path).map((rule) => ({
    groups: someTextsAt(fields, [...rule, 'apiGroups']),
    versions: someTextsAt(fields, [...rule, 'apiVersions']),
    operations: someTextsAt(fields, [...rule, 'operations'], OPERATIONS),
    resources: someTextsAt(fields, [...rule, 'resources']),
    names: textsAt(fields, [...rule, 'resourceNames']),
    scope: oneOf(fields, [...rule, 'scope'], SCOPES, '*'),
  }));
}

export function selectorAt(fields: Fields, path: Path): Selector {
  if (at(fields, path) === undefined) return EVERYTHING;
  const labels = at(fields, [...path, 'matchLabels']);
  if (labels !== undefined && !isRecord(labels)) wrong(fields, [...path, 'matchLabels'], 'a map of labels');
  return {
    matchLabels: Object.keys(isRecord(labels) ? labels : {}).map((key) => [
      key,
      requiredTextAt(fields, [...path, 'matchLabels', key]),
    ]),
    matchExpressions: itemsAt(fields, [...path, 'matchExpressions']).map(
      (item): Requirement => ({
        key: requiredTextAt(fields, [...item, 'key']),
        operator: oneOf(fields, [...item, 'operator'], OPERATORS, 'Exists'),
        values: textsAt(fields, [...item, 'values']),
      }),
    ),
  };
}

/** `spec.validations[2].expression`, as people write paths. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
