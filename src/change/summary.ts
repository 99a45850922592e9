import { subjectOf } from '#manifests/manifest.ts';
import type { Subject } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { Cause } from './cause.ts';
import {
  type Effect,
  type EffectPart,
  type EnvironmentChange,
  keyOfSubject,
  type ResourceChange,
} from './changes.ts';
import type { FieldChange } from './compare.ts';
import { type Risk, risksOf } from './risk/risk.ts';
import { RISK_KINDS, type RiskKind } from './risk/rule.ts';

/**
 * A change of one environment as data that every report is made from: what leads, what follows, what is at risk.
 *
 * Guarantees: JSON through and through (nothing but texts, numbers, lists and records); secrets' values are never in it;
 * every changed resource is in at least one cause and counted once.
 */
export interface ChangeSummary {
  readonly environment: string;
  readonly counts: Readonly<Record<SummaryAction, number>>;
  /** Changed resources by their worst risk; those without one are not counted here. */
  readonly risks: Readonly<Record<RiskKind, number>>;
  readonly causes: readonly CauseSummary[];
}

/** What must be acknowledged before it may be merged: a claim stands for all that is made of it. */
export interface Blocking {
  readonly subject: Subject;
  readonly action: 'delete' | 'replace';
  readonly risk: Risk;
  readonly cause: CauseSummary;
}

/** Each resource once, in the order of the causes. */
export function blockingIn({ causes }: ChangeSummary): readonly Blocking[] {
  const found = new Map<string, Blocking>();
  for (const cause of causes) {
    for (const { subject, former, managed, action, risks } of cause.resources) {
      const risk = risks.find(({ isBlocking }) => isBlocking);
      if (risk === undefined) continue;
      const held = managed?.claim ?? former ?? subject;
      const key = keyOfSubject(held);
      if (!found.has(key))
        found.set(key, { subject: held, action: action === 'deleted' ? 'delete' : 'replace', risk, cause });
    }
  }
  return [...found.values()];
}

export type SummaryAction = ResourceChange['action'] | 'replaced';

export interface CauseSummary {
  /** `spec.databases.bookings.tier`; empty where no line of the environment says it. */
  readonly path: string;
  /** The same for every cause of this kind: `spec.databases.*.tier`. Causes that are alike are folded by it. */
  readonly pattern: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Path at base of what was renamed. */
  readonly renamedFrom?: string;
  readonly origin?: Origin;
  /** Whether the origin is a line of base: it is not there any more. */
  readonly isGone: boolean;
  readonly resources: readonly ResourceSummary[];
}

export interface ResourceSummary {
  readonly action: SummaryAction;
  readonly subject: Subject;
  /** Who it was, where it got another name. */
  readonly former?: Subject;
  /** Whether Crossplane makes it, and of which claim. */
  readonly managed?: { readonly claim: Subject; readonly entry: string; readonly name: string };
  readonly fields: readonly FieldSummary[];
  readonly risks: readonly Risk[];
}

export interface FieldSummary {
  readonly path: string;
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export function summaryOf(change: EnvironmentChange): ChangeSummary {
  const risks = new Map(change.changes.map((one) => [one, risksOf(one)]));
  leaveToClaims(risks);
  const counts = { created: 0, changed: 0, renamed: 0, replaced: 0, deleted: 0 };
  const byRisk = Object.fromEntries(RISK_KINDS.map((kind) => [kind, 0])) as Record<RiskKind, number>;
  for (const one of change.changes) {
    const own = risks.get(one) ?? [];
    counts[actionOf(one, own)] += 1;
    const worst = own[0]?.kind;
    if (worst !== undefined) byRisk[worst] += 1;
  }
  return {
    environment: change.name,
    counts,
    risks: byRisk,
    causes: change.effects.map((effect) => causeOf(effect, risks)),
  };
}

/** What a claim must be acknowledged for, it is acknowledged for with all that was made of it. */
function leaveToClaims(risks: Map<ResourceChange, readonly Risk[]>): void {
  const claims = new Set(
    [...risks].flatMap(([change, own]) =>
      change.before !== undefined &&
      change.before.madeOf === undefined &&
      own.some(({ isBlocking }) => isBlocking)
        ? [keyOfSubject(subjectOf(change.before.manifest))]
        : [],
    ),
  );
  for (const [change, own] of risks) {
    const claim = change.before?.madeOf?.claim;
    if (claim === undefined || !claims.has(keyOfSubject(claim))) continue;
    risks.set(
      change,
      own.map((risk) => ({ ...risk, isBlocking: false })),
    );
  }
}

function actionOf({ action }: ResourceChange, risks: readonly Risk[]): SummaryAction {
  return action === 'changed' && risks.some(({ kind }) => kind === 'replacement') ? 'replaced' : action;
}

function causeOf(
  { cause, source, parts }: Effect,
  risks: ReadonlyMap<ResourceChange, readonly Risk[]>,
): CauseSummary {
  const origin = cause?.origin ?? source;
  return {
    path: cause?.path ?? '',
    pattern: patternOf(cause),
    ...(cause?.before !== undefined && { before: cause.before }),
    ...(cause?.after !== undefined && { after: cause.after }),
    ...(cause?.renamedFrom !== undefined && { renamedFrom: cause.renamedFrom.slice(1).replaceAll('/', '.') }),
    ...(origin && { origin }),
    isGone: cause?.revision === 'base',
    resources: parts.map((part) => resourceOf(part, risks.get(part.change) ?? [])),
  };
}

/** Maps of the environment whose keys people choose. */
const NAMED =
  /^spec\.(services|databases|caches|queues|buckets|charts|cluster\.nodeGroups|cluster\.addons|storageClasses)\.[^.[]+/;

const patternOf = (cause: Cause | undefined): string => cause?.path.replace(NAMED, 'spec.$1.*') ?? '';

function resourceOf({ change, fields }: EffectPart, risks: readonly Risk[]): ResourceSummary {
  const { before, after } = change;
  const resource = after ?? before;
  if (resource === undefined) throw new TypeError('a change has a base or a head');
  const subject = subjectOf(resource.manifest);
  const former = before && change.action === 'renamed' ? subjectOf(before.manifest) : undefined;
  const paths = new Set(fields.map(({ path }) => path));
  const { madeOf } = resource;
  return {
    action: actionOf(change, risks),
    subject,
    ...(former && { former }),
    ...(madeOf && { managed: { ...madeOf, name: externalName(resource.manifest.object) } }),
    fields: fields.map((field) => fieldOf(field, subject)),
    // Each risk is told where its field is.
    risks: risks.filter(({ path }) => path === undefined || paths.has(path)),
  };
}

/** Its name in AWS or Atlas, where it is known before. */
function externalName({
  metadata,
}: {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}) {
  return metadata.annotations?.['crossplane.io/external-name'] ?? '';
}

function fieldOf({ path, pointer, before, after }: FieldChange, { apiVersion, kind }: Subject): FieldSummary {
  const isSecret = kind === 'Secret' && apiVersion === 'v1' && /^\/(data|stringData)(\/|$)/.test(pointer);
  const shown = (value: unknown) => (isSecret ? '(secret)' : value);
  return {
    path,
    pointer,
    ...(before !== undefined && { before: shown(before) }),
    ...(after !== undefined && { after: shown(after) }),
  };
}
