import type { Checked, Finding } from '#model/finding.ts';
import { fieldOf, type JsonObject, textOf } from './composition.ts';

/** How a composed resource says its name in the composition. */
export const RESOURCE_NAME = 'crossplane.io/composition-resource-name';

/** Resources that exist, by their names in the composition. One that has none can't be told apart from any other. */
export function observedByName(resources: readonly JsonObject[]): Checked<ReadonlyMap<string, JsonObject>> {
  const named = new Map<string, JsonObject>();
  const findings: Finding[] = [];
  for (const resource of resources) {
    const metadata = fieldOf(resource, 'metadata');
    const name = textOf(fieldOf(metadata, 'annotations'), RESOURCE_NAME);
    if (name !== '') {
      named.set(name, resource);
      continue;
    }
    const args = {
      kind: textOf(resource, 'kind'),
      name: textOf(metadata, 'name'),
      annotation: RESOURCE_NAME,
    };
    findings.push({ code: 'render-observed-unnamed', severity: 'warning', args });
  }
  return { value: named, findings };
}
