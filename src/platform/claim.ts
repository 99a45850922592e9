import type { Environment } from '#model/environment/environment.ts';
import { claimNamespace, tags } from '#model/names.ts';
import type { Definition } from './definition.ts';
import { providerConfig } from './wiring.ts';

/** A claim, and which line of the environment asked for it. */
export interface Claim<Spec extends object = object> {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** All effective values, the composition and the secret's name included. */
  readonly spec: Spec & Machinery;
  /** JSON pointer into the environment: what the claim as a whole comes from. */
  readonly cause: string;
  /** Pointer into the claim -> pointer into the environment, where one line can be blamed. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether data dies with it. Such claims are never pruned. */
  readonly stateful: boolean;
}

/** What every claim tells Crossplane. The composition is always named: of several, Crossplane picks any. */
interface Machinery {
  readonly compositionRef: { readonly name: string };
  readonly writeConnectionSecretToRef?: { readonly name: string };
}

/** What a claim is made of. */
export interface ClaimParts<Spec extends object> {
  readonly definition: Definition;
  readonly name: string;
  readonly composition: string;
  readonly spec: Spec;
  readonly cause: string;
  /** Fields of the spec -> fields of the cause, both without the leading slash: `{ tier: 'tier' }`. */
  readonly blame?: Readonly<Record<string, string>>;
  /** Further blame, in whole pointers. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly stateful: boolean;
  /** Name of the secret with connection details, in the claim's namespace. */
  readonly secret?: string;
}

/** Makes a claim in the environment's namespace for claims. */
export function claim<Spec extends object>(environment: Environment, parts: ClaimParts<Spec>): Claim<Spec> {
  const { definition, name, composition, spec, cause, blame = {}, fields = {}, stateful, secret } = parts;
  const blamed = Object.entries(blame).map(([field, from]) => [`/spec/${field}`, `${cause}/${from}`]);
  return {
    kind: definition.kind,
    name,
    namespace: claimNamespace(environment),
    spec: {
      ...spec,
      compositionRef: { name: composition },
      ...(secret === undefined ? {} : { writeConnectionSecretToRef: { name: secret } }),
    },
    cause,
    fields: { ...('region' in spec ? AWS_BLAME : {}), ...Object.fromEntries(blamed), ...fields },
    stateful,
  };
}

const AWS_BLAME = { '/spec/region': '/spec/aws/region', '/spec/tags': '/spec/aws/tags' } as const;

/** The wiring of a claim for something in AWS. What keeps data is orphaned, the rest goes with its claim. */
export const awsWiringOf = (environment: Environment, deletionPolicy: 'Orphan' | 'Delete') => ({
  region: environment.spec.aws.region,
  providerConfigName: providerConfig(environment),
  deletionPolicy,
  tags: { ...tags(environment) },
});

export const atlasWiringOf = (environment: Environment) => ({
  atlasProviderConfigName: providerConfig(environment),
});

/** A property only where there's a value: an undefined one isn't a field that was left out. */
export const present = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });

/** The entries of a map of the environment, with the pointer of each. Names have no `/` and no `~`. */
export const entries = <T>(
  map: Readonly<Record<string, T>> | undefined,
  pointer: string,
): readonly { readonly name: string; readonly value: T; readonly cause: string }[] =>
  Object.entries(map ?? {}).map(([name, value]) => ({ name, value, cause: `${pointer}/${name}` }));
