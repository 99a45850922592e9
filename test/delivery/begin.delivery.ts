import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import { define, type Followed } from '../cluster/api-server.ts';
import { definitions } from '../cluster/definitions.ts';
import { store } from '../validate/schemas.ts';
import { aws, startAws } from './aws.ts';
import { Controllers } from './controllers.ts';
import { commandsOf, copy, folder, makeRepository, read, rendered, run, scriptsOf, write } from './fleet.ts';

/**
 * docs/how-to/start-from-an-empty-account.md, block by block, against two real API servers: one is the temporary cluster, the
 * other the one that was made. Crossplane is played. In the first it composes what the preview knows; in the second it does
 * what Crossplane does with composites that it finds: what they name and nobody owns is theirs, and anything missing is
 * made anew (`ExistingComposedResourceObserver` in its composition_functions.go). AWS is moto (`aws.ts`).
 */
const PAGE = 'docs/how-to/start-from-an-empty-account.md';
const [FIRST, SECOND] = ['PLIMSOLL_KUBECONFIG', 'PLIMSOLL_SECOND_KUBECONFIG'].map(
  (name) => process.env[name] ?? '',
);

const kubectl = (kubeconfig: string | undefined, words: readonly string[], input = ''): string =>
  execFileSync('kubectl', words, {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    encoding: 'utf8',
    input,
    maxBuffer: 64 << 20,
  });
