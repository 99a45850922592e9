/** A label selector: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export interface Selector {
  readonly matchLabels: readonly (readonly [string, string])[];
  readonly matchExpressions: readonly Requirement[];
}

export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

export type Labels = Readonly<Record<string, unknown>>;

/** Selects everything. */
export const EVERYTHING: Selector = { matchLabels: [], matchExpressions: [] };

export function selects(selector: Selector, labels: Labels): boolean {
  return (
    selector.matchLabels.every(([key, value]) => labelOf(labels, key) === value) &&
    selector.matchExpressions.every((requirement) => meets(requirement, labels))
  );
}

function meets({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

function labelOf(labels: Labels, key: string): string | undefined {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
