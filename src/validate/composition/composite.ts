import { groupOf } from '#manifests/identity.ts';
import type { Finding } from '#model/finding.ts';
import type { Suggest } from '#model/suggest.ts';
import type { SchemaStore } from '../schema/store.ts';
import type { CompositionDocument, DefinitionDocument } from './document.ts';

/** The composite is defined, in the version that Compositions must be for. */
export function checkComposite(
  { apiVersion, kind }: CompositionDocument,
  definitions: readonly DefinitionDocument[],
  store: SchemaStore,
  suggest: Suggest,
): readonly Finding[] {
  const group = groupOf(apiVersion);
  const ofGroup = definitions.filter((definition) => definition.group === group);
  const definition = ofGroup.find((one) => one.kind === kind);
  if (definition === undefined) {
    const isGroupKnown = ofGroup.length > 0;
    if (!isGroupKnown && store.find(apiVersion, kind) !== undefined) return [];
    const similar = suggest(
      kind,
      ofGroup.map((one) => one.kind),
    );
    const args = { apiVersion, kind, isGroupKnown, ...(similar === undefined ? {} : { similar }) };
    const severity = isGroupKnown ? 'error' : 'warning';
    const pointer = isGroupKnown ? '/spec/compositeTypeRef/kind' : '/spec/compositeTypeRef';
    return [{ code: 'composition-composite-unknown', severity, pointer, args }];
  }
  const referenceable = definition.versions.find(({ isReferenceable }) => isReferenceable)?.name;
  if (referenceable === undefined || `${group}/${referenceable}` === apiVersion) {
    // Where its schema can't be used, nothing that is read can be judged; the schema check says why.
    return [];
  }
  const args = { apiVersion, kind, referenceable: `${group}/${referenceable}` };
  const pointer = '/spec/compositeTypeRef/apiVersion';
  return [{ code: 'composition-composite-version', severity: 'error', pointer, args }];
}
