import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { definitions } from './definitions.ts';

/**
 * The oracle of "the cluster will accept it": everything that plimsoll rendered goes to a real API server by
 * server-side apply with strict validation, definitions first, in the order of the sync waves. The policies are among
 * it, so the cluster judges by them too. Needs PLIMSOLL_KUBECONFIG and kubectl; `npm run test:cluster` brings both.
 */
const kubeconfig = process.env['PLIMSOLL_KUBECONFIG'];

const MEANT = [
  // What plimsoll itself warns of, and waives: docs/decisions/0009-xrd-v1.md
  /^Warning: CompositeResourceDefinition v1 is deprecated/,
  // Nothing here finishes the deletion of the former environment's objects that have finalizers.
  /^Warning: Detected changes to resource .* which is currently being deleted/,
];

describe.skipIf(kubeconfig === undefined)('a real API server', () => {
  beforeAll(() => {
    const items = definitions();
    const { errors } = apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    expect(errors).toEqual([]);
    kubectl([
      'wait',
      '--for=condition=Established',
      '--timeout=60s',
      ...items.map(({ metadata }) => `crd/${metadata.name}`),
    ]);
  }, 300_000);

  // Left behind, they would judge whatever is tested in this cluster next.
  afterAll(() => {
    const kinds = 'validatingadmissionpolicies,validatingadmissionpolicybindings';
    kubectl(['delete', '--ignore-not-found', kinds, '--all']);
  });

  test.each(['dist/production', 'dist/staging', 'test/golden/online-boutique/demo'])(
    'accepts %s, all of it, without a warning',
    async (folder) => {
      // As Argo CD sorts what is in one wave: namespaces first.
      for (const file of fs.readdirSync(path.join(folder, 'cluster')).filter(isNamespace))
        apply(undefined, path.join(folder, 'cluster', file));
      const found: string[] = [];
      for (const application of waves(folder)) {
        const { errors, warnings } = await settled(path.join(folder, application));
        found.push(...[...errors, ...warnings].map((line) => `${application}: ${line}`));
      }
      // The next environment has objects of the same names, and much of them can't be changed.
      disarm();
      for (const application of fs.readdirSync(folder).filter((name) => name !== 'cluster')) {
        await vi.waitFor(
          () =>
            kubectl(['delete', '--wait=false', '--ignore-not-found', '-f', path.join(folder, application)]),
          { timeout: 30_000, interval: 500 },
        );
      }
      kubectl(['delete', '--ignore-not-found', 'storageclasses', '--all']);
      expect(found).toEqual([]);
    },
    300_000,
  );

  test('refuses what plimsoll refuses: an image by tag in production', async () => {
    const manifest = fs
      .readFileSync('dist/production/service-web/deployment.apps_tideline_web.yaml', 'utf8')
      // The server names one policy of those that refuse: no other is to.
      .replace(/^(.*)image: (.*)@sha256:[0-9a-f]{64}$/m, '$1imagePullPolicy: Always\n$1image: $2:v1.42.3');
    apply(undefined, 'dist/production/cluster');
    await expect
      .poll(() => apply(manifest).errors.join('\n'), { timeout: 20_000, interval: 500 })
      .toContain('immutable-image-tags');
  }, 60_000);
});

const isNamespace = (file: string): boolean => file.startsWith('namespace_');

/** A server takes a moment to see policies, and what they take their values from; Argo CD tries again, too. */
async function settled(file: string) {
  const end = Date.now() + 30_000;
  for (;;) {
    const applied = apply(undefined, file);
    if (applied.errors.length === 0 || Date.now() > end) return applied;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Policies guard what holds data against being deleted. Without any, the server would keep their values of now for ever. */
function disarm() {
  const kind = 'validatingadmissionpolicybindings';
  const list = JSON.parse(kubectl(['get', kind, '-o', 'json']).toString());
  for (const { spec } of list.items) spec.validationActions = ['Audit'];
  execFileSync('kubectl', ['replace', '-f', '-'], {
    input: JSON.stringify(list),
    env: environment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

/** The folders of an environment in an order in which each finds what it needs. */
function waves(folder: string): readonly string[] {
  const first = ['cluster', 'crossplane', 'platform-api', 'infrastructure', 'argocd'];
  const rest = fs.readdirSync(folder).filter((name) => !first.includes(name));
  return [...first, ...rest];
}

function apply(input: string | undefined, file = '-') {
  const args = ['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', file];
  const { stderr } = spawnSync('kubectl', args, {
    input,
    encoding: 'utf8',
    env: environment(),
    maxBuffer: 64 << 20,
  });
  const lines = stderr.split('\n').filter((line) => line !== '');
  const isWarning = (line: string) => line.startsWith('Warning:');
  return {
    errors: lines.filter((line) => !isWarning(line)),
    warnings: lines.filter((line) => isWarning(line) && !MEANT.some((meant) => meant.test(line))),
  };
}

const kubectl = (args: readonly string[]) =>
  execFileSync('kubectl', args, { env: environment(), stdio: 'pipe' });
const environment = () => ({ ...process.env, KUBECONFIG: kubeconfig });
