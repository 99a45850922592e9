import { groupOf } from '#manifests/identity.ts';
import type { ParamKind, Part, Policy, Validation, Variable } from './admission-policy.ts';
import {
  compile,
  type Declared,
  type Program,
  rememberedType,
  type Setting,
  soundProgram,
  unjudged,
} from './cel.ts';
import {
  at,
  type Fields,
  isGiven,
  itemsAt,
  matchResourcesAt,
  oneOf,
  pathText,
  requiredTextAt,
  textAt,
  wrong,
} from './fields.ts';
import { isRecord, type Path, type PolicyDocument } from './policy-file.ts';

/**
 * Reads and compiles a ValidatingAdmissionPolicy; undefined for one that a cluster would refuse, as what is wrong with it
 * is a finding then.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/admissionregistration/validation/validation.go
 */
export function readPolicy(fields: Fields): Omit<Policy, 'bindings'> | undefined {
  const { document, name } = fields;
  requiredTextAt(fields, ['metadata', 'name']);
  const paramKind = paramKindAt(fields);
  const hasParams = paramKind !== undefined;
  const constraints = matchResourcesAt(fields, ['spec', 'matchConstraints']);
  if (constraints.rules === undefined)
    wrong(fields, ['spec', 'matchConstraints', 'resourceRules'], 'a list of at least one');
  const variables = variablesAt(fields, hasParams);
  const setting: Offered = { variables: declaredBy(variables), hasParams };
  const validations = itemsAt(fields, ['spec', 'validations']).map((path, index) =>
    validationAt(fields, path, index, setting),
  );
  const auditAnnotations = itemsAt(fields, ['spec', 'auditAnnotations']).map((path) => {
    requiredTextAt(fields, [...path, 'key']);
    return partAt(fields, path, { ...setting, expected: 'string or null' }, 'valueExpression');
  });
  if (validations.length + auditAnnotations.length === 0)
    wrong(fields, ['spec', 'validations'], 'a list of at least one, or auditAnnotations');
  const policy = {
    name,
    origin: document.origin(['metadata', 'name']),
    title: annotation(document, 'plimsoll.dev/title'),
    mend: annotation(document, 'plimsoll.dev/mend'),
    failurePolicy: oneOf(fields, ['spec', 'failurePolicy'], ['Fail', 'Ignore'] as const, 'Fail'),
    paramKind,
    constraints,
    conditions: conditionsAt(fields, hasParams),
    variables,
    validations,
    auditAnnotations,
  };
  return fields.failed ? undefined : policy;
}

function paramKindAt(fields: Fields): ParamKind | undefined {
  const path = ['spec', 'paramKind'];
  if (at(fields, path) === undefined) return undefined;
  const apiVersion = requiredTextAt(fields, [...path, 'apiVersion']);
  const kind = requiredTextAt(fields, [...path, 'kind']);
  return { group: groupOf(apiVersion), version: apiVersion.slice(apiVersion.indexOf('/') + 1), kind };
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What a policy offers to its expressions. The types of variables are worked out for the first that is compiled. */
type Offered = Omit<Setting, 'variables'> & { readonly variables?: () => readonly Declared[] };

/** With what the API server remembers of their types. */
function declaredBy(variables: readonly Variable[]): () => readonly Declared[] {
  let declared: readonly Declared[] | undefined;
  return () => {
    declared ??= variables.map(({ name, program }) => ({ name, type: rememberedType(program.type) }));
    return declared;
  };
}

/** Each may use those before it, with the types that their expressions have. */
function variablesAt(fields: Fields, hasParams: boolean): readonly Variable[] {
  const variables: Variable[] = [];
  for (const path of itemsAt(fields, ['spec', 'variables'])) {
    const part = partAt(fields, path, { variables: declaredBy([...variables]), hasParams });
    const name = requiredTextAt(fields, [...path, 'name']);
    if (!NAME.test(name)) wrong(fields, [...path, 'name'], 'an identifier of CEL');
    else if (variables.some((variable) => variable.name === name))
      wrong(fields, [...path, 'name'], 'a name that no other variable has');
    variables.push({ ...part, name });
  }
  return variables;
}

function conditionsAt(fields: Fields, hasParams: boolean): readonly Part[] {
  const names = new Set<string>();
  return itemsAt(fields, ['spec', 'matchConditions']).map((path) => {
    const name = requiredTextAt(fields, [...path, 'name']);
    if (names.has(name)) wrong(fields, [...path, 'name'], 'a name that no other condition has');
    names.add(name);
    return partAt(fields, path, { hasParams, expected: 'bool' });
  });
}

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'] as const;

function validationAt(fields: Fields, path: Path, index: number, setting: Offered): Validation {
  const part = partAt(fields, path, { ...setting, expected: 'bool' });
  const message = textAt(fields, [...path, 'message']) ?? '';
  if (message.trim().includes('\n')) wrong(fields, [...path, 'message'], 'one line');
  oneOf(fields, [...path, 'reason'], REASONS, 'Invalid');
  const messagePath = [...path, 'messageExpression'];
  const messageProgram = !isGiven(fields, messagePath)
    ? undefined
    : programAt(fields, messagePath, { ...setting, expected: 'string', hasAuthorizer: false });
  return { ...part, index, message, messageProgram };
}

function annotation(document: PolicyDocument, key: string): string {
  const { metadata } = document.value;
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  const value = isRecord(annotations) && Object.hasOwn(annotations, key) ? annotations[key] : '';
  return typeof value === 'string' ? value.trim() : '';
}

function partAt(fields: Fields, path: Path, setting: Offered, field = 'expression'): Part {
  return {
    part: pathText(path.slice(1)),
    origin: fields.document.origin([...path, field]),
    program: programAt(fields, [...path, field], setting),
  };
}

/**
 * An expression that a cluster would refuse fails the whole policy, as it does there. One that only a cluster can judge
 * evaluates to an error, which is reported here and not again for each document.
 */
function programAt(fields: Fields, path: Path, { variables, ...offered }: Offered): Program {
  const setting = (): Setting => ({ ...offered, ...(variables && { variables: variables() }) });
  if (fields.document.isSound) return soundProgram(() => requiredTextAt(fields, path), setting);
  const source = requiredTextAt(fields, path);
  const compiled = compile(source, setting());
  if ('program' in compiled) return compiled.program;
  const { kind, message, at: offset } = compiled.problem;
  const origin = fields.document.originWithin(path, offset);
  const part = pathText(path.slice(1, -1));
  if (kind === 'invalid') {
    fields.failed = true;
    fields.findings.push({
      code: 'policy-expression-invalid',
      severity: 'error',
      origin,
      args: { policy: fields.name, part, problem: message },
    });
  } else {
    fields.findings.push({
      code: 'policy-expression-unsupported',
      severity: 'error',
      origin,
      args: { policy: fields.name, part, construct: message },
    });
  }
  return unjudged(source, message);
}
