import { setTimeout as pause } from 'node:timers/promises';
import { ask, define, type Followed, type Following, follow } from '../cluster/api-server.ts';
import { definitions } from '../cluster/definitions.ts';
import type { Rendered } from './fleet.ts';

/**
 * The controllers that no cluster without pods has: Crossplane's (packages, definitions, claims), Kubernetes' own for
 * what runs, External Secrets, and EKS' snapshot add-on. Each does what a status needs and no more, a moment late as in earnest, so that
 * whoever does not wait is caught. Also keeps a journal: with which revision of the cluster each object came, and with
 * which it was made ready.
 */

export interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly application: string;
  readonly wave: number;
  readonly created: number;
  ready?: number;
}

export class Controllers {
  readonly journal = new Map<string, Entry>();
  /** Conditions that the test wants of an object instead: `Kind/name`. */
  readonly wanted = new Map<string, readonly Condition[]>();
  readonly problems: string[] = [];
  /** With which revision something went: `Kind/name`. */
  readonly gone = new Map<string, number>();
  readonly #followed: Following[] = [];
  readonly #kinds: readonly (readonly [apiVersion: string, kind: string])[];
  #isRunning = true;

  readonly #more: More;

  constructor(objects: readonly Pick<Rendered, 'apiVersion' | 'kind'>[], more: More = {}) {
    this.#more = more;
    const kinds = new Map(
      objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, [apiVersion, kind] as const]),
    );
    this.#kinds = [...kinds.values()];
  }

  start(): void {
    for (const [apiVersion, kind] of this.#kinds) void this.#keepFollowing(apiVersion, kind);
  }

  stop(): void {
    this.#isRunning = false;
    for (const { end } of this.#followed) end();
  }

  async #keepFollowing(apiVersion: string, kind: string): Promise<void> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    while (this.#isRunning) {
      const { body } = await ask('GET', root);
      const { resources = [] } = body as { resources?: { name: string; kind: string }[] };
      const plural = resources.find((each) => each.kind === kind && !each.name.includes('/'))?.name;
      if (plural !== undefined) {
        const following = follow(`${root}/${plural}`, (type, object) => {
          if (type === 'DELETED') {
            this.gone.set(`${kind}/${object.metadata.name}`, Number(object.metadata.resourceVersion));
            return;
          }
          this.#see({ ...object, apiVersion, kind }, plural).catch((error) =>
            this.problems.push(String(error)),
          );
        });
        this.#followed.push(following);
        await following.ended;
      }
      await pause(100);
    }
  }

  async #see(object: Followed, plural: string): Promise<void> {
    const key = `${object.kind}/${object.metadata.name}`;
    const [application = ''] = (object.metadata.annotations?.['argocd.argoproj.io/tracking-id'] ?? '').split(
      ':',
    );
    if (application === '' && this.#more.isUntracked !== true) return;
    const known = this.journal.get(object.metadata.uid);
    const entry: Entry = known ?? {
      kind: object.kind,
      name: object.metadata.name,
      application,
      wave: Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0),
      created: Number(object.metadata.resourceVersion),
    };
    this.journal.set(object.metadata.uid, entry);
    if (object.kind === 'Application') {
      const health = object.status?.['health'] as { status?: string } | undefined;
      if (health?.status === 'Healthy') entry.ready ??= Number(object.metadata.resourceVersion);
      return;
    }
    const control = CONTROLS[object.kind] ?? (isClaim(object) ? claim : undefined);
    if (control === undefined || object.metadata.deletionTimestamp !== undefined) return;
    const wanted = this.wanted.get(key);
    if (wanted === undefined ? control.isDone(object) : hasAll(object, wanted)) return;
    await pause(control.delay);
    if (this.wanted.get(key) === undefined) {
      if (isXrdOfVersion2(object)) await define(this.#more.crdsOfXrd?.(object) ?? []);
      else await control.act?.(object);
      await this.#more.act?.(object);
    }
    const status = wanted === undefined ? control.status(object) : { conditions: wanted.map(complete) };
    const {
      isAccepted,
      message,
      status: code,
      body,
    } = await ask('PATCH', pathOf(object, plural), { status }, 'application/merge-patch+json');
    if (!isAccepted && code !== 404) this.problems.push(`${key}: ${message}`);
    if (isAccepted && (control.isDone(body as unknown as Followed) || known === undefined)) {
      const { metadata } = body as unknown as Followed;
      if (control.isDone(body as unknown as Followed)) entry.ready ??= Number(metadata.resourceVersion);
    }
  }
}

