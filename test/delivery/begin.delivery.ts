import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import { define, type Followed } from '../cluster/api-server.ts';
import { definitions } from '../cluster/definitions.ts';
import { store } from '../validate/schemas.ts';
import { converged } from './argo.ts';
import { aws, startAws } from './aws.ts';
import { Controllers } from './controllers.ts';
import {
  commandsOf,
  commit,
  copy,
  edit,
  folder,
  makeRepository,
  read,
  rendered,
  run,
  scriptsOf,
  standIns,
  synth,
  write,
} from './fleet.ts';

/**
 * docs/how-to/start-from-an-empty-account.md, block by block, against two real API servers: one is the temporary cluster, the
 * other the one that was made, which has Argo CD. Crossplane is played. In the first it composes what the preview knows; in the second it does
 * what Crossplane does with composites that it finds: what they name and nobody owns is theirs, and anything missing is
 * made anew (`ExistingComposedResourceObserver` in its composition_functions.go). AWS is moto (`aws.ts`). The story is told
 * twice: for production, and with the names of the hub of run-a-hub.md, whose composites have no claims.
 */
const PAGE = 'docs/how-to/start-from-an-empty-account.md';
const [FIRST, SECOND] = ['PLIMSOLL_SECOND_KUBECONFIG', 'PLIMSOLL_KUBECONFIG'].map(
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
    [
      'apply',
      '--server-side',
      '--force-conflicts',
      '--validate=false',
      '--field-manager=crossplane',
      '-f',
      '-',
    ],
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
    await into(
      defined((group) => [`${family}.aws.upbound.io`, `${family}.aws.m.upbound.io`].includes(group)),
    );
  const { names, claimNames } = spec as Record<'names' | 'claimNames', { plural: string } | undefined>;
  if (kind !== 'CompositeResourceDefinition' || names === undefined || claimNames === undefined) return;
  const wanted = [names, claimNames].map(({ plural }) => `${plural}.platform.plimsoll.dev`);
  await into(defined((_, name) => wanted.includes(name)));
}

const ENVIRONMENT = process.env['PLIMSOLL_ENVIRONMENT'] ?? '';
const IS_HUB = ENVIRONMENT !== 'production';
const PRODUCT = IS_HUB ? 'bridge' : 'tideline';
const CLUSTER = `${PRODUCT}-${ENVIRONMENT}`;
const OWN = `environments/${ENVIRONMENT}.yaml`;
const HUB_PAGE = 'docs/how-to/run-a-hub.md';
/** A command of the page with this environment's names. */
const named = (script: string) =>
  IS_HUB ? script.replaceAll('production', ENVIRONMENT).replaceAll(/tideline(?!-fleet)/g, PRODUCT) : script;
const ACCOUNT = '111122223333';
/** All that the claims become, and of these the ones that the page moves. */
let managed: readonly KubernetesObject[];
let isClusterMade = false;
let previews: ReadonlyMap<string, PreviewedClaim>;
/** As kubectl takes it: EKS has node groups, too. */
const typeOf = ({ apiVersion, kind }: Pick<Followed, 'apiVersion' | 'kind'>) =>
  `${kind}.${apiVersion.split('/')[0]}`.toLowerCase();
const keyOf = ({ kind, metadata }: Pick<Followed, 'kind' | 'metadata'>) => `${kind}/${metadata.name}`;

/** Makes the composite of a claim, and what it composes, each with a name in AWS; the cluster is asked about there. */
function compose(claim: Followed): void {
  const preview = previews.get(keyOf(claim));
  if (preview === undefined) return;
  const { kind, metadata } = claim;
  if (kind === 'KubernetesCluster' && !isClusterMade) {
    isClusterMade = true;
    const role = `arn:aws:iam::${ACCOUNT}:role/${metadata.name}-cluster`;
    const where = ['--role-arn', role, '--resources-vpc-config', 'subnetIds=subnet-1,subnet-2'];
    aws('eks', 'create-cluster', '--name', metadata.name, ...where);
  }
  makeOf(FIRST, claim, preview);
}

