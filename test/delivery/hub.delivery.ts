import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { application, converged, until } from './argo.ts';
import { Controllers } from './controllers.ts';
import {
  commit,
  edit,
  folder,
  git,
  makeRepository,
  rendered,
  run,
  scriptsOf,
  standIns,
  synth,
} from './fleet.ts';

/**
 * Two clusters: Argo CD and Crossplane in the hub, services in the other. Both are real API servers. What provider-kubernetes
 * does in the hub when the other is there, this test does: it tells Argo CD of it, with a token instead of a role.
 */
const HUB = process.env['PLIMSOLL_KUBECONFIG'] ?? '';
const OTHER = process.env['PLIMSOLL_SECOND_KUBECONFIG'] ?? '';
const PAGE = 'docs/how-to/run-a-hub.md';
const ENVIRONMENTS = ['operations', 'production'] as const;

const kubectl = (kubeconfig: string, ...words: readonly string[]): string =>
  execFileSync('kubectl', words, {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });

/** The controllers of the other cluster: the same, but that they ask another server. */
async function controllersOf(kubeconfig: string) {
  vi.stubEnv('PLIMSOLL_KUBECONFIG', kubeconfig);
  vi.resetModules();
  const { Controllers: Other, bringNamed } = await import('./controllers.ts');
  vi.unstubAllEnvs();
  return { Controllers: Other, bringNamed };
}

let inHub: Controllers;
let inOther: Controllers;
let revision: string;
const all = () => ENVIRONMENTS.flatMap((environment) => rendered(environment));
const names = () => all().flatMap(({ kind, metadata }) => (kind === 'Application' ? [metadata.name] : []));

beforeAll(async () => {
  const [hub = '', hosted = ''] = [...fs.readFileSync(PAGE, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  );
  makeRepository([...ENVIRONMENTS, 'staging'], { 'environments/operations.yaml': hub }, () => {
    for (const name of ['production', 'staging'])
      edit(`environments/${name}.yaml`, ({ spec }) => {
        const { cluster, ...own } = parse(hosted).spec;
        Object.assign(spec, own);
        Object.assign(spec.cluster, cluster);
      });
  });
  revision = commit('The fleet');
  const objects = [...all(), ...standIns()];
  const { Controllers: Other, bringNamed: bringToOther } = await controllersOf(OTHER);
  inHub = new Controllers(objects, {
    crdsOfXrd,
    act: async ({ kind, spec }) => {
      const argoCd = spec?.['argoCd'] as { readonly name: string } | undefined;
      if (kind !== 'KubernetesCluster' || argoCd === undefined) return;
      await bringToOther('snapshot.storage.k8s.io');
      register(String(spec?.['name']), argoCd.name);
    },
  });
  inOther = new Other(objects);
  inHub.start();
  inOther.start();
});
afterAll(() => {
  inHub?.stop();
  inOther?.stop();
});

/** As the composition of a cluster has it, but for how Argo CD signs in. */
function register(cluster: string, name: string): void {
  const { clusters, users } = parse(fs.readFileSync(OTHER, 'utf8'));
  const { server, 'certificate-authority-data': caData } = clusters[0].cluster;
  const config = { bearerToken: users[0].user.token, tlsClientConfig: { caData } };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `cluster-${cluster}`,
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: { name, server, config: JSON.stringify(config) },
  };
  execFileSync('kubectl', ['apply', '--server-side', '-f', '-'], {
    env: { ...process.env, KUBECONFIG: HUB },
    input: JSON.stringify(secret),
  });
}

const found = (kubeconfig: string, namespace: string, what: string): readonly string[] =>
  kubectl(kubeconfig, '-n', namespace, 'get', what, '-o', 'name', '--ignore-not-found')
    .split('\n')
    .filter(Boolean);

test('Argo CD gets the role that signs in', async () => {
  const [script = '', ...others] = scriptsOf(PAGE, 'kubectl --namespace argocd annotate');
  expect(others).toEqual([]);
  // It runs beside the cluster here, without any.
  const accounts = ['argocd-application-controller', 'argocd-server'];
  for (const name of accounts) kubectl(HUB, '-n', 'argocd', 'create', 'serviceaccount', name);
  await run(script);
  const [role] = JSON.stringify(all()).match(/arn:aws:iam::\d+:role\/tideline-production-argocd/) ?? [];
  expect(role).toBeDefined();
  const found = kubectl(HUB, '-n', 'argocd', 'get', 'serviceaccounts', '-o', 'json');
  expect(found.match(/role\/bridge-operations-argocd/g)).toHaveLength(accounts.length);
});

test('two files, applied once, bring the hub and the cluster that it runs', async () => {
  const applied = scriptsOf(PAGE, 'git').flatMap((script) => script.split('\n').slice(1));
  expect(applied.filter((line) => line.startsWith('kubectl apply'))).toHaveLength(2);
  await run(applied.join('\n'));
  await converged(names(), revision, 460);
  expect([...inHub.problems, ...inOther.problems]).toEqual([]);
});

