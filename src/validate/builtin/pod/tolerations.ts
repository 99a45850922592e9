import {
  at,
  type Field,
  forbidden,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  textOf,
} from '../field.ts';
import { labelValue, qualifiedName } from '../forms.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function tolerations(report: Report, field: Field): void {
  for (const toleration of items(field)) {
    const [key, operator, value, effect] = ['key', 'operator', 'value', 'effect'].map((name) =>
      at(toleration, name),
    ) as [Field, Field, Field, Field];
    qualifiedName(report, key);
    oneOf(report, operator, ['Equal', 'Exists']);
    oneOf(report, effect, EFFECTS);
    const exists = textOf(operator) === 'Exists';
    if (textOf(key) === '' && !exists) required(report, key, 'operator is not Exists');
    if (exists && isFilled(value)) forbidden(report, value, 'operator is Exists');
    if (!exists) labelValue(report, value);
    const seconds = at(toleration, 'tolerationSeconds');
    if (isGiven(seconds) && textOf(effect) !== 'NoExecute')
      forbidden(report, seconds, 'effect is not NoExecute');
  }
}
