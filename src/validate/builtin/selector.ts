import { isLabelValue } from '../metadata/forms.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  invalid,
  isFields,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
} from './field.ts';
import { labels, qualifiedName } from './forms.ts';

/** Label selectors: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */

export function labelSelector(report: Report, field: Field): void {
  labels(report, at(field, 'matchLabels'));
  for (const expression of items(at(field, 'matchExpressions'))) {
    requirement(report, expression, ['In', 'NotIn', 'Exists', 'DoesNotExist']);
    for (const value of items(at(expression, 'values')))
      if (typeof value.value === 'string' && !isLabelValue(value.value))
        invalid(report, value, 'label-value');
  }
}

/** A key, an operator, and the values that the operator needs. */
export function requirement(report: Report, field: Field, operators: readonly string[]): void {
  const key = at(field, 'key');
  if (requireText(report, key)) qualifiedName(report, key);
  const operator = at(field, 'operator');
  const values = at(field, 'values');
  const count = items(values).length;
  oneOf(report, operator, operators, 'required');
  switch (textOf(operator)) {
    case 'In':
    case 'NotIn':
      if (count === 0) required(report, values, `operator is ${textOf(operator)}`);
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0) forbidden(report, values, `operator is ${textOf(operator)}`);
      break;
    case 'Gt':
    case 'Lt':
      if (count !== 1) required(report, values, `operator is ${textOf(operator)}: one value`);
      break;
  }
}

/** Whether a selector asks for nothing. */
export const isEmptySelector = (field: Field): boolean =>
  entries(at(field, 'matchLabels')).length === 0 && items(at(field, 'matchExpressions')).length === 0;

/** A workload's selector must be there, must ask for something, and must match the template's labels. */
export function workloadSelector(report: Report, spec: Field): void {
  const selector = at(spec, 'selector');
  if (!isGiven(selector)) {
    required(report, selector);
    return;
  }
  labelSelector(report, selector);
  if (isEmptySelector(selector)) required(report, selector, 'it must select something');
  else if (!matches(selector, at(spec, 'template', 'metadata', 'labels')))
    invalid(report, at(spec, 'template', 'metadata', 'labels'), 'selector-matches-labels');
}

/** Whether a selector matches labels. */
export function matches(selector: Field, labelled: Field): boolean {
  const given = isFields(labelled.value) ? labelled.value : {};
  const has = (key: string) => Object.hasOwn(given, key);
  return (
    entries(at(selector, 'matchLabels')).every(({ key, value }) => has(key) && given[key] === value) &&
    items(at(selector, 'matchExpressions')).every((expression) => {
      const key = textOf(at(expression, 'key'));
      const isIn = items(at(expression, 'values')).some(({ value }) => has(key) && value === given[key]);
      switch (textOf(at(expression, 'operator'))) {
        case 'In':
          return isIn;
        case 'NotIn':
          return !isIn;
        case 'Exists':
          return has(key);
        case 'DoesNotExist':
          return !has(key);
        default:
          return true;
      }
    })
  );
}
