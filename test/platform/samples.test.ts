import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEnvironments } from '#environments/read.ts';
import { granted } from '#model/identities.ts';
import { allClaims, platformServices } from '#platform/catalogue.ts';
import { claimCrd } from '#platform/crd.ts';
import { checkLimits } from '#platform/limits.ts';
import { objections } from './schemas.ts';

/** The environments of this repository, through the reader and into claims. */

const FOLDER = new URL('../../environments/', import.meta.url);

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(new URL(path, FOLDER), 'utf8') }));

const schemas = new Map(
  platformServices.map(({ claimKind, xrd }) => [
    claimKind,
    claimCrd(xrd()).spec.versions[0]?.schema.openAPIV3Schema ?? {},
  ]),
);

/** Of databases that are reached over the internet, of which Tideline has none. */
const OPTIONAL = ['MongoAddress'];

describe('claims of the sample environments', () => {
  const { value: loaded = [] } = readEnvironments(files);

  it('exist', () => {
    expect(loaded.map(({ environment }) => environment.metadata.name).sort()).toEqual([
      'production',
      'staging',
    ]);
  });

  it.each(loaded.map((each) => [each.environment.metadata.name, each] as const))(
    'of %s are valid',
    (_, each) => {
      const claims = allClaims(each.environment, granted(each.environment));
      expect(new Set(claims.map(({ kind }) => kind))).toEqual(
        new Set(
          platformServices.map(({ claimKind }) => claimKind).filter((kind) => !OPTIONAL.includes(kind)),
        ),
      );
      expect(checkLimits(claims, each.locate)).toEqual([]);
      for (const { kind, name, namespace, spec } of claims) {
        const document = {
          apiVersion: 'platform.plimsoll.dev/v1alpha1',
          kind,
          metadata: { name, namespace },
          spec,
        };
        expect(objections(schemas.get(kind) ?? expect.fail(), document), `${kind} ${name}`).toEqual([]);
      }
    },
  );
});
