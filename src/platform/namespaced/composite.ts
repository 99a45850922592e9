import { isJson, jsonOf, type KubernetesDocument } from './json.ts';

/** What a claim tells Crossplane, and a composite of version 2 tells it under `spec.crossplane`. */
const MACHINERY = [
  'compositionRef',
  'compositionSelector',
  'compositionRevisionRef',
  'compositionRevisionSelector',
  'compositionUpdatePolicy',
];

/** What only claims know. */
const GONE = ['compositeDeletePolicy', 'resourceRef'];

/**
 * A claim -> the composite that takes its place: the same kind, namespace, name and fields. The name of its connection
 * secret stays where it was: as a field that the definition declares, and that function-patch-and-transform reads.
 */
export function namespacedComposite(claim: KubernetesDocument): KubernetesDocument {
  const { spec, ...rest } = claim;
  if (!isJson(spec)) return claim;
  const fields = Object.entries(spec);
  const machinery = fields.filter(([field]) => MACHINERY.includes(field));
  const own = fields.filter(([field]) => ![...MACHINERY, ...GONE, 'crossplane'].includes(field));
  return {
    ...rest,
    spec: {
      ...Object.fromEntries(own),
      crossplane: { ...jsonOf(spec['crossplane']), ...Object.fromEntries(machinery) },
    },
  };
}
