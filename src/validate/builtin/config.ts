import { isQualifiedName } from '../metadata/forms.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  invalid,
  isFields,
  isGiven,
  items,
  nonNegative,
  numberOf,
  oneOf,
  type Report,
  required,
  textOf,
} from './field.ts';
import { isConfigKey } from './forms.ts';

/** What a ConfigMap or Secret may hold at most, in bytes: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size */
const LARGEST = 1024 * 1024;

const encoder = new TextEncoder();

function keys(report: Report, field: Field): void {
  for (const entry of entries(field))
    if (!isConfigKey(entry.key)) invalid(report, { ...entry, value: entry.key }, 'config-key');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/ */
export function configMap(report: Report, object: Field): void {
  const data = at(object, 'data');
  const binary = at(object, 'binaryData');
  keys(report, data);
  keys(report, binary);
  for (const entry of entries(binary))
    if (isGiven(at(data, entry.key))) forbidden(report, entry, 'data has this key too');
  const bytes =
    entries(data).reduce((sum, entry) => sum + bytesOf(textOf(entry)), 0) +
    entries(binary).reduce((sum, entry) => sum + decoded(textOf(entry)), 0);
  if (bytes > LARGEST) tooLong(report, data, bytes);
}

/** Text of ASCII, by far the most, needs no encoder. */
const bytesOf = (text: string): number =>
  text.length * 3 <= LARGEST / 64 ? text.length : encoder.encode(text).length;

const decoded = (base64: string): number => Math.floor((base64.length * 3) / 4);

const tooLong = (report: Report, field: Field, found: number): void =>
  report({ code: 'builtin-too-long', field, args: { found, limit: LARGEST, unit: 'bytes' } });

/** https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
export function secret(report: Report, object: Field): void {
  const data = at(object, 'data');
  const texts = at(object, 'stringData');
  keys(report, data);
  keys(report, texts);
  // A text that is null is empty, but there.
  const has = (key: string) =>
    [data, texts].some((field) => isFields(field.value) && Object.hasOwn(field.value, key));
  const bytes =
    entries(data).reduce((sum, entry) => sum + decoded(textOf(entry)), 0) +
    entries(texts).reduce((sum, entry) => sum + bytesOf(textOf(entry)), 0);
  if (bytes > LARGEST) tooLong(report, data, bytes);
  const needed = (...names: readonly string[]) => {
    for (const name of names)
      if (!has(name)) required(report, at(data, name), `type is ${textOf(at(object, 'type'))}`);
  };
  switch (textOf(at(object, 'type'))) {
    case 'kubernetes.io/service-account-token': {
      const account = at(object, 'metadata', 'annotations', 'kubernetes.io/service-account.name');
      if (textOf(account) === '') required(report, account, 'type is kubernetes.io/service-account-token');
      break;
    }
    case 'kubernetes.io/dockercfg':
      needed('.dockercfg');
      json(report, object, '.dockercfg');
      break;
    case 'kubernetes.io/dockerconfigjson':
      needed('.dockerconfigjson');
      json(report, object, '.dockerconfigjson');
      break;
    case 'kubernetes.io/basic-auth':
      if (!has('username') && !has('password')) needed('username', 'password');
      break;
    case 'kubernetes.io/ssh-auth':
      if (textOf(at(data, 'ssh-privatekey')) === '' && textOf(at(texts, 'ssh-privatekey')) === '')
        required(report, at(data, 'ssh-privatekey'), 'type is kubernetes.io/ssh-auth');
      break;
    case 'kubernetes.io/tls':
      needed('tls.crt', 'tls.key');
      break;
    default:
  }
}

/** The value itself is never shown. */
function json(report: Report, object: Field, key: string): void {
  const plain = at(object, 'stringData', key);
  const encoded = at(object, 'data', key);
  const text = isGiven(plain) ? textOf(plain) : Buffer.from(textOf(encoded), 'base64').toString('utf8');
  // What is null is empty, but there.
  if (plain.value === undefined && encoded.value === undefined) return;
  try {
    JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    invalid(report, { ...(isGiven(plain) ? plain : encoded), value: 'the value (not shown)' }, 'json');
  }
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/priority-class-v1/ */
export function priorityClass(report: Report, object: Field): void {
  const value = at(object, 'value');
  const isSystem = textOf(at(object, 'metadata', 'name')).startsWith('system-');
  if (isSystem)
    forbidden(report, at(object, 'metadata', 'name'), 'names that begin with system- are reserved');
  else if (typeof value.value === 'number' && value.value > 1_000_000_000)
    invalid(report, value, 'number-range', 'at most 1000000000');
  oneOf(report, at(object, 'preemptionPolicy'), ['Never', 'PreemptLowerPriority']);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/namespace-v1/ */
export function namespace(report: Report, object: Field): void {
  for (const label of entries(at(object, 'metadata', 'labels'))) podSecurityLabel(report, label);
  const finalizers = items(at(object, 'spec', 'finalizers'));
  for (const finalizer of finalizers) {
    const text = textOf(finalizer);
    if (text !== 'kubernetes' && (!text.includes('/') || !isQualifiedName(text)))
      invalid(report, finalizer, 'qualified-name');
  }
}

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces */
function podSecurityLabel(report: Report, label: Field & { readonly key: string }): void {
  const [, part] = /^pod-security\.kubernetes\.io\/(?:enforce|audit|warn)(-version)?$/.exec(label.key) ?? [
    undefined,
    null,
  ];
  const text = label.value ?? '';
  if (part === null || typeof text !== 'string') return;
  if (part === undefined) oneOf(report, label, ['privileged', 'baseline', 'restricted'], 'required');
  else if (!/^(latest|v1\.(0|[1-9][0-9]*))$/.test(text))
    invalid(report, label, 'one-value', 'latest, or a version such as v1.34');
}

/** https://kubernetes.io/docs/concepts/architecture/leases/ */
export function lease(report: Report, object: Field): void {
  const seconds = at(object, 'spec', 'leaseDurationSeconds');
  if ((numberOf(seconds) ?? 1) <= 0) invalid(report, seconds, 'positive');
  nonNegative(report, at(object, 'spec', 'leaseTransitions'));
}