/** What Crossplane writes for a claim: its composite, and what that composes. */
function makeOf(kubeconfig: string | undefined, claim: Followed, preview: PreviewedClaim): void {
  const { kind, metadata, apiVersion } = claim;
  // Of these, imports/ has no definitions.
  const composed = preview.resources
    .map(({ manifest }) => manifest.object)
    .filter(({ kind }) => !/^VPCEndpoint.+Association$/.test(kind));
  const resourceRefs = composed.map((one) => ({
    apiVersion: one.apiVersion,
    kind: one.kind,
    name: one.metadata.name,
  }));
  const owner = { apiVersion, ...ownerOf(claim, preview, resourceRefs) };
  apply(kubeconfig, [owner]);
  const where = ['-n', metadata.namespace ?? '', typeOf(owner), owner.metadata.name];
  const { uid } = JSON.parse(kubectl(kubeconfig, ['get', ...where, '-o', 'json'])).metadata;
  const controller = {
    apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  apply(
    kubeconfig,
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

/** The composite of a claim; one that is a composite itself, with what it composes. */
function ownerOf(claim: Followed, preview: PreviewedClaim, resourceRefs: readonly object[]) {
  const { kind, metadata, apiVersion, spec } = claim;
  const { name, namespace } = metadata;
  if (spec?.['crossplane'] !== undefined)
    return { kind, metadata: { name, namespace }, spec: { crossplane: { resourceRefs } } };
  const claimRef = { apiVersion, kind, name, namespace };
  return {
    kind: `X${kind}`,
    metadata: { name: `${name}-x7k2p`, labels: claimLabels(claim) },
    spec: { ...(preview.composite['spec'] as object), claimRef, resourceRefs },
  };
}

const claimLabels = ({ metadata }: Followed) => ({
  'crossplane.io/claim-name': metadata.name,
  'crossplane.io/claim-namespace': metadata.namespace,
});

/** What the second Crossplane would have to make anew. */
const anew: string[] = [];
const adopted = new Set<string>();
interface References {
  readonly resourceRefs?: readonly {
    readonly kind: string;
    readonly apiVersion: string;
    readonly name: string;
  }[];
}
interface Referring {
  readonly spec: References & {
    readonly resourceRef?: { readonly name: string };
    readonly crossplane?: References;
  };
}
function adopt(claim: Followed): void {
  const preview = previews.get(keyOf(claim));
  if (preview === undefined || adopted.has(keyOf(claim))) return;
  adopted.add(keyOf(claim));
  const { spec } = claim as unknown as Referring;
  const look = (words: readonly string[]) =>
    kubectl(SECOND, [
      'get',
      ...words,
      '-n',
      claim.metadata.namespace ?? '',
      '--ignore-not-found',
      '-o',
      'json',
    ]);
  for (const { apiVersion, kind, name } of referencesOf(spec, claim.kind, look) ?? []) {
    const found = look([typeOf({ apiVersion, kind }), name]);
    const isFree = found !== '' && JSON.parse(found).metadata.ownerReferences === undefined;
    if (!isFree) anew.push(`${kind}/${name}`);
  }
  makeOf(SECOND, claim, preview);
}
/** What its composite names; without a composite, or one that names nothing, all would be made anew. */
function referencesOf(
  { crossplane, resourceRef }: Referring['spec'],
  kind: string,
  look: (words: readonly string[]) => string,
): References['resourceRefs'] {
  const text =
    resourceRef === undefined ? '' : look([`x${kind}.platform.plimsoll.dev`.toLowerCase(), resourceRef.name]);
  const { resourceRefs } = crossplane ?? (text === '' ? {} : (JSON.parse(text) as Referring).spec);
  if (resourceRefs === undefined) anew.push(kind);
  return resourceRefs;
}

const players: Controllers[] = [];
let stopAws: () => void;
let revision: string;
beforeAll(async () => {
  stopAws = await startAws(ACCOUNT, 'eu-west-1');
  const [hub = ''] = /(?<=```yaml\n)[\s\S]*?(?=```)/.exec(fs.readFileSync(HUB_PAGE, 'utf8')) ?? [];
  makeRepository([ENVIRONMENT], IS_HUB ? { [OWN]: hub } : {}, () =>
    edit(OWN, ({ spec }) => {
      // Who begins may have to come from outside.
      spec.cluster.publicAccessCidrs = ['198.51.100.7/32'];
    }),
  );
  revision = commit('The fleet');
  // What a founder has.
  write('aws.ini', '[default]\naws_access_key_id = founder\naws_secret_access_key = founder\n');
  write('atlas.json', '{"publicKey": "played", "privateKey": "played"}');
  write('customs.json', '{"key": "played"}');
  copy('docs/how-to/move-crossplane.jq', 'move-crossplane.jq');
  const manifests: readonly Manifest[] = rendered(ENVIRONMENT).flatMap(({ file }) => {
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
  vi.stubEnv('PLIMSOLL_KUBECONFIG', FIRST);
  vi.resetModules();
  const { Controllers: Other } = await import('./controllers.ts');
  const { define: defineInFirst } = await import('../cluster/api-server.ts');
  vi.unstubAllEnvs();
  players.push(
    new Other(rendered(ENVIRONMENT), {
      isUntracked: true,
      crdsOfXrd,
      act: async (object) => {
        await bring(object, defineInFirst);
        compose(object);
      },
    }),
    new Controllers([...rendered(ENVIRONMENT), ...standIns()], {
      isUntracked: true,
      crdsOfXrd,
      act: async (object) => {
        await bring(object, define);
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

const all = commandsOf(PAGE);
const [steps, handOver] = [all.slice(0, -1), all.slice(-1)];

describe('as the page says', () => {
  test.each(steps)('%s', async (_, scripts) => {
    for (const script of scripts) {
      await run(named(script));
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
    const role = JSON.parse(aws('iam', 'get-role', '--role-name', `${CLUSTER}-crossplane`)).Role;
    const [{ Principal: principal, Condition: condition }] = role.AssumeRolePolicyDocument.Statement;
    const issuer = aws(
      ...['eks', 'describe-cluster', '--name', CLUSTER, '--output', 'text'],
      ...['--query', 'cluster.identity.oidc.issuer'],
    ).replace('https://', '');
    expect(principal).toEqual({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` });
    const accounts = ['provider-aws-*', 'provider-family-aws', 'atlas-credentials'];
    expect(condition.StringLike).toEqual({
      [`${issuer}:sub`]: accounts.map((name) => `system:serviceaccount:crossplane-system:${name}`),
    });
  });
});

if (!IS_HUB)
  describe('AWS takes what other pages and production have for it', () => {
    test('every secret that is fetched is one that a page puts there', async () => {
      for (const page of ['docs/how-to/deliver-with-argo-cd.md', 'docs/how-to/use-a-secret.md']) {
        const [script = '', ...others] = scriptsOf(page, 'aws secretsmanager');
        expect(others).toEqual([]);
        await run(named(script));
      }
      const fetched = rendered(ENVIRONMENT).flatMap((object) => {
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

    test('the roles by which the Argo CD of a hub signs in', async () => {
      const where = [
        '--role-arn',
        `arn:aws:iam::${ACCOUNT}:role/any`,
        '--resources-vpc-config',
        'subnetIds=subnet-1',
      ];
      aws('eks', 'create-cluster', '--name', 'bridge-operations', ...where);
      const [script = '', ...others] = scriptsOf('docs/how-to/run-a-hub.md', 'issuer=');
      expect(others).toEqual([]);
      await run(named(script));
      // Argo CD takes the role of the secret as itself (`argocd-k8s-auth aws`): one trusts the other, and may be taken by it.
      const role = (name: string) => JSON.parse(aws('iam', 'get-role', '--role-name', name)).Role;
      const policy = ['--role-name', 'bridge-operations-argocd', '--policy-name', 'clusters'];
      const { PolicyDocument: may } = JSON.parse(aws('iam', 'get-role-policy', ...policy));
      const cluster = role('tideline-production-argocd');
      expect(cluster.AssumeRolePolicyDocument.Statement[0].Principal.AWS).toBe(
        role('bridge-operations-argocd').Arn,
      );
      expect(may.Statement[0].Resource).toEqual([cluster.Arn]);
      expect(fs.readFileSync('docs/how-to/run-a-hub.md', 'utf8')).toContain(
        `argoCd: { role: ${cluster.Arn} }`,
      );
    });

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

interface Item {
  readonly kind: string;
  readonly spec: unknown;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}
const managedIn = (kubeconfig: string | undefined): readonly Item[] =>
  JSON.parse(kubectl(kubeconfig, ['get', 'managed', '-A', '-o', 'json'])).items;
const facts = (items: readonly Item[]) =>
  items.map(({ kind, metadata, spec }) => ({
    name: `${kind}/${metadata.name}`,
    external: metadata.annotations?.['crossplane.io/external-name'],
    spec,
  }));

describe('the cluster that was made', () => {
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

describe('Argo CD in it', () => {
  const names = () =>
    rendered(ENVIRONMENT).flatMap(({ kind, metadata }) => (kind === 'Application' ? [metadata.name] : []));
  const owners = () =>
    kubectl(SECOND, ['api-resources', '--api-group=platform.plimsoll.dev', '--output=name'])
      .trim()
      .replaceAll('\n', ',');
  /** By claim or composite, what it names. */
  const references = () => {
    const { items } = JSON.parse(kubectl(SECOND, ['get', owners(), '-A', '-o', 'json']));
    const wanted = (items as (Referring & Followed)[]).filter((one) => previews.has(keyOf(one)));
    return Object.fromEntries(
      wanted.map((one) => [keyOf(one), one.spec.resourceRef ?? one.spec.crossplane?.resourceRefs]),
    );
  };
  const managedNames = () => kubectl(SECOND, ['get', 'managed', '-A', '-o', 'name']);

  test('takes over what is there, and makes all else', async () => {
    const [there, before] = [managedNames(), references()];
    expect(Object.values(before).filter((one) => one !== undefined)).toHaveLength(previews.size);
    const [script = ''] = scriptsOf('docs/how-to/deliver-with-argo-cd.md', 'kubectl apply');
    await run(named(script));
    await converged(names(), revision);
    expect(managedNames()).toBe(there);
    expect(references()).toEqual(before);
    expect(anew).toEqual([]);
  });

  test.each(handOver)('%s: then git alone decides, and nothing is lost', async (_, scripts) => {
    const [before, referred] = [facts(managedIn(SECOND)), references()];
    for (const script of scripts) await run(named(script));
    const shown = ['-A', '--show-managed-fields', '-o', 'json'];
    const moved = kubectl(SECOND, ['get', `managed,${owners()}`, ...shown]);
    expect(moved).toContain('"manager": "argocd-controller"');
    expect(moved).not.toContain('"manager": "move"');
    expect(facts(managedIn(SECOND))).toEqual(before);

    edit(OWN, ({ spec }) => {
      delete spec.cluster.publicAccessCidrs;
    });
    synth([ENVIRONMENT]);
    revision = commit('Private again');
    await converged(names(), revision);
    const where = ['-n', PRODUCT, 'kubernetescluster', CLUSTER];
    const cluster = JSON.parse(kubectl(SECOND, ['get', ...where, '-o', 'json']));
    expect(cluster.spec.endpointPublicAccess).toBe(false);
    expect(cluster.spec).not.toHaveProperty('publicAccessCidrs');
    expect(references()).toEqual(referred);
  });
});
