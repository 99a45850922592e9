import { execFile, execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { KUBECONFIG } from '../cluster/api-server.ts';
import { definitions } from '../cluster/definitions.ts';
import { helm } from '../helm/helm.ts';

/**
 * The fleet's repository: the sample environments and what `plimsoll synth` makes of them, production's. Argo CD reads
 * it by `file://`. Charts come from the internet in earnest, which no test has: here each is a folder of the same
 * repository with what its controller would bring (the kinds of Crossplane, External Secrets and the load balancer
 * controller, else one object of a kind that it makes), and the source of its Application says so. Nothing else of dist/
 * is changed.
 */

export const ENVIRONMENT = 'production';
export const folder = path.join(process.env['PLIMSOLL_DELIVERY'] ?? '', 'fleet');
const address = `file://${folder}`;
const at = (...parts: readonly string[]) => path.join(folder, ...parts);

/** @param more Files beside those of the samples. @param prepare What else is to be otherwise before all is rendered. */
export function makeRepository(
  environments: readonly string[] = [ENVIRONMENT],
  more: Readonly<Record<string, string>> = {},
  prepare: () => void = () => {},
): void {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync('environments', at('environments'), { recursive: true });
  fs.cpSync('policies', at('policies'), { recursive: true });
  for (const [file, text] of Object.entries(more)) write(file, text);
  for (const file of ['environments/base.yaml', ...Object.keys(more)])
    edit(file, ({ spec }) => {
      spec.delivery.repository = address;
    });
  prepare();
  git('init', '--quiet', '--initial-branch=main');
  synth(environments);
}

/** Renders environments as anybody would, and takes the charts from here. */
export function synth(environments: readonly string[] = [ENVIRONMENT]): void {
  // Inside the project, whose policies and imports it uses; the folders are given.
  const words = ['synth', ...environments, '--environments', at('environments'), '--output', at('dist')];
  const { status, stdout } = spawnSync(process.execPath, ['scripts/plimsoll.js', ...words], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
  takeChartsFromHere();
}

function takeChartsFromHere(): void {
  for (const bootstrap of fs.readdirSync(at('dist/bootstrap'))) {
    const own = `dist/${bootstrap.replace(/\.yaml$/, '')}/argocd`;
    for (const file of fs.readdirSync(at(own))) edit(`${own}/${file}`, fromHere);
    const file = `dist/bootstrap/${bootstrap}`;
    const documents = parseAllDocuments(read(file)).map((each) => each.toJS());
    for (const document of documents) fromHere(document);
    write(file, documents.map(text).join('---\n'));
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a YAML document that the test knows
type Yaml = any;

function fromHere(object: Yaml): void {
  const [, chart] = /^(?:[a-z]+-)?chart-(.*)$/.exec(object.metadata.name) ?? [];
  if (chart === undefined) return;
  // One that is rendered at synth lies here anyway.
  if (object.spec.source?.path !== undefined || object.spec.sourceRepos?.[0] === address) return;
  if (object.kind === 'AppProject') {
    object.spec.sourceRepos = [address];
    // Its definitions Crossplane makes by itself, in earnest.
    if (chart === 'crossplane')
      object.spec.clusterResourceWhitelist.push({
        group: 'apiextensions.k8s.io',
        kind: 'CustomResourceDefinition',
      });
  } else {
    const version = object.spec.source.targetRevision;
    // Already from here.
    if (version === 'main') return;
    object.spec.source = { repoURL: address, targetRevision: 'main', path: standIn(chart, version) };
  }
}

/** Writes what stands in for a version of a chart, which its objects tell. @returns Its folder. */
function standIn(chart: string, version: string): string {
  const target = `charts/${chart}/${version}`;
  const objects = (charts()[chart] ?? []) as readonly Rendered[];
  const labels = { 'helm.sh/chart': `${chart}-${version}` };
  fs.mkdirSync(at(target), { recursive: true });
  const told = objects.map((one) => ({ ...one, metadata: { ...one.metadata, labels } }));
  write(`${target}/all.yaml`, told.map(text).join('---\n'));
  return target;
}

export function edit(file: string, change: (document: Yaml) => void): void {
  const document: Yaml = parse(read(file));
  change(document);
  fs.writeFileSync(at(file), text(document));
}

/** As Argo CD reads it: `yes` is no word there. */
const text = (document: unknown) => stringify(document, { version: '1.1' });

export const read = (file: string): string => fs.readFileSync(at(file), 'utf8');
export const remove = (file: string): void => fs.rmSync(at(file));
export const write = (file: string, text: string): void => fs.writeFileSync(at(file), text);
export const copy = (from: string, file: string): void => fs.copyFileSync(from, at(file));

/** Every object of an environment, in the order of its files. */
export function rendered(environment = ENVIRONMENT): readonly Rendered[] {
  const root = at('dist', environment);
  return fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      ...parse(fs.readFileSync(path.join(root, file), 'utf8')),
      file: `${environment}/${file}`,
    }));
}

export interface Rendered {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** A version of a chart as the platform team keeps its own: a folder beside the environments. */
export function ownChart(
  name: string,
  version: string,
  change: (file: string, text: string) => string,
): void {
  const from = path.join('test/fixtures/charts', name);
  for (const file of fs.readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (fs.statSync(path.join(from, file)).isDirectory()) continue;
    const target = at('charts', `${name}-${version}`, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, change(file, fs.readFileSync(path.join(from, file), 'utf8')));
  }
}

/** Runs commands of the documentation in the repository, as a reader would: one script, up to what fails. */
export async function run(script: string): Promise<string> {
  const bin = path.join(folder, '../bin');
  fs.mkdirSync(bin, { recursive: true });
  const plimsoll = path.resolve('scripts/plimsoll.js');
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${plimsoll}" "$@"\n`;
  fs.writeFileSync(path.join(bin, 'npx'), npx, { mode: 0o755 });
  const jq = `#!/bin/sh\nexec "${process.execPath}" "${path.resolve('test/delivery/jq.js')}" "$@"\n`;
  fs.writeFileSync(path.join(bin, 'jq'), jq, { mode: 0o755 });
  const author = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'fleet'],
    [`GIT_${who}_EMAIL`, 'fleet@tideline.example'],
  ]);
  const env = {
    ...process.env,
    ...Object.fromEntries(author),
    KUBECONFIG,
    PLIMSOLL_HELM: helm(),
    PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
  };
  // The controllers play meanwhile.
  const options = { cwd: folder, env, maxBuffer: 64 << 20 };
  const { stdout } = await promisify(execFile)('bash', ['-exc', script], options).catch((error) => {
    throw new Error(`${error.message}${error.stdout}`);
  });
  if (script.includes('plimsoll synth')) takeChartsFromHere();
  return stdout;
}

