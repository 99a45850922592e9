import { RISK_KINDS, type RiskKind } from '#change/risk/rule.ts';
import type { ChangeSummary, SummaryAction } from '#change/summary.ts';
import type { Finding, Severity } from '#model/finding.ts';
import type { Architecture } from './architecture.ts';

/** What is to be seen of a node: whether a change touches it, what is at risk, and what was found. */
export interface Mark {
  readonly action?: SummaryAction;
  readonly risk?: RiskKind;
  readonly severity?: Severity;
}

/** How the Application of a chart is called. */
const CHART = 'chart-';

export type Marks = ReadonlyMap<string, Mark>;

/** By which names in Kubernetes, AWS and Atlas a node is known: claims and workloads have its own. */
const KINDS: Readonly<Record<string, string>> = {
  Deployment: 'services',
  StatefulSet: 'services',
  Service: 'services',
  HorizontalPodAutoscaler: 'services',
  Ingress: 'services',
  NetworkPolicy: 'services',
  PodDisruptionBudget: 'services',
  ServiceAccount: 'services',
  ServiceIdentity: 'services',
  MongoDatabase: 'databases',
  ValkeyCache: 'caches',
  MessageQueue: 'queues',
  ObjectBucket: 'buckets',
  NodeGroup: 'cluster.nodeGroups',
};

export function marksOf(
  { nodes }: Architecture,
  change: ChangeSummary | undefined,
  findings: readonly Finding[],
): Marks {
  const ids = new Set(nodes.map(({ id }) => id));
  const marks = new Map<string, Mark>();
  const put = (id: string | undefined, mark: Mark) => {
    if (id === undefined || !ids.has(id)) return;
    marks.set(id, worse(marks.get(id) ?? {}, mark));
  };
  for (const { path, resources } of change?.causes ?? []) {
    const own = nodeAt(path, ids);
    for (const { action, subject, managed, risks } of resources) {
      const risk = risks[0]?.kind;
      const mark: Mark = { action, ...(risk && { risk }) };
      put(idOf(managed?.claim ?? subject), mark);
      if (own !== undefined && path === own.replace(/^/, 'spec.')) put(own, mark);
    }
  }
  for (const { subject, severity } of findings) if (subject !== undefined) put(idOf(subject), { severity });
  return marks;
}

const idOf = ({ kind, name }: { readonly kind: string; readonly name: string }): string | undefined => {
  if (kind === 'Application' && name.startsWith(CHART)) return `charts.${name.slice(CHART.length)}`;
  const path = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return path === undefined ? undefined : `${path}.${name}`;
};

/** `spec.databases.bookings.tier` -> `databases.bookings` */
function nodeAt(path: string, ids: ReadonlySet<string>): string | undefined {
  const parts = path.replace(/^spec\./, '').split('.');
  for (let length = parts.length; length > 0; length--) {
    const id = parts.slice(0, length).join('.');
    if (ids.has(id)) return id;
  }
  return undefined;
}

const ACTIONS = ['deleted', 'replaced', 'renamed', 'created', 'changed'] as const;
const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The worst of both, of each sort. */
function worse(one: Mark, other: Mark): Mark {
  const action = first(ACTIONS, one.action, other.action);
  const risk = first(RISK_KINDS, one.risk, other.risk);
  const severity = first(SEVERITIES, one.severity, other.severity);
  return { ...(action && { action }), ...(risk && { risk }), ...(severity && { severity }) };
}

const first = <T>(order: readonly T[], ...found: readonly (T | undefined)[]): T | undefined =>
  order.find((one) => found.includes(one));
