import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderEnvironment } from '#charts/render.ts';
import { readEnvironments } from '#environments/read.ts';
import { flowOf } from '#preview/claims/flow.ts';
import { type PreviewedClaim, previewClaims } from '#preview/claims/preview.ts';
import { renderComposite } from '#preview/render/composite.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { store } from '../../validate/schemas.ts';

/** The environments of this repository: every gate of every composition opens. */

const FOLDER = new URL('../../../environments/', import.meta.url);
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(new URL(path, FOLDER), 'utf8') }));
const { value: loaded = [] } = readEnvironments(files);
const schemas = store();

/** Kinds whose definitions are not among the pinned sources. */
const WITHOUT_SCHEMA = /^VPCEndpoint(RouteTable|SecurityGroup|Subnet)Association$/;

const FUNCTIONS = ['function-patch-and-transform', 'function-auto-ready'].map((name) => ({
  name,
  package: name,
}));

describe.each(loaded.map((each) => [each.environment.metadata.name, each] as const))('%s', (_, each) => {
  const manifests = renderEnvironment(each);
  const { value: claims = [], findings } = previewClaims(manifests, {
    store: schemas,
    account: each.environment.spec.aws.account,
    blameBase: 'claim',
  });

  it('has a preview of every claim, with every resource of its composition', () => {
    expect(findings).toEqual([]);
    const claimed = manifests.filter(({ object }) => object.apiVersion.startsWith('platform.plimsoll.dev/'));
    expect(claims.map(({ claim }) => claim)).toEqual(claimed);
    expect(claims.length).toBeGreaterThan(10);
    for (const { composition, resources } of claims) {
      const names = flowOf(composition.object).entries.map(({ name }) => name);
      expect(resources.map(({ entry }) => entry)).toEqual([...names].sort());
    }
  });

  it('would create what its kinds allow, and blames a line for each', () => {
    const managed = claims.flatMap(({ resources }) => resources.map(({ manifest }) => manifest));
    const wrong = checkSchemas(managed, schemas).findings.filter(
      ({ code, subject }) => code !== 'schema-missing' || !WITHOUT_SCHEMA.test(subject?.kind ?? ''),
    );
    expect(wrong).toEqual([]);
    for (const { locate } of managed) expect(locate('/spec')?.file).toMatch(/\.yaml$/);
  });

  it('is settled: one more pass over everything changes nothing', () => {
    for (const claim of claims) expect(again(claim), claim.claim.file).toEqual(shown(claim));
  });
});

const shown = ({ resources }: PreviewedClaim) =>
  resources.map(({ entry, manifest }) => ({ name: entry, object: manifest.object }));

/** Everything made once more, while everything exists. */
function again({ composite, composition, resources }: PreviewedClaim) {
  const observed = resources.map(({ manifest }) => manifest.object);
  const { value } = renderComposite({
    composite,
    composition: composition.object,
    functions: FUNCTIONS,
    observed,
  });
  return value?.resources.map(({ name, object }) => ({ name, object }));
}
