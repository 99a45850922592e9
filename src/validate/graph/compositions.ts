import { groupOf } from '#manifests/identity.ts';
import { isBroughtByPackage } from '#model/provider-packages.ts';
import { at, type Field, items, textOf } from '../builtin/field.ts';
import { XRD } from './custom-kinds.ts';
import type { Document, Documents } from './documents.ts';

/**
 * What Crossplane makes of a claim or a composite, and needs for it: the Composition, its functions, the providers of
 * what it composes, and how those sign in. https://docs.crossplane.io/latest/composition/compositions/
 */

const COMPOSITION = 'Composition.apiextensions.crossplane.io';

/** Something needed, which each of several documents may bring. */
export type Alternatives = readonly Document[];

/**
 * @param spec That of the claim or composite.
 * @param xrd The one of its kind.
 */
export function neededToCompose(
  spec: Field,
  xrd: Document,
  documents: Documents,
  kinds: ReadonlyMap<string, Document>,
): readonly Alternatives[] {
  const needs: Alternatives[] = [];
  const seen = new Set<Document>();
  const compose = (composite: Field, definition: Document) => {
    const composition = compositionOf(composite, definition, documents);
    if (composition === undefined || seen.has(composition)) return;
    seen.add(composition);
    needs.push([composition]);
    const steps = items(at(composition.root, 'spec', 'pipeline'));
    for (const step of steps) needs.push(functionsOf(step, documents));
    for (const { base, configName } of resourcesOf(composition, composite)) {
      const group = groupOf(textOf(at(base, 'apiVersion')));
      const kind = `${textOf(at(base, 'kind'))}.${group}`;
      const inner = kinds.get(kind);
      if (inner?.kind === XRD) {
        needs.push([inner]);
        compose(at(base, 'spec'), inner);
      } else {
        needs.push(providersOf(group, documents), configsOf(group, configName, documents));
      }
    }
  };
  compose(spec, xrd);
  return needs.filter((alternatives) => alternatives.length > 0);
}

/** Providers whose packages bring the kinds of a group. */
export const providersOf = (group: string, documents: Documents): Alternatives =>
  documents
    .of('Provider.pkg.crossplane.io')
    .filter(({ root }) => isBroughtByPackage(textOf(at(root, 'spec', 'package')), group));

/** The one that is named; else the only one of the kind. */
function compositionOf(spec: Field, xrd: Document, documents: Documents): Document | undefined {
  const definition = at(xrd.root, 'spec');
  const named =
    textOf(at(definition, 'enforcedCompositionRef', 'name')) ||
    textOf(at(spec, 'compositionRef', 'name')) ||
    textOf(at(spec, 'crossplane', 'compositionRef', 'name'));
  if (named !== '') return documents.find(COMPOSITION, '', named);
  const group = textOf(at(definition, 'group'));
  const kind = textOf(at(definition, 'names', 'kind'));
  const [only, ...others] = documents.of(COMPOSITION).filter(({ root }) => {
    const type = at(root, 'spec', 'compositeTypeRef');
    return textOf(at(type, 'kind')) === kind && groupOf(textOf(at(type, 'apiVersion'))) === group;
  });
  return others.length === 0 ? only : undefined;
}

function functionsOf(step: Field, documents: Documents): Alternatives {
  const found = documents.find('Function.pkg.crossplane.io', '', textOf(at(step, 'functionRef', 'name')));
  return found === undefined ? [] : [found];
}

interface Composed {
  readonly base: Field;
  /** Name of the ProviderConfig, as far as the composite says it. */
  readonly configName: string;
}

/** Resources as function-patch-and-transform is given them. */
function resourcesOf({ root }: Document, spec: Field): readonly Composed[] {
  return items(at(root, 'spec', 'pipeline')).flatMap((step) => {
    const input = at(step, 'input');
    const sets = new Map(
      items(at(input, 'patchSets')).map((set) => [textOf(at(set, 'name')), items(at(set, 'patches'))]),
    );
    return items(at(input, 'resources')).map((resource): Composed => {
      const base = at(resource, 'base');
      const patches = items(at(resource, 'patches')).flatMap((patch) => [
        patch,
        ...(sets.get(textOf(at(patch, 'patchSetName'))) ?? []),
      ]);
      const patched = patches.find((patch) => textOf(at(patch, 'toFieldPath')) === CONFIG_NAME);
      const [, field = ''] = /^spec\.(\w+)$/.exec(textOf(at(patched ?? base, 'fromFieldPath'))) ?? [];
      const literal = textOf(at(base, 'spec', 'providerConfigRef', 'name'));
      return { base, configName: patched === undefined ? literal : textOf(at(spec, field)) };
    });
  });
}

const CONFIG_NAME = 'spec.providerConfigRef.name';

/** `s3.aws.upbound.io` is configured by `aws.upbound.io`: how its provider signs in, where it is said here. */
function configsOf(group: string, name: string, documents: Documents): Alternatives {
  if (name === '') return [];
  const parts = group.split('.');
  const groups = parts.map((_, index) => parts.slice(index).join('.'));
  const found = groups
    .flatMap((each) => ['ProviderConfig', 'ClusterProviderConfig'].map((kind) => `${kind}.${each}`))
    .map((kind) => documents.of(kind).find((config) => config.name === name));
  return found.filter((config) => config !== undefined);
}