const apply = (kubeconfig: string | undefined, objects: readonly object[]) =>
  kubectl(
    kubeconfig,
    ['apply', '--server-side', '--field-manager=crossplane', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );

/** As Crossplane and its providers define their kinds: `kubectl get managed` and the like find them. */
const category = ({ group, names }: { group: string; names: { kind: string } }): string => {
  if (group !== 'platform.plimsoll.dev') return 'managed';
  return names.kind.startsWith('X') ? 'composite' : 'claim';
};
const defined = (isWanted: (group: string, name: string) => boolean) =>
  definitions()
    .filter(
      ({ spec, metadata }) => isWanted(spec.group, metadata.name) && !/providerconfig/.test(metadata.name),
    )
    .map((one) => ({
      ...one,
      spec: { ...one.spec, names: { ...one.spec.names, categories: [category(one.spec)] } },
    }));

/** What a package or an XRD brings. */
async function bring({ kind, metadata, spec }: Followed, into: typeof define): Promise<void> {
  const [, family] = /^provider-aws-(.*)$/.exec(metadata.name) ?? [];
  if (kind === 'Provider' && family !== undefined)
    await into(defined((group) => group === `${family}.aws.upbound.io`));
  if (kind !== 'CompositeResourceDefinition') return;
  const { names, claimNames } = spec as Record<'names' | 'claimNames', { plural: string }>;
  const wanted = [names, claimNames].map(({ plural }) => `${plural}.platform.plimsoll.dev`);
  await into(defined((_, name) => wanted.includes(name)));
}

const ACCOUNT = '111122223333';
/** All that production's claims become, and of these the ones that the page moves. */
let managed: readonly KubernetesObject[];
let isClusterMade = false;
let previews: ReadonlyMap<string, PreviewedClaim>;
const keyOf = ({ kind, metadata }: Pick<Followed, 'kind' | 'metadata'>) => `${kind}/${metadata.name}`;

/** Makes the composite of a claim, and what it composes, each with a name in AWS; the cluster is asked about there. */
function compose(claim: Followed): void {
  const preview = previews.get(keyOf(claim));
  if (preview === undefined) return;
  const { kind, metadata, apiVersion } = claim;
  if (kind === 'KubernetesCluster' && !isClusterMade) {
    isClusterMade = true;
    const role = `arn:aws:iam::${ACCOUNT}:role/${metadata.name}-cluster`;
    const where = ['--role-arn', role, '--resources-vpc-config', 'subnetIds=subnet-1,subnet-2'];
    aws('eks', 'create-cluster', '--name', metadata.name, ...where);
  }
  const name = `${metadata.name}-x7k2p`;
  // Of these, imports/ has no definitions.
  const composed = preview.resources
    .map(({ manifest }) => manifest.object)
    .filter(({ kind }) => !/^VPCEndpoint.+Association$/.test(kind));
  const {
    metadata: _,
    status: __,
    ...composite
  } = preview.composite as KubernetesObject & { status?: unknown };
  const owner = {
    ...composite,
    metadata: { name, labels: claimLabels(claim) },
    spec: {
      ...(composite.spec as object),
      claimRef: { apiVersion, kind, name: metadata.name, namespace: metadata.namespace },
      resourceRefs: composed.map((one) => ({
        apiVersion: one.apiVersion,
        kind: one.kind,
        name: one.metadata.name,
      })),
    },
  };
  apply(FIRST, [owner]);
  const { uid } = JSON.parse(kubectl(FIRST, ['get', `x${kind}`.toLowerCase(), name, '-o', 'json'])).metadata;
  const controller = { apiVersion, kind: `X${kind}`, name, uid, controller: true, blockOwnerDeletion: true };
  apply(
    FIRST,
    composed.map((one, index) => ({
      ...one,
      metadata: {
        ...one.metadata,
        annotations: { 'crossplane.io/external-name': `id-${kind}-${index}`, ...one.metadata.annotations },
        ownerReferences: [controller],
        finalizers: ['finalizer.managedresource.crossplane.io'],
      },
    })),
  );
}

const claimLabels = ({ metadata }: Followed) => ({
  'crossplane.io/claim-name': metadata.name,
  'crossplane.io/claim-namespace': metadata.namespace,
});

/** What the second Crossplane would have to make anew. */
const anew: string[] = [];
const adopted = new Set<string>();
interface Referring {
  readonly spec: {
    readonly resourceRef?: { readonly name: string };
    readonly resourceRefs?: readonly {
      readonly kind: string;
      readonly apiVersion: string;
      readonly name: string;
    }[];
  };
}
function adopt(claim: Followed): void {
  if (!previews.has(keyOf(claim))) return;
  adopted.add(keyOf(claim));
  const { spec } = claim as unknown as Referring;
  const name = spec.resourceRef?.name ?? '';
  const look = (words: readonly string[]) =>
    kubectl(SECOND, ['get', ...words, '--ignore-not-found', '-o', 'json']);
  const text = name === '' ? '' : look([`x${claim.kind}`.toLowerCase(), name]);
  if (text === '') anew.push(keyOf(claim));
  const composite: Referring = text === '' ? { spec: {} } : JSON.parse(text);
  for (const { apiVersion, kind, name: own } of composite.spec.resourceRefs ?? []) {
    const found = look([`${kind}.${apiVersion.split('/')[0]}`.toLowerCase(), own]);
    const isFree = found !== '' && JSON.parse(found).metadata.ownerReferences === undefined;
    if (!isFree) anew.push(`${kind}/${own}`);
  }
}

const players: Controllers[] = [];
let stopAws: () => void;
beforeAll(async () => {
  stopAws = await startAws(ACCOUNT, 'eu-west-1');
  makeRepository();
  // What a founder has.
  write('aws.ini', '[default]\naws_access_key_id = founder\naws_secret_access_key = founder\n');
  write('atlas.json', '{"publicKey": "played", "privateKey": "played"}');
  write('customs.json', '{"key": "played"}');
  copy('docs/how-to/move-crossplane.jq', 'move-crossplane.jq');
  const manifests: readonly Manifest[] = rendered().flatMap(({ file }) => {
    const text = fs.readFileSync(path.join(folder, 'dist', file), 'utf8');
    return readManifestText(text, file).manifests;
  });
  const { value } = previewClaims(manifests, { store: store(), blameBase: 'claim' });
  managed = (value ?? []).flatMap(({ resources }) => resources.map(({ manifest }) => manifest.object));
  const wanted = ['Network', 'KubernetesCluster', 'NodeGroup'];
  previews = new Map(
    (value ?? []).flatMap((one) =>
      wanted.includes(one.claim.object.kind)
        ? [[`${one.claim.object.kind}/${one.claim.object.metadata.name}`, one] as const]
        : [],
    ),
  );
  for (const [file, source] of [
    ['temporary', FIRST],
    ['new', SECOND],
  ] as const) {
    if (file === 'temporary') copy(source ?? '', `${file}.kubeconfig`);
    // As Helm installs Crossplane.
    const metadata = { name: 'crossplane', namespace: 'crossplane-system' };
    const labels = { app: 'crossplane' };
    const template = {
      metadata: { labels },
      spec: { containers: [{ name: 'core', image: 'crossplane:v2.3.4' }] },
    };
    apply(source, [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: metadata.namespace } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { selector: { matchLabels: labels }, template },
      },
      ...definitions()
        .filter(({ spec }) => /^(pkg|apiextensions)\.crossplane\.io$/.test(spec.group))
        .map((one) => ({ ...one, spec: { ...one.spec, versions: one.spec.versions.map(withoutFalse) } })),
    ]);
  }
  vi.stubEnv('PLIMSOLL_KUBECONFIG', SECOND);
  vi.resetModules();
  const { Controllers: Other } = await import('./controllers.ts');
  const { define: defineInOther } = await import('../cluster/api-server.ts');
  vi.unstubAllEnvs();
  players.push(
    new Controllers(rendered(), {
      isUntracked: true,
      act: async (object) => {
        await bring(object, define);
        compose(object);
      },
    }),
    new Other(rendered(), {
      isUntracked: true,
      act: async (object) => {
        await bring(object, defineInOther);
        adopt(object);
      },
    }),
  );
  for (const player of players) player.start();
});
afterAll(() => {
  for (const player of players) player.stop();
  stopAws?.();
});

