import { describe, expect, test } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { machine } from '#validate/kubeconform/host.ts';
import { checkPolicies } from '#validate/policy/policy.ts';
import { crdOfDocument } from '#validate/schema/crd.ts';
import { withCrds } from '#validate/schema/store.ts';
import { validate } from '#validate/validate.ts';
import { POLICIES, resourceOf } from './policy/shipped-policies.ts';
import { store } from './schemas.ts';

const read = (file: string, ...documents: readonly string[]) =>
  readManifestText(documents.join('\n---\n'), file).manifests;
const run = (...documents: readonly string[]) =>
  validate(read('ship.yaml', ...documents), { store: store(), checks: ['schema', 'graph'] });
const codes = (...documents: readonly string[]) =>
  run(...documents)
    .flatMap(({ findings }) => findings)
    .map(({ code }) => code);

/** A definition of a kind of Tideline's own, with one field. */
const definition = (field: string, group = 'tideline.example', kind = 'Ship', plural = 'ships') =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { [field]: { type: 'integer' } } } },
            },
          },
        },
      ],
    },
  });
const ship = (field: string) =>
  `{ apiVersion: tideline.example/v1, kind: Ship, metadata: { name: aurora }, spec: { ${field}: 3 } }`;

describe('several clusters in one run', () => {
  const clusterOf = ({ file }: { readonly file: string }) => file;
  const run = (...manifests: ReturnType<typeof read>) =>
    validate(manifests, { store: store(), checks: ['schema', 'graph'], clusterOf });

  test('each is judged by its own definitions', () => {
    const production = read('production.yaml', definition('masts'), ship('masts'));
    const staging = read('staging.yaml', definition('funnels'), ship('funnels'));
    expect(run(...production, ...staging).flatMap(({ findings }) => findings)).toEqual([]);
    const skewed = read('production.yaml', definition('masts'), ship('funnels'));
    expect(run(...skewed, ...staging).flatMap(({ findings }) => findings)).toMatchObject([
      { code: 'schema-unknown-field', origin: { file: 'production.yaml' } },
    ]);
  });

  test('may hold the same objects; one of them may not hold one twice', () => {
    const one = () =>
      read('production.yaml', '{ apiVersion: v1, kind: Namespace, metadata: { name: tideline } }');
    const other = read('staging.yaml', '{ apiVersion: v1, kind: Namespace, metadata: { name: tideline } }');
    const outcomes = run(...one(), ...other);
    expect(outcomes.flatMap(({ findings }) => findings)).toEqual([]);
    expect(outcomes.map(({ check, covered }) => [check, covered.size])).toEqual([
      ['schema', 2],
      ['graph', 2],
    ]);
    expect(run(...one(), ...one()).flatMap(({ findings }) => findings)).toMatchObject([
      { code: 'manifest-duplicate' },
    ]);
  });

  test('production is judged as production, whatever staging has', () => {
    const environment = (stage: string) =>
      read(
        stage,
        '{ apiVersion: v1, kind: Namespace, metadata: { name: tideline } }',
        `{ apiVersion: v1, kind: ConfigMap, metadata: { name: environment, namespace: plimsoll-system }, data: { stage: ${stage} } }`,
        `{ apiVersion: v1, kind: Pod, metadata: { name: api, namespace: tideline }, spec: {
          containers: [{ name: api, image: 'tideline/api:1.4.2' }] } }`,
      );
    const both = [...environment('production'), ...environment('staging')];
    const only = POLICIES.filter(({ name }) => name === 'immutable-image-tags');
    for (const manifests of [both, both.toReversed()]) {
      const [outcome] = validate(manifests, {
        store: store(),
        checks: ['policy'],
        clusterOf,
        policy: (some) => checkPolicies(only, some, { resourceOf }),
      });
      expect(outcome?.findings).toMatchObject([
        { code: 'policy-violated', subject: { name: 'api' }, origin: { file: 'production' } },
      ]);
      expect(outcome?.covered.size).toBe(2);
    }
  });

  test('a program that is missing is missed once', () => {
    const kubeconform = { ...machine({}), find: () => undefined };
    const manifests = [...read('production.yaml', ship('masts')), ...read('staging.yaml', ship('masts'))];
    const outcomes = validate(manifests, { store: store(), checks: ['schema'], clusterOf, kubeconform });
    expect(outcomes.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      ['kubeconform-missing'],
    ]);
  });

  test('policies see the namespaces of their own cluster only', () => {
    const seen: (readonly string[])[] = [];
    validate([...read('production.yaml', ship('masts')), ...read('staging.yaml', ship('masts'))], {
      store: store(),
      checks: ['policy'],
      clusterOf,
      policy: (manifests) => {
        seen.push(manifests.map(({ file }) => file));
        return { check: 'policy', engine: '1 policy', findings: [], covered: new Set(manifests) };
      },
    });
    expect(seen).toEqual([['production.yaml'], ['staging.yaml']]);
  });
});

test('a document cannot take over a kind of Kubernetes', () => {
  const deployment =
    '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicass: 3 } }';
  const found = codes(definition('replicass', 'apps', 'Deployment', 'foos'), deployment);
  expect(found).toContain('schema-unusable');
  expect(found).toContain('schema-unknown-field');
});

test('nor can a definition that comes another way', () => {
  const known = store();
  const crd = crdOfDocument(JSON.parse(definition('replicass', 'apps', 'Deployment', 'foos')));
  const taught = withCrds(known, crd === undefined ? [] : [crd]);
  expect(crd).toBeDefined();
  expect(taught.find('apps/v1', 'Deployment')).toBe(known.find('apps/v1', 'Deployment'));
});

test('a document with more problems than are listed says so', () => {
  const fields = Array.from({ length: 600 }, (_, index) => `f${index}: 1`).join(', ');
  const found = codes(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: berths }, ${fields} }`);
  expect(found.filter((code) => code === 'schema-unknown-field')).toHaveLength(500);
  expect(found.at(-1)).toBe('schema-more');
  const [outcome] = run(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: berths }, ${fields} }`);
  expect(outcome?.findings.at(-1)).toMatchObject({
    severity: 'error',
    subject: { name: 'berths' },
    args: { listed: 500, more: 100 },
  });
});

test('a definition whose mistakes are not all listed defines nothing', () => {
  const { apiVersion, kind, metadata, spec } = JSON.parse(definition('masts'));
  const whole = { apiVersion, kind, metadata, spec: { ...spec, names: { ...spec.names, categories: 3 } } };
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1]));
  const [outcome] = run(JSON.stringify({ ...fields, ...whole }), ship('masts'));
  const found = outcome?.findings.map(({ code }) => code) ?? [];
  expect(found.filter((code) => code !== 'schema-unknown-field')).toEqual([
    'schema-unusable',
    'schema-more',
    'schema-missing',
  ]);
});

test('every check that was asked for is told of, even where there is nothing to check', () => {
  expect(validate([], { store: store(), checks: ['schema', 'graph'] }).map(({ check }) => check)).toEqual([
    'schema',
    'graph',
  ]);
});
