import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './build.js';

/**
 * Runs the suite that lets a real Argo CD deliver dist/ into a real API server. Both come from ../shared/cluster (or
 * PLIMSOLL_SHARED), and run with the tests in a network that holds nothing but the loopback interface. Exits with 2
 * where there is no such folder: nothing was tested, and that is said.
 */
const cluster = path.resolve(process.env['PLIMSOLL_SHARED'] ?? path.join(root, '../shared'), 'cluster');
const cache = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'),
  'plimsoll-cluster/bin',
);
const programs = process.env['KUBEBUILDER_ASSETS'] ?? cache;

const requirements = path.join(root, 'test/delivery/aws.requirements.txt');
/** Beside the programs, one for each set of versions. */
const aws = path.join(
  path.dirname(cache),
  `aws-${createHash('sha256').update(fs.readFileSync(requirements)).digest('hex').slice(0, 12)}`,
);

/** Each begins with an empty cluster, some with a second. `-- hub` tells that one alone; other words are vitest's. */
/** @typedef {{name: string, file?: string, hasSecond: boolean, environment?: string}} Story */
/** @type {readonly Story[]} */
const STORIES = [
  { name: 'delivery', hasSecond: false },
  { name: 'hub', hasSecond: true },
  { name: 'begin', hasSecond: true },
  { name: 'begin-hub', file: 'begin', hasSecond: true, environment: 'operations' },
];

if (process.argv[2] === '--isolated') process.exitCode = deliver();
else if (['apiserver.sh', 'argocd.sh', 'isolated'].every((name) => fs.existsSync(path.join(cluster, name)))) {
  process.exitCode = installed() ? isolated() : 2;
} else {
  process.stderr.write(`test:delivery: NOT RUN, there is no Argo CD here: ${cluster} is missing\n`);
  process.exitCode = 2;
}

/** The controller manager finishes what is deleted in the foreground, and collects what belonged to it. */
function settings() {
  // A folder and a network of its own: whatever else runs here keeps its server.
  const folder =
    process.env['PLIMSOLL_DELIVERY'] ?? path.join(os.tmpdir(), `plimsoll-delivery-${process.pid}`);
  return {
    ...process.env,
    WITH_CONTROLLER_MANAGER: '1',
    PLIMSOLL_DELIVERY: folder,
    APISERVER_DIR: path.join(folder, 'api'),
    ARGOCD_DIR: path.join(folder, 'argocd'),
    // What kubectl remembers of another server at the same address is of no use here.
    KUBECACHEDIR: path.join(folder, 'kubectl'),
    // For so long Argo CD shows the former state of what it can't read any more; three minutes if nobody says otherwise.
    ARGOCD_REPO_ERROR_GRACE_PERIOD_SECONDS: '5s',
    PATH: [process.env['PATH'], programs, path.join(aws, 'bin')].join(path.delimiter),
  };
}

function installed() {
  installAws();
  return ['apiserver.sh', 'argocd.sh'].every((script) => run(script, 'install', settings()) === 0);
}

/** moto and the command line of AWS, which one story asks for: it fails where they could not be installed. */
function installAws() {
  if (fs.existsSync(path.join(aws, 'complete'))) return;
  fs.rmSync(aws, { recursive: true, force: true });
  const python = path.join(aws, 'bin/python');
  const steps = [
    ['python3', '-m', 'venv', aws],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ];
  for (const [program = '', ...words] of steps) {
    if (spawnSync(program, words, { stdio: 'inherit' }).status === 0) continue;
    process.stderr.write(
      `test:delivery: what answers for AWS was not installed: ${program} ${words.join(' ')}\n`,
    );
    return;
  }
  fs.writeFileSync(path.join(aws, 'complete'), '');
}

function isolated() {
  const env = settings();
  const self = path.join(root, 'scripts/test-delivery.js');
  const words = [
    path.join(cluster, 'isolated'),
    process.execPath,
    self,
    '--isolated',
    ...process.argv.slice(2),
  ];
  const status = spawnSync('bash', words, { stdio: 'inherit', env }).status ?? 2;
  fs.rmSync(env.PLIMSOLL_DELIVERY, { recursive: true, force: true });
  return status;
}

function deliver() {
  const words = process.argv.slice(3);
  const named = STORIES.filter(({ name }) => words.includes(name));
  const others = words.filter((word) => !named.some(({ name }) => name === word));
  const stories = named.length === 0 ? STORIES : named;
  const statuses = stories.map((story) => tell(story, others));
  return statuses.find((status) => status !== 0) ?? 0;
}

/** @param {Story} story @param {readonly string[]} more */
function tell({ name, file = name, hasSecond, environment = 'production' }, more) {
  const env = settings();
  const second = secondOf(env);
  fs.mkdirSync(env.PLIMSOLL_DELIVERY, { recursive: true });
  try {
    if (run('apiserver.sh', 'start', env) !== 0 || run('argocd.sh', 'start', env) !== 0) return 2;
    if (hasSecond && run('apiserver.sh', 'start', second) !== 0) return 2;
    const vitest = path.join(root, 'node_modules/.bin/vitest');
    const story = `test/delivery/${file}.delivery.ts`;
    const words = ['run', '--config', 'vitest.delivery.config.ts', story, ...more];
    const { status } = spawnSync(vitest, words, {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...env,
        PLIMSOLL_ENVIRONMENT: environment,
        PLIMSOLL_KUBECONFIG: path.join(env.APISERVER_DIR, 'kubeconfig'),
        ...(hasSecond && { PLIMSOLL_SECOND_KUBECONFIG: path.join(second.APISERVER_DIR, 'kubeconfig') }),
      },
    });
    return status ?? 1;
  } finally {
    if (hasSecond) run('apiserver.sh', 'stop', second);
    run('argocd.sh', 'stop', env);
    run('apiserver.sh', 'stop', env);
  }
}

/** Another server in the same network. @param {ReturnType<typeof settings>} env */
function secondOf(env) {
  return {
    ...env,
    APISERVER_DIR: path.join(env.PLIMSOLL_DELIVERY, 'second'),
    APISERVER_PORT: '26443',
    ETCD_PORT: '22379',
    ETCD_PEER_PORT: '22380',
    KCM_PORT: '26257',
  };
}

/** @param {string} script @param {string} step @param {NodeJS.ProcessEnv} env */
function run(script, step, env) {
  const { status, stderr } = spawnSync('bash', [path.join(cluster, script), step], { encoding: 'utf8', env });
  if (status !== 0) process.stderr.write(`test:delivery: ${script} did not ${step}:\n${stderr}`);
  return status ?? 1;
}
