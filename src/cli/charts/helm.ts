import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ChartFiles } from '#helm/archive.ts';
import type { Terminal } from '../terminal.ts';

/**
 * `helm template`, as a program that gets nothing but the chart and the values.
 *
 * Never through a shell; with an environment of its own (no plugins, no repositories, no cluster); bounded in time and
 * in output. The chart's schema is judged before, by us, so that Helm need not fetch what a schema points to.
 */
export interface Template {
  readonly files: ChartFiles;
  readonly release: string;
  readonly namespace: string;
  readonly kubernetesVersion: string;
  readonly apiVersions: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

export type Templated =
  | { readonly text: string }
  | { readonly problem: string; readonly isMissing: boolean; readonly program: string };

const LONGEST = 60_000;
const LARGEST_OUTPUT = 64 * 2 ** 20;

export function helmTemplate(template: Template, { env }: Pick<Terminal, 'env'>): Templated {
  const program = env['PLIMSOLL_HELM'] || 'helm';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-chart-'));
  try {
    const chart = path.join(folder, 'chart');
    for (const [name, bytes] of template.files) {
      if (path.posix.basename(name) === 'values.schema.json') continue;
      const at = path.join(chart, name);
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(at, bytes);
    }
    const values = path.join(folder, 'values.json');
    fs.writeFileSync(values, JSON.stringify(template.values));
    const { error, status, signal, stdout, stderr } = spawnSync(program, words(template, chart, values), {
      cwd: folder,
      env: environment(folder, env),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST,
      killSignal: 'SIGKILL',
      maxBuffer: LARGEST_OUTPUT,
    });
    const failed = (problem: string, isMissing = false) => ({ problem, isMissing, program });
    if (error !== undefined) return failed(reason(error), /ENOENT|EACCES|ENOEXEC/.test(codeOf(error)));
    if (signal !== null) return failed(`it ended by ${signal}`);
    if (status !== 0) return failed(said(stderr.replaceAll(folder, ''), status));
    return { text: stdout };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const words = (template: Template, chart: string, values: string): readonly string[] => [
  'template',
  template.release,
  chart,
  `--namespace=${template.namespace}`,
  `--kube-version=${template.kubernetesVersion}`,
  ...template.apiVersions.map((version) => `--api-versions=${version}`),
  '--include-crds',
  `--values=${values}`,
];

const environment = (folder: string, { PATH }: Terminal['env']): NodeJS.ProcessEnv => ({
  ...(PATH !== undefined && { PATH }),
  HOME: folder,
  HELM_CONFIG_HOME: path.join(folder, 'config'),
  HELM_CACHE_HOME: path.join(folder, 'cache'),
  HELM_DATA_HOME: path.join(folder, 'data'),
  HELM_PLUGINS: path.join(folder, 'plugins'),
  HELM_NO_PLUGINS: '1',
  KUBECONFIG: path.join(folder, 'no-cluster'),
  TZ: 'UTC',
});

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

function reason(error: Error): string {
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return `it did not end within ${LONGEST / 1000} s`;
  if (code === 'ENOBUFS') return `it renders more than ${LARGEST_OUTPUT / 2 ** 20} MiB`;
  if (code === 'ENOENT') return 'there is no such program';
  return error.message;
}

/** What Helm said, in one line, without the hint that is the same for every failure. */
function said(stderr: string, status: number | null): string {
  const [first = ''] = stderr
    .split('\n')
    .map((line) => line.replace(/^Error: /, '').trim())
    .filter((line) => line !== '' && !/^(Use --debug|level=|WARNING)/.test(line));
  return first === '' ? `helm ended with ${status}` : first.slice(0, 500);
}
