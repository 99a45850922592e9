import { failureOf } from '../failure.ts';
import { readPath } from '../field-path/read.ts';
import { encodeBase64 } from '../go/base64.ts';
import { encodeJson } from '../go/json-encode.ts';
import type { GoObject } from '../go/value.ts';
import type { ConnectionDetail } from './input.ts';

/** Connection details by key, values in base64. */
export type ConnectionDetails = Map<string, string>;

/** An observed resource and what its provider wrote into its connection secret. */
export interface Observed {
  readonly object: GoObject;
  readonly connectionDetails: Readonly<Record<string, string>>;
}

/** Details of one observed resource. What isn't there yet, or can't be read, is left out without a word. */
export function connectionDetailsOf(
  { object, connectionDetails }: Observed,
  details: readonly ConnectionDetail[] | undefined,
): ConnectionDetails {
  const found: ConnectionDetails = new Map();
  for (const { name = '', type, value, fromConnectionSecretKey = '', fromFieldPath = '' } of details ?? []) {
    const detail =
      type === 'FromValue'
        ? encodeBase64(value ?? '')
        : type === 'FromConnectionSecretKey'
          ? ownValue(connectionDetails, fromConnectionSecretKey)
          : atPath(object, fromFieldPath);
    if (detail !== undefined) found.set(name, detail);
  }
  return found;
}

const ownValue = (details: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(details, key) ? details[key] : undefined;

/** Strings as they are, anything else as JSON. */
function atPath(object: GoObject, path: string): string | undefined {
  try {
    const value = readPath(object, path);
    return encodeBase64(typeof value === 'string' ? value : encodeJson(value));
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}
