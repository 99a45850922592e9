import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { Segment } from '#preview/field-path/parse.ts';
import { type JsonSchema, propertiesOf, schemaOf } from '../schema/jsonSchema.ts';
import type { DefinitionDocument, DefinitionVersion } from './document.ts';
import type { Judging } from './judging.ts';
import { environmentRouteOf, routeOf } from './route.ts';

/** An XRD: names that Crossplane keeps for itself, and fields that nobody reads. */
export function checkDefinition(
  definition: DefinitionDocument,
  compositions: readonly Judging[],
  isWhole: boolean,
): readonly Finding[] {
  const unused = isWhole && compositions.length > 0 ? unusedFields(definition, compositions) : [];
  const unprovided = isWhole ? unprovidedKeys(definition, compositions) : [];
  return [
    ...ownName(definition),
    ...claimNames(definition),
    ...definition.versions.flatMap((version) => reservedFields(version, definition)),
    ...unused,
    ...unprovided,
  ];
}

/** Keys that people wait for and that some composites never have. */
function unprovidedKeys(
  { connectionSecretKeys = [], hasSecrets }: DefinitionDocument,
  compositions: readonly Judging[],
): readonly Finding[] {
  if (!hasSecrets) return [];
  return connectionSecretKeys.flatMap((key, index): readonly Finding[] => {
    const without = compositions.find(
      ({ entries }) => !entries.some(({ details }) => details.some(({ detail }) => detail.name === key)),
    );
    if (without === undefined) return [];
    const { name } = without.composition.manifest.object.metadata;
    const pointer = `/spec/connectionSecretKeys/${index}`;
    return [{ code: 'xrd-key-unprovided', severity: 'warning', pointer, args: { key, composition: name } }];
  });
}

/** Crossplane names the CRD after the XRD, and the API server knows what it must be called. */
function ownName({ manifest, group, plural }: DefinitionDocument): readonly Finding[] {
  const { name } = manifest.object.metadata;
  const expected = `${plural}.${group}`;
  if (plural === '' || group === '' || name === expected) return [];
  const args = { kind: manifest.object.kind, found: name, expected };
  return [{ code: 'metadata-name-other', severity: 'error', pointer: '/metadata/name', args }];
}

function claimNames({ kind, plural, claim }: DefinitionDocument): readonly Finding[] {
  const fields = [
    ['kind', kind],
    ['plural', plural],
  ] as const;
  return fields.flatMap(([field, name]): readonly Finding[] =>
    name === '' || claim?.[field] !== name
      ? []
      : [
          {
            code: 'xrd-claim-names',
            severity: 'error',
            pointer: within('/spec/claimNames', field),
            args: { field, name },
          },
        ],
  );
}

/** Crossplane adds these to every composite that claims can have, or claim, over whatever an XRD says of them. */
const RESERVED = {
  spec: [
    'crossplane',
    'compositionRef',
    'compositionSelector',
    'compositionRevisionRef',
    'compositionRevisionSelector',
    'compositionUpdatePolicy',
    'compositeDeletePolicy',
    'resourceRef',
    'resourceRefs',
    'claimRef',
    'environmentConfigRefs',
    'writeConnectionSecretToRef',
    'publishConnectionDetailsTo',
  ],
  status: ['conditions', 'connectionDetails', 'claimConditionTypes', 'crossplane'],
} as const;

/** And these to every other composite, whose own fields may have any other name. */
const RESERVED_APART = { spec: ['crossplane'], status: ['conditions', 'crossplane'] } as const;

const partOf = (schema: JsonSchema, part: 'spec' | 'status') =>
  schemaOf(schemaOf(schema, 'properties') ?? {}, part) ?? {};

function reservedFields(
  { schema, pointer }: DefinitionVersion,
  { hasSecrets }: DefinitionDocument,
): readonly Finding[] {
  return (['spec', 'status'] as const).flatMap((part) => {
    const reserved: readonly string[] = (hasSecrets ? RESERVED : RESERVED_APART)[part];
    return propertiesOf(partOf(schema, part)).flatMap(([field]): readonly Finding[] =>
      reserved.includes(field)
        ? [
            {
              code: 'xrd-reserved-field',
              severity: 'error',
              pointer: within(pointer, 'properties', part, 'properties', field),
              args: { field, part },
            },
          ]
        : [],
    );
  });
}

/** Fields that somebody may set in good faith, and that do nothing. */
function unusedFields(
  { versions, kind, shapeFields, hasSecrets }: DefinitionDocument,
  compositions: readonly Judging[],
): readonly Finding[] {
  const used = compositions.flatMap(({ entries, input }) => [
    ...entries.flatMap(({ patches }) => patches.filter((patch) => routeOf(patch)?.from === 'composite')),
    ...input.environment.filter((patch) => environmentRouteOf(patch)?.from === 'composite'),
  ]);
  const read = used.flatMap(({ sources }) =>
    sources.flatMap(({ segments }) => (segments === undefined ? [] : [segments])),
  );
  return versions
    .filter(({ isReferenceable }) => isReferenceable)
    .flatMap(({ schema, pointer }) => {
      const at = within(pointer, 'properties', 'spec');
      const inSpec = read.filter(([first]) => first === 'spec');
      if (inSpec.some(({ length }) => length === 1)) return [];
      return (
        unusedBelow(partOf(schema, 'spec'), ['spec'], at, inSpec)
          .filter(({ path }) => !shapeFields.some((shape) => `${path}.`.startsWith(`spec.${shape}.`)))
          // function-patch-and-transform reads it by itself, where Crossplane doesn't.
          .filter(({ path }) => hasSecrets || path !== 'spec.writeConnectionSecretToRef')
          .map(
            ({ path, pointer: place }): Finding => ({
              code: 'xrd-field-unused',
              severity: 'warning',
              pointer: place,
              args: { field: path, kind },
            }),
          )
      );
    });
}

function unusedBelow(
  schema: JsonSchema,
  path: readonly string[],
  pointer: string,
  read: readonly (readonly Segment[])[],
): readonly { readonly path: string; readonly pointer: string }[] {
  const depth = path.length;
  const byName = new Map<Segment | undefined, (readonly Segment[])[]>();
  for (const one of read) {
    const same = byName.get(one[depth]);
    if (same === undefined) byName.set(one[depth], [one]);
    else same.push(one);
  }
  return propertiesOf(schema).flatMap(([name, child]) => {
    const here = [...path, name];
    const at = within(pointer, 'properties', name);
    const inside = byName.get(name);
    if (inside === undefined) return [{ path: here.join('.'), pointer: at }];
    return inside.some(({ length }) => length === depth + 1) ? [] : unusedBelow(child, here, at, inside);
  });
}
