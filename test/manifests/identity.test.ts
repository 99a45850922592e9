import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileName, identity } from '#manifests/identity.ts';

const object = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: namespace === undefined ? { name } : { name, namespace },
});

test('the version part of an apiVersion is no part of the identity', () => {
  expect(identity(object('autoscaling/v2', 'HorizontalPodAutoscaler', 'api', 'tideline'))).toBe(
    identity(object('autoscaling/v1', 'HorizontalPodAutoscaler', 'api', 'tideline')),
  );
});

test.each([
  [object('v1', 'Namespace', 'tideline'), 'namespace_tideline.yaml'],
  [object('apps/v1', 'Deployment', 'api', 'tideline'), 'deployment.apps_tideline_api.yaml'],
  [
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:Pilot/../x'),
    'clusterrole.rbac.authorization.k8s.io_system%3a%50ilot%2f%2e%2e%2fx.yaml',
  ],
])('%o is kept in %s', (given, name) => {
  expect(fileName(given)).toBe(name);
});

test('different identities never share a file, even where case does not count', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.stringMatching(/^[a-zA-Z_.%:-]{1,8}$/),
  );
  const some = fc.tuple(
    fc.constantFrom('v1', 'apps/v1'),
    fc.constantFrom('Pod', 'Job'),
    name,
    fc.option(name, { nil: undefined }),
  );
  fc.assert(
    fc.property(some, some, (one, other) => {
      const [first, second] = [object(...one), object(...other)];
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(fileName(first).toLowerCase() === fileName(second).toLowerCase()).toBe(same);
    }),
    { numRuns: 500 },
  );
});

test('a file name stays within one folder and within what file systems take', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 2000 }), (name) => {
      const file = fileName(object('v1', 'ConfigMap', name, 'tideline'));
      expect(file).toMatch(/^configmap_tideline_[a-z0-9.%~-]+\.yaml$/);
      expect(file.length).toBeLessThanOrEqual(255);
    }),
  );
});
