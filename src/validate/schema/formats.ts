/**
 * Formats of text in Kubernetes' own types, which decode some of them: byte and date-time; and forms that their
 * validation shares. Those of custom resources are in `custom-formats.ts`.
 */

type Format = (text: string) => boolean;

// None of these patterns can match the same text in two ways, so none can backtrack for long.
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
// An hour may have one digit, and a fraction a comma: https://pkg.go.dev/time#Layout
const TIME = /^(\d{1,2}):(\d{2}):(\d{2})([.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`);

export function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** RFC 3339 as Go reads it. */
function isDateTime(text: string): boolean {
  if (text.length > 64) return false;
  const [, hour, minute, second, , ahead = '0', more = '0'] = TIME.exec(text.slice(11)) ?? [];
  if (hour === undefined || text[10] !== 'T') return false;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return isTime && Number(ahead) <= 24 && Number(more) <= 60 && isDate(text.slice(0, 10));
}

/** Of a MicroTime all six digits are written. */
const isMicroTime = (text: string): boolean => isDateTime(text) && /[.,]\d{6}(Z|[+-]\d{2}:\d{2})$/.test(text);

/** Standard base64 with padding; Go's decoder passes over line breaks. */
function isBase64(text: string): boolean {
  const plain = text.includes('\n') ? text.replace(/[\r\n]/g, '') : text;
  return plain.length % 4 === 0 && BASE64.test(plain);
}

export function isIpv6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false;
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const short = IPV4.test(tail) ? `${text.slice(0, text.length - tail.length)}0:0` : text;
  const halves = short.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const complete = halves.length === 2 ? groups.length <= 7 : groups.length === 8;
  return complete && groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
}

function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const [address, length] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash === -1 || !/^(0|[1-9][0-9]{0,2})$/.test(length)) return false;
  return (IPV4.test(address) && Number(length) <= 32) || (isIpv6(address) && Number(length) <= 128);
}

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['byte', isBase64],
  ['date-time', isDateTime],
  ['micro-time', isMicroTime],
  ['ipv4', (text) => IPV4.test(text)],
  ['ipv6', isIpv6],
  ['cidr', isCidr],
]);

/** The check of a text format; undefined for one that is not checked. */
export const formatOf = (name: string): Format | undefined => FORMATS.get(name);

/** Bounds of the integer formats; undefined for any other format. */
export function integerBounds(format: string): readonly [number, number] | undefined {
  if (format === 'int32') return [-(2 ** 31), 2 ** 31 - 1];
  // 2^63 - 1 is no double: it is read as 2^63, and what is larger as more than that.
  return format === 'int64' ? [-(2 ** 63), 2 ** 63] : undefined;
}

/**
 * A quantity: number, then nothing, a decimal exponent, a decimal or a binary suffix. Without a digit it is zero to the
 * API server; only no text at all is none.
 * https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/api/resource/quantity.go#L60
 */
const QUANTITY = /^[+-]?[0-9]*(\.[0-9]*)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/;

export function isQuantity(value: unknown): boolean {
  if (typeof value !== 'string') return typeof value === 'number';
  if (value.length > 128) return false;
  // Spaces around it are passed over; other white space travels escaped, and is not.
  const text = value.startsWith(' ') || value.endsWith(' ') ? value.replaceAll(/^ +| +$/g, '') : value;
  return text !== '' && QUANTITY.test(text);
}
