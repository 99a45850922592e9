import { DYN, type Type } from '#cel/types/type.ts';
import { compile, type Declared, type Expected, rememberedType, type Setting } from '../policy/cel.ts';
import {
  at,
  type Field,
  forbidden,
  invalid,
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
import { pathSegment, qualifiedName, rfc1035Label, subdomain } from './forms.ts';
import { labelSelector } from './selector.ts';

/** Policies as objects; their expressions are judged where policies are. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */

const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** An expression compiles, and comes to what is expected of it. Returns its type, as far as it is known. */
function expression(report: Report, field: Field, setting: Setting): Type {
  const text = textOf(field);
  if (text.trim() === '') {
    if (!isGiven(field) || typeof field.value === 'string') required(report, field);
    return DYN;
  }
  const compiled = compile(text, setting);
  if ('program' in compiled) return rememberedType(compiled.program.type);
  if (compiled.problem.kind === 'invalid') invalid(report, field, 'expression', compiled.problem.message);
  return DYN;
}

export function admissionPolicy(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  oneOf(report, at(spec, 'failurePolicy'), ['Fail', 'Ignore']);
  const constraints = at(spec, 'matchConstraints');
  if (isGiven(constraints)) {
    matchResources(report, constraints);
    if (items(at(constraints, 'resourceRules')).length === 0)
      required(report, at(constraints, 'resourceRules'));
  } else required(report, constraints);
  const hasParams = isGiven(at(spec, 'paramKind'));
  const variables: Declared[] = [];
  const setting = (expected: Expected): Setting => ({ variables: [...variables], hasParams, expected });
  for (const variable of items(at(spec, 'variables'))) {
    const name = at(variable, 'name');
    if (requireText(report, name) && !IDENTIFIER.test(textOf(name)))
      invalid(report, name, 'one-value', 'an identifier of CEL');
    const type = expression(report, at(variable, 'expression'), setting('any'));
    variables.push({ name: textOf(name), type });
  }
  const validations = items(at(spec, 'validations'));
  const annotations = items(at(spec, 'auditAnnotations'));
  if (validations.length === 0 && annotations.length === 0)
    required(report, at(spec, 'validations'), 'or auditAnnotations');
  for (const validation of validations) {
    expression(report, at(validation, 'expression'), setting('bool'));
    const message = at(validation, 'message');
    if (isFilled(message) && textOf(message).trim() === '')
      invalid(report, message, 'one-value', 'some text');
    if (/[\n\r]/.test(textOf(message))) invalid(report, message, 'one-value', 'a single line');
    if (isFilled(at(validation, 'messageExpression')))
      expression(report, at(validation, 'messageExpression'), {
        ...setting('string'),
        hasAuthorizer: false,
      });
    oneOf(report, at(validation, 'reason'), [
      'Forbidden',
      'Invalid',
      'RequestEntityTooLarge',
      'Unauthorized',
    ]);
  }
  for (const condition of items(at(spec, 'matchConditions'))) {
    const name = at(condition, 'name');
    if (requireText(report, name)) qualifiedName(report, name);
    expression(report, at(condition, 'expression'), { hasParams, expected: 'bool' });
  }
  unique(
    report,
    items(at(spec, 'matchConditions')).map((each) => at(each, 'name')),
    textOf,
    'match conditions',
  );
  for (const annotation of annotations) {
    const key = at(annotation, 'key');
    if (requireText(report, key)) qualifiedName(report, key);
    expression(report, at(annotation, 'valueExpression'), setting('string or null'));
  }
  unique(
    report,
    annotations.map((each) => at(each, 'key')),
    textOf,
    'audit annotations',
  );
  const kind = at(spec, 'paramKind');
  if (isGiven(kind)) {
    const version = at(kind, 'apiVersion');
    if (requireText(report, version)) groupVersion(report, version);
    const named = at(kind, 'kind');
    if (requireText(report, named)) rfc1035Label(report, { ...named, value: textOf(named).toLowerCase() });
  }
}

function groupVersion(report: Report, field: Field): void {
  const parts = textOf(field).split('/');
  const version = parts.at(-1) ?? '';
  if (parts.length > 2) invalid(report, field, 'one-value', 'group/version');
  else {
    if (parts.length === 2) subdomain(report, { ...field, value: parts[0] });
    if (version === '') required(report, field, 'a version');
    rfc1035Label(report, { ...field, value: version });
  }
}

function matchResources(report: Report, field: Field): void {
  oneOf(report, at(field, 'matchPolicy'), ['Exact', 'Equivalent']);
  for (const selector of ['namespaceSelector', 'objectSelector']) labelSelector(report, at(field, selector));
  for (const list of ['resourceRules', 'excludeResourceRules'])
    for (const rule of items(at(field, list))) resourceRule(report, rule);
}

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

function resourceRule(report: Report, rule: Field): void {
  for (const name of ['operations', 'apiGroups', 'apiVersions', 'resources']) {
    const list = at(rule, name);
    const values = items(list);
    if (values.length === 0) required(report, list);
    if (values.length > 1 && values.some(({ value }) => value === '*') && name !== 'resources')
      forbidden(report, list, '* stands alone');
    if (name === 'apiVersions') for (const value of values) if (textOf(value) === '') required(report, value);
  }
  for (const operation of items(at(rule, 'operations'))) oneOf(report, operation, OPERATIONS, 'required');
  for (const resource of items(at(rule, 'resources')))
    if (textOf(resource) === '') required(report, resource);
  const resources = items(at(rule, 'resources')).map(textOf);
  if (resources.includes('*/*') && resources.length > 1)
    forbidden(report, at(rule, 'resources'), '*/* stands alone');
  else if (resources.includes('*') && resources.some((each) => each !== '*' && !each.includes('/')))
    forbidden(report, at(rule, 'resources'), '* stands for every other resource here');
  unique(report, items(at(rule, 'resourceNames')), textOf, 'names');
  oneOf(report, at(rule, 'scope'), ['*', 'Cluster', 'Namespaced']);
}

export function policyBinding(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const policy = at(spec, 'policyName');
  if (requireText(report, policy)) subdomain(report, policy);
  const actions = at(spec, 'validationActions');
  if (items(actions).length === 0) required(report, actions);
  for (const action of items(actions)) oneOf(report, action, ['Audit', 'Deny', 'Warn'], 'required');
  unique(report, items(actions), textOf, 'actions');
  const given = items(actions).map(textOf);
  if (given.includes('Deny') && given.includes('Warn'))
    forbidden(report, actions, 'Deny and Warn exclude each other');
  if (isGiven(at(spec, 'matchResources'))) matchResources(report, at(spec, 'matchResources'));
  const parameter = at(spec, 'paramRef');
  if (!isGiven(parameter)) return;
  const [name, selector] = [at(parameter, 'name'), at(parameter, 'selector')];
  if (isFilled(name) && isGiven(selector)) forbidden(report, selector, 'name is set');
  if (!isFilled(name) && !isGiven(selector)) required(report, name, 'or selector');
  pathSegment(report, name);
  labelSelector(report, selector);
  oneOf(report, at(parameter, 'parameterNotFoundAction'), ['Allow', 'Deny'], 'required');
}
