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
import { Controllers } from './controllers.ts';
import { commandsOf, copy, folder, makeRepository, rendered, run } from './fleet.ts';

/**
 * docs/how-to/start-from-an-empty-account.md, block by block, against two real API servers: one is the temporary cluster, the
 * other the one that was made. Crossplane is played. In the first it composes what the preview knows; in the second it does
 * what Crossplane does with composites that it finds: what they name and nobody owns is theirs, and anything missing is
 * made anew (`ExistingComposedResourceObserver` in its composition_functions.go).
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

let previews: ReadonlyMap<string, PreviewedClaim>;
const keyOf = ({ kind, metadata }: Pick<Followed, 'kind' | 'metadata'>) => `${kind}/${metadata.name}`;

/** Makes the composite of a claim, and what it composes, each with a name in AWS. */
function compose(claim: Followed): void {
  const preview = previews.get(keyOf(claim));
  if (preview === undefined) return;
  const { kind, metadata, apiVersion } = claim;
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
beforeAll(async () => {
  makeRepository();
  copy('docs/how-to/move-crossplane.jq', 'move-crossplane.jq');
  const manifests: readonly Manifest[] = rendered().flatMap(({ file }) => {
    const text = fs.readFileSync(path.join(folder, 'dist', file), 'utf8');
    return readManifestText(text, file).manifests;
  });
  const { value } = previewClaims(manifests, { store: store(), blameBase: 'claim' });
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
    copy(source ?? '', `${file}.kubeconfig`);
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
});

/** A server drops what is false, and would see a difference for ever. */
const withoutFalse = (version: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(version).filter(([name, value]) => name !== 'deprecated' || value !== false),
  );

describe('as the page says', () => {
  test.each(commandsOf(PAGE))('%s', async (_, lines) => {
    for (const line of lines) await run(line);
    expect(players.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe('the cluster that was made', () => {
  interface Item {
    readonly kind: string;
    readonly spec: unknown;
    readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  }
  const managed = (kubeconfig: string | undefined): readonly Item[] =>
    JSON.parse(kubectl(kubeconfig, ['get', 'managed', '-o', 'json'])).items;
  const facts = (items: readonly Item[]) =>
    items.map(({ kind, metadata, spec }) => ({
      name: `${kind}/${metadata.name}`,
      external: metadata.annotations?.['crossplane.io/external-name'],
      spec,
    }));

  test('has what the temporary one had, by the same names in AWS', () => {
    const before = facts(managed(FIRST));
    expect(before.length).toBeGreaterThan(50);
    expect(before.every(({ external }) => external !== undefined)).toBe(true);
    expect(facts(managed(SECOND))).toEqual(before);
  });

  test('makes nothing anew', () => {
    expect(anew).toEqual([]);
    // Each claim was looked at, or nothing was found for that reason.
    expect([...adopted].sort()).toEqual([...previews.keys()].sort());
  });
});
