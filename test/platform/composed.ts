import { expect } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { granted } from '#model/identities.ts';
import { platformServices } from '#platform/catalogue.ts';
import { renderComposite } from '#preview/render/composite.ts';

/**
 * What Crossplane composes of a claim of an environment, by the names of the entries; `status` is what the composite
 * knows already.
 */
export function composed(
  environment: Environment,
  kind: string,
  claim: string,
  status: object = {},
): ReadonlyMap<string, object> {
  const service = platformServices.find(({ claimKind }) => claimKind === kind) ?? expect.fail(kind);
  const { spec } =
    service.claims(environment, granted(environment)).find(({ name }) => name === claim) ??
    expect.fail(claim);
  const composition =
    service.compositions(environment).find(({ metadata }) => metadata.name === spec.compositionRef.name) ??
    expect.fail(spec.compositionRef.name);
  const composite = {
    apiVersion: composition.spec.compositeTypeRef.apiVersion,
    kind: service.xrKind,
    metadata: { name: `${claim}-x1y2z`, uid: '11111111-2222-3333-4444-555555555555' },
    spec,
    status,
  };
  const { value, findings } = renderComposite({
    // As they would come from the cluster.
    composite: JSON.parse(JSON.stringify(composite)),
    composition: JSON.parse(JSON.stringify(composition)),
    functions: composition.spec.pipeline.map(({ functionRef: { name } }) => ({
      name,
      package: `xpkg.crossplane.io/crossplane-contrib/${name}:v1`,
    })),
  });
  expect(findings).toEqual([]);
  // That something waits for what isn't there yet is as it should be.
  expect(value?.results.filter(({ message }) => !/'policy.fromFieldPath: Required'/.test(message))).toEqual(
    [],
  );
  return new Map(value?.resources.map(({ name, object }) => [name, object]));
}
