import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { renderCharts } from '#cli/charts/render.ts';
import { chartFolder } from '#cli/charts/store.ts';
import { readSourceFiles } from '#environments/files.ts';
import { readEnvironments } from '#environments/read.ts';
import { lockText, sha256 } from '#helm/lock.ts';
import type { JsonReport } from '#report/report-schema.ts';
import { helm, packed, packedFixture } from '../helm/helm.ts';
import { contents, plimsoll, workspace } from './terminal.ts';

/** `render: true`, from the lock to `dist/`, with the real Helm. */
const CHART = { repository: 'https://charts.tideline.example', chart: 'tide-tables', version: '1.4.0' };
const FILE = 'tide-tables-1.4.0.tgz';
const env: Record<string, string | undefined> = {
  LANG: 'C.UTF-8',
  PATH: process.env['PATH'],
  PLIMSOLL_HELM: helm(),
};

let folder: string;
beforeEach(() => {
  folder = workspace();
  fs.mkdirSync(path.join(folder, 'charts'));
  vendor(packedFixture('tide-tables'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);

function vendor(bytes: Buffer, digest = sha256(bytes)) {
  fs.writeFileSync(at('charts', FILE), bytes);
  fs.writeFileSync(at('charts/lock.json'), lockText([{ ...CHART, file: FILE, sha256: digest }]));
}

/** Puts the chart into staging, and tells the line of each of its fields. */
function use(values = '{}', more = '') {
  const file = at('environments/staging.yaml');
  const chart = `  charts:
    tide-tables:
      repository: ${CHART.repository}
      chart: tide-tables
      version: ${CHART.version}
      namespace: tides
      render: true
      values: ${values}
${more}  services:
`;
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('  services:\n', chart));
}

/** What is found on the way to the manifests: the steps of synth that are about charts. */
function found(own: Partial<typeof env> = {}) {
  const terminal = { cwd: folder, env: { ...env, ...own } };
  const { value = [] } = readEnvironments(readSourceFiles(at('environments'), 'environments'));
  const staging = value.find(({ environment }) => environment.metadata.name === 'staging');
  if (staging === undefined) throw new Error('staging is broken');
  const { findings } = renderCharts(
    staging,
    chartFolder(terminal, 'environments'),
    () => 'Namespaced',
    terminal,
  );
  return findings.map(
    ({ severity, code, pointer, origin }) => `${severity} ${code} ${pointer} ${origin?.file}`,
  );
}

test('a chart is rendered into a folder of its own, which its Application syncs', async () => {
  use('{ station: dover }', '      apiVersions: [monitoring.coreos.com/v1]\n');
  expect((await plimsoll(folder, ['synth', 'staging'], { env })).code).toBe(0);
  const files = contents(at('dist/staging'));
  const own = Object.keys(files).filter((file) => file.startsWith('chart-'));
  expect(own).toEqual([
    'chart-tide-tables/configmap_tides_tide-tables-tables.yaml',
    'chart-tide-tables/customresourcedefinition.apiextensions.k8s.io_gauges.tides.tideline.example.yaml',
    'chart-tide-tables/gauge.tides.tideline.example_tides_harbour.yaml',
  ]);
  expect(files[own[0] ?? '']).toContain('station: dover');
  expect(files[own[0] ?? '']).toContain('monitored: "yes"');
  expect(files[own[0] ?? '']).toMatch(/kubernetes: v1\.\d+/);
  expect(files[own[1] ?? '']).toContain('Prune=false,Delete=false');
  const application = files['argocd/application.argoproj.io_argocd_chart-tide-tables.yaml'];
  expect(application).toContain('path: dist/staging/chart-tide-tables');
  expect(application).not.toContain('chart: tide-tables');
  const { spec } = parse(files['argocd/appproject.argoproj.io_argocd_chart-tide-tables.yaml'] ?? '');
  expect(spec).toMatchObject({
    clusterResourceWhitelist: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
    namespaceResourceWhitelist: [
      { group: '', kind: 'ConfigMap' },
      { group: 'tides.tideline.example', kind: 'Gauge' },
    ],
    destinations: [{ namespace: 'tides' }],
  });
});

const AT_VERSION = '/spec/charts/tide-tables/version environments/staging.yaml';
const AT_CHART = '/spec/charts/tide-tables environments/staging.yaml';

test.each([
  [
    'a value that the schema refuses',
    '{ replicas: 9 }',
    'chart-value-refused /spec/charts/tide-tables/values/replicas environments/staging.yaml',
  ],
  [
    'a value that nobody knows',
    '{ statoin: dover }',
    'chart-value-refused /spec/charts/tide-tables/values/statoin environments/staging.yaml',
  ],
  ['a chart that fails', '{ broken: true }', `chart-render-failed ${AT_CHART}`],
  ['a password that the chart makes up', '{ random: true }', `chart-not-repeatable ${AT_CHART}`],
  ['a Secret with data', '{ secret: true }', `chart-secret ${AT_CHART}`],
])('%s', (_, values, expected) => {
  use(values);
  expect(found()).toEqual([`error ${expected}`]);
});

test('a hook is told of', () => {
  use('{ hook: true }');
  expect(found()).toEqual([`warning chart-hook ${AT_CHART}`]);
});

test.each([
  ['a chart that nobody locked', () => fs.rmSync(at('charts/lock.json')), 'chart-not-locked'],
  ['a lock that is none', () => fs.writeFileSync(at('charts/lock.json'), '[]'), 'chart-unreadable'],
  ['a chart that is not there', () => fs.rmSync(at('charts', FILE)), 'chart-unreadable'],
  ['other bytes', () => vendor(packedFixture('tide-tables'), '0'.repeat(64)), 'chart-changed'],
  ['no archive', () => vendor(Buffer.from('tides')), 'chart-unreadable'],
  [
    'a path that leads out',
    () => vendor(packed({ 'tide-tables/Chart.yaml': 'name: tide-tables', 'tide-tables/../../x': '' })),
    'chart-unreadable',
  ],
  ['a link', () => vendor(packed({ 'tide-tables/Chart.yaml': '' }, '2')), 'chart-unreadable'],
])('%s', (_, spoil, code) => {
  use();
  spoil();
  expect(found()).toEqual([`error ${code} ${AT_VERSION}`]);
});

test('without Helm nobody can check', async () => {
  use();
  const { code, out } = await plimsoll(folder, ['synth', 'staging'], {
    env: { ...env, PLIMSOLL_HELM: at('no-helm') },
  });
  expect(code).toBe(2);
  expect(out).toContain('chart-helm-missing');
  expect(fs.existsSync(at('dist'))).toBe(false);
});

/** Every repository but the one on this machine is out of reach. */
function offlineBut(versions: readonly string[], chart?: Buffer) {
  vi.stubGlobal('fetch', async (url: URL) => {
    if (url.host !== 'charts.tideline.example') throw new TypeError('fetch failed');
    if (url.pathname !== '/index.yaml') return new Response(chart && new Uint8Array(chart));
    const entries = versions.map((version) => `  - { version: ${version}, urls: [${FILE}] }\n`).join('');
    return new Response(`entries:\n  tide-tables:\n${entries}`);
  });
}
afterEach(() => vi.unstubAllGlobals());

test('newer versions are told at the line of the version; what does not answer could not be checked', async () => {
  use();
  offlineBut(['1.4.0', '1.12.0', '1.5.0', '2.0.0-rc.1']);
  const report = ['--report', 'json=report.json'];
  const { code, out } = await plimsoll(folder, ['charts', 'outdated', ...report], { env });
  expect(code).toBe(2);
  expect(out).toContain('tide-tables is at 1.4.0; there is 1.12.0');
  const { findings }: JsonReport = JSON.parse(fs.readFileSync(at('report.json'), 'utf8'));
  expect(findings.filter(({ code: name }) => name === 'chart-outdated')).toMatchObject([
    {
      severity: 'warning',
      pointer: '/spec/charts/tide-tables/version',
      origin: { file: 'environments/staging.yaml' },
    },
  ]);
  const failed = findings.filter(({ code: name }) => name === 'chart-repository-failed');
  expect(failed.length).toBeGreaterThan(3);
});

test('a chart is vendored once, and other bytes under its version are refused', async () => {
  use();
  fs.rmSync(at('charts'), { recursive: true });
  const bytes = packedFixture('tide-tables');
  offlineBut(['1.4.0'], bytes);
  const cache = { ...env, XDG_CACHE_HOME: at('cache') };
  const vendored = await plimsoll(folder, ['charts', 'vendor'], { env: cache });
  expect(vendored).toMatchObject({ code: 0, err: '' });
  expect(fs.readFileSync(at('charts', FILE)).equals(bytes)).toBe(true);
  expect(found()).toEqual([]);
  const locked = contents(at('charts'))['lock.json'];
  // From the cache alone.
  fs.rmSync(at('charts', FILE));
  expect(found({ XDG_CACHE_HOME: at('cache') })).toEqual([]);
  offlineBut(['1.4.0'], packed({ 'tide-tables/Chart.yaml': 'name: tide-tables' }));
  const again = await plimsoll(folder, ['charts', 'vendor'], { env: cache });
  expect(again.code).toBe(2);
  expect(again.err).toContain('other bytes');
  expect(contents(at('charts'))['lock.json']).toBe(locked);
});

test('an upgrade shows what it does to the kinds of the chart, at the line of the version', async () => {
  use();
  await plimsoll(folder, ['synth', 'staging'], { env });
  fs.cpSync(at('dist'), at('before/dist'), { recursive: true });
  fs.cpSync(at('environments'), at('before/environments'), { recursive: true });
  const file = at('environments/staging.yaml');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('version: 1.4.0', 'version: 1.5.0'));
  const next = at('charts/tide-tables-1.5.0');
  fs.cpSync('test/fixtures/charts/tide-tables', next, { recursive: true });
  const crd = path.join(next, 'crds/gauges.yaml');
  fs.writeFileSync(crd, fs.readFileSync(crd, 'utf8').replace(/.*offset.*\n/, ''));
  expect((await plimsoll(folder, ['charts', 'vendor'], { env })).code).toBe(0);
  const { out } = await plimsoll(folder, ['diff', 'staging', '--base', 'before'], { env });
  expect(out).toMatch(/spec\.charts\.tide-tables\.version: 1\.4\.0 -> 1\.5\.0/);
  expect(out).toContain('data loss');
  expect(out).toContain('properties.offset: removed');
});
