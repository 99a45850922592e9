import { isQualifiedName } from '../../metadata/forms.ts';
import { amountOf } from '../amount.ts';
import {
  at,
  exactlyOne,
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
} from '../field.ts';
import { configKey, envName, subdomain } from '../forms.ts';

/** Variables of a container: https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
export function environment(report: Report, container: Field): void {
  for (const variable of items(at(container, 'env'))) {
    const name = at(variable, 'name');
    if (requireText(report, name)) envName(report, name);
    const source = at(variable, 'valueFrom');
    if (!isGiven(source)) continue;
    if (isFilled(at(variable, 'value'))) forbidden(report, source, 'value is set');
    variableSource(report, source);
  }
  for (const source of items(at(container, 'envFrom'))) {
    envName(report, at(source, 'prefix'));
    const one = exactlyOne(report, source, ['configMapRef', 'secretRef'], 'one of configMapRef, secretRef');
    if (one !== undefined && requireText(report, at(one, 'name'))) subdomain(report, at(one, 'name'));
  }
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

function variableSource(report: Report, source: Field): void {
  const one = exactlyOne(report, source, SOURCES, `one of ${SOURCES.join(', ')}`);
  switch (one?.key) {
    case 'fieldRef':
      fieldReference(report, one, VARIABLE_FIELDS);
      break;
    case 'resourceFieldRef':
      resourceReference(report, one, false);
      break;
    case 'configMapKeyRef':
    case 'secretKeyRef': {
      if (requireText(report, at(one, 'name'))) subdomain(report, at(one, 'name'));
      const key = at(one, 'key');
      if (requireText(report, key)) configKey(report, key);
      break;
    }
    default:
  }
}

const VARIABLE_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

export const FILE_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];

/** A field of the pod: https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields */
export function fieldReference(report: Report, reference: Field, fields: readonly string[]): void {
  const version = at(reference, 'apiVersion');
  const path = at(reference, 'fieldPath');
  if (!requireText(report, path)) return;
  if (isFilled(version) && version.value !== 'v1') {
    invalid(report, path, 'downward-field');
    return;
  }
  const subscript = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(textOf(path));
  if (subscript !== null) {
    const [, of = '', key = ''] = subscript;
    if (!isQualifiedName(of === 'metadata.annotations' ? key.toLowerCase() : key))
      invalid(report, path, 'qualified-name');
  } else if (!KNOWN_FIELDS.has(textOf(path))) invalid(report, path, 'downward-field');
  else oneOf(report, path, fields);
}

const KNOWN_FIELDS = new Set([...VARIABLE_FIELDS, ...FILE_FIELDS]);

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);

const DIVISORS: Readonly<Record<string, readonly string[]>> = {
  cpu: ['1m', '1'],
  memory: ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'],
};

/** What a container may use, as a variable or file. */
export function resourceReference(report: Report, reference: Field, needsContainer: boolean): void {
  const container = at(reference, 'containerName');
  if (needsContainer && textOf(container) === '') required(report, container);
  const resource = at(reference, 'resource');
  if (!requireText(report, resource)) return;
  const name = textOf(resource);
  if (!/^(limits|requests)\.hugepages-/.test(name)) oneOf(report, resource, RESOURCES);
  const divisor = at(reference, 'divisor');
  const text = typeof divisor.value === 'number' ? String(divisor.value) : divisor.value;
  // Zero, however it is written, stands for the default.
  if (typeof text !== 'string' || amountOf(text) === 0n) return;
  const allowed = DIVISORS[name.endsWith('.cpu') ? 'cpu' : 'memory'] ?? [];
  if (RESOURCES.includes(name) && !allowed.some((each) => amountOf(each) === amountOf(text)))
    report({ code: 'builtin-unsupported', field: divisor, args: { found: text, allowed } });
}
