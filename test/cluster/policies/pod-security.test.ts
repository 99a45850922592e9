import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf } from '#cli/checking.ts';
import { isKubernetesObject, type KubernetesObject } from '#manifests/manifest.ts';
import { type AdmissionRequest, creationOf, updateOf } from '#validate/policy/admission-request.ts';
import { judgeRequest } from '#validate/policy/judge-request.ts';
import { store } from '../../validate/schemas.ts';
import { type Answer, ask, KUBECONFIG } from '../api-server.ts';
import { loaded, policies } from './corpus.ts';
import { type Sample, samples, workloads } from './pods.ts';

/**
 * Kubernetes' own Pod Security admission as the oracle: its verdict on every pod is that of the two policies, offline
 * and installed. What it warns of in a workload is what the policies that were made for templates deny there.
 *
 * Wants a cluster without other policies, in which it may leave namespaces.
 */
const SEED = 20_261_123;
const LEVELS = ['baseline', 'restricted'] as const;
type Level = (typeof LEVELS)[number];

const NAMESPACES = LEVELS.flatMap((level) => [
  named(`enforced-${level}`, { enforce: level, 'enforce-version': 'latest' }),
  named(`warned-${level}`, { enforce: 'privileged', warn: level, 'warn-version': 'latest' }),
]);
/** Where no Pod Security is, and the policies are: by how their bindings select. */
const JUDGED: Readonly<Record<Level, KubernetesObject>> = {
  baseline: namespace('judged-baseline', { 'plimsoll.dev/layer': 'platform' }),
  restricted: namespace('judged-restricted', {}),
};

function named(name: string, modes: Readonly<Record<string, string>>): KubernetesObject {
  const labels = Object.entries(modes).map(([mode, value]) => [`pod-security.kubernetes.io/${mode}`, value]);
  return namespace(name, Object.fromEntries(labels));
}

function namespace(name: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } },
  };
}

const resourceOf = resourcesOf(store());
const policyOf = (level: Level) => {
  const policy = policies.find(({ name }) => name === `pod-security-${level}`);
  if (policy === undefined) throw new Error(`no policy for ${level}`);
  return policy;
};

/** What plimsoll says: the controls that are broken, by the words that Pod Security has for them. */
function judged(level: Level, request: AdmissionRequest): Verdict {
  const { matched, failures, errors } = judgeRequest(policyOf(level), request, {
    namespace: JUDGED[level],
    resourceOf,
  });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  return {
    isAllowed: failures.length === 0,
    matched,
    controls: failures.map(({ message }) => reasonOf(message)),
  };
}

interface Verdict {
  readonly isAllowed: boolean;
  readonly matched: boolean;
  readonly controls: readonly string[];
}

const reasonOf = (message: string): string => (message.split(' (')[0] ?? '').replace('profiles', 'profile');

/** Of `violates PodSecurity "baseline:latest": reason (detail), reason (detail)`. Details may hold parentheses. */
function reasonsOf(message: string): readonly string[] {
  const list = message.slice(message.indexOf('": ') + 3);
  const reasons: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let reason = '';
  for (const character of list) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || character === '"') continue;
    if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) {
        reasons.push(reason.replace(/^, /, '').trim().replace('profiles', 'profile'));
        reason = '';
      }
    } else if (depth === 0) reason += character;
  }
  return reasons;
}

/** Undefined where the API server finds the object itself wrong, before any policy sees it. */
function isAllowedBy({ isAccepted, message, status }: Answer): boolean | undefined {
  if (isAccepted) return true;
  if (/violates PodSecurity|ValidatingAdmissionPolicy/.test(message)) return false;
  if (status === 422 || status === 400) return undefined;
  throw new Error(`${status} ${message}`);
}

const inNamespace = (object: KubernetesObject, name: string): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: name },
});

