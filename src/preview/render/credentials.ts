import type { Credentials } from '../protocol.ts';
import { fieldOf, isJsonObject, type JsonObject, type Step, textOf } from './composition.ts';

/** What a step's function may use to speak with another system, out of the Secrets at hand, by the step's names. */
export function credentialsOf(
  { credentials }: Step,
  secrets: readonly JsonObject[],
): Readonly<Record<string, Credentials>> {
  const given = [...credentials].flatMap(([name, { namespace, name: secretName }]) => {
    const secret = secrets.find((each) => {
      const metadata = fieldOf(each, 'metadata');
      return textOf(metadata, 'name') === secretName && textOf(metadata, 'namespace') === namespace;
    });
    return secret === undefined ? [] : [[name, { credentialData: { data: dataOf(secret) } }] as const];
  });
  return Object.fromEntries(given);
}

/** A Secret's data as base64; the texts of `stringData` win, as they do in the API server. */
const dataOf = (secret: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...texts(secret, 'data'),
    ...texts(secret, 'stringData').map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]),
  ]);

function texts(secret: JsonObject, field: string): readonly (readonly [string, string])[] {
  const values = fieldOf(secret, field);
  return Object.entries(isJsonObject(values) ? values : {}).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
}
