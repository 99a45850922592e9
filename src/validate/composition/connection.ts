import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import { placedPath } from './function-input.ts';
import type { JudgedEntry, Judging } from './judging.ts';
import { look } from './patches.ts';
import { isPatched, isSet, placeAt } from './written.ts';

/**
 * Connection details. Three settings must line up, or nothing is published without a word: the resource writes a
 * secret of its own name, the Composition says where the composite's is kept, and the XRD lets the key through.
 */
export function checkConnections(judging: Judging): readonly Finding[] {
  const { composition, definition, entries, pointer } = judging;
  const details = entries.flatMap((entry) => entry.details.map((detail) => ({ entry, ...detail })));
  const keys = definition?.connectionSecretKeys;
  const found = details.flatMap(({ entry, detail, pointer: at }): readonly Finding[] => {
    const { type, name = '', fromFieldPath } = detail;
    const path =
      type === 'FromFieldPath' && fromFieldPath !== undefined
        ? look(placedPath(fromFieldPath, within(at, 'fromFieldPath')), entry.schema, judging).findings
        : [];
    const place = within(at, 'fromConnectionSecretKey');
    const secret =
      type === 'FromConnectionSecretKey'
        ? [...secretOf(entry, place), ...keyOf(entry, detail.fromConnectionSecretKey, place)]
        : [];
    const isFiltered = keys !== undefined && !keys.includes(name);
    const filtered: readonly Finding[] = isFiltered
      ? [
          {
            code: 'composition-connection-key',
            severity: 'error',
            pointer: within(at, 'name'),
            args: { key: name, keys },
          },
        ]
      : [];
    return [...path, ...secret, ...filtered];
  });
  // Composites of Crossplane 2 have no secrets of their own; a function composes one.
  const isUnwritten =
    details.length > 0 && composition.secretsNamespace === undefined && definition?.hasSecrets !== false;
  const unwritten: Finding = {
    code: 'composition-connection-unwritten',
    severity: definition === undefined ? 'warning' : 'error',
    pointer: details[0]?.pointer ?? pointer,
    args: {},
  };
  return isUnwritten ? [unwritten, ...found] : found;
}

/** Keys that providers write, as far as they are known: https://marketplace.upbound.io/providers/upbound/provider-family-aws */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  ReplicationGroup: [
    'configuration_endpoint_address',
    'primary_endpoint_address',
    'reader_endpoint_address',
    'port',
    'attribute.auth_token',
  ],
  ServerlessCache: [
    'endpoint_0_address',
    'endpoint_0_port',
    'reader_endpoint_0_address',
    'reader_endpoint_0_port',
  ],
  ClusterAuth: ['kubeconfig'],
  Bucket: ['id', 'arn', 'region'],
};

/** Whether the kind writes the key, where it is known which it writes. */
function keyOf(entry: JudgedEntry, key: unknown, pointer: string): readonly Finding[] {
  const kind = entry.schema?.kind ?? '';
  const keys = WRITTEN[kind];
  if (keys === undefined || typeof key !== 'string' || keys.includes(key)) return [];
  return [{ code: 'composition-connection-source', severity: 'error', pointer, args: { kind, key, keys } }];
}

/** Whether a resource writes a secret, and each composite's its own. */
function secretOf(entry: JudgedEntry, pointer: string): readonly Finding[] {
  const { schema, base } = entry;
  if (schema === undefined || base === undefined) return [];
  const { kind, scope } = schema;
  const reference = placeAt(entry.places, 'spec', 'writeConnectionSecretToRef');
  if (isPatched(reference)) return [];
  const fields = scope === 'Namespaced' ? (['name'] as const) : (['name', 'namespace'] as const);
  const missing = fields.find((field) => !isSet(placeAt(reference, field)));
  if (missing !== undefined) {
    return [
      { code: 'composition-connection-secret', severity: 'error', pointer, args: { kind, field: missing } },
    ];
  }
  const name = placeAt(reference, 'name');
  if (isPatched(name) || isPatched(placeAt(reference, 'namespace'))) return [];
  const args = { kind, name: String(name.value) };
  return [{ code: 'composition-connection-shared', severity: 'error', pointer, args }];
}
