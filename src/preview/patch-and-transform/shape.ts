/**
 * The Go types that the function decodes its input into: which fields there are, and what each may hold.
 * https://pkg.go.dev/github.com/crossplane-contrib/function-patch-and-transform/input/v1beta1
 */
export type Shape =
  | { readonly kind: 'text' | 'whole'; readonly type: string }
  | { readonly kind: 'any' | 'map' }
  | { readonly kind: 'list'; readonly type: string; readonly item: () => Shape }
  | { readonly kind: 'fields'; readonly type: string; readonly fields: Readonly<Record<string, Shape>> };

const own = (name: string) => `v1beta1.${name}`;
const text = (type = 'string'): Shape => ({ kind: 'text', type });
const whole: Shape = { kind: 'whole', type: 'int64' };
const any: Shape = { kind: 'any' };
const list = (type: string, item: () => Shape): Shape => ({ kind: 'list', type: `[]${type}`, item });
const fields = (type: string, content: Readonly<Record<string, Shape>>): Shape => ({
  kind: 'fields',
  type: own(type),
  fields: content,
});

const combine = fields('Combine', {
  variables: list(own('CombineVariable'), () => fields('CombineVariable', { fromFieldPath: text() })),
  strategy: text(own('CombineStrategy')),
  string: fields('StringCombine', { fmt: text() }),
});

const pattern = fields('MatchTransformPattern', {
  type: text(own('MatchTransformPatternType')),
  literal: text(),
  regexp: text(),
  result: any,
});

const transform = fields('Transform', {
  type: text(own('TransformType')),
  math: fields('MathTransform', {
    type: text(own('MathTransformType')),
    multiply: whole,
    clampMin: whole,
    clampMax: whole,
  }),
  map: { kind: 'map' },
  match: fields('MatchTransform', {
    patterns: list(own('MatchTransformPattern'), () => pattern),
    fallbackValue: any,
    fallbackTo: text(own('MatchFallbackTo')),
  }),
  string: fields('StringTransform', {
    type: text(own('StringTransformType')),
    fmt: text(),
    convert: text(own('StringConversionType')),
    trim: text(),
    regexp: fields('StringTransformRegexp', { match: text(), group: { kind: 'whole', type: 'int' } }),
    join: fields('StringTransformJoin', { separator: text() }),
    replace: fields('StringTransformReplace', { search: text(), replace: text() }),
  }),
  convert: fields('ConvertTransform', {
    toType: text(own('TransformIOType')),
    format: text(own('ConvertTransformFormat')),
  }),
});

const patch = {
  type: text(own('PatchType')),
  fromFieldPath: text(),
  combine,
  toFieldPath: text(),
  transforms: list(own('Transform'), () => transform),
  policy: fields('PatchPolicy', {
    fromFieldPath: text(own('FromFieldPathPolicy')),
    toFieldPath: text(own('ToFieldPathPolicy')),
  }),
};

const template = fields('ComposedTemplate', {
  name: text(),
  base: any,
  patches: list(own('ComposedPatch'), () => fields('ComposedPatch', { ...patch, patchSetName: text() })),
  connectionDetails: list(own('ConnectionDetail'), () =>
    fields('ConnectionDetail', {
      name: text(),
      type: text(own('ConnectionDetailType')),
      fromConnectionSecretKey: text(),
      fromFieldPath: text(),
      value: text(),
    }),
  ),
  readinessChecks: list(own('ReadinessCheck'), () =>
    fields('ReadinessCheck', {
      type: text(own('ReadinessCheckType')),
      fieldPath: text(),
      matchString: text(),
      matchInteger: whole,
      matchCondition: fields('MatchConditionReadinessCheck', {
        type: text('v1.ConditionType'),
        status: text('v1.ConditionStatus'),
      }),
    }),
  ),
});

/** https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#ObjectMeta */
const metadata: Shape = {
  kind: 'fields',
  type: 'v1.ObjectMeta',
  fields: {
    ...Object.fromEntries(
      ['name', 'generateName', 'namespace', 'selfLink', 'resourceVersion'].map((name) => [name, text()]),
    ),
    uid: text('types.UID'),
    generation: whole,
    deletionGracePeriodSeconds: whole,
    creationTimestamp: any,
    deletionTimestamp: any,
    labels: any,
    annotations: any,
    ownerReferences: list('v1.OwnerReference', () => any),
    finalizers: list('string', () => text()),
    managedFields: list('v1.ManagedFieldsEntry', () => any),
  },
};

/** The whole input. */
export const resources: Shape = fields('Resources', {
  kind: text(),
  apiVersion: text(),
  metadata,
  patchSets: list(own('PatchSet'), () =>
    fields('PatchSet', {
      name: text(),
      patches: list(own('PatchSetPatch'), () => fields('PatchSetPatch', patch)),
    }),
  ),
  environment: fields('Environment', {
    patches: list(own('EnvironmentPatch'), () => fields('EnvironmentPatch', patch)),
  }),
  resources: list(own('ComposedTemplate'), () => template),
  writeConnectionSecretToRef: fields('WriteConnectionSecretToRef', {
    name: text(),
    namespace: text(),
    patches: list(own('ConnectionSecretPatch'), () => fields('ConnectionSecretPatch', patch)),
  }),
});
