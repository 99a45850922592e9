import { describe, expect, it } from 'vitest';
import type { Environment } from '#model/environment/environment.ts';
import { granted } from '#model/identities.ts';
import { namespaces } from '#model/namespaces.ts';
import { projects } from '#model/projects.ts';
import { releases } from '#model/releases.ts';
import { atlasSecret, fetchedSecrets, serviceSecrets } from '#model/secrets.ts';
import { workloads } from '#model/workload.ts';
import { sample } from './sample.ts';

const { atlas: ATLAS, ...REST } = sample({}).spec;
const withoutAtlas = (services: Parameters<typeof sample>[0]): Environment => {
  const { metadata, apiVersion, kind, spec } = sample(services);
  return { apiVersion, kind, metadata, spec: { ...REST, ...(spec.services && { services: spec.services }) } };
};
const SECRETS = {
  SIGNING_KEY: 'tideline/production/signing-key',
  CUSTOMS_API_KEY: 'tideline/production/customs#key',
  CUSTOMS_USER: 'tideline/production/customs#user.name',
};
const role = (environment: Environment, name: string) =>
  granted(environment).identities.find((identity) => identity.role === name);
const names = (environment: Environment) => releases(environment).map(({ name }) => name);

describe('the key of Atlas', () => {
  it('is fetched from a secret that is named after the environment, or from the one that is said', () => {
    expect(atlasSecret(sample({}))?.entries).toEqual([
      { key: 'credentials', secret: 'tideline/production/atlas', pointer: '/spec/atlas' },
    ]);
    const said = { ...(ATLAS ?? expect.fail()), credentialsSecret: 'fleet/atlas' };
    expect(atlasSecret(sample({}, { atlas: said }))?.entries).toEqual([
      { key: 'credentials', secret: 'fleet/atlas', pointer: '/spec/atlas/credentialsSecret' },
    ]);
  });

  it('is nobody’s where there is no Atlas', () => {
    expect(atlasSecret(withoutAtlas({}))).toBeUndefined();
  });
});

describe('secrets of a service', () => {
  const environment = sample({ api: { secrets: SECRETS } });

  it('name what is fetched, and which property of it, sorted', () => {
    expect(serviceSecrets(environment, 'api')).toMatchObject({
      name: 'api-secrets',
      store: 'api',
      serviceAccount: 'api',
      namespace: 'tideline',
    });
    expect(
      serviceSecrets(environment, 'api')?.entries.map(({ key, secret, property }) => [key, secret, property]),
    ).toEqual([
      ['CUSTOMS_API_KEY', 'tideline/production/customs', 'key'],
      ['CUSTOMS_USER', 'tideline/production/customs', 'user.name'],
      ['SIGNING_KEY', 'tideline/production/signing-key', undefined],
    ]);
  });

  it('are its role’s to read, each once, and nothing beside', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:tideline/production';
    expect(role(environment, 'api')).toMatchObject({
      owner: 'service',
      cause: '/spec/services/api/secrets',
      statements: [
        {
          sid: 'ReadSecrets',
          actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          resources: [`${arn}/customs-??????`, `${arn}/signing-key-??????`],
        },
      ],
    });
    expect(role(environment, 'external-secrets')).toBeUndefined();
  });

  it('are variables of its pods, before its own', () => {
    const { variables } =
      workloads(sample({ api: { secrets: SECRETS, env: { LOG: 'info' } } }))[0] ?? expect.fail();
    expect(variables.map(({ name }) => name)).toEqual([
      'AWS_REGION',
      'CUSTOMS_API_KEY',
      'CUSTOMS_USER',
      'SIGNING_KEY',
      'LOG',
    ]);
    expect(variables[1]).toEqual({
      name: 'CUSTOMS_API_KEY',
      value: { secret: { name: 'api-secrets', key: 'CUSTOMS_API_KEY' } },
      pointer: '/spec/services/api/secrets/CUSTOMS_API_KEY',
    });
  });

  it('are none where none is named', () => {
    expect(serviceSecrets(sample({ api: { secrets: {} } }), 'api')).toBeUndefined();
    expect(role(sample({ api: { secrets: {} } }), 'api')).toBeUndefined();
  });
});

describe('External Secrets', () => {
  it('is there as early as Crossplane, in a namespace of its own, where anything is to be fetched', () => {
    expect(names(withoutAtlas({ api: {} }))).not.toContain('external-secrets');
    for (const environment of [sample({}), withoutAtlas({ api: { secrets: SECRETS } })]) {
      const all = releases(environment);
      const found = all.find(({ name }) => name === 'external-secrets');
      expect(found?.wave).toBe(all.find(({ name }) => name === 'crossplane')?.wave);
      expect(found?.pointer).toBe(fetchedSecrets(environment)[0]?.pointer);
      const home = namespaces(environment).find(({ name }) => name === found?.namespace);
      expect(home?.labels['pod-security.kubernetes.io/enforce']).toBe('baseline');
    }
  });

  it('serves nobody who writes, and no store of the whole cluster', () => {
    const values = releases(sample({})).find(({ name }) => name === 'external-secrets')?.values;
    expect(values).toMatchObject({ processClusterStore: false, processPushSecret: false });
    expect(values).not.toHaveProperty('serviceAccount');
  });

  it('is allowed for in a project only where that project has something to fetch', () => {
    const kinds = (environment: Environment) =>
      projects(environment)
        .filter(({ name }) => !name.startsWith('chart-'))
        .map(({ name, namespacedKinds }) => [
          name,
          namespacedKinds.some(({ group }) => group === 'external-secrets.io'),
        ]);
    const allowed = (platform: boolean, services: boolean) => [
      ['platform', platform],
      ['tideline-production', services],
    ];
    expect(kinds(sample({ api: {} }))).toEqual(allowed(true, false));
    expect(kinds(withoutAtlas({ api: { secrets: SECRETS } }))).toEqual(allowed(false, true));
    expect(kinds(withoutAtlas({ api: {} }))).toEqual(allowed(false, false));
  });
});
