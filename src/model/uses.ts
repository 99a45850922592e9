import type { Environment } from './environment/environment.ts';
import type { Access } from './environment/service.ts';
import {
  type Grantee,
  type GrantRule,
  grantRule,
  RESOURCES,
  USED_KINDS,
  type UsedKind,
  type VariableValue,
  variablePrefix,
} from './grants.ts';
import type { IamConditions, IamStatement } from './iam.ts';
import { pointerTo } from './pointer.ts';

/** `uses:` lines of a service -> what they derive, by the table in `grants.ts`. */

/** One line of a service's `uses:`, resolved. */
export interface Use extends Grantee {
  readonly access: Access;
  readonly rule: GrantRule;
  /** Pointer of the line in the environment. */
  readonly pointer: string;
}

const things = (environment: Environment, kind: UsedKind): Readonly<Record<string, unknown>> | undefined => {
  const { databases, caches, queues, buckets, services } = environment.spec;
  return { database: databases, cache: caches, queue: queues, bucket: buckets, service: services }[kind];
};

/** The kinds that have a thing of this name; more than one where teams gave a name twice. */
const kindsNamed = (environment: Environment, name: string): readonly UsedKind[] =>
  USED_KINDS.filter((kind) => {
    const named = things(environment, kind);
    return named !== undefined && Object.hasOwn(named, name);
  });

const known = new WeakMap<Environment, ReadonlyMap<string, readonly Use[]>>();

/**
 * The uses of every service, both sorted by name. Lines that name nothing, or a level that doesn't fit, are left
 * out: the environment's reader finds those, and nothing is generated then. Remembered for each environment,
 * because workloads, identities and users all start from here.
 */
export function usesByService(environment: Environment): ReadonlyMap<string, readonly Use[]> {
  const remembered = known.get(environment);
  if (remembered !== undefined) return remembered;
  const names = Object.keys(environment.spec.services ?? {}).sort();
  const uses = new Map(names.map((name) => [name, usesOf(environment, name)]));
  known.set(environment, uses);
  return uses;
}

/** The uses of one service, sorted by name. */
export function usesOf(environment: Environment, service: string): readonly Use[] {
  const lines = Object.entries(environment.spec.services?.[service]?.uses ?? {});
  return lines
    .flatMap(([name, access]) => {
      const rule = kindsNamed(environment, name)
        .map((kind) => grantRule(kind, access))
        .find((found) => found !== undefined);
      const pointer = pointerTo('spec', 'services', service, 'uses', name);
      return rule === undefined ? [] : [{ environment, service, name, access, rule, pointer }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An environment variable of a container, and the line that caused it. */
export interface Variable {
  readonly name: string;
  readonly value: VariableValue;
  readonly pointer: string;
}

/** Variables of one use, in the table's order. */
export const variablesOf = (use: Use): readonly Variable[] =>
  use.rule.variables.map(({ suffix, value }) => ({
    name: `${variablePrefix(use.name)}_${suffix}`,
    value: value(use),
    pointer: use.pointer,
  }));

/** IAM statements of one use: exactly these actions on exactly this thing; none on what isn't there. */
export const statementsOf = (use: Use): readonly IamStatement[] =>
  use.rule.iam.flatMap(({ sid, actions, on, via }): readonly IamStatement[] => {
    const resources = on.flatMap((resource) => RESOURCES[resource](use) ?? []);
    const statement = {
      sid: `${statementPrefix(use.name)}${sid}`,
      effect: 'Allow',
      actions,
      resources,
    } as const;
    if (resources.length === 0) return [];
    return via === undefined ? [statement] : [{ ...statement, conditions: through(via, use) }];
  });

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
const through = (service: string, { environment }: Use): IamConditions => ({
  StringEquals: { 'kms:ViaService': `${service}.${environment.spec.aws.region}.amazonaws.com` },
});

/** `voyage-events` -> `VoyageEvents`; statement ids hold only letters and digits. */
function statementPrefix(name: string): string {
  // An empty word is a doubled hyphen: it must not vanish, or two names could get one id.
  return name
    .split('-')
    .map((word) => (word === '' ? 'Dash' : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join('');
}

/** Whether a use is of AWS or Atlas, and so needs a role; calling another service needs none. */
export const needsRole = (use: Use): boolean => use.rule.kind !== 'service';
