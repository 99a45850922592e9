import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { pointerTo } from '#model/pointer.ts';
import { isObject, type JsonSchema, keyword, schemaOf, textOf } from '../schema/jsonSchema.ts';

/** Compositions, XRDs and Functions as they are written; what has the wrong type counts as absent. */

export interface Step {
  readonly pointer: string;
  readonly functionName: string;
  /** As it is written; undefined where there is none. */
  readonly input: unknown;
}

export interface CompositionDocument {
  readonly manifest: Manifest;
  /** The composite that it is for. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly mode: string | undefined;
  readonly steps: readonly Step[];
  readonly secretsNamespace: string | undefined;
}

/** Annotation of an XRD: fields that choose a Composition or its shape, with commas. */
const SHAPE_FIELDS = 'plimsoll.dev/shape-fields';

const CROSSPLANE = 'apiextensions.crossplane.io';

const is = ({ apiVersion, kind }: KubernetesObject, group: string, wanted: string) =>
  kind === wanted && groupOf(apiVersion) === group;

export function compositionIn(manifest: Manifest): CompositionDocument | undefined {
  if (!is(manifest.object, CROSSPLANE, 'Composition')) return undefined;
  const spec = schemaOf(manifest.object, 'spec') ?? {};
  const composite = schemaOf(spec, 'compositeTypeRef') ?? {};
  const pipeline = keyword(spec, 'pipeline');
  return {
    manifest,
    apiVersion: textOf(composite, 'apiVersion') ?? '',
    kind: textOf(composite, 'kind') ?? '',
    mode: textOf(spec, 'mode'),
    steps: Array.isArray(pipeline) ? pipeline.map(stepOf) : [],
    secretsNamespace: textOf(spec, 'writeConnectionSecretsToNamespace'),
  };
}

const stepOf = (written: unknown, index: number): Step => {
  const step = isObject(written) ? written : {};
  return {
    pointer: pointerTo('spec', 'pipeline', index),
    functionName: textOf(schemaOf(step, 'functionRef') ?? {}, 'name') ?? '',
    input: keyword(step, 'input'),
  };
};

/** A CompositeResourceDefinition. */
export interface DefinitionDocument {
  readonly manifest: Manifest;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly claim: { readonly kind: string | undefined; readonly plural: string | undefined } | undefined;
  readonly versions: readonly DefinitionVersion[];
  /** The keys that reach the composite's secret; undefined where all do. */
  readonly connectionSecretKeys: readonly string[] | undefined;
  /** Fields of the spec that its author says no Composition need read. */
  readonly shapeFields: readonly string[];
  /** Whether its composites have connection secrets of their own. Those of Crossplane 2 don't. */
  readonly hasSecrets: boolean;
}

export interface DefinitionVersion {
  readonly name: string;
  readonly isReferenceable: boolean;
  readonly pointer: string;
  /** As it is written, without what Crossplane adds. */
  readonly schema: JsonSchema;
}

export function definitionIn(manifest: Manifest): DefinitionDocument | undefined {
  if (!is(manifest.object, CROSSPLANE, 'CompositeResourceDefinition')) return undefined;
  const spec = schemaOf(manifest.object, 'spec') ?? {};
  const names = schemaOf(spec, 'names') ?? {};
  const claim = schemaOf(spec, 'claimNames');
  const annotations = schemaOf(schemaOf(manifest.object, 'metadata') ?? {}, 'annotations') ?? {};
  const keys = keyword(spec, 'connectionSecretKeys');
  const scope = textOf(spec, 'scope') ?? (manifest.object.apiVersion.endsWith('/v1') ? 'LegacyCluster' : '');
  return {
    manifest,
    group: textOf(spec, 'group') ?? '',
    kind: textOf(names, 'kind') ?? '',
    plural: textOf(names, 'plural') ?? '',
    claim: claim && { kind: textOf(claim, 'kind'), plural: textOf(claim, 'plural') },
    versions: versionsOf(spec),
    connectionSecretKeys: Array.isArray(keys)
      ? keys.filter((key): key is string => typeof key === 'string')
      : undefined,
    shapeFields: (textOf(annotations, SHAPE_FIELDS) ?? '').split(',').map((name) => name.trim()),
    hasSecrets: scope === 'LegacyCluster',
  };
}

function versionsOf(spec: JsonSchema): readonly DefinitionVersion[] {
  const versions = keyword(spec, 'versions');
  return (Array.isArray(versions) ? versions : []).flatMap((version, index) =>
    isObject(version)
      ? [
          {
            name: textOf(version, 'name') ?? '',
            isReferenceable: keyword(version, 'referenceable') === true,
            pointer: pointerTo('spec', 'versions', index, 'schema', 'openAPIV3Schema'),
            schema: schemaOf(schemaOf(version, 'schema') ?? {}, 'openAPIV3Schema') ?? {},
          },
        ]
      : [],
  );
}

/** Last part of a Function's package, without tag and digest; undefined for what is no Function. */
export function functionIn({
  object,
}: Manifest): { readonly name: string; readonly repository: string } | undefined {
  if (!is(object, 'pkg.crossplane.io', 'Function')) return undefined;
  const source = textOf(schemaOf(object, 'spec') ?? {}, 'package') ?? '';
  const repository = (source.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';
  return { name: object.metadata.name, repository: repository === '' ? object.metadata.name : repository };
}
