import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './build.js';

/**
 * Runs the suites that ask a real API server. Takes the cluster that PLIMSOLL_KUBECONFIG names; without one, starts
 * the one of ../shared/cluster (or PLIMSOLL_SHARED), and stops it afterwards. Exits with 2 where there is neither:
 * nothing was tested, and that is said.
 */
// One after the other, in this order. Each group has a server of its own, fresh: the first one wants no policies there,
// a server whose policies were taken away again goes on judging by old parameters, and the last one fills the cluster.
const groups = [
  [
    'test/cluster/mutation/agreement.test.ts',
    'test/cluster/policies/type-check.test.ts',
    'test/cluster/metadata.test.ts',
    'test/cluster/structure.test.ts',
    'test/cluster/definitions.test.ts',
    'test/cluster/rules.test.ts',
    'test/cluster/claims.test.ts',
  ],
  ['test/cluster/policies/agreement.test.ts'],
  ['test/cluster/policies/pod-security.test.ts'],
  ['test/validate/policy/cluster.test.ts', 'test/validate/policy/admission.cluster.test.ts'],
  [
    'test/platform/cluster.test.ts',
    'test/platform/infrastructure.test.ts',
    'test/platform/storage.test.ts',
    'test/cluster/namespaced.test.ts',
    'test/cluster/dist.test.ts',
  ],
];
const script = path.join(
  process.env['PLIMSOLL_SHARED'] ?? path.join(root, '../shared'),
  'cluster/apiserver.sh',
);

const given = process.env['PLIMSOLL_KUBECONFIG'];
if (given !== undefined) process.exitCode = test(given, groups.flat());
else if (fs.existsSync(script)) process.exitCode = testWithOwnServer();
else {
  process.stderr.write(
    'test:cluster: no API server: set PLIMSOLL_KUBECONFIG to the kubeconfig of one that may be filled\n',
  );
  process.exitCode = 2;
}

function testWithOwnServer() {
  const installed = server('install');
  if (installed.status !== 0) return failed('install', installed.stderr);
  const codes = groups.map((suites) => {
    server('stop');
    const started = server('start');
    if (started.status !== 0) return failed('start', started.stderr);
    try {
      return test(started.stdout.trim().split('\n').at(-1) ?? '', suites);
    } finally {
      server('stop');
    }
  });
  return Math.max(...codes);
}

/** @param {string} step @param {string} reason */
function failed(step, reason) {
  process.stderr.write(`test:cluster: the API server did not ${step}:\n${reason}`);
  return 2;
}

/** @param {string} step */
function server(step) {
  // The type checks of policies are the controller manager's; the suite on them starts it, and no other wants one.
  const env = step === 'install' ? { ...process.env, WITH_CONTROLLER_MANAGER: '1' } : process.env;
  return spawnSync('bash', [script, step], { encoding: 'utf8', env });
}

/** @param {string} kubeconfig @param {readonly string[]} suites */
function test(kubeconfig, suites) {
  const cache = path.join(
    process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'),
    'plimsoll-cluster/bin',
  );
  const programs = process.env['KUBEBUILDER_ASSETS'] ?? cache;
  const env = {
    ...process.env,
    PLIMSOLL_KUBECONFIG: kubeconfig,
    PATH: `${process.env['PATH']}${path.delimiter}${programs}`,
  };
  const vitest = path.join(root, 'node_modules/.bin/vitest');
  const codes = suites.map(
    (suite) => spawnSync(vitest, ['run', suite], { cwd: root, stdio: 'inherit', env }).status ?? 1,
  );
  return Math.max(...codes);
}