/**
 * The commands of a page's shell blocks, by the heading before each. A block is one script, but that it ends behind each
 * synth: charts are taken from here then, which no reader has to do.
 */
export function commandsOf(
  page: string,
): readonly (readonly [heading: string, scripts: readonly string[]])[] {
  const text = fs.readFileSync(page, 'utf8');
  return [...text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)].map(({ 1: indent, 2: block = '', index }) => {
    const heading = [...text.slice(0, index).matchAll(/^## (.*)$/gm)].at(-1)?.[1] ?? '';
    const script = block.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    return [heading, script.split(/(?<=plimsoll synth.*\n)/).filter((each) => each.trim() !== '')] as const;
  });
}

/** The scripts of a page that begin with a word. */
export const scriptsOf = (page: string, begin: string): readonly string[] =>
  commandsOf(page)
    .flatMap(([, scripts]) => scripts)
    .filter((script) => script.startsWith(begin));

export function commit(message: string): string {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD').trim();
}

export const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=fleet', '-c', 'user.email=fleet@tideline.example', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });

/** `deprecated: false` is no more in what a server gives back: Argo CD would see a difference for ever. */
const kindsOf = (...groups: readonly string[]) =>
  definitions()
    .filter(({ spec }) => groups.includes(spec.group))
    .map((one) => ({
      ...one,
      spec: {
        ...one.spec,
        versions: one.spec.versions.map(({ deprecated, ...version }: { deprecated: boolean }) =>
          deprecated ? { deprecated, ...version } : version,
        ),
      },
    }));

const account = (name: string, namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
});

const daemon = (name: string, namespace: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: `tideline/${name}:1.0.0` }] },
    },
  },
});

/** Kinds of what stands in for the charts. */
export const standIns = (): readonly Pick<Rendered, 'apiVersion' | 'kind'>[] =>
  Object.values(charts()).flatMap((objects) => objects as readonly Rendered[]);

/** What the charts bring, as far as anything else waits for it. */
function charts(): Readonly<Record<string, readonly object[]>> {
  return {
    crossplane: kindsOf('apiextensions.crossplane.io', 'pkg.crossplane.io'),
    'aws-load-balancer-controller': kindsOf('elbv2.k8s.aws'),
    'cluster-autoscaler': [account('cluster-autoscaler', 'kube-system')],
    'nvidia-device-plugin': [daemon('nvidia-device-plugin', 'kube-system')],
    'external-secrets': kindsOf('external-secrets.io'),
    'external-dns': [account('external-dns', 'external-dns')],
    'cloudwatch-exporter': [account('cloudwatch-exporter', 'monitoring')],
  };
}
