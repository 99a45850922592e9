import { namespacedApi } from './api.ts';
import { policiesOf } from './deletion.ts';
import { isJson, type Json, jsonOf, without } from './json.ts';
import { CLUSTER_PROVIDER_CONFIG } from './provider-config.ts';

/**
 * The base of a cluster-scoped managed resource -> that of the namespaced one. Secrets lie in its own namespace, which
 * Crossplane gives it, and its credentials still come from a configuration of the whole cluster. What it refers to by
 * name or label is looked for in its namespace, which is where everything of an environment lives.
 */
export function namespacedManaged(base: Json, api: string, isConfigured: boolean): Json {
  const spec = jsonOf(base['spec']);
  const { deletionPolicy, providerConfigRef, writeConnectionSecretToRef, ...rest } = spec;
  const policies = policiesOf(spec);
  return {
    ...base,
    apiVersion: api,
    spec: {
      ...parametersWithin(rest),
      ...(deletionPolicy === 'Orphan' || deletionPolicy === 'Delete'
        ? { managementPolicies: policies[deletionPolicy] }
        : {}),
      ...(isConfigured || isJson(providerConfigRef)
        ? { providerConfigRef: { ...CONFIGURATION, ...without(jsonOf(providerConfigRef), 'policy') } }
        : {}),
      ...(isJson(writeConnectionSecretToRef)
        ? { writeConnectionSecretToRef: without(writeConnectionSecretToRef, 'namespace') }
        : {}),
    },
  };
}

/** What the schema says where there is no reference; a patch of the name alone would leave the kind out. */
const CONFIGURATION = { kind: CLUSTER_PROVIDER_CONFIG, name: 'default' };

/** Whether a base is a managed resource of a provider that has namespaced kinds, and which one it becomes. */
export const managedApi = (base: Json): string | undefined =>
  typeof base['apiVersion'] === 'string' ? namespacedApi(base['apiVersion']) : undefined;

const PARAMETERS = new Set(['forProvider', 'initProvider']);

const parametersWithin = (spec: Json): Json =>
  Object.fromEntries(
    Object.entries(spec).map(([field, value]) => [
      field,
      PARAMETERS.has(field) ? localSecrets(value) : value,
    ]),
  );

const SECRET_FIELD = /SecretRef$/;

/** References to secrets without their namespace. Somebody else's object (`manifest`) is left as it is. */
function localSecrets(value: unknown, isSecret = false): unknown {
  if (Array.isArray(value)) return value.map((item) => localSecrets(item, isSecret));
  if (!isJson(value)) return value;
  if (isSecret) return without(value, 'namespace');
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      field === 'manifest' ? inner : localSecrets(inner, SECRET_FIELD.test(field)),
    ]),
  );
}
