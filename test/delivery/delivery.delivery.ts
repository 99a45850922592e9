import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, KUBECONFIG } from '../cluster/api-server.ts';
import { application, applications, converged, syncAll, until } from './argo.ts';
import { Controllers, complete, type Entry } from './controllers.ts';
import {
  commandsOf,
  commit,
  ENVIRONMENT,
  edit,
  folder,
  git,
  makeRepository,
  ownChart,
  read,
  remove,
  rendered,
  run,
  scriptsOf,
  standIns,
  synth,
  write,
} from './fleet.ts';

/**
 * A real Argo CD takes a real API server from nothing to the platform, by the manifests of production, and what a bad
 * day brings is tried. What is not real: charts (`fleet.ts`) and controllers (`controllers.ts`). The tests are one
 * story: each goes on where the former ended.
 */

const kubectl = (...words: readonly string[]): string =>
  execFileSync('kubectl', words, {
    env: { ...process.env, KUBECONFIG },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
const dist = `dist/${ENVIRONMENT}`;
const names = () =>
  rendered().flatMap(({ kind, metadata }) => (kind === 'Application' ? [metadata.name] : []));

let controllers: Controllers;
let revision: string;
beforeAll(() => {
  makeRepository();
  revision = commit('The fleet');
  controllers = new Controllers([...rendered(), ...standIns()]);
  controllers.start();
});
afterAll(() => controllers.stop());

/** Pushes what lies in the repository; everything is as it says, soon after. */
async function deliver(message: string, seconds?: number): Promise<void> {
  revision = commit(message);
  await converged(names(), revision, seconds);
}

describe('an empty cluster', () => {
  test('becomes the platform by one apply, with no further step', async () => {
    const [script = '', ...others] = scriptsOf('docs/how-to/deliver-with-argo-cd.md', 'kubectl apply');
    expect([script.trim().split('\n').length, others]).toEqual([1, []]);
    await run(script);
    await converged(names(), revision);
    expect(controllers.problems).toEqual([]);
  });

  test('was filled in the order of the waves: nothing came before all of an earlier wave was ready', () => {
    const early = pairs([...controllers.journal.values()]).filter(
      ([before, after]) => (before.ready ?? before.created) >= after.created,
    );
    expect(
      early.map(([before, after]) => `${after.kind}/${after.name} before ${before.kind}/${before.name}`),
    ).toEqual([]);
  });

  test('has everything that was rendered', () => {
    const there = new Set([...controllers.journal.values()].map(({ kind, name }) => `${kind}/${name}`));
    expect(rendered().filter(({ kind, metadata }) => !there.has(`${kind}/${metadata.name}`))).toEqual([]);
  });
});

test('what is fetched from Secrets Manager is where it is read, and stays', () => {
  const keys = (namespace: string, name: string) =>
    Object.keys(JSON.parse(kubectl('-n', namespace, 'get', 'secret', name, '-o', 'json')).data);
  expect(keys('crossplane-system', 'atlas-credentials')).toEqual(['credentials']);
  expect(keys('tideline', 'api-secrets')).toEqual(['CUSTOMS_API_KEY']);
});

test('what is rotated by hand is no difference, and stays', async () => {
  const [script = '', ...others] = scriptsOf('docs/how-to/use-a-secret.md', 'kubectl');
  expect(others).toEqual([]);
  await run(script);
  const written = () => [
    kubectl(
      '-n',
      'tideline',
      'get',
      'externalsecret',
      'api-secrets',
      '-o',
      'jsonpath={.metadata.annotations}',
    ),
    kubectl(
      '-n',
      'tideline',
      'get',
      'deployment',
      'api',
      '-o',
      'jsonpath={.spec.template.metadata.annotations}',
    ),
  ];
  const before = written();
  expect(before).toEqual([
    expect.stringContaining('force-sync'),
    expect.stringContaining('kubectl.kubernetes.io/restartedAt'),
  ]);
  await syncAll(revision);
  await converged(names(), revision);
  expect(written()).toEqual(before);
});

/** Of each Application, each object with each of the next wave. */
function* pairsOf(entries: readonly Entry[]): Generator<readonly [Entry, Entry]> {
  const waves = [...new Set(entries.map(({ wave }) => wave))].sort((a, b) => a - b);
  for (const [index, wave] of waves.entries())
    for (const before of entries.filter((entry) => entry.wave === waves[index - 1]))
      for (const after of entries.filter((entry) => entry.wave === wave)) yield [before, after];
}
const pairs = (entries: readonly Entry[]) =>
  [...new Set(entries.map(({ application }) => application))].flatMap((owner) => [
    ...pairsOf(entries.filter(({ application, name }) => application === owner && name !== owner)),
  ]);

test('a second sync of everything changes nothing', async () => {
  const before = state();
  await syncAll(revision);
  await converged(names(), revision);
  const after = state();
  expect(Object.keys(before).filter((each) => after[each] !== before[each])).toEqual([]);
});

describe('a hand edit', () => {
  test.each([
    [
      'of a field',
      [
        '-n',
        'tideline',
        'patch',
        'service',
        'web',
        '--type=json',
        '-p',
        '[{"op":"replace","path":"/spec/ports/0/targetPort","value":81}]',
      ],
      ['-n', 'tideline', 'get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].targetPort}'],
    ],
    [
      'of a claim',
      [
        '-n',
        'tideline',
        'patch',
        'valkeycache',
        'sessions',
        '--type=merge',
        '-p',
        '{"spec":{"nodeType":"cache.t4g.micro"}}',
      ],
      ['-n', 'tideline', 'get', 'valkeycache', 'sessions', '-o', 'jsonpath={.spec.nodeType}'],
    ],
    [
      'that deletes',
      ['-n', 'tideline', 'delete', 'networkpolicy', 'web'],
      [
        '-n',
        'tideline',
        'get',
        'networkpolicy',
        'web',
        '-o',
        'jsonpath={.spec.podSelector}',
        '--ignore-not-found',
      ],
    ],
  ])('%s heals', async (_, change, look) => {
    const before = kubectl(...look);
    kubectl(...change);
    await until('healed', 60, async () => kubectl(...look) === before || kubectl(...look));
  });
});

test('what an autoscaler and Crossplane write stays, and is no difference', async () => {
  const path = '/apis/apps/v1/namespaces/tideline/deployments/web/scale';
  await ask('PATCH', path, { spec: { replicas: 7 } }, 'application/merge-patch+json');
  await syncAll(revision);
  await converged(names(), revision);
  expect(kubectl('-n', 'tideline', 'get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')).toBe('7');
  const fields = 'jsonpath={.spec.resourceRef.name} {.spec.compositeDeletePolicy}';
  expect(kubectl('-n', 'tideline', 'get', 'valkeycache', 'sessions', '-o', fields)).toBe(
    'sessions-x7k2p Background',
  );
});

/** What the waves wait for, as Argo CD's own Lua machine sees it; test/charts has every condition. */
describe('the health of an Application', () => {
  const claim = '/apis/platform.plimsoll.dev/v1alpha1/namespaces/tideline/valkeycaches/sessions';
  const provider = '/apis/pkg.crossplane.io/v1/providers/provider-aws-sqs';
  const definition =
    '/apis/apiextensions.crossplane.io/v1/compositeresourcedefinitions/xnetworks.platform.plimsoll.dev';
  const yes = (type: string) => ({ type, status: 'True' as const });
  const no = (type: string, reason: string) => ({ type, status: 'False' as const, reason });
  test.each([
    [
      'infrastructure',
      'ValkeyCache/sessions',
      claim,
      [yes('Ready'), no('Synced', 'ReconcileError')],
      'Degraded',
    ],
    ['infrastructure', 'ValkeyCache/sessions', claim, [no('Synced', 'ReconcilePaused')], 'Suspended'],
    [
      'infrastructure',
      'ValkeyCache/sessions',
      claim,
      [yes('Synced'), no('Ready', 'Creating')],
      'Progressing',
    ],
    ['crossplane', 'Provider/provider-aws-sqs', provider, [yes('Healthy')], 'Progressing'],
    ['crossplane', 'Provider/provider-aws-sqs', provider, [yes('Installed'), no('Healthy', 'X')], 'Degraded'],
    [
      'crossplane',
      'ExternalSecret/atlas-credentials',
      '/apis/external-secrets.io/v1/namespaces/crossplane-system/externalsecrets/atlas-credentials',
      [no('Ready', 'SecretSyncedError')],
      'Degraded',
    ],
    [
      'service-api',
      'SecretStore/api',
      '/apis/external-secrets.io/v1/namespaces/tideline/secretstores/api',
      [no('Ready', 'InvalidProviderConfig')],
      'Degraded',
    ],
    [
      'platform-api',
      'CompositeResourceDefinition/xnetworks.platform.plimsoll.dev',
      definition,
      [yes('Established')],
      'Progressing',
    ],
  ])('%s is as healthy as %s', async (name, key, path, conditions, health) => {
    controllers.wanted.set(key, conditions);
    const status = { conditions: conditions.map(complete) };
    await ask('PATCH', `${path}/status`, { status }, 'application/merge-patch+json');
    await until(health, 60, async () => {
      const found = await application(name);
      return found?.health === health || JSON.stringify(found);
    });
    controllers.wanted.delete(key);
    const metadata = { annotations: { 'tideline.example/touched': health } };
    await ask('PATCH', path, { metadata }, 'application/merge-patch+json');
    await until('healthy again', 60, async () => (await application(name))?.health === 'Healthy' || name);
  });
});

test('a service that is removed is pruned, its volume is not', async () => {
  edit('environments/production.yaml', ({ spec }) => {
    spec.services.reports = null;
    // Its volume stays all the same; but nobody manages it any more, and that wants to be meant.
    const until = new Date(Date.now() + 7 * 24 * 3600_000).toISOString().slice(0, 10);
    const resource = 'PersistentVolumeClaim reports-ledger';
    spec.acknowledge = [{ resource, action: 'delete', reason: 'Booked elsewhere', until }];
  });
  synth();
  await deliver('No more reports');
  const gone = [
    'application.argoproj.io/service-reports -n argocd',
    'deployment/reports',
    'serviceaccount/reports',
  ];
  for (const one of gone) await until(`${one} is gone`, 60, async () => look(one) === '' || look(one));
  expect(look('pvc/reports-ledger')).toContain('reports-ledger');
});

const look = (what: string) =>
  kubectl('-n', 'tideline', 'get', '-o', 'name', '--ignore-not-found', ...what.split(' '));

describe('past CI', () => {
  test('a database that is removed stays', async () => {
    const file = `${dist}/infrastructure/mongodatabase.platform.plimsoll.dev_tideline_bookings.yaml`;
    const former = read(file);
    remove(file);
    revision = commit('A bad merge');
    await until('seen', 60, async () => {
      const found = await application('infrastructure');
      return (found?.revision === revision && found.phase === 'Succeeded') || JSON.stringify(found);
    });
    await syncAll(revision);
    expect(look('mongodatabase/bookings')).toContain('bookings');
    write(file, former);
    await deliver('Back');
    expect(look('mongodatabase/bookings')).toContain('bookings');
  });

  test('a manifest that is broken fails alone, and recovers at the next good commit', async () => {
    const web = `${dist}/service-web/deployment.apps_tideline_web.yaml`;
    const planner = `${dist}/service-planner/deployment.apps_tideline_planner.yaml`;
    const former = [web, planner].map((file) => [file, read(file)] as const);
    edit(web, (deployment) => {
      // What the cluster itself judges as the merge request was.
      deployment.spec.template.spec.containers[0].image = 'registry.example/web:latest';
    });
    // With nothing of a manifest left in it, Argo CD would take it for some other file, and prune what it held.
    write(planner, `${read(planner)}\n  - [`);
    edit(`${dist}/service-api/deployment.apps_tideline_api.yaml`, ({ spec }) => {
      spec.template.metadata.annotations = { 'tideline.example/tried': 'yes' };
    });
    revision = commit('Broken');
    const healthy = (await applications())
      .map(({ name }) => name)
      .filter((name) => !/web|planner/.test(name));
    await until('the others went on', 60, async () => {
      const states = (await applications()).filter(({ name }) => healthy.includes(name));
      const late = states.filter(
        (each) => each.sync !== 'Synced' || each.health !== 'Healthy' || each.revision !== revision,
      );
      return late.length === 0 || JSON.stringify(late);
    });
    await until('web is refused', 60, async () => {
      const found = await application('service-web');
      return (
        (found?.sync === 'OutOfSync' && /fail|error|invalid/i.test(found.message)) || JSON.stringify(found)
      );
    });
    await until('planner cannot be read', 60, async () => {
      const found = await application('service-planner');
      return found?.sync === 'Unknown' || JSON.stringify(found);
    });
    expect(
      kubectl(
        '-n',
        'tideline',
        'get',
        'deployment',
        'api',
        '-o',
        'jsonpath={.spec.template.metadata.annotations}',
      ),
    ).toContain('tried');
    expect(look('deployment/web deployment/planner').split('\n').filter(Boolean)).toHaveLength(2);
    for (const [file, text] of former) write(file, text);
    await deliver('Mended');
  });
});

test('a revert restores what was', async () => {
  const tree = git('rev-parse', 'HEAD:dist');
  const image = () =>
    kubectl(
      '-n',
      'tideline',
      'get',
      'deployment',
      'api',
      '-o',
      'jsonpath={.spec.template.spec.containers[0].image}',
    );
  const before = image();
  edit('environments/production.yaml', ({ spec }) => {
    // Nothing that holds data: that would stay, and its Application would be out of sync, as the tests above show.
    spec.services.api.image = spec.services.api.image.replace(/sha256:.{8}/, 'sha256:00000000');
  });
  synth();
  await deliver('A worse api');
  expect(image()).not.toBe(before);
  git('revert', '--no-edit', 'HEAD');
  expect(git('rev-parse', 'HEAD:dist')).toBe(tree);
  revision = git('rev-parse', 'HEAD').trim();
  await until('restored', 120, async () => image() === before || image());
  await until('in sync', 60, async () => (await application('service-api'))?.sync === 'Synced' || 'not yet');
});

const RELEASE = 'tide-tables';
const CHART = {
  repository: 'https://charts.tideline.example',
  chart: RELEASE,
  version: '1.4.0',
  namespace: 'tides',
  render: true,
  values: { station: 'dover' },
};

describe('a chart that is rendered', () => {
  const tables = () =>
    kubectl(
      '-n',
      'tides',
      'get',
      'configmap',
      `${RELEASE}-tables`,
      '-o',
      'jsonpath={.data}',
      '--ignore-not-found',
    );
  const versions = () =>
    kubectl('get', 'crd', 'gauges.tides.tideline.example', '-o', 'jsonpath={.spec.versions[*].name}');

  test('is delivered as its folder says', async () => {
    ownChart(RELEASE, '1.4.0', (_, text) => text);
    edit('environments/production.yaml', ({ spec }) => {
      spec.charts[RELEASE] = CHART;
    });
    await run('npx plimsoll charts vendor');
    await run(`npx plimsoll synth ${ENVIRONMENT}`);
    await deliver('Tides');
    expect(tables()).toContain('dover');
    expect(kubectl('-n', 'tides', 'get', 'gauges', '-o', 'name')).toContain('harbour');
  });

  test('takes a bad upgrade, and comes back by rollback, its kinds too', async () => {
    const [before, tree] = [tables(), git('rev-parse', `HEAD:${dist}`)];
    // Without what was asked for, and with another version of its kind.
    ownChart(RELEASE, '1.5.0', (file, text) => {
      if (file === 'Chart.yaml') return text.replace('1.4.0', '1.5.0');
      if (file.startsWith('crds')) return `${text}    - ${SECOND_VERSION}\n`;
      return file.startsWith('templates')
        ? text.replace('station: {{ .Values.station }}', 'station: nowhere')
        : text;
    });
    edit('environments/production.yaml', ({ spec }) => {
      spec.charts[RELEASE].version = '1.5.0';
    });
    await run('npx plimsoll charts vendor');
    await run(`npx plimsoll synth ${ENVIRONMENT}`);
    await deliver('Tides 1.5');
    // Until the garbage collector has looked for new versions, which it does every half minute: from then on it knows
    // the gauge by the version that a rollback takes away, and does nothing with it any more.
    await pause(31_000);
    expect(tables()).toContain('nowhere');
    expect(versions()).toBe('v1 v2');

    const told = await run(`npx plimsoll rollback ${ENVIRONMENT} charts/${RELEASE} --to HEAD~1`);
    expect(told.replace(/\s+/g, ' ')).toContain(
      'gauges.tides.tideline.example no longer serves v2: whoever asks for it gets 404',
    );
    await run(`npx plimsoll synth ${ENVIRONMENT}`);
    await deliver('Tides 1.4 again');
    expect(git('rev-parse', `HEAD:${dist}`)).toBe(tree);
    expect(tables()).toBe(before);
    expect(versions()).toBe('v1');
    expect(kubectl('-n', 'tides', 'get', 'gauges', '-o', 'name')).toContain('harbour');
  });
});

describe('a rendered chart that is taken out', () => {
  test('goes as a whole, its project after it; its kinds stay', async () => {
    const before = read('environments/production.yaml');
    edit('environments/production.yaml', ({ spec }) => {
      delete spec.charts[RELEASE];
      const until = new Date(Date.now() + 7 * 24 * 3600_000).toISOString().slice(0, 10);
      const gone = { resource: 'Namespace tides', action: 'delete', reason: 'No more tides', until };
      spec.acknowledge = [...(spec.acknowledge ?? []), gone];
    });
    synth();
    revision = commit('No more tides');
    const gone = [
      `application.argoproj.io/chart-${RELEASE} -n argocd`,
      `appproject.argoproj.io/chart-${RELEASE} -n argocd`,
      `configmap/${RELEASE}-tables -n tides`,
      'gauge/harbour -n tides',
    ];
    for (const one of gone) await until(`${one} is gone`, 120, async () => look(one) === '' || look(one));
    expect(look('crd/gauges.tides.tideline.example')).toContain('gauges');
    write('environments/production.yaml', before);
    await run(`npx plimsoll synth ${ENVIRONMENT}`);
    await deliver('Tides once more');
  });
});

const SECOND_VERSION =
  '{ name: v2, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }';

describe('as the documentation says', () => {
  // Tests before wrote the same in another form, in which the page's commands find nothing.
  beforeAll(() => {
    const first = git('rev-list', '--max-parents=0', 'HEAD').trim();
    git('checkout', first, '--', 'environments');
    // Its namespace stays, whoever asks for it: so it stays in the environment, too.
    edit('environments/base.yaml', ({ spec }) => {
      spec.charts[RELEASE] = CHART;
    });
    if (git('status', '--porcelain').trim() !== '') revision = commit('As it was written');
  });

  test.each(commandsOf('docs/how-to/operate.md'))('%s', async (heading, scripts) => {
    const { prepare, look: seenAs } = OUTCOMES[heading] ?? {};
    await prepare?.();
    const former = seenAs?.(undefined);
    for (const script of scripts) await run(script);
    revision = git('rev-parse', 'HEAD').trim();
    await converged(names(), revision);
    expect(seenAs).toBeDefined();
    expect(seenAs?.(former)).not.toEqual(former);
  });

  /** What each is for: seen before, and other behind it. */
  interface Outcome {
    readonly prepare?: () => Promise<void>;
    readonly look: (former: unknown) => unknown;
  }
  const seen = (namespace: string, what: string, field: string) =>
    kubectl('-n', namespace, 'get', ...what.split(' '), '-o', `jsonpath={${field}}`);
  const image = () => seen('tideline', 'deployment api', '.spec.template.spec.containers[0].image');
  const groups = () => seen('tideline', 'nodegroups', '.items[*].metadata.name').split(' ');
  const OUTCOMES: Readonly<Record<string, Outcome>> = {
    'Upgrade a chart': {
      look: (former) => {
        const version = seen('monitoring', 'serviceaccount cloudwatch-exporter', '.metadata.labels');
        expect(version).toContain(former === undefined ? '0.28.2' : '0.29.0');
        return version;
      },
    },
    'Scale a database': {
      look: (former) => {
        const spec = seen('tideline', 'mongodatabase bookings', '.spec');
        expect(spec).toContain(former === undefined ? '"M30"' : '"M40"');
        return spec;
      },
    },
    'Rotate a node group': {
      look: (former) => {
        const now = groups();
        if (former === undefined) return now;
        const [made = '', ...others] = now.filter((name) => !(former as string[]).includes(name));
        const [gone = '', ...more] = (former as string[]).filter((name) => !now.includes(name));
        expect([others, more]).toEqual([[], []]);
        // Pods have somewhere to go: the new one was ready before the old one went.
        const ready = [...controllers.journal.values()].find(
          ({ kind, name }) => kind === 'NodeGroup' && name === made,
        )?.ready;
        expect(ready).toBeLessThan(controllers.gone.get(`NodeGroup/${gone}`) ?? 0);
        return now;
      },
    },
    'Add an environment': {
      look: () => fs.existsSync(path.join(folder, 'dist/bootstrap/drill.yaml')),
    },
    'Recover from a bad merge': {
      prepare: async () => {
        const former = image();
        edit(`${dist}/service-api/deployment.apps_tideline_api.yaml`, ({ spec }) => {
          const [container] = spec.template.spec.containers;
          container.image = container.image.replace(/sha256:.{8}/, 'sha256:00000000');
        });
        revision = commit('A bad merge');
        await until('it came', 120, async () => image() !== former || former);
      },
      look: (former) => {
        expect(image().includes('sha256:00000000')).toBe(former === undefined);
        return image();
      },
    },
  };
});

/**
 * Resource versions of everything. Not of Applications, whose status has none of its own, nor of Deployments: of one
 * under an autoscaler Argo CD owns the number of replicas, as it finds it, from the second sync on.
 */
function state(): Readonly<Record<string, string>> {
  const { items } = JSON.parse(kubectl('get', '-R', '-f', `${folder}/${dist}`, '-o', 'json'));
  return Object.fromEntries(
    items.map(
      ({ kind, metadata, spec }: { kind: string; metadata: Record<string, string>; spec: unknown }) => [
        `${kind}/${metadata['namespace'] ?? ''}/${metadata['name']}`,
        kind === 'Application' || kind === 'Deployment' ? JSON.stringify(spec) : metadata['resourceVersion'],
      ],
    ),
  );
}
