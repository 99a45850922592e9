import { type Patch, patchSet } from './patches.ts';

/** Resources of a composition: bases made with the typed constructs of imports/, patches, connection details. */

/** A managed resource as JSON, before patches. */
export interface Base {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A generated construct's static side, as far as it makes manifests. */
interface Kind<Props> {
  manifest(props: Props): unknown;
}

/** The same properties without the region, which the schema wants and a patch brings. */
type Unplaced<Props> = Props extends { readonly spec: infer Spec extends { readonly forProvider: object } }
  ? Omit<Props, 'spec'> & {
      readonly spec: Omit<Spec, 'forProvider'> & {
        readonly forProvider: Omit<Spec['forProvider'], 'region'>;
      };
    }
  : Props;

/** Makes a base with the types of a generated construct. */
export function base<Props>(kind: Kind<Props>, props: Unplaced<Props>): Base {
  // The bridge over the region that a patch brings; every base is checked against its CRD by a test.
  return kind.manifest(props as Props) as Base;
}

/** Labels by which resources of one composition, or of another, find each other. */
const label = (name: string): string => `platform.plimsoll.dev/${name}`;

export const labelled = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [label(name), value]));

/**
 * Selects a resource of the same composite. Crossplane takes the first match, so where the composition holds
 * several of that kind, labels must leave exactly one.
 */
export const sibling = (labels: Readonly<Record<string, string>> = {}) => ({
  matchControllerRef: true,
  ...(Object.keys(labels).length === 0 ? {} : { matchLabels: labelled(labels) }),
});

interface ConnectionDetail {
  readonly type: 'FromConnectionSecretKey' | 'FromFieldPath' | 'FromValue';
  readonly name: string;
  readonly fromConnectionSecretKey?: string;
  readonly fromFieldPath?: string;
  readonly value?: string;
}

export interface ComposedResource {
  /** Identity within the composite: a new name is a new thing in AWS, and the old one is deleted. */
  readonly name: string;
  readonly base: Base;
  readonly patches: readonly Patch[];
  readonly connectionDetails?: readonly ConnectionDetail[];
}

const composed =
  (...sets: readonly string[]) =>
  (name: string, base: Base, ...patches: readonly Patch[]): ComposedResource => ({
    name,
    base,
    patches: [...sets.map(patchSet), ...patches],
  });

/** A resource in a region, with tags. */
export const aws = composed('provider', 'region', 'tags');
/** A resource in a region that has no tags. */
export const awsUntagged = composed('provider', 'region');
/** A resource of IAM, which knows no regions; with tags. */
export const iam = composed('provider', 'tags');
export const iamUntagged = composed('provider');
/** A resource in Atlas. */
export const atlas = composed('atlas-provider');
export const atlasTagged = composed('atlas-provider', 'tags');
