import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { CASES, SURROUNDINGS } from './cases.ts';
import { FILES, LOADED, manifestOf, POLICIES, resourceOf } from './shipped-policies.ts';

/**
 * The API server as the oracle: the same files, installed as they are, give the same verdict on the same documents.
 * Runs where PLIMSOLL_KUBECONFIG names the kubeconfig of a cluster that may be written to.
 */
const KUBECONFIG = process.env['PLIMSOLL_KUBECONFIG'] ?? '';
const KUBECTL = process.env['PLIMSOLL_KUBECTL'] ?? 'kubectl';

interface Answer {
  readonly accepted: boolean;
  readonly message: string;
}

function kubectl(input: string, ...parts: string[]): Answer {
  try {
    const message = execFileSync(KUBECTL, [`--kubeconfig=${KUBECONFIG}`, ...parts, '-f', '-'], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return { accepted: true, message };
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return { accepted: false, message: stderr };
  }
}

/** By its path, because kubectl remembers for hours which kinds there were. */
function create(object: KubernetesObject): Answer {
  const { apiVersion, kind, metadata } = object;
  const slash = apiVersion.indexOf('/');
  const { plural, namespaced } = resourceOf(
    apiVersion.slice(0, Math.max(slash, 0)),
    apiVersion.slice(slash + 1),
    kind,
  );
  const root = slash < 0 ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  const place = namespaced ? `${root}/namespaces/${metadata.namespace}` : root;
  return kubectl(JSON.stringify(object), 'create', '--raw', `${place}/${plural}?dryRun=All`);
}

/** A definition that takes anything: what is tested here is admission by policy alone. */
function definitionOf({ apiVersion, kind }: KubernetesObject): KubernetesObject {
  const [group = '', version = ''] = apiVersion.split('/');
  const { plural, namespaced } = resourceOf(group, version, kind);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: [...new Set([version, 'v1beta1', 'v1beta2'])].map((name) => ({
        name,
        served: true,
        storage: name === version,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      })),
    },
  };
}

const BAD = CASES.find(({ policy, breaks }) => policy === 'workload-resources' && breaks.length > 0);

/** What the cluster gets beside the files, to judge the templates of pods. */
const DERIVED = LOADED.derived.map(({ value }) => JSON.stringify(value));

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(async () => {
    const custom = CASES.map(({ object }) => object).filter(({ apiVersion }) => apiVersion.includes('.'));
    const definitions = new Map(
      custom.map((object) => [`${object.apiVersion.split('/')[0]} ${object.kind}`, definitionOf(object)]),
    );
    const everything = [...SURROUNDINGS, ...definitions.values()].map((object) => JSON.stringify(object));
    expect(
      kubectl(everything.join('\n'), 'apply', '--server-side', '--force-conflicts').message,
    ).not.toContain('error');
    expect(
      kubectl(
        [...FILES.map(({ text }) => text), ...DERIVED].join('\n---\n'),
        'apply',
        '--server-side',
        '--force-conflicts',
      ).accepted,
    ).toBe(true);
    // The server takes up policies and definitions within seconds.
    for (let tries = 0; BAD && tries < 50 && create(BAD.object).accepted; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }, 60_000);

  it.each(CASES)('$policy: $name', ({ object }) => {
    const manifests = [...SURROUNDINGS, object].map(manifestOf);
    const { findings } = checkPolicies(POLICIES, manifests, { resourceOf });
    const own = findings.filter(({ severity }) => severity === 'error');
    const answer = create(object);
    const shown = `${answer.message}${JSON.stringify(own.map(({ args }) => args))}`;
    expect(answer.accepted, shown).toBe(own.length === 0);
    if (answer.accepted) return;
    const messages = own.map(({ args }) => ('message' in args ? args.message : ''));
    expect(
      messages.some((message) => answer.message.includes(message)),
      shown,
    ).toBe(true);
  });
});
