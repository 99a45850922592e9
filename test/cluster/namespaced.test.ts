import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { namespacedApi } from '#platform/namespaced/api.ts';
import { previewClaims } from '#preview/claims/preview.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { renderings } from '../charts/namespaced.ts';
import { at } from '../charts/tideline.ts';
import { store } from '../validate/schemas.ts';
import { apply, ask, type Definition, define, KUBECONFIG } from './api-server.ts';

/**
 * The API server as the oracle of the Crossplane 2 way: it takes the definitions and the CRDs that Crossplane makes of
 * them, every document that names them, and every managed resource of the preview, without a warning. Kinds of the
 * platform have a group of their own here, and a namespace, so that nothing else in that cluster is touched.
 */
const GROUP = 'namespaced.platform.plimsoll.dev';
const NAMESPACE = 'tideline-namespaced-test';
const schemas = new URL('../../imports/schemas/crds/', import.meta.url);

const ours = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value).replaceAll(
      /(?<![a-z.])platform\.plimsoll\.dev(?=["/])|(?<=\.)platform\.plimsoll\.dev(?=")/g,
      GROUP,
    ),
  );

const inNamespace = (object: KubernetesObject): KubernetesObject =>
  object.metadata.namespace === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } };

const WANTED =
  /^(apiextensions\.crossplane\.io|([a-z0-9]+\.)?(aws\.m\.upbound|mongodbatlas\.m\.crossplane|kubernetes\.m\.crossplane)\.io)$/;

interface Imported {
  readonly scope: string;
  readonly versions: readonly { readonly name: string; readonly served: boolean; readonly schema: unknown }[];
}

/** The imported definitions of Crossplane and of the namespaced kinds, as the cluster takes them. */
const definitions = (): readonly Definition[] =>
  Object.entries(
    JSON.parse(fs.readFileSync(new URL('index.json', schemas), 'utf8')) as Record<string, object>,
  )
    .filter(([group]) => WANTED.test(group))
    .flatMap(([group, kinds]) =>
      Object.entries(kinds as Record<string, { readonly file: string; readonly plural: string }>).map(
        ([kind, { file, plural }]) => {
          const { scope, versions }: Imported = JSON.parse(fs.readFileSync(new URL(file, schemas), 'utf8'));
          const names = { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` };
          return {
            apiVersion: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            metadata: { name: `${plural}.${group}` },
            spec: {
              group,
              scope,
              names,
              versions: versions.map(({ schema, ...version }) => ({
                ...version,
                schema: { openAPIV3Schema: schema },
                subresources: { status: {} },
              })),
            },
          };
        },
      ),
    );

const judged = renderings.map(({ name, namespaced, environment }) => {
  const base = store(environment.spec.cluster.kubernetesVersion);
  const known = withCrds(base, crdsIn(namespaced, base, crdsOfXrd).crds);
  const moved = namespaced
    .map(({ object }) => object)
    .filter(
      ({ apiVersion, kind }) =>
        /^(platform\.|apiextensions\.crossplane\.|[a-z]+\.m\.)/.test(apiVersion) ||
        kind === 'ClusterProviderConfig',
    );
  const { value = [] } = previewClaims(namespaced, {
    store: known,
    account: '111122223333',
    blameBase: 'claim',
  });
  const managed = value
    .flatMap(({ resources }) => resources.map(({ manifest }) => manifest.object))
    // Of the associations of VPC endpoints, imports/ has no definition.
    .filter(({ kind }) => !/^VPCEndpoint.+Association$/.test(kind));
  const trial = async (object: KubernetesObject) => {
    const { plural, scope } =
      known.find(object.apiVersion, object.kind) ?? expect.fail(`${object.apiVersion} ${object.kind}`);
    const { isAccepted, message, warnings } = await apply(
      ours(inNamespace(object)),
      plural,
      scope === 'Namespaced',
      true,
    );
    return isAccepted && warnings.length === 0
      ? []
      : [`${object.kind} ${object.metadata.name}: ${message}${warnings}`];
  };
  return { name, moved, managed, trial };
});

const queue = judged[0]?.moved.find(({ kind }) => kind === 'MessageQueue') ?? expect.fail();
const path = `/apis/${GROUP}/v1alpha1/namespaces/${NAMESPACE}/messagequeues/${queue.metadata.name}`;

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
    await apply(namespace, 'namespaces', false, false);
    const xrds = judged[0]?.moved.filter(({ kind }) => kind === 'CompositeResourceDefinition') ?? [];
    expect(xrds.length).toBeGreaterThan(5);
    await define([...definitions(), ...xrds.flatMap((xrd) => crdsOfXrd(ours(xrd)))]);
    await ask('DELETE', path);
  }, 300_000);

  it.each(judged)(
    'takes all that $name asks of Crossplane 2',
    async ({ moved, trial }) => {
      expect(moved.length).toBeGreaterThan(20);
      expect((await Promise.all(moved.map(trial))).flat()).toEqual([]);
    },
    120_000,
  );

  it.each(judged)(
    'takes every managed resource that $name becomes',
    async ({ managed, trial }) => {
      expect(managed.length).toBeGreaterThan(20);
      expect(new Set(managed.map(({ apiVersion }) => namespacedApi(apiVersion)))).toEqual(
        new Set([undefined]),
      );
      expect((await Promise.all(managed.map(trial))).flat()).toEqual([]);
    },
    120_000,
  );

  // Left behind, it would make changes of what other environments have by that name.
  afterAll(() => ask('DELETE', path));

  it('refuses to change a composite as it refuses to change a claim', async () => {
    const made = await apply(ours(inNamespace(queue)), 'messagequeues', true, false);
    expect(made.isAccepted, made.message).toBe(true);
    const patch = (spec: object) =>
      ask('PATCH', `${path}?dryRun=All&fieldValidation=Strict`, { spec }, 'application/merge-patch+json');
    expect((await patch({ name: `${at(queue, 'spec', 'name')}-2` })).message).toContain(
      'Cannot be changed later',
    );
    expect((await patch({ visibilityTimeoutSeconds: 90 })).isAccepted).toBe(true);
    expect(
      (await patch({ crossplane: { resourceRefs: [{ apiVersion: 'v1', kind: 'Secret', name: 'a' }] } }))
        .isAccepted,
    ).toBe(true);
    expect((await patch({ compositionRef: { name: 'message-queue' } })).isAccepted).toBe(false);
    expect((await patch({ crossplane: { claimRef: {} } })).isAccepted).toBe(false);
  });
});
