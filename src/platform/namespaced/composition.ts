import { isAlike, policiesOf, setsDeletionPolicy, translated } from './deletion.ts';
import { isJson, type Json, jsonOf, type KubernetesDocument, listOf, textOf, without } from './json.ts';
import { managedApi, namespacedManaged } from './managed.ts';
import { movedPatch, namesSecretNamespace } from './patches.ts';

/**
 * A Composition for claims -> one for namespaced composites, with namespaced managed resources. Names of resources stay:
 * they are identities. Steps of other functions than function-patch-and-transform stay as they are.
 */
export function namespacedComposition(
  composition: KubernetesDocument,
  kindOf: (compositeKind: string) => string,
): KubernetesDocument {
  const { spec, ...rest } = composition;
  // A secret of the composite is the function's to compose; the field is for clusters without namespaced composites.
  const { compositeTypeRef, pipeline, ...kept } = without(jsonOf(spec), 'writeConnectionSecretsToNamespace');
  const type = jsonOf(compositeTypeRef);
  return {
    ...rest,
    spec: {
      compositeTypeRef: { ...type, kind: kindOf(textOf(type['kind'])) },
      ...kept,
      pipeline: listOf(pipeline).map((step) =>
        isJson(step) && isJson(step['input']) && isPatchAndTransform(step['input'])
          ? { ...step, input: namespacedInput(step['input']) }
          : step,
      ),
    },
  };
}

const isPatchAndTransform = (input: Json): boolean =>
  textOf(input['apiVersion']).startsWith('pt.fn.crossplane.io/');

type PatchSets = ReadonlyMap<string, readonly Json[]>;

function namespacedInput(input: Json): Json {
  const { patchSets, resources, ...rest } = input;
  const sets: PatchSets = new Map(
    listOf(patchSets).map((set) => [textOf(jsonOf(set)['name']), patchesIn(jsonOf(set))]),
  );
  const made = listOf(resources).map((resource) => namespacedResource(jsonOf(resource), sets));
  const used = new Set(made.flatMap((resource) => patchesIn(resource).map((patch) => patch['patchSetName'])));
  const policies = policiesOf({});
  return {
    ...rest,
    patchSets: [...sets]
      .filter(([name]) => used.has(name))
      .map(([name, patches]) => ({
        name,
        patches: patches.flatMap((patch) => namespacedPatch(patch, policies)),
      })),
    resources: made,
    ...(made.some(({ connectionDetails }) => listOf(connectionDetails).length > 0)
      ? { writeConnectionSecretToRef: SECRET }
      : {}),
  };
}

/** By the name that the composite's spec says, beside it; without one, the function names it after the composite. */
const SECRET: Json = {
  patches: ['name', 'namespace'].map((field) => ({
    type: 'FromCompositeFieldPath',
    fromFieldPath: field === 'name' ? 'spec.writeConnectionSecretToRef.name' : 'metadata.namespace',
    toFieldPath: field,
  })),
};

const patchesIn = (holder: Json): readonly Json[] => listOf(holder['patches']).map(jsonOf);

function namespacedResource(resource: Json, sets: PatchSets): Json {
  const base = jsonOf(resource['base']);
  const api = managedApi(base);
  const spec = jsonOf(base['spec']);
  const policies = policiesOf(spec);
  // What the shared patches say of deletion is meant for resources that may do anything.
  const patches = patchesIn(resource).flatMap((patch) => {
    const shared = sets.get(textOf(patch['patchSetName']));
    return 'managementPolicies' in spec && shared?.some(setsDeletionPolicy) ? shared : [patch];
  });
  const all = patches.flatMap((patch) => sets.get(textOf(patch['patchSetName'])) ?? [patch]);
  const isConfigured = all.some(({ toFieldPath }) => toFieldPath === 'spec.providerConfigRef.name');
  return {
    ...resource,
    ...(api === undefined ? {} : { base: namespacedManaged(base, api, isConfigured) }),
    patches: patches.flatMap((patch) => namespacedPatch(patch, policies)),
  };
}

function namespacedPatch(patch: Json, policies: ReturnType<typeof policiesOf>): readonly Json[] {
  if (namesSecretNamespace(patch)) return [];
  if (!setsDeletionPolicy(patch)) return [movedPatch(patch)];
  return isAlike(policies) ? [] : [movedPatch(translated(patch, policies))];
}
