import { Type } from 'typebox';

/**
 * What a service of the platform API offers, defined once: the claim's spec as a TypeBox schema (whose fields
 * come from the environment's own definition where the intent is the same), its status, and its secret's keys.
 * The TypeScript type, the XRD, the claim's and the composite's CRD are made of it.
 */

/** A CEL rule: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
export interface Rule {
  readonly rule: string;
  readonly message: string;
}

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'date';
  readonly jsonPath: string;
}

/** One service of the platform API. */
export interface Definition<
  Spec extends Type.TObject = Type.TObject,
  Status extends Type.TObject = Type.TObject,
> {
  /** Kind of the claim; the composite's kind is the same with an X before it. */
  readonly kind: string;
  /** Plural of the claim, lower case; the composite's is the same with an x before it. */
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly description: string;
  readonly spec: Spec;
  readonly status: Status;
  /** Fields of the spec that choose a composition or its shape, so that not every composition reads them. */
  readonly shapes?: readonly string[];
  /** Keys of the connection secret; Crossplane drops every other key silently. */
  readonly connectionSecretKeys: readonly string[];
  readonly printerColumns: readonly PrinterColumn[];
}

const validations = (rules: readonly Rule[]) => ({ 'x-kubernetes-validations': rules });

/** A value that the cluster refuses to change: the thing behind it can't follow (it would be replaced). */
export const immutable = <S extends Type.TSchema>(schema: S) =>
  Type.With(schema, validations([{ rule: 'self == oldSelf', message: 'Cannot be changed later.' }]));

/** A rule of the object around it for an optional field that the cluster refuses to add, change or remove. */
export const unchanged = (field: string): Rule => ({
  rule: `has(self.${field}) == has(oldSelf.${field}) && (!has(self.${field}) || self.${field} == oldSelf.${field})`,
  message: `${field} cannot be changed later.`,
});

/** A string with an upper bound, where the environment's definition names none: CEL's cost needs one. */
export const atMost = <S extends Type.TSchema>(schema: S, maxLength: number) =>
  Type.With(schema, { maxLength });

/** A strict object of the platform API. */
export const fields = <P extends Type.TProperties>(
  properties: P,
  description: string,
  ...rules: readonly Rule[]
) =>
  Type.Object(properties, {
    additionalProperties: false,
    description,
    ...(rules.length === 0 ? {} : validations(rules)),
  });

/** A text in the status. */
export const reported = (description: string) => Type.Optional(Type.String({ description }));
