import { segmentsOf } from '#model/pointer.ts';
import { fieldOf, textOf } from '../render/composition.ts';
import { isWithin, valueAt } from './places.ts';
import type { ManagedResource } from './preview.ts';

/** What people want to know of a managed resource at a glance. */
export interface Facts {
  /** Its name in AWS or Atlas; empty where only they give one. */
  readonly name: string;
  readonly facts: readonly Fact[];
  /** In words: whether it is only looked at, and whether it outlives its claim. */
  readonly remarks: readonly string[];
}

export interface Fact {
  readonly field: string;
  /** Undefined: known after creation. */
  readonly value?: string;
}

/** Fields of `spec.forProvider` that say how large, how old or where a thing is, in this order. */
const TELLING = [
  'cidrBlock',
  'availabilityZone',
  'destinationCidrBlock',
  'serviceName',
  'version',
  'engine',
  'engineVersion',
  'majorEngineVersion',
  'mongoDbMajorVersion',
  'nodeType',
  'numNodeGroups',
  'replicasPerNodeGroup',
  'instanceTypes',
  'capacityType',
  'scalingConfig.minSize',
  'scalingConfig.maxSize',
  'amiType',
  'diskSize',
  'diskSizeGb',
  'addonName',
  'addonVersion',
  'policyArn',
  'principalArn',
  'fifoQueue',
  'visibilityTimeoutSeconds',
  'messageRetentionSeconds',
  'retentionInDays',
  'fromPort',
  'toPort',
];

/** So long a value fits beside others. */
const LONGEST = 60;

export function factsOf({ manifest, late }: ManagedResource): Facts {
  const { object } = manifest;
  const forProvider = valueAt(object, ['spec', 'forProvider']);
  const places = late.map(segmentsOf);
  const isLate = (path: readonly string[]) => places.some((place) => isWithin(path, place));
  const known = TELLING.flatMap((field): readonly Fact[] => {
    const path = field.split('.');
    const value = shown(valueAt(forProvider, path));
    return value === undefined || isLate(['spec', 'forProvider', ...path]) ? [] : [{ field, value }];
  });
  const unknown = places
    .filter(([top]) => top === 'spec')
    .map((place) => place.slice(place[1] === 'forProvider' ? 2 : 1))
    .filter(([first]) => first !== 'writeConnectionSecretToRef');
  return {
    name: nameOf(object, forProvider, isLate),
    facts: [...known, ...unknown.map((place) => ({ field: place.join('.') }))],
    remarks: remarksOf(object['spec']),
  };
}

function nameOf(
  object: ManagedResource['manifest']['object'],
  forProvider: unknown,
  isLate: (path: readonly string[]) => boolean,
): string {
  const external = textOf(object.metadata.annotations, 'crossplane.io/external-name');
  if (external !== '' && !isLate(['metadata', 'annotations', 'crossplane.io/external-name'])) return external;
  const asked = textOf(forProvider, 'name');
  if (asked !== '' && !isLate(['spec', 'forProvider', 'name'])) return asked;
  return isLate(['metadata', 'name']) ? '' : object.metadata.name;
}

const KEPT = 'stays when its claim goes';

function remarksOf(spec: unknown): readonly string[] {
  const policies = fieldOf(spec, 'managementPolicies');
  if (Array.isArray(policies) && policies.length > 0 && !policies.includes('*')) {
    if (policies.every((policy) => policy === 'Observe')) return ['only observed'];
    if (!policies.includes('Delete')) return [KEPT];
  }
  return textOf(spec, 'deletionPolicy') === 'Orphan' ? [KEPT] : [];
}

function shown(value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.map(shown).join(', ') : scalar(value);
  return text === undefined || text === '' || text.length > LONGEST ? undefined : text;
}

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
