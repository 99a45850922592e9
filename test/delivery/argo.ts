import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../cluster/api-server.ts';

/** Applications as Argo CD sees them. */
export interface State {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  readonly phase: string;
  readonly message: string;
  readonly revision: string;
  readonly conditions: readonly string[];
}

const ROOT = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

interface Application {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
    readonly operationState?: { readonly phase?: string; readonly message?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  };
}

export async function applications(): Promise<readonly State[]> {
  const { body } = await ask('GET', ROOT);
  return ((body as { items?: readonly Application[] }).items ?? []).map(({ metadata, status }) => ({
    name: metadata.name,
    sync: status?.sync?.status ?? '',
    health: status?.health?.status ?? '',
    phase: status?.operationState?.phase ?? '',
    message: status?.operationState?.message ?? '',
    revision: status?.sync?.revision ?? '',
    conditions: (status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
  }));
}

export async function application(name: string): Promise<State | undefined> {
  return (await applications()).find((each) => each.name === name);
}

/** Waits; says what is missing where it never comes. */
export async function until(what: string, seconds: number, ask: () => Promise<true | string>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let last = '';
  while (Date.now() < end) {
    const answer = await ask();
    if (answer === true) return;
    last = answer;
    await pause(300);
  }
  throw new Error(`${what}: not after ${seconds} s: ${last}`);
}

/** All Applications that there should be are there, synced to the commit, and healthy. */
export const converged = (names: readonly string[], revision: string, seconds = 420): Promise<void> =>
  until('converged', seconds, async () => {
    const states = await applications();
    const missing = names.filter((name) => !states.some((each) => each.name === name));
    const late = states.filter(
      (each) =>
        each.sync !== 'Synced' ||
        each.health !== 'Healthy' ||
        each.phase !== 'Succeeded' ||
        each.revision !== revision,
    );
    if (missing.length + late.length === 0) return true;
    return JSON.stringify({ missing, late });
  });

/** Syncs everything again, in sync or not, and waits for the end. */
export async function syncAll(revision: string): Promise<void> {
  const begin = Math.floor(Date.now() / 1000) * 1000;
  const syncOptions = ['ServerSideApply=true', 'RespectIgnoreDifferences=true'];
  const operation = {
    initiatedBy: { username: 'test' },
    sync: { revision, prune: true, syncOptions },
  };
  await until('synced again', 120, async () => {
    const { body } = await ask('GET', ROOT);
    const late = (body as { items: readonly Synced[] }).items.filter(
      (one) => isSyncing(one) || !(Date.parse(one.status?.operationState?.startedAt ?? '') >= begin),
    );
    // Asked for again where Argo CD cleared it: it does when a sync of its own ends.
    for (const one of late)
      if (!isSyncing(one))
        await ask('PATCH', `${ROOT}/${one.metadata.name}`, { operation }, 'application/merge-patch+json');
    return late.length === 0 || JSON.stringify(late.map(told));
  });
}

const told = ({ metadata, operation, status }: Synced) => ({
  name: metadata.name,
  isAsked: operation !== undefined,
  ...status?.operationState,
  syncResult: undefined,
  operation: undefined,
});

const isSyncing = ({ operation, status }: Synced): boolean =>
  operation !== undefined || status?.operationState?.phase === 'Running';

interface Synced {
  readonly metadata: { readonly name: string };
  readonly operation?: object;
  readonly status?: { readonly operationState?: { readonly phase?: string; readonly startedAt?: string } };
}
