/**
 * The Crossplane 2 way: the same platform in composites and managed resources that live in namespaces.
 *
 * In: a document that the platform rendered for claims (XRD, Composition, claim, ProviderConfig), or any other. Out: the
 * document that takes its place; any other as it was. Guarantees: pure, document by document, so that there is one
 * model and one set of compositions; names of composites, and of resources within them, stay.
 */
import { PLATFORM_GROUP } from '#model/names.ts';
import { platformDefinitions } from '../definitions.ts';
import { compositeKind } from '../xrd.ts';
import { namespacedApi } from './api.ts';
import { namespacedComposite } from './composite.ts';
import { namespacedComposition } from './composition.ts';
import { namespacedDefinition } from './definition.ts';
import type { KubernetesDocument } from './json.ts';
import { namespacedProviderConfig } from './provider-config.ts';

const CLAIM_KINDS = new Map(
  platformDefinitions.map((definition) => [compositeKind(definition), definition.kind]),
);

/** The document of the namespaced rendering that takes the place of one for claims. */
export function namespacedDocument(document: KubernetesDocument): KubernetesDocument {
  return formOf(document)?.(document) ?? document;
}

/** Whether documents of a kind are others in the namespaced rendering. */
export const hasNamespacedForm = (kind: Kind): boolean => formOf(kind) !== undefined;

type Kind = Pick<KubernetesDocument, 'apiVersion' | 'kind'>;

function formOf({
  apiVersion,
  kind,
}: Kind): ((document: KubernetesDocument) => KubernetesDocument) | undefined {
  const [group = ''] = apiVersion.split('/');
  if (group === PLATFORM_GROUP) return namespacedComposite;
  if (group === 'apiextensions.crossplane.io') return DEFINING.get(kind);
  const api = kind === 'ProviderConfig' ? namespacedApi(apiVersion) : undefined;
  return api === undefined ? undefined : (document) => namespacedProviderConfig(document, api);
}

const DEFINING = new Map([
  ['CompositeResourceDefinition', namespacedDefinition],
  [
    'Composition',
    (composition: KubernetesDocument) =>
      namespacedComposition(composition, (composite) => CLAIM_KINDS.get(composite) ?? composite),
  ],
]);
