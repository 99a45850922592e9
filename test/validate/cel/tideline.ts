import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { checkRules, type RuleOptions } from '#validate/cel/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../schemas.ts';

/** Voyages of Tideline, whose definition each test writes. */

type Json = Readonly<Record<string, unknown>>;

export const definition = (spec: Json, more: Json = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'voyages.rules.tideline.example' },
  spec: {
    group: 'rules.tideline.example',
    scope: 'Namespaced',
    names: { kind: 'Voyage', plural: 'voyages' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec }, ...more } },
      },
    ],
  },
});

export const voyage = (spec: unknown, more: Json = {}) => ({
  apiVersion: 'rules.tideline.example/v1',
  kind: 'Voyage',
  metadata: { name: 'ann', namespace: 'tideline' },
  spec,
  ...more,
});

export const read = (...objects: readonly object[]) =>
  readManifestText(JSON.stringify({ kind: 'List', items: objects }), 'ship.json').manifests;

const base = store();

/** What is found in documents whose definition is given, by the rules alone. */
export function foundBy(
  crd: object,
  documents: readonly object[],
  options: Omit<RuleOptions, 'definitions'> = {},
): readonly Finding[] {
  const { crds, definitions, findings } = crdsIn(read(crd), base);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return checkRules(read(...documents), withCrds(base, crds), { ...options, definitions }).findings;
}

export const brief = ({ code, severity, pointer }: Finding): string => `${severity} ${code} ${pointer}`;