/** What a test wants done besides. */
export interface More {
  /** Whether to play for what Argo CD did not bring, too. */
  readonly isUntracked?: true;
  /** Crossplane 2 makes one definition of each XRD; of those before, imports/ has them. */
  readonly crdsOfXrd?: (xrd: Followed) => Parameters<typeof define>[0];
  readonly act?: (object: Followed) => Promise<void>;
}

const isXrdOfVersion2 = ({ apiVersion, kind }: Followed) =>
  kind === 'CompositeResourceDefinition' && apiVersion.endsWith('/v2');

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
}

interface Control {
  /** How long it takes, in milliseconds. */
  readonly delay: number;
  readonly isDone: (object: Followed) => boolean;
  readonly act?: (object: Followed) => Promise<void>;
  readonly status: (object: Followed) => object;
}

const conditionsOf = ({ status }: Followed): readonly Condition[] =>
  (status?.['conditions'] as readonly Condition[] | undefined) ?? [];
const hasAll = (object: Followed, wanted: readonly Condition[]) =>
  wanted.every((one) =>
    conditionsOf(object).some(
      ({ type, status, reason }) =>
        type === one.type && status === one.status && reason === (one.reason ?? 'Played'),
    ),
  );
export const complete = (condition: Condition) => ({
  lastTransitionTime: '2026-01-01T00:00:00Z',
  reason: 'Played',
  message: '',
  ...condition,
});

function conditions(delay: number, types: readonly string[], act?: Control['act']): Control {
  const wanted = types.map((type): Condition => ({ type, status: 'True' }));
  return {
    delay,
    isDone: (object) => hasAll(object, wanted),
    ...(act === undefined ? {} : { act }),
    status: () => ({ conditions: wanted.map(complete) }),
  };
}

const isClaim = ({ apiVersion }: Followed) => apiVersion.startsWith('platform.plimsoll.dev/');

const bring = (isWanted: (group: string, name: string) => boolean) =>
  define(definitions().filter(({ spec, metadata }) => isWanted(spec.group, metadata.name)));

/** Definitions of a group, for a cluster that nothing else brings them to. */
export const bringNamed = (wanted: string) => bring((group) => group === wanted);

/** A composite is found for the claim, as Crossplane notes it there; what is to be had is ready later. */
const claim: Control = conditions(700, ['Synced', 'Ready'], async (object) => {
  const { kind, metadata, spec } = object;
  // The add-on comes with the cluster.
  if (kind === 'KubernetesCluster') await bring((group) => group === 'snapshot.storage.k8s.io');
  // A composite itself.
  if (spec?.['crossplane'] !== undefined) return;
  const resourceRef = {
    apiVersion: object.apiVersion,
    kind: `X${kind}`,
    name: `${metadata.name}-x7k2p`,
  };
  const plural = `${kind.toLowerCase()}${kind.endsWith('y') ? '' : 's'}`.replace(/identity$/, 'identities');
  await ask(
    'PATCH',
    pathOf(object, plural).replace(/\/status\?.*$/, '?fieldManager=apiextensions.crossplane.io/claim'),
    { spec: { resourceRef, compositeDeletePolicy: 'Background' } },
    'application/merge-patch+json',
  );
});

const PROVIDER_GROUPS: Readonly<Record<string, string>> = {
  'provider-family-aws': 'aws.upbound.io',
  'provider-mongodbatlas': 'mongodbatlas.crossplane.io',
  'provider-kubernetes': 'kubernetes.crossplane.io',
};

