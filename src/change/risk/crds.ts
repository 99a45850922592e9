import type { FieldRule } from './rule.ts';
import { step } from './sizes.ts';

/**
 * What another version of a chart does to the kinds that it brings, and to the objects of them that are stored.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
 */
const KINDS = [
  'CustomResourceDefinition.apiextensions.k8s.io',
  'CompositeResourceDefinition.apiextensions.crossplane.io',
];

const SCHEMA = 'spec\\.versions\\[\\]\\.schema\\.openAPIV3Schema\\.';

export const CRDS: readonly FieldRule[] = [
  {
    id: 'crd-version-removed',
    risk: 'downtime',
    kinds: KINDS,
    field: /^spec\.versions\[\]$/,
    when: ({ after }) => after === undefined,
    because:
      'a version of the kind goes: whoever asks for it gets 404, and the API server refuses while objects are stored in it; migrate them first',
  },
  {
    id: 'crd-version-unserved',
    risk: 'downtime',
    kinds: KINDS,
    field: /^spec\.versions\[\]\.served$/,
    when: ({ after }) => after !== true,
    because: 'the version is no longer served: manifests and controllers that use it get 404',
  },
  {
    id: 'crd-storage-moved',
    risk: 'downtime',
    kinds: KINDS,
    field: /^spec\.versions\[\]\.(storage|referenceable)$/,
    because: (change) =>
      change.after === true
        ? 'objects are stored in this version from now on: there is no way back without a migration of all of them'
        : 'objects are no longer stored in this version; those that are stay so until somebody writes them again',
  },
  {
    id: 'crd-field-removed',
    risk: 'data-loss',
    kinds: KINDS,
    field: new RegExp(`^${SCHEMA}(.*\\.)?(properties(\\.[^.]+|\\[\\])?|items|additionalProperties)$`),
    when: ({ after }) => after === undefined,
    because: 'the field goes: the API server drops it from every object, and what it held with it',
  },
  {
    id: 'crd-field-required',
    risk: 'downtime',
    kinds: KINDS,
    field: new RegExp(`^${SCHEMA}(.*\\.)?required(\\[\\])?$`),
    when: ({ before, after }) => count(after) > count(before),
    because: 'a field is required now: objects that lack it are refused at their next change',
  },
  {
    id: 'crd-field-narrowed',
    risk: 'downtime',
    kinds: KINDS,
    field: new RegExp(
      `^${SCHEMA}(.*\\.)?(type|pattern|format|enum(\\[\\])?|(exclusive)?(minimum|maximum)|(min|max)(Length|Items|Properties)|x-kubernetes-validations(\\[\\].*)?)$`,
    ),
    when: ({ after }) => after !== undefined,
    because: (change) =>
      `another check of the field (${step(change)}): stored objects that don't pass are refused at their next change`,
  },
  {
    id: 'crd-identity',
    risk: 'replacement',
    kinds: KINDS,
    field: /^spec\.(scope|group|names\.(kind|plural)|claimNames\.(kind|plural))$/,
    because: 'this can never be changed: only a new CRD has it, and with the old one go all of its objects',
  },
];

const count = (list: unknown): number =>
  Array.isArray(list) ? list.length : list === undefined || list === null ? 0 : 1;
