import { describe, expect, it } from 'vitest';
import { factsOf } from '#model/facts.ts';
import { at, manifestOf, production, rendered } from './tideline.ts';

/** What policies are told of an environment. */
const staging = rendered.find(({ name }) => name === 'tideline staging');
const boutique = rendered.find(({ name }) => name === 'boutique demo');

describe('the facts of an environment', () => {
  it('are a ConfigMap that is there before the policies are, and never goes', () => {
    const { object } = manifestOf(production.manifests, 'ConfigMap', 'environment');
    expect(object.metadata).toEqual({
      name: 'environment',
      namespace: 'plimsoll-system',
      annotations: {
        'argocd.argoproj.io/sync-wave': '-60',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      },
    });
    expect(object['data']).toMatchObject({
      environment: 'production',
      product: 'tideline',
      stage: 'production',
      account: '111122223333',
      region: 'eu-west-1',
      regions: 'eu-west-1',
      domains: 'tideline.example',
      tags: 'cost-center\nenvironment\nmanaged-by\nowner\nproduct',
    });
    const namespace = manifestOf(production.manifests, 'Namespace', 'plimsoll-system').object;
    expect(namespace.metadata.labels).toMatchObject({ 'plimsoll.dev/layer': 'platform' });
  });

  it('tell stages apart', () => {
    const { object } = manifestOf(staging?.manifests ?? [], 'ConfigMap', 'environment');
    expect(at(object, 'data', 'stage')).toBe('staging');
  });

  it("allow the account's own registry, those of the platform's packages, and those that were added", () => {
    const { object } = manifestOf(boutique?.manifests ?? [], 'ConfigMap', 'environment');
    expect(String(at(object, 'data', 'registries')).split('\n')).toEqual([
      '444455556666.dkr.ecr.us-east-1.amazonaws.com',
      'us-central1-docker.pkg.dev/google-samples',
      'xpkg.crossplane.io/crossplane-contrib',
      'xpkg.upbound.io/crossplane-contrib',
    ]);
  });

  it('allow the regions that were added, each once', () => {
    const { environment } = production;
    const spec = { ...environment.spec, policies: { regions: ['us-east-1', 'eu-west-1'] } };
    expect(factsOf({ ...environment, spec }, []).regions).toBe('eu-west-1\nus-east-1');
  });

  it('blame the lines that say so', () => {
    const { locate } = manifestOf(production.manifests, 'ConfigMap', 'environment');
    expect(locate('/data/domains')?.file).toContain('production.yaml');
    expect(locate('/data/tags')?.file).toContain('base.yaml');
  });
});
