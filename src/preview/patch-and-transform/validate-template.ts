import type { ConnectionDetail, ReadinessCheck } from './input.ts';
import { invalid, type Problem, required } from './problem.ts';

export function validateConnectionDetail(detail: ConnectionDetail): Problem | undefined {
  const { name = '', type = '', value, fromConnectionSecretKey, fromFieldPath } = detail;
  if (name === '') return required('name', 'name is required');
  switch (type) {
    case 'FromValue':
      return value === undefined ? required('value', 'value connection detail requires a value') : undefined;
    case 'FromConnectionSecretKey':
      return fromConnectionSecretKey === undefined
        ? required('fromConnectionSecretKey', 'from connection secret key connection detail requires a key')
        : undefined;
    case 'FromFieldPath':
      return fromFieldPath === undefined
        ? required('fromFieldPath', 'from field path connection detail requires a field path')
        : undefined;
    default:
      return invalid('type', type, 'unknown connection detail type');
  }
}

export function validateReadinessCheck(check: ReadinessCheck): Problem | undefined {
  const { type = '', fieldPath = '', matchString, matchInteger } = check;
  switch (type) {
    case 'None':
      return undefined;
    case 'MatchCondition':
      return validateCondition(check);
    case 'MatchString':
      if (matchString === undefined) return required('matchString', `cannot be nil for type ${type}`);
      break;
    case 'MatchInteger':
      if (matchInteger === undefined) return required('matchInteger', `cannot be nil for type ${type}`);
      break;
    case 'NonEmpty':
    case 'MatchTrue':
    case 'MatchFalse':
      break;
    default:
      return invalid('type', type, 'unknown readiness check type');
  }
  return fieldPath === '' ? required('fieldPath', 'cannot be empty') : undefined;
}

function validateCondition({ type, matchCondition }: ReadinessCheck): Problem | undefined {
  if (matchCondition === undefined) return required('matchCondition', `cannot be nil for type ${type}`);
  for (const field of ['type', 'status'] as const) {
    if ((matchCondition[field] ?? '') === '') {
      return required(`matchCondition.${field}`, `cannot be empty for type ${type}`);
    }
  }
  return undefined;
}
