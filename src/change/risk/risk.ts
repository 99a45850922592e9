import { groupOf } from '#manifests/identity.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';
import type { ResourceChange } from '../changes.ts';
import type { FieldChange } from '../compare.ts';
import { CAPACITY } from './capacity.ts';
import { COST } from './cost.ts';
import { CRDS } from './crds.ts';
import { DOWNTIME } from './downtime.ts';
import { HARMLESS } from './harmless.ts';
import { REPLACEMENT } from './replacement.ts';
import { type FieldRule, RISK_KINDS, type RiskKind, WHOLE } from './rule.ts';
import { SECURITY } from './security.ts';
import { dataOf, isObserved } from './stateful.ts';

/**
 * What can go wrong when a change is applied, and why.
 *
 * Input: one resource's change. Output: its risks, the worst first, each with a reason that a reviewer understands.
 * Guarantees: pure; what no rule knows has no risk and is not called harmless: `none` is said only where a rule says so.
 * What AWS, Atlas and Kubernetes do is from their documentation, named at each table.
 */
export interface Risk {
  readonly kind: RiskKind;
  /** Stable: the rule that says so. */
  readonly rule: string;
  readonly reason: string;
  /** The field, for people; absent where the whole resource is meant. */
  readonly path?: string;
  /** Whether it must be acknowledged: data, or what others stand on, would go. */
  readonly isBlocking: boolean;
}

const RULES: readonly FieldRule[] = [
  ...REPLACEMENT,
  ...DOWNTIME,
  ...SECURITY,
  ...CAPACITY,
  ...COST,
  ...CRDS,
  ...HARMLESS,
];

export function risksOf(change: ResourceChange): readonly Risk[] {
  const object = (change.after ?? change.before)?.manifest.object;
  if (object === undefined) return [];
  if (isObserved(object)) {
    const reason = 'Crossplane only looks at it';
    return [{ kind: 'none', rule: 'observed-only', reason, isBlocking: false }];
  }
  const risks = [...lossOf(change, object), ...ofWhole(change, object), ...fieldRisks(change, object)];
  return risks.sort((one, other) => RISK_KINDS.indexOf(one.kind) - RISK_KINDS.indexOf(other.kind));
}

function lossOf({ action, before, after }: ResourceChange, object: KubernetesObject): readonly Risk[] {
  const isGone = action === 'deleted' || action === 'renamed';
  const data = isGone ? dataOf(before?.manifest.object ?? object, before?.madeOf !== undefined) : undefined;
  if (data === undefined) return [];
  const { holds, stays } = data;
  const went =
    action === 'deleted'
      ? 'It goes'
      : `A new, empty one is made beside it (${nameOf(after)}), and the old one goes`;
  const kind = stays === undefined ? 'data-loss' : action === 'renamed' ? 'replacement' : 'data-loss';
  const reason =
    stays === undefined ? `${went}, and with it ${holds}` : `${went} from git with ${holds}; ${stays}`;
  return [
    { kind, rule: action === 'deleted' ? 'stateful-deleted' : 'stateful-renamed', reason, isBlocking: true },
  ];
}

const nameOf = (resource: ResourceChange['after']): string => resource?.manifest.object.metadata.name ?? '';

/** Rules on the coming and going of whole resources. */
function ofWhole({ action, after, before }: ResourceChange, object: KubernetesObject): readonly Risk[] {
  const pointerless = (rule: FieldRule): Risk[] => {
    const change: FieldChange =
      action === 'created'
        ? { pointer: '', path: '', after: after?.manifest.object }
        : { pointer: '', path: '', before: before?.manifest.object };
    if (rule.field.source !== WHOLE.source || !concerns(rule, object) || rule.when?.(change) === false)
      return [];
    const reason = typeof rule.because === 'string' ? rule.because : rule.because(change);
    return [{ kind: rule.risk, rule: rule.id, reason, isBlocking: false }];
  };
  return action === 'created' || action === 'deleted' ? RULES.flatMap(pointerless) : [];
}

function fieldRisks({ fields, after, before }: ResourceChange, object: KubernetesObject): readonly Risk[] {
  const data = dataOf(before?.manifest.object ?? object, after?.madeOf !== undefined);
  const found = fields.flatMap((change) =>
    RULES.flatMap((rule): readonly Risk[] => {
      if (!concerns(rule, object) || !rule.field.test(generic(change.path)) || rule.when?.(change) === false)
        return [];
      const reason = typeof rule.because === 'string' ? rule.because : rule.because(change);
      const isBlocking = rule.risk === 'replacement' && data !== undefined;
      return [{ kind: rule.risk, rule: rule.id, reason, path: change.path, isBlocking }];
    }),
  );
  // Five changed fields of a pod template are one rollout.
  const told = new Set<string>();
  return found.filter(({ rule, reason }) => {
    const key = `${rule} ${reason}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}

/** `spec.containers[api].env[PORT].value` -> `spec.containers[].env[].value`. */
const generic = (path: string): string => path.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '[]');

const AWS = /\.aws\.(m\.)?upbound\.io$/;
const ATLAS = /(^|\.)mongodbatlas\.(m\.)?crossplane\.io$/;

function concerns({ kinds }: FieldRule, { apiVersion, kind }: KubernetesObject): boolean {
  const group = groupOf(apiVersion);
  return kinds.some((wanted) => {
    if (wanted === '*') return true;
    const [name, ...rest] = wanted.split('.');
    if (name !== kind) return false;
    const family = rest.join('.');
    if (family === '*.aws') return AWS.test(group);
    if (family === '*.atlas') return ATLAS.test(group);
    return family === group;
  });
}
