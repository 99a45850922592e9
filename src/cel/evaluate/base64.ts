import { CelError, type Value } from '#cel/values/value.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a `format: byte` text; an error where it is no base64. */
export function decodeBase64(text: string): Value {
  if (!BASE64.test(text)) return new CelError(`Invalid byte formatted string ${text}`);
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}
