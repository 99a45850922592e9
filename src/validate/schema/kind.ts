import { type Manifest, subjectOf } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { Suggest } from '#model/suggest.ts';
import { findingAt } from '../finding.ts';
import { checkMetadata } from '../metadata/check.ts';
import { removedVersion } from './removed.ts';
import type { KindSchema, SchemaStore } from './store.ts';

/**
 * Which schema judges a document, and what is wrong with its kind, version or metadata. Both engines ask here,
 * so they agree on everything but the fields.
 */
export interface JudgedKind {
  readonly schema: KindSchema | undefined;
  readonly findings: readonly Finding[];
}

export function judgeKind(manifest: Manifest, store: SchemaStore, suggest: Suggest): JudgedKind {
  const { apiVersion, kind } = manifest.object;
  const schema = store.find(apiVersion, kind);
  if (schema === undefined) return { schema, findings: [unknownKind(manifest, store, suggest)] };
  const findings = [
    ...deprecation(manifest, schema),
    ...placement(manifest, schema),
    ...checkMetadata(manifest, schema),
  ];
  return { schema, findings };
}

function unknownKind(manifest: Manifest, store: SchemaStore, suggest: Suggest): Finding {
  const { apiVersion, kind } = subjectOf(manifest);
  const removed = removedVersion(apiVersion, kind);
  if (removed !== undefined && isAtLeast(store.kubernetesVersion, removed.removedIn)) {
    const args = { apiVersion, kind, kubernetesVersion: store.kubernetesVersion, ...removed };
    return findingAt(manifest, { code: 'schema-version-removed', severity: 'error', args }, '/apiVersion');
  }
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const available = store.versionsOf(group, kind);
  if (available.length > 0) {
    const args = { apiVersion, kind, available };
    return findingAt(manifest, { code: 'schema-version-unknown', severity: 'error', args }, '/apiVersion');
  }
  const meant = meantBy(kind, store, suggest);
  const args = meant === undefined ? { apiVersion, kind } : { apiVersion, kind, similar: meant };
  return findingAt(manifest, { code: 'schema-missing', severity: 'error', args }, '/kind');
}

/** The same kind in another group, or a kind with nearly the same name. */
function meantBy(kind: string, store: SchemaStore, suggest: Suggest): string | undefined {
  const elsewhere = store.apiVersionsWith(kind);
  if (elsewhere.length > 0) return `${kind} of ${elsewhere.slice(0, 3).join(' or ')}`;
  return suggest(kind, [...store.kinds()]);
}

function deprecation(manifest: Manifest, schema: KindSchema): readonly Finding[] {
  const { apiVersion, kind } = schema;
  const removed = removedVersion(apiVersion, kind);
  if (schema.deprecation === undefined && removed === undefined) return [];
  const warning = schema.deprecation ? { warning: schema.deprecation } : {};
  const args = { apiVersion, kind, ...warning, ...removed };
  // Without a date to be gone, it's for information: most projects deprecate long before they remove.
  const severity = removed === undefined ? 'info' : 'warning';
  return [findingAt(manifest, { code: 'schema-version-deprecated', severity, args }, '/apiVersion')];
}

/** The API server drops the namespace, so what was meant is not what happens. */
function placement(manifest: Manifest, schema: KindSchema): readonly Finding[] {
  const { namespace } = manifest.object.metadata;
  if (schema.scope === 'Namespaced' || namespace === undefined || namespace === '') return [];
  const args = { kind: schema.kind, namespace };
  return [
    findingAt(
      manifest,
      { code: 'schema-namespace-forbidden', severity: 'warning', args },
      '/metadata/namespace',
    ),
  ];
}

/** Compares minor versions: `1.9` is before `1.16`. */
function isAtLeast(version: string, other: string): boolean {
  const minor = (text: string) => Number(text.slice(text.indexOf('.') + 1));
  return minor(version) >= minor(other);
}
