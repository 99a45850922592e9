import type { GoObject, GoValue } from '../go/value.ts';

/** The function's input after decoding: only known fields, each of its type; null counts as absent. */
export interface Input {
  readonly patchSets?: readonly PatchSet[];
  readonly environment?: { readonly patches?: readonly Patch[] };
  readonly resources?: readonly Template[];
  readonly writeConnectionSecretToRef?: SecretReference;
}

export interface PatchSet {
  readonly name?: string;
  readonly patches?: readonly Patch[];
}

export interface SecretReference {
  readonly name?: string;
  readonly namespace?: string;
  readonly patches?: readonly Patch[];
}

export interface Template {
  readonly name?: string;
  readonly base?: GoValue;
  readonly patches?: readonly Patch[];
  readonly connectionDetails?: readonly ConnectionDetail[];
  readonly readinessChecks?: readonly ReadinessCheck[];
}

export interface Patch {
  readonly type?: string;
  readonly fromFieldPath?: string;
  readonly combine?: Combine;
  readonly toFieldPath?: string;
  readonly transforms?: readonly Transform[];
  readonly policy?: { readonly fromFieldPath?: string; readonly toFieldPath?: string };
  readonly patchSetName?: string;
}

export interface Combine {
  readonly variables?: readonly { readonly fromFieldPath?: string }[];
  readonly strategy?: string;
  readonly string?: { readonly fmt?: string };
}

export interface Transform {
  readonly type?: string;
  readonly math?: MathTransform;
  readonly map?: GoObject;
  readonly match?: MatchTransform;
  readonly string?: StringTransform;
  readonly convert?: ConvertTransform;
}

export interface MathTransform {
  readonly type?: string;
  readonly multiply?: bigint;
  readonly clampMin?: bigint;
  readonly clampMax?: bigint;
}

export interface MatchTransform {
  readonly patterns?: readonly MatchPattern[];
  readonly fallbackValue?: GoValue;
  readonly fallbackTo?: string;
}

export interface MatchPattern {
  readonly type?: string;
  readonly literal?: string;
  readonly regexp?: string;
  readonly result?: GoValue;
}

export interface StringTransform {
  readonly type?: string;
  readonly fmt?: string;
  readonly convert?: string;
  readonly trim?: string;
  readonly regexp?: { readonly match?: string; readonly group?: bigint };
  readonly join?: { readonly separator?: string };
  readonly replace?: { readonly search?: string; readonly replace?: string };
}

export interface ConvertTransform {
  readonly toType?: string;
  readonly format?: string;
}

export interface ConnectionDetail {
  readonly name?: string;
  readonly type?: string;
  readonly fromConnectionSecretKey?: string;
  readonly fromFieldPath?: string;
  readonly value?: string;
}

export interface ReadinessCheck {
  readonly type?: string;
  readonly fieldPath?: string;
  readonly matchString?: string;
  readonly matchInteger?: bigint;
  readonly matchCondition?: { readonly type?: string; readonly status?: string };
}

/** Type of a patch that names none. */
export const typeOf = (patch: Patch): string => patch.type || 'FromCompositeFieldPath';

/** Where a patch writes: where it reads, unless it says otherwise. */
export const targetOf = (patch: Patch): string => patch.toFieldPath ?? patch.fromFieldPath ?? '';
