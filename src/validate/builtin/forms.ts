import {
  isLabel,
  isLabelValue,
  isPathSegment,
  isQualifiedName,
  isRfc1035Label,
  isSubdomain,
} from '../metadata/forms.ts';
import { formatOf } from '../schema/formats.ts';
import {
  entries,
  type Field,
  invalid,
  isGiven,
  items,
  numberOf,
  type Report,
  required,
  textOf,
} from './field.ts';

/**
 * Forms that texts have in built-in kinds; each reports at the field, if a text is there and is not of that form.
 * https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/util/validation/validation.go
 */

type Form = (report: Report, field: Field) => void;

type Rule = Parameters<typeof invalid>[2];

const form =
  (rule: Rule, isRight: (text: string) => boolean): Form =>
  (report, field) => {
    const { value } = field;
    if (typeof value === 'string' && value !== '' && !isRight(value)) invalid(report, field, rule);
  };

const hasFormat = (name: string, text: string): boolean => formatOf(name)?.(text) === true;

export const dnsLabel = form('dns-label', isLabel);
export const serviceName = form('service-name', isRfc1035Label);
export const rfc1035Label = form('rfc1035-label', isRfc1035Label);
export const subdomain = form('dns-subdomain', isSubdomain);
export const qualifiedName = form('qualified-name', isQualifiedName);
export const pathSegment = form('path-segment', isPathSegment);
/** In fields that are older than Go's objection to it, the API server still reads `010` as ten. */
const LAX_IPV4 = /^\d+(\.\d+){3}$/;

function isLaxIp(text: string): boolean {
  if (text.length > 64) return false;
  if (LAX_IPV4.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  const [, before = text, tail = ''] = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text) ?? [];
  const groups = before.replaceAll(/(?<=^|:)0+(?=[0-9a-fA-F])/g, '');
  return hasFormat('ipv6', tail === '' ? groups : `${groups}${isLaxIp(tail) ? '0:0' : 'x'}`);
}

/** Addresses and ranges with leading zeros; IPv6 groups may be longer for them. */
export const laxIp = form('ip', isLaxIp);
export const laxCidr = form('cidr', (text) => {
  const [, address = '', length = ''] = /^([^/]*)\/(\d{1,20})$/.exec(text) ?? [];
  return length !== '' && isLaxIp(address) && Number(length) <= (LAX_IPV4.test(address) ? 32 : 128);
});

/** `*.example.com`: exactly one label is left open. */
const isWildcardHost = (text: string): boolean =>
  text.startsWith('*.') && text.length <= 253 && isSubdomain(text.slice(2));

export const host: Form = (report, field) => {
  const text = textOf(field);
  if (text === '') return;
  if (hasFormat('ipv4', text) || hasFormat('ipv6', text)) invalid(report, field, 'not-ip');
  else if (text.includes('*') ? !isWildcardHost(text) : !isSubdomain(text))
    invalid(report, field, 'wildcard-host');
};

/** A name of the IANA's list of services: `http`, `grpc-web`. */
const isPortName = (text: string): boolean =>
  text.length <= 15 &&
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])*$/.test(text) &&
  /[a-z]/.test(text) &&
  !text.includes('--');

export const portName = form('port-name', isPortName);

/** Printable characters but `=`. */
export const envName = form('env-name', (text) => /^[ -<>-~]+$/.test(text));

export const isConfigKey = (text: string): boolean =>
  text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && !text.startsWith('..');

export const configKey = form('config-key', isConfigKey);

/** A path below a folder, never out of it. */
export const localPath = form(
  'local-path',
  (text) => !text.startsWith('/') && !text.split('/').includes('..'),
);

export const withoutBackSteps = form('local-path', (text) => !text.split('/').includes('..'));

export const absolutePath = form('absolute-path', (text) => text.startsWith('/'));

/** `example.com/name`. */
export const domainPrefixed = form('domain-prefixed', (text) => {
  const slash = text.indexOf('/');
  return slash > 0 && isSubdomain(text.slice(0, slash)) && text.length > slash + 1;
});

export const port: Form = (report, field) => {
  const number = numberOf(field);
  if (number !== undefined && (number < 1 || number > 65_535)) invalid(report, field, 'port');
};

/** A port by number or by name. */
export const portReference: Form = (report, field) => {
  if (typeof field.value === 'string') {
    if (!isPortName(field.value)) invalid(report, field, 'port-name');
  } else port(report, field);
};

/** 0 to 2,147,483,647: what the kernel takes for users and groups. */
export const userId: Form = (report, field) => {
  const number = numberOf(field);
  if (number !== undefined && (number < 0 || number > 2_147_483_647))
    invalid(report, field, 'number-range', '0 to 2147483647');
};

/** 0 to 0777. */
export const fileMode: Form = (report, field) => {
  const number = numberOf(field);
  if (number !== undefined && (number < 0 || number > 0o777)) invalid(report, field, 'file-mode');
};

/** A map of labels. */
export const labels: Form = (report, field) => {
  for (const entry of entries(field)) {
    if (!isQualifiedName(entry.key)) invalid(report, { ...entry, value: entry.key }, 'qualified-name');
    if (typeof entry.value === 'string' && !isLabelValue(entry.value)) invalid(report, entry, 'label-value');
  }
};

/** A map of annotations, whose keys may be of any case. */
export const annotations: Form = (report, field) => {
  for (const { key, ...entry } of entries(field))
    if (!isQualifiedName(key.toLowerCase())) invalid(report, { ...entry, key, value: key }, 'qualified-name');
};

/** A list of texts, none of them empty; an item that is null is empty to the API server. */
export function eachText(report: Report, list: Field, check: Form): void {
  for (const item of items(list)) {
    if (item.value === null || item.value === '') required(report, item);
    else check(report, item);
  }
}

export const labelValue = form('label-value', isLabelValue);

/** A number, or a percentage as text: never negative. */
export const amountOrPercent: Form = (report, field) => {
  if (!isGiven(field)) return;
  if (typeof field.value === 'string') {
    if (!/^[0-9]+%$/.test(field.value)) invalid(report, field, 'whole-percent');
  } else if ((numberOf(field) ?? 0) < 0) invalid(report, field, 'non-negative');
};

/** The number of a percentage as text. */
export const percentOf = ({ value }: Field): number | undefined =>
  typeof value === 'string' && /^[0-9]+%$/.test(value) ? Number(value.slice(0, -1)) : undefined;

export const atMostAll: Form = (report, field) => {
  if ((percentOf(field) ?? 0) > 100) invalid(report, field, 'percent-limit');
};
