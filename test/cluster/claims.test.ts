import { beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { granted } from '#model/identities.ts';
import { allClaims, platformServices } from '#platform/catalogue.ts';
import { claimCrd } from '#platform/crd.ts';
import { checkRules } from '#validate/cel/check.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { production } from '../platform/tideline.ts';
import { store } from '../validate/schemas.ts';
import { apply, ask, collection, define, KUBECONFIG, steps, tryCreate } from './api-server.ts';

/**
 * The API server as the oracle of claims: whatever one field of a claim is changed to, when it is created or later, the
 * API server and plimsoll agree on whether it is refused, and for which fields. Mutations go by the claim's shape, not
 * by its rules. Runs where PLIMSOLL_KUBECONFIG names the kubeconfig of a cluster that may be written to.
 */
const GROUP = 'judged.platform.plimsoll.dev';
const NAMESPACE = 'tideline-claims-test';

const ours = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll(/(?<!judged\.)platform\.plimsoll\.dev/g, GROUP));

const CRDS = ours(platformServices.map(({ xrd }) => claimCrd(xrd())));
const plurals = new Map(CRDS.map(({ spec }) => [spec.names.kind, spec.names.plural]));
const base = store();
const read = (object: object) => readManifestText(JSON.stringify(object), 'claim.json').manifests;
const schemas = withCrds(base, crdsIn(read({ kind: 'List', items: CRDS }), base).crds);

interface Claim {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: object;
}

/** One claim of each kind; the first of each says enough. */
const CLAIMS: readonly Claim[] = [
  ...new Map(
    [...ours(allClaims(production, granted(production)))]
      .reverse()
      .map(({ kind, name, spec }): [string, Claim] => [
        kind,
        {
          apiVersion: `${GROUP}/v1alpha1`,
          kind,
          metadata: { name: name.slice(0, 50), namespace: NAMESPACE },
          spec,
        },
      ]),
  ).values(),
];

const JUNK: Readonly<Record<string, readonly unknown[]>> = {
  string: ['', 'x', 'Not A Name!', '10.0.0.0/8', 7],
  number: [0, -1, 7, 1_000_000, 1.5, '7'],
  boolean: [true, false, 'true'],
  object: [{}, 'x', null],
};

/** Claims that differ from a claim in one field: gone, or something else. */
function mutants(claim: Claim): readonly (readonly [what: string, mutant: Claim])[] {
  return places(claim.spec, []).flatMap((path) => {
    const before = valueAt(claim.spec, path);
    const values = [undefined, ...(JUNK[typeof before] ?? [])];
    return values
      .filter((value) => value !== before)
      .map((value): readonly [string, Claim] => [
        `${path.join('.')} = ${JSON.stringify(value)}`,
        { ...claim, spec: changed(claim.spec, path, value) },
      ]);
  });
}

/** So many of them, from all over the claim. */
const sample = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : all.filter((_, index) => index % Math.ceil(all.length / most) === 0);

const places = (value: unknown, path: readonly string[]): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...places(inner, [...path, key])]);

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], value);

function changed(value: object, path: readonly string[], to: unknown): object {
  const copy = structuredClone(value);
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string, unknown>;
  const key = path.at(-1) ?? '';
  if (to !== undefined) holder[key] = to;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return copy;
}

function refused(claim: object, previous?: object): readonly string[] {
  const manifests = read(claim);
  const schema = checkSchemas(manifests, schemas);
  const before = previous === undefined ? {} : { previous: (_: Manifest) => previous };
  const rules = checkRules(manifests, schemas, { ...before, unfit: schema.unfit });
  return [...schema.findings, ...rules.findings]
    .filter(({ severity }) => severity === 'error')
    .map(({ pointer = '' }) => steps(pointer));
}

const differing = (what: string, answer: Awaited<ReturnType<typeof ask>>, found: readonly string[]) => {
  const theirs = new Set(answer.fields.filter((field) => field !== '<nil>').map(steps));
  const places = new Set(found);
  const isSame =
    answer.isAccepted === (found.length === 0) &&
    // What is no value at all is refused before fields are told.
    (theirs.size === 0 || [...theirs].every((place) => places.has(place)));
  return isSame ? [] : [`${what}: ${answer.message || 'accepted'}\n  plimsoll: ${[...places].join(', ')}`];
};

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(async () => {
    await ask('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    await define(CRDS);
  }, 120_000);

  it.each(CLAIMS.map((claim) => [claim.kind, claim] as const))(
    'judges every %s as plimsoll does',
    async (kind, claim) => {
      const plural = plurals.get(kind) ?? '';
      const all = sample(mutants(claim), 200);
      expect(all.length).toBeGreaterThan(5);
      const path = `${collection(claim, plural, true)}/${claim.metadata.name}`;
      await ask('DELETE', path);
      const made = await apply(claim, plural, true, false);
      expect(made.isAccepted, made.message).toBe(true);
      const { resourceVersion } = made.body['metadata'] as { readonly resourceVersion: string };
      const differences: string[] = [];
      let refusals = 0;
      for (const [what, mutant] of all) {
        const metadata = { ...mutant.metadata, name: `${mutant.metadata.name}-new` };
        const created = { ...mutant, metadata };
        const answer = await tryCreate(created, plural, true);
        if (!answer.isAccepted) refusals++;
        differences.push(...differing(`create ${what}`, answer, refused(created)));
        const updated = { ...mutant, metadata: { ...mutant.metadata, resourceVersion } };
        const after = await ask('PUT', `${path}?dryRun=All&fieldValidation=Strict`, updated);
        differences.push(...differing(`change ${what}`, after, refused(updated, claim)));
      }
      expect(differences).toEqual([]);
      expect(refusals).toBeGreaterThan(2);
    },
    120_000,
  );
});