const path = (object: KubernetesObject, name: string, plural: string): string => {
  const { apiVersion } = object;
  return `${apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`}/namespaces/${name}/${plural}`;
};

const tryIn = (name: string, object: KubernetesObject, plural = 'pods'): Promise<Answer> =>
  ask('POST', `${path(object, name, plural)}?dryRun=All`, inNamespace(object, name));

/** Several at once: thousands one after the other would take minutes. */
async function each<T>(list: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  const worker = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await task(item);
  };
  await Promise.all(Array.from({ length: 12 }, worker));
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const PRIVILEGED: Sample = {
  name: 'privileged',
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'privileged' },
    spec: { containers: [{ name: 'web', image: 'tideline/web:1', securityContext: { privileged: true } }] },
  },
};

const PODS = samples(SEED, 1_200);
/** Every so manyth. */
const sampled = <T>(list: readonly T[], step: number): readonly T[] =>
  list.filter((_, index) => index % step === 0);

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(async () => {
    for (const one of [...NAMESPACES, ...Object.values(JUDGED)]) await ask('POST', '/api/v1/namespaces', one);
    const own = [...loaded.documents, ...loaded.derived]
      .map(({ value }) => value)
      .filter(isKubernetesObject)
      .filter(({ metadata }) => metadata.name.startsWith('pod-security-'));
    for (const one of own) {
      const plural =
        one.kind === 'ValidatingAdmissionPolicy'
          ? 'validatingadmissionpolicies'
          : 'validatingadmissionpolicybindings';
      const answer = await ask('POST', `/apis/admissionregistration.k8s.io/v1/${plural}`, one);
      expect(answer.isAccepted || answer.status === 409, answer.message).toBe(true);
      expect(answer.warnings).toEqual([]);
    }
    // Both levels and both derived kinds of each are in force once they deny.
    for (const level of LEVELS) {
      for (const { pod, plural } of [{ ...PRIVILEGED, plural: 'pods' }, ...workloads(PRIVILEGED)]) {
        for (let tries = 0; tries < 100; tries += 1) {
          if (!(await tryIn(`judged-${level}`, pod, plural)).isAccepted) break;
          await wait(200);
        }
      }
    }
  }, 120_000);

  it.each(LEVELS)(
    '%s: Pod Security says of every pod what the policy says, offline',
    async (level) => {
      const different: string[] = [];
      const tally = { allowed: 0, denied: 0, invalid: 0 };
      await each(PODS, async ({ name, pod }) => {
        const answer = await tryIn(`enforced-${level}`, pod);
        const isAllowed = isAllowedBy(answer);
        tally[isAllowed === undefined ? 'invalid' : isAllowed ? 'allowed' : 'denied'] += 1;
        if (isAllowed === undefined) return;
        const ours = judged(level, creationOf(inNamespace(pod, `judged-${level}`)));
        const theirs = isAllowed ? [] : reasonsOf(answer.message);
        // A pod in the host's network gets its ports as host ports by default, after it was written.
        const [one, other] = [ours.controls, theirs].map((controls) =>
          controls.filter((control) => control !== 'hostPort' || !theirs.includes('host namespaces')).join(),
        );
        if (!ours.matched || ours.isAllowed !== isAllowed || one !== other)
          different.push(`${name}\n  plimsoll: ${one}\n  Pod Security: ${answer.message}`);
      });
      process.stdout.write(
        `pod-security-${level}: ${tally.allowed + tally.denied} pods with the verdict of Pod Security (${tally.allowed} allowed, ${tally.denied} denied; ${tally.invalid} invalid)\n`,
      );
      expect(different).toEqual([]);
      expect(tally.allowed + tally.denied).toBeGreaterThan(1_500);
      expect(Math.min(tally.allowed, tally.denied)).toBeGreaterThan(300);
    },
    300_000,
  );

  it.each(LEVELS)(
    '%s: the installed policy says the same',
    async (level) => {
      const different: string[] = [];
      await each(sampled(PODS, 4), async ({ name, pod }) => {
        const isAllowed = isAllowedBy(await tryIn(`judged-${level}`, pod));
        if (isAllowed === undefined) return;
        if (isAllowed !== judged(level, creationOf(inNamespace(pod, `judged-${level}`))).isAllowed)
          different.push(name);
      });
      expect(different).toEqual([]);
    },
    300_000,
  );

  it.each(LEVELS)(
    '%s: templates are judged like their pods: by Pod Security, the derived policies, and offline',
    async (level) => {
      const different: string[] = [];
      let known = 0;
      await each(sampled(PODS, 12).flatMap(workloads), async ({ name, pod, plural }) => {
        const [warned, answer] = [
          await tryIn(`warned-${level}`, pod, plural),
          await tryIn(`judged-${level}`, pod, plural),
        ];
        const isAllowed = isAllowedBy(answer);
        if (isAllowed === undefined || !warned.isAccepted) return;
        known += 1;
        const isFine = !warned.warnings.some((warning) => warning.includes('would violate PodSecurity'));
        const ours = judged(level, creationOf(inNamespace(pod, `judged-${level}`)));
        const message = answer.message;
        const isNamed = isAllowed || /'pod-security-[a-z]+-(templates|cronjobs)'/.test(message);
        if (!ours.matched || ours.isAllowed !== isAllowed || isFine !== isAllowed || !isNamed)
          different.push(
            `${name}\n  plimsoll: ${ours.controls}\n  warned: ${warned.warnings}\n  denied: ${message}`,
          );
      });
      process.stdout.write(`pod-security-${level}: ${known} templates with the verdict of Pod Security\n`);
      expect(different).toEqual([]);
      expect(known).toBeGreaterThan(800);
    },
    300_000,
  );

  const debugger_ = (fields: object) => ({ name: 'debug', image: 'tideline/debug:1', ...fields });
  const DEBUGGERS = [
    debugger_({}),
    debugger_({ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }),
    debugger_({ securityContext: { privileged: true } }),
    debugger_({ securityContext: { capabilities: { add: ['SYS_PTRACE'] } } }),
    debugger_({ securityContext: { runAsUser: 0 } }),
    debugger_({ securityContext: { procMount: 'Unmasked' } }),
    debugger_({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
    debugger_({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
    debugger_({ securityContext: { seLinuxOptions: { type: 'spc_t' } } }),
    debugger_({ securityContext: { windowsOptions: { hostProcess: true } } }),
  ];

  it.each(LEVELS)('%s: a container that joins a running pod is judged', async (level) => {
    const base = PODS[0]?.pod;
    if (base === undefined) throw new Error('no pod');
    const running = { ...base, metadata: { name: 'running' } };
    for (const where of [`enforced-${level}`, `judged-${level}`])
      await ask('POST', path(running, where, 'pods'), inNamespace(running, where));
    const verdicts = await Promise.all(
      DEBUGGERS.map(async (one) => {
        const answers = [];
        for (const where of [`enforced-${level}`, `judged-${level}`]) {
          const at = `${path(running, where, 'pods')}/running`;
          const { body } = await ask('GET', at);
          const spec = { ...Object(body['spec']), ephemeralContainers: [one] };
          answers.push(
            isAllowedBy(await ask('PUT', `${at}/ephemeralcontainers?dryRun=All`, { ...body, spec })),
          );
        }
        const old = inNamespace(running, `judged-${level}`);
        const made = { ...old, spec: { ...Object(old['spec']), ephemeralContainers: [one] } };
        return [...answers, judged(level, updateOf(old, made)).isAllowed];
      }),
    );
    // Undefined: what is not valid at all.
    for (const [enforced, installed, offline] of verdicts.filter(([first]) => first !== undefined)) {
      expect(installed).toBe(enforced);
      expect(offline).toBe(enforced);
    }
    expect(verdicts.some(([enforced]) => enforced === true)).toBe(true);
    expect(verdicts.some(([enforced]) => enforced === false)).toBe(true);
  });

  it.each(LEVELS)(
    '%s: a pod that was there before keeps its labels mutable, not its image',
    async (level) => {
      const where = `before-${level}`;
      await ask('POST', '/api/v1/namespaces', namespace(where, {}));
      await ask('POST', '/api/v1/namespaces', namespace(`enforced-${where}`, {}));
      const privileged = { ...PRIVILEGED.pod, metadata: { name: 'before' } };
      const pods = [`enforced-${where}`, where];
      // It comes while nobody judges.
      const relabel = (name: string, labels: object) =>
        ask('PATCH', `/api/v1/namespaces/${name}`, { metadata: { labels } }, 'application/merge-patch+json');
      for (const name of pods) {
        await relabel(name, { 'pod-security.kubernetes.io/enforce': 'privileged' });
        await untilAccepted(() => ask('POST', path(privileged, name, 'pods'), inNamespace(privileged, name)));
      }
      await relabel(`enforced-${where}`, { 'pod-security.kubernetes.io/enforce': level });
      await relabel(where, {
        'pod-security.kubernetes.io/enforce': null,
        ...(level === 'baseline' && { 'plimsoll.dev/layer': 'platform' }),
      });
      await wait(1_000);
      const change = async (name: string, made: (pod: Record<string, unknown>) => object) => {
        const at = `${path(privileged, name, 'pods')}/before`;
        const { body } = await ask('GET', at);
        return isAllowedBy(await ask('PUT', `${at}?dryRun=All`, made(body)));
      };
      const labelled = (pod: Record<string, unknown>) => ({
        ...pod,
        metadata: { ...Object(pod['metadata']), labels: { app: 'web' } },
      });
      const other = (pod: Record<string, unknown>) => {
        const spec = Object(pod['spec']);
        const [first] = spec.containers;
        return { ...pod, spec: { ...spec, containers: [{ ...first, image: 'tideline/web:2' }] } };
      };
      const old = inNamespace(privileged, `judged-${level}`);
      for (const [made, expected] of [
        [labelled, true],
        [other, false],
      ] as const) {
        // The judged namespace also holds what no Pod Security was told of, by its name alone.
        const answers = [];
        for (const name of pods) answers.push(await change(name, made));
        expect(answers).toEqual([expected, expected]);
        const object: unknown = made(old);
        if (!isKubernetesObject(object)) throw new Error('no object');
        expect(judged(level, updateOf(old, object)).isAllowed).toBe(expected);
      }
    },
  );
});

async function untilAccepted(make: () => Promise<Answer>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { isAccepted, status } = await make();
    if (isAccepted || status === 409) return;
    await wait(200);
  }
  throw new Error('never accepted');
}
