/**
 * Patches of function-patch-and-transform, as small functions.
 * https://docs.crossplane.io/latest/guides/function-patch-and-transform/
 *
 * Two rules that the function itself doesn't enforce are kept here and in the tests: numbers reach a format as
 * floats, so they are written `%.0f`; and a `Required` patch protects a resource only until it exists, so what
 * must stay comes from the spec, and the status only opens gates.
 */

export interface Patch {
  readonly type: 'FromCompositeFieldPath' | 'ToCompositeFieldPath' | 'CombineFromComposite' | 'PatchSet';
  readonly fromFieldPath?: string;
  readonly toFieldPath?: string;
  readonly patchSetName?: string;
  readonly combine?: {
    readonly strategy: 'string';
    readonly variables: readonly { readonly fromFieldPath: string }[];
    readonly string: { readonly fmt: string };
  };
  readonly transforms?: readonly Transform[];
  readonly policy?: { readonly fromFieldPath?: 'Required'; readonly toFieldPath?: 'MergeObjects' };
}

export type Transform =
  | { readonly type: 'string'; readonly string: StringTransform }
  | { readonly type: 'map'; readonly map: Readonly<Record<string, unknown>> }
  | { readonly type: 'match'; readonly match: Match }
  | { readonly type: 'convert'; readonly convert: { readonly toType: 'string' } };

type StringTransform =
  | { readonly type: 'Format'; readonly fmt: string }
  | { readonly type: 'Convert'; readonly convert: 'ToUpper' | 'ToJson' }
  | { readonly type: 'TrimPrefix'; readonly trim: string }
  | { readonly type: 'Regexp'; readonly regexp: { readonly match: string; readonly group: number } };

interface Match {
  readonly patterns: readonly { readonly type: 'regexp'; readonly regexp: string; readonly result: string }[];
}

/** Annotation that gives a thing in AWS its name. */
export const EXTERNAL_NAME = 'metadata.annotations[crossplane.io/external-name]';

const transformed = (transforms: readonly Transform[]) => (transforms.length === 0 ? {} : { transforms });

/** A field of the composite goes into the resource; where it's missing, nothing happens. */
export const from = (
  fromFieldPath: string,
  toFieldPath: string,
  ...transforms: readonly Transform[]
): Patch => ({
  type: 'FromCompositeFieldPath',
  fromFieldPath,
  toFieldPath,
  ...transformed(transforms),
});

/** Several fields of the composite, formatted into one text. `%[1]s` names the first, and so on. */
export const combine = (fmt: string, toFieldPath: string, ...sources: readonly string[]): Patch => ({
  type: 'CombineFromComposite',
  combine: {
    strategy: 'string',
    variables: sources.map((fromFieldPath) => ({ fromFieldPath })),
    string: { fmt },
  },
  toFieldPath,
});

/** A field of the resource goes into the composite's status, as soon as it's there. */
export const report = (
  fromFieldPath: string,
  toFieldPath: string,
  ...transforms: readonly Transform[]
): Patch => ({
  type: 'ToCompositeFieldPath',
  fromFieldPath,
  toFieldPath,
  ...transformed(transforms),
});

/** The resource isn't created before this patch has what it needs. */
export const required = (patch: Patch): Patch => ({
  ...patch,
  policy: { ...patch.policy, fromFieldPath: 'Required' },
});

/** Keys that the base sets stay; without this an object is replaced as a whole. */
export const merged = (patch: Patch): Patch => ({
  ...patch,
  policy: { ...patch.policy, toFieldPath: 'MergeObjects' },
});

/**
 * Holds the resource back until the status has a value, without depending on it later: the value goes into an
 * annotation, and losing it changes nothing that AWS sees.
 */
export const gate = (name: string, status: string): Patch =>
  required(from(status, `metadata.annotations[platform.plimsoll.dev/after-${name}]`));

export const patchSet = (patchSetName: string): Patch => ({ type: 'PatchSet', patchSetName });

/** The name of the object in Kubernetes and of the thing in AWS, alike. */
export const named = (fmt: string, ...sources: readonly string[]): readonly Patch[] => [
  combine(fmt, 'metadata.name', ...sources),
  combine(fmt, EXTERNAL_NAME, ...sources),
];

export const format = (fmt: string): Transform => ({ type: 'string', string: { type: 'Format', fmt } });

export const toJson: Transform = { type: 'string', string: { type: 'Convert', convert: 'ToJson' } };

export const toText: Transform = { type: 'convert', convert: { toType: 'string' } };

export const trimPrefix = (trim: string): Transform => ({
  type: 'string',
  string: { type: 'TrimPrefix', trim },
});

/** The first group of the first match. */
export const extract = (match: string): Transform => ({
  type: 'string',
  string: { type: 'Regexp', regexp: { match, group: 1 } },
});

/** Looks a text up. A text that isn't a key stops the whole composition, so the schema must allow no other. */
export const lookUp = (map: Readonly<Record<string, unknown>>): Transform => ({ type: 'map', map });

/** A value that depends on nothing but the source, a text, being there. (A match without patterns is refused.) */
export const constant = (value: string): Transform => ({
  type: 'match',
  match: { patterns: [{ type: 'regexp', regexp: '.*', result: value }] },
});
