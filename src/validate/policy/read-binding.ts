import type { Severity } from '#model/finding.ts';
import type { Binding, ParamRef } from './admission-policy.ts';
import {
  at,
  type Fields,
  itemsAt,
  matchResourcesAt,
  oneOf,
  requiredTextAt,
  selectorAt,
  textAt,
  wrong,
} from './fields.ts';
import type { PolicyDocument } from './policy-file.ts';

const ACTIONS: Readonly<Record<string, Severity>> = { Deny: 'error', Warn: 'warning', Audit: 'info' };
const WORST_FIRST = ['Deny', 'Warn', 'Audit'];

/** A binding, before it is known whether there is its policy. */
export interface LooseBinding extends Binding {
  readonly policy: string;
  readonly document: PolicyDocument;
}

/** Reads a ValidatingAdmissionPolicyBinding; undefined for one that a cluster would refuse, which then is a finding. */
export function readBinding(fields: Fields): LooseBinding | undefined {
  const { document, name } = fields;
  requiredTextAt(fields, ['metadata', 'name']);
  const binding = {
    name,
    origin: document.origin(['metadata', 'name']),
    policy: requiredTextAt(fields, ['spec', 'policyName']),
    resources: matchResourcesAt(fields, ['spec', 'matchResources']),
    paramRef: at(fields, ['spec', 'paramRef']) === undefined ? undefined : paramRefAt(fields),
    severity: severityAt(fields),
    document,
  };
  return fields.failed ? undefined : binding;
}

function severityAt(fields: Fields): Severity {
  const path = ['spec', 'validationActions'];
  const items = itemsAt(fields, path);
  const actions = items.map((item) => oneOf(fields, item, WORST_FIRST, 'Deny'));
  if (items.length === 0) wrong(fields, path, 'a list of Deny, Warn or Audit');
  else if (actions.includes('Deny') && actions.includes('Warn'))
    wrong(fields, path, 'Deny or Warn, not both: what is denied is not warned about');
  const worst = WORST_FIRST.find((action) => actions.includes(action)) ?? 'Deny';
  return ACTIONS[worst] ?? 'error';
}

function paramRefAt(fields: Fields): ParamRef {
  const path = ['spec', 'paramRef'];
  const name = textAt(fields, [...path, 'name']) ?? '';
  const hasSelector = at(fields, [...path, 'selector']) !== undefined;
  if ((name !== '') === hasSelector) wrong(fields, path, 'either a name or a selector');
  const notFound = [...path, 'parameterNotFoundAction'];
  if (at(fields, notFound) === undefined) wrong(fields, notFound, 'Allow or Deny');
  return {
    origin: fields.document.origin(path),
    name,
    selector: selectorAt(fields, [...path, 'selector']),
    namespace: textAt(fields, [...path, 'namespace']) ?? '',
    notFound: oneOf(fields, notFound, ['Allow', 'Deny'] as const, 'Deny'),
  };
}