/** What External Secrets does with what it fetched; here nothing is, so all values are alike. */
const fetched: Control = conditions(500, ['Ready'], async ({ metadata, spec }) => {
  const { target, data = [] } = spec as {
    readonly target: { readonly name: string };
    readonly data?: readonly { readonly secretKey: string }[];
  };
  const secrets = `/api/v1/namespaces/${metadata.namespace}/secrets`;
  const { isAccepted, status, message } = await ask(
    'PATCH',
    `${secrets}/${target.name}?fieldManager=external-secrets&force=true`,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: target.name, labels: { 'reconcile.external-secrets.io/managed': 'true' } },
      stringData: Object.fromEntries(data.map(({ secretKey }) => [secretKey, 'played'])),
    },
    'application/apply-patch+yaml',
  );
  if (!isAccepted) throw new Error(`${status} ${message}`);
});

const CONTROLS: Readonly<Record<string, Control>> = {
  SecretStore: conditions(300, ['Ready']),
  ExternalSecret: fetched,
  CompositeResourceDefinition: conditions(500, ['Established', 'Offered'], async ({ spec }) => {
    const { names, claimNames, group } = spec as Record<'names' | 'claimNames', { plural: string }> & {
      group: string;
    };
    const wanted = [names.plural, claimNames.plural].map((plural) => `${plural}.${group}`);
    await bring((_, name) => wanted.includes(name));
  }),
  Provider: conditions(500, ['Installed', 'Healthy'], async ({ metadata }) => {
    const group = PROVIDER_GROUPS[metadata.name];
    if (group === undefined) return;
    const namespaced = group.replace(/(upbound|crossplane)/, 'm.$1');
    await bring(
      (own, name) =>
        (own === group && name.startsWith('providerconfigs.')) ||
        (own === namespaced && name.startsWith('clusterproviderconfigs.')),
    );
  }),
  Function: conditions(500, ['Installed', 'Healthy']),
  Deployment: {
    delay: 300,
    isDone: ({ status, metadata }) => status?.['observedGeneration'] === metadata.generation,
    status: ({ spec, metadata }) => {
      const replicas = (spec?.['replicas'] as number | undefined) ?? 1;
      return {
        observedGeneration: metadata.generation,
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
        conditions: [
          { ...complete({ type: 'Available', status: 'True' }) },
          { ...complete({ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }) },
        ],
      };
    },
  },
  // On no node.
  DaemonSet: {
    delay: 300,
    isDone: ({ status, metadata }) => status?.['observedGeneration'] === metadata.generation,
    status: ({ metadata }) => ({
      observedGeneration: metadata.generation,
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    }),
  },
  PersistentVolumeClaim: {
    delay: 300,
    isDone: ({ status }) => status?.['phase'] === 'Bound',
    status: () => ({ phase: 'Bound' }),
  },
  Ingress: {
    delay: 300,
    isDone: ({ status }) =>
      status?.['loadBalancer'] !== undefined && JSON.stringify(status).includes('hostname'),
    status: () => ({ loadBalancer: { ingress: [{ hostname: 'alb.tideline.example' }] } }),
  },
  HorizontalPodAutoscaler: {
    delay: 300,
    isDone: (object) => conditionsOf(object).length > 0,
    status: () => ({
      currentReplicas: 3,
      desiredReplicas: 3,
      currentMetrics: [],
      conditions: ['AbleToScale', 'ScalingActive'].map((type) => complete({ type, status: 'True' })),
    }),
  },
  PodDisruptionBudget: {
    delay: 300,
    isDone: (object) => conditionsOf(object).length > 0,
    status: ({ metadata }) => ({
      observedGeneration: metadata.generation,
      disruptionsAllowed: 1,
      currentHealthy: 3,
      desiredHealthy: 2,
      expectedPods: 3,
      conditions: [complete({ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' })],
    }),
  },
};

function pathOf({ apiVersion, metadata }: Followed, plural: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const where = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${root}${where}/${plural}/${metadata.name}/status?fieldManager=played`;
}