/** A server drops what is false, and would see a difference for ever. */
const withoutFalse = (version: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(version).filter(([name, value]) => name !== 'deprecated' || value !== false),
  );

describe('as the page says', () => {
  test.each(commandsOf(PAGE))('%s', async (_, scripts) => {
    for (const script of scripts) {
      await run(script);
      // The address of a cluster that AWS made up is that of the other server.
      if (script.includes('--kubeconfig new.kubeconfig\n') && script.includes('aws eks')) {
        expect(read('new.kubeconfig')).toMatch(/server: https:.*eu-west-1.eks.amazonaws.com/);
        copy(SECOND ?? '', 'new.kubeconfig');
      }
    }
    expect(players.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe('in AWS', () => {
  test('the role of Crossplane trusts the new cluster, and no user any more', () => {
    const role = JSON.parse(aws('iam', 'get-role', '--role-name', 'tideline-production-crossplane')).Role;
    const [{ Principal: principal, Condition: condition }] = role.AssumeRolePolicyDocument.Statement;
    const issuer = aws(
      ...['eks', 'describe-cluster', '--name', 'tideline-production', '--output', 'text'],
      ...['--query', 'cluster.identity.oidc.issuer'],
    ).replace('https://', '');
    expect(principal).toEqual({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` });
    expect(Object.keys(condition.StringLike)).toEqual([`${issuer}:sub`]);
  });

  test('every secret that is fetched is one that a page puts there', async () => {
    for (const page of ['docs/how-to/deliver-with-argo-cd.md', 'docs/how-to/use-a-secret.md']) {
      const [script = '', ...others] = scriptsOf(page, 'aws secretsmanager');
      expect(others).toEqual([]);
      await run(script);
    }
    const fetched = rendered().flatMap((object) => {
      const { spec } = object as unknown as { spec?: { data?: readonly { remoteRef: RemoteRef }[] } };
      return object.kind === 'ExternalSecret' ? (spec?.data ?? []).map(({ remoteRef }) => remoteRef) : [];
    });
    expect(fetched.length).toBeGreaterThan(1);
    for (const { key, property } of fetched) {
      const secret = ['--secret-id', key, '--query', 'SecretString', '--output', 'text'];
      const value = JSON.parse(aws('secretsmanager', 'get-secret-value', ...secret));
      // Without a property it is all of the text.
      if (property !== undefined) expect(value).toHaveProperty([property]);
    }
  });
  interface RemoteRef {
    readonly key: string;
    readonly property?: string;
  }

  test('IAM takes the trust of every role, and every policy, of all that production claims', () => {
    const documents = managed.flatMap(({ kind, metadata, spec }) => {
      const { assumeRolePolicy, policy } = (spec as { forProvider: Record<string, string> }).forProvider;
      if (kind === 'Role')
        return [['role', '--assume-role-policy-document', metadata.name, assumeRolePolicy]];
      return kind === 'RolePolicy' ? [['policy', '--policy-document', metadata.name, policy]] : [];
    });
    expect(documents.length).toBeGreaterThan(20);
    for (const [what, option = '', name = '', document = ''] of documents)
      aws('iam', `create-${what}`, `--${what}-name`, name, option, document);
    // Or it would take anything.
    const words = [
      '--policy-name',
      'wrong',
      '--policy-document',
      '{"Version":"2012-10-17","Statement":[{}]}',
    ];
    expect(() => aws('iam', 'create-policy', ...words)).toThrow('MalformedPolicyDocument');
  });
});

describe('the cluster that was made', () => {
  interface Item {
    readonly kind: string;
    readonly spec: unknown;
    readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  }
  const managedIn = (kubeconfig: string | undefined): readonly Item[] =>
    JSON.parse(kubectl(kubeconfig, ['get', 'managed', '-o', 'json'])).items;
  const facts = (items: readonly Item[]) =>
    items.map(({ kind, metadata, spec }) => ({
      name: `${kind}/${metadata.name}`,
      external: metadata.annotations?.['crossplane.io/external-name'],
      spec,
    }));

  test('has what the temporary one had, by the same names in AWS', () => {
    const before = facts(managedIn(FIRST));
    expect(before.length).toBeGreaterThan(50);
    expect(before.every(({ external }) => external !== undefined)).toBe(true);
    expect(facts(managedIn(SECOND))).toEqual(before);
  });

  test('makes nothing anew', () => {
    expect(anew).toEqual([]);
    // Each claim was looked at, or nothing was found for that reason.
    expect([...adopted].sort()).toEqual([...previews.keys()].sort());
  });
});