describe('each thing is where it belongs', () => {
  test('claims in the hub, services in their own cluster', () => {
    expect(found(HUB, 'tideline-production', 'mongodatabases')).toHaveLength(1);
    expect(found(HUB, 'tideline-production', 'deployments')).toEqual([]);
    expect(found(OTHER, 'tideline', 'deployments')).toHaveLength(5);
    expect(kubectl(OTHER, 'get', 'crd', '-o', 'name')).not.toMatch(
      /plimsoll\.dev|argoproj\.io|crossplane\.io/,
    );
  });

  test('addresses of databases and caches where the services are', () => {
    const data = (name: string) =>
      Object.keys(JSON.parse(kubectl(OTHER, '-n', 'tideline', 'get', 'secret', name, '-o', 'json')).data);
    expect(data('bookings-mongodb')).toEqual(['connectionStringPrivateSrv']);
    expect(data('sessions-valkey')).toEqual(['host']);
  });

  test('everything that was rendered, in one cluster and not in the other', () => {
    const there = (controllers: Controllers) =>
      new Set(
        [...controllers.journal.values()].map(
          ({ kind, name, application }) => `${application} ${kind}/${name}`,
        ),
      );
    const [hub, other] = [there(inHub), there(inOther)];
    for (const { file, kind, metadata } of all()) {
      const [environment = '', folder = ''] = file.split('/');
      const key = `${environment === 'operations' ? '' : `${environment}-`}${folder} ${kind}/${metadata.name}`;
      const isOther = environment === 'production' && !['argocd', 'hub', 'infrastructure'].includes(folder);
      expect([key, hub.has(key), other.has(key)]).toEqual([key, !isOther, isOther]);
    }
  });
});

test('claims of an environment are judged by its own facts', () => {
  const facts = (namespace: string) =>
    JSON.parse(kubectl(HUB, '-n', namespace, 'get', 'configmap', 'environment', '-o', 'json')).data;
  expect(facts('plimsoll-system').product).toBe('bridge');
  expect(facts('tideline-production').product).toBe('tideline');
  const bindings = kubectl(HUB, 'get', 'validatingadmissionpolicybindings', '-o', 'name');
  expect(bindings).toContain('/mandatory-tags-production');
  expect(bindings).not.toContain('/mandatory-tags-operations');
});

test('what is too small for production is not for staging, in the same hub', async () => {
  const own = `${folder}/dist/staging/hub`;
  for (const kind of ['namespace', 'configmap', 'validatingadmissionpolicybinding'])
    for (const file of fs.readdirSync(own).filter((one) => one.startsWith(kind)))
      kubectl(HUB, 'apply', '--server-side', '-f', `${own}/${file}`);
  const {
    metadata,
    file: _,
    ...claim
  } = rendered('staging').find(({ kind }) => kind === 'MongoDatabase') ?? expect.fail();
  const verdict = (namespace: string): string => {
    const asked = { ...claim, metadata: { ...metadata, name: 'drill', namespace } };
    const { status, stderr } = spawnSync('kubectl', ['create', '--dry-run=server', '-f', '-'], {
      env: { ...process.env, KUBECONFIG: HUB },
      encoding: 'utf8',
      input: JSON.stringify(asked),
    });
    return status === 0 ? 'allowed' : (/ValidatingAdmissionPolicy '([^']+)'/.exec(stderr)?.[1] ?? stderr);
  };
  // Were there no binding, everything would be allowed: so its facts are wrong first. The server takes a moment to see it.
  const facts = ['-n', 'tideline-staging', 'patch', 'configmap', 'environment', '-p'];
  for (const [stage, expected] of [
    ['production', 'production-tier'],
    ['staging', 'allowed'],
  ]) {
    kubectl(HUB, ...facts, JSON.stringify({ data: { stage } }));
    await until(`staging judged as ${stage}`, 60, async () => {
      const said = verdict('tideline-staging');
      return said === expected || said;
    });
  }
  expect(verdict('tideline-production')).toBe('production-tier');
  expect(verdict('bridge')).toBe('production-tier');
});

test('a service that is removed goes from the other cluster', async () => {
  edit('environments/production.yaml', ({ spec }) => {
    spec.services.planner = null;
  });
  synth([...ENVIRONMENTS, 'staging']);
  revision = commit('No more plans');
  await converged(
    names().filter((name) => !name.includes('planner')),
    revision,
  );
  await until('planner is gone', 60, async () => {
    const left = found(OTHER, 'tideline', 'deployments').filter((each) => each.includes('planner'));
    return (
      (left.length === 0 && (await application('production-service-planner')) === undefined) || left.join()
    );
  });
  expect(git('status', '--porcelain')).toBe('');
});
