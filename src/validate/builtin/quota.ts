import { isQualifiedName } from '../metadata/forms.ts';
import { amountOf, isWhole } from './amount.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  invalid,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  textOf,
  unique,
} from './field.ts';
import { requirement } from './selector.ts';

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/ */

const QUOTA_RESOURCES = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);

/** Resources that are counted, so their amounts are whole. */
const COUNTED = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const SCOPES = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
];

export function resourceQuota(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  for (const entry of entries(at(spec, 'hard'))) {
    resourceName(report, entry, QUOTA_RESOURCES);
    const amount = amountOf(entry.value);
    if (amount === undefined) continue;
    if (amount < 0n) invalid(report, entry, 'non-negative');
    else if ((COUNTED.has(entry.key) || entry.key.startsWith('count/')) && !isWhole(amount))
      invalid(report, entry, 'quantity-whole');
  }
  const scopes = items(at(spec, 'scopes'));
  for (const scope of scopes) oneOf(report, scope, SCOPES, 'required');
  const given = new Set(scopes.map(textOf));
  for (const [one, other] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const)
    if (given.has(one) && given.has(other))
      forbidden(report, at(spec, 'scopes'), `${one} and ${other} exclude each other`);
  for (const expression of items(at(spec, 'scopeSelector', 'matchExpressions')))
    scopeRequirement(report, expression);
}

function scopeRequirement(report: Report, field: Field): void {
  const scope = at(field, 'scopeName');
  oneOf(report, scope, SCOPES, 'required');
  const operator = at(field, 'operator');
  if (
    isFilled(scope) &&
    textOf(scope) !== 'PriorityClass' &&
    textOf(scope) !== 'VolumeAttributesClass' &&
    SCOPES.includes(textOf(scope))
  )
    if (textOf(operator) !== 'Exists') invalid(report, operator, 'one-value', 'Exists, for this scope');
  requirement(
    report,
    { ...field, value: { key: 'scope', operator: operator.value, values: at(field, 'values').value } },
    ['In', 'NotIn', 'Exists', 'DoesNotExist'],
  );
}

function resourceName(
  report: Report,
  entry: Field & { readonly key: string },
  known: ReadonlySet<string>,
): void {
  const named = { ...entry, value: entry.key };
  if (!isQualifiedName(entry.key)) invalid(report, named, 'qualified-name');
  else if (!entry.key.includes('/') && !known.has(entry.key) && !/^(requests\.)?hugepages-/.test(entry.key))
    invalid(report, named, 'standard-resource');
}

const LIMITED = new Set(['cpu', 'memory', 'ephemeral-storage', 'storage', ...QUOTA_RESOURCES]);
const LIMITED_PODS = new Set(['cpu', 'memory', 'ephemeral-storage']);
const LIMIT_TYPES = new Set(['Container', 'Pod', 'PersistentVolumeClaim']);
const BOUNDS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

/** https://kubernetes.io/docs/concepts/policy/limit-range/ */
export function limitRange(report: Report, object: Field): void {
  const limits = items(at(object, 'spec', 'limits'));
  for (const limit of limits) {
    const type = at(limit, 'type');
    if (!isFilled(type)) required(report, type);
    else if (!LIMIT_TYPES.has(textOf(type)) && !(textOf(type).includes('/') && isQualifiedName(textOf(type))))
      invalid(report, type, 'domain-prefixed', 'or be Container, Pod or PersistentVolumeClaim');
    for (const name of BOUNDS)
      for (const entry of entries(at(limit, name)))
        resourceName(report, entry, ['Container', 'Pod'].includes(textOf(type)) ? LIMITED_PODS : LIMITED);
    if (textOf(type) === 'Pod')
      for (const name of ['default', 'defaultRequest'])
        if (entries(at(limit, name)).length > 0) forbidden(report, at(limit, name), 'type is Pod');
    if (
      textOf(type) === 'PersistentVolumeClaim' &&
      !isGiven(at(limit, 'min', 'storage')) &&
      !isGiven(at(limit, 'max', 'storage'))
    )
      required(report, at(limit, 'min'), 'storage in min or max');
    ordered(report, limit);
  }
  unique(
    report,
    limits.map((limit) => at(limit, 'type')),
    textOf,
    'limits',
  );
}

/** min <= defaultRequest <= default <= max, and a ratio of at least one that min and max allow. */
function ordered(report: Report, limit: Field): void {
  const names = new Set(BOUNDS.flatMap((name) => entries(at(limit, name)).map(({ key }) => key)));
  for (const name of names) {
    const places = ['min', 'defaultRequest', 'default', 'max'].map((bound) => at(limit, bound, name));
    let last: bigint | undefined;
    for (const place of places) {
      // An amount that is null is zero to the API server.
      const amount = place.value === null ? 0n : amountOf(place.value);
      if (amount === undefined) continue;
      if (last !== undefined && amount < last)
        invalid(report, place, 'quantity-order', 'min, defaultRequest, default, max in this order');
      last = amount;
    }
    ratio(report, limit, name);
  }
}

const WHOLE = 1_000_000_000n;

/** An amount as the API server counts with it here: of very large ones it has only the last 64 bits. */
function counted(amount: bigint): bigint {
  const whole = (amount + WHOLE - 1n) / WHOLE;
  return whole < 2n ** 63n ? amount : BigInt.asIntN(64, whole) * WHOLE;
}

function ratio(report: Report, limit: Field, name: string): void {
  const field = at(limit, 'maxLimitRequestRatio', name);
  const value = field.value === null ? 0n : amountOf(field.value);
  if (value === undefined) return;
  if (value < 1_000_000_000n) invalid(report, field, 'number-range', 'at least 1');
  const [min, max] = [amountOf(at(limit, 'min', name).value), amountOf(at(limit, 'max', name).value)];
  if (min !== undefined && max !== undefined && min > 0n && counted(value) * min > max * 1_000_000_000n)
    invalid(report, field, 'number-range', 'at most max divided by min');
}
