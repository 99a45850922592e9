import { parseUrl } from '#cel/library/url-parts.ts';
import { parseDuration } from '#cel/values/time.ts';
import { isLabel, isSubdomain } from '../metadata/forms.ts';
import { isDate, isIpv6 } from './formats.ts';
import { isMailAddress } from './mail-address.ts';
import { patternOf } from './pattern.ts';

/**
 * Formats of text in custom resources, as the API server checks them. They are laxer and stricter in places than
 * those of Kubernetes' own types; a format that is not here is not checked.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/v0.34.0/pkg/apiserver/validation/formats.go
 * https://github.com/kubernetes/kube-openapi/tree/master/pkg/validation/strfmt
 */
type Format = (text: string) => boolean;

const matching =
  (pattern: RegExp): Format =>
  (text) =>
    pattern.test(text);

const CLOCK = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/;

function isDateTime(text: string): boolean {
  if (text.length > 64) return false;
  const [date = '', time = ''] = text.toLowerCase().split('t');
  const [, hour, minute, second] = CLOCK.exec(time) ?? [];
  if (hour === undefined || !isDate(date)) return false;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

/** Units of durations in words; the last of each may have an ending: `days`, `seconds`. */
const UNITS = [
  ['ns', 'nano'],
  ['us', 'µs', 'micro'],
  ['ms', 'milli'],
  ['s', 'sec'],
  ['m', 'min'],
  ['h', 'hr', 'hour'],
  ['d', 'day'],
  ['w', 'wk', 'week'],
] as const;

const isUnit = (word: string): boolean =>
  UNITS.some((unit) => unit.some((name) => name === word) || word.startsWith(unit.at(-1) ?? ' '));

/** Go's notation; or a text with an amount in words somewhere in it, as Scala has them: `3 days`. */
function isDuration(text: string): boolean {
  if (parseDuration(text) !== undefined) return true;
  const amounts = [...text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g)];
  return (
    amounts.every(([, count = '']) => count.length < 19) &&
    amounts.some(([, , unit = '']) => isUnit(unit.toLowerCase()))
  );
}

/** Leading zeros are passed over, as they were before Go 1.17. */
const isLaxIpv4: Format = (text) =>
  text.length <= 64 && /^\d+(\.\d+){3}$/.test(text) && text.split('.').every((octet) => Number(octet) <= 255);

function isCidr(text: string): boolean {
  const [, address = '', length = ''] = /^([^/]*)\/(\d{1,9})$/.exec(text) ?? [];
  if (isLaxIpv4(address)) return Number(length) <= 32;
  return length !== '' && isIpv6(address) && Number(length) <= 128;
}

/** RFC 1034 as Go's validator has it. */
const HOSTNAME =
  '^([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}([a-zA-Z\\p{L}]){2,63})$';

const bytes = (text: string) => new TextEncoder().encode(text).length;

const isHostname: Format = (text) =>
  text.length <= 255 &&
  bytes(text) <= 255 &&
  text.split('.').every((part) => bytes(part) <= 63) &&
  patternOf(HOSTNAME)?.matches(text) === true;

const digitsOf = (text: string): number[] => [...text].map(Number);

function isIsbn10(text: string): boolean {
  const plain = text.replace(/[\s-]+/g, '');
  if (!/^[0-9]{9}[0-9X]$/.test(plain)) return false;
  const last = plain[9] === 'X' ? 10 : Number(plain[9]);
  return (
    [...digitsOf(plain.slice(0, 9)), last].reduce((sum, digit, at) => sum + (at + 1) * digit, 0) % 11 === 0
  );
}

function isIsbn13(text: string): boolean {
  const plain = text.replace(/[\s-]+/g, '');
  return (
    /^[0-9]{13}$/.test(plain) &&
    digitsOf(plain).reduce((sum, digit, at) => sum + (at % 2 === 0 ? 1 : 3) * digit, 0) % 10 === 0
  );
}

const CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;

/** A number of a card, by its form and its check digit. */
function isCard(text: string): boolean {
  const plain = text.replace(/[^0-9]+/g, '');
  const weigh = (digit: number, at: number) => (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2);
  return (
    CARD.test(plain) &&
    digitsOf(plain)
      .reverse()
      .map(weigh)
      .reduce((sum, digit) => sum + digit, 0) %
      10 ===
      0
  );
}

const CHANNEL = '\\s*(?:0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*';
const uuid = (version: string, variant = '[0-9a-f]') =>
  matching(
    new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`, 'i'),
  );

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['bsonobjectid', matching(/^[0-9a-fA-F]{24}$/)],
  ['byte', matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/)],
  ['cidr', isCidr],
  ['creditcard', isCard],
  ['date', isDate],
  ['datetime', isDateTime],
  ['duration', (text) => text.length <= 256 && isDuration(text)],
  ['email', isMailAddress],
  ['hexcolor', matching(/^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
  ['hostname', isHostname],
  ['ipv4', (text) => isLaxIpv4(text) || (text.includes('.') && isIpv6(text))],
  ['ipv6', isIpv6],
  ['isbn', (text) => isIsbn10(text) || isIsbn13(text)],
  ['isbn10', isIsbn10],
  ['isbn13', isIsbn13],
  [
    'mac',
    matching(
      /^(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}(?:(?:[0-9a-f]{2}\1){2}(?:(?:[0-9a-f]{2}\1){12})?)?[0-9a-f]{2}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}(?:\.[0-9a-f]{4}(?:(?:\.[0-9a-f]{4}){6})?)?)$/i,
    ),
  ],
  ['rgbcolor', matching(new RegExp(`^rgb\\(${CHANNEL},${CHANNEL},${CHANNEL}\\)$`))],
  ['ssn', matching(/^\d{3}[- ]\d{2}[- ]\d{4}$/)],
  ['uri', (text) => typeof parseUrl(text) !== 'string'],
  ['uuid', uuid('[0-9a-f]')],
  ['uuid3', uuid('3')],
  ['uuid4', uuid('4', '[89ab]')],
  ['uuid5', uuid('5', '[89ab]')],
]);

/** Formats that an API server knows since 1.34, and enforces from the version on that can't be rolled back behind. */
const SINCE_1_35: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['k8sshortname', isLabel],
  ['k8slongname', isSubdomain],
]);

/** The check of a text format, whose name may have dashes anywhere; undefined for one that is not checked. */
export function customFormatOf(name: string, kubernetesVersion: string): Format | undefined {
  const plain = name.replaceAll('-', '');
  const minor = Number(kubernetesVersion.split('.')[1]);
  return FORMATS.get(plain) ?? (minor >= 35 ? SINCE_1_35.get(plain) : undefined);
}
