import { beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { checkRules } from '#validate/cel/check.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../validate/schemas.ts';
import { type Answer, apply, ask, collection, define, KUBECONFIG, steps, tryCreate } from './api-server.ts';
import { CHANGE_CASES, RULE_CASES } from './rule-cases.ts';

/**
 * The API server as the oracle of rules: it refuses the objects that plimsoll refuses, for the same fields and with the
 * same messages, when they are created and when they change. Runs where PLIMSOLL_KUBECONFIG names the kubeconfig of a
 * cluster that may be written to.
 */
const GROUP = 'rules.tideline.example';
const NAMESPACE = 'default';

const definition = (kind: string, plural: string, properties: object) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } },
        },
      },
    ],
  },
});

const schemasOf = (cases: Readonly<Record<string, { readonly schema: object }>>) =>
  Object.fromEntries(Object.entries(cases).map(([name, { schema }]) => [name, schema]));

const DEFINITIONS = [
  definition('Voyage', 'voyages', schemasOf(RULE_CASES)),
  definition('Passage', 'passages', schemasOf(CHANGE_CASES)),
];

const read = (object: object) => readManifestText(JSON.stringify(object), 'ship.json').manifests;
const base = store();
const { crds, definitions } = crdsIn(read({ kind: 'List', items: DEFINITIONS }), base);
const schemas = withCrds(base, crds);

const of = (kind: string, spec: object, metadata: object = {}) => ({
  apiVersion: `${GROUP}/v1`,
  kind,
  metadata: { name: 'ann', namespace: NAMESPACE, ...metadata },
  spec,
});

/** All that plimsoll refuses. */
function refused(object: object, previous?: object): readonly Finding[] {
  const manifests = read(object);
  const schema = checkSchemas(manifests, schemas);
  const before = previous === undefined ? {} : { previous: (_: Manifest) => previous };
  const { findings } = checkRules(manifests, schemas, { ...before, unfit: schema.unfit });
  return [...schema.findings, ...findings].filter(({ severity }) => severity === 'error');
}

function agree(answer: Answer, ours: readonly Finding[]): void {
  const told = JSON.stringify(ours, null, 1);
  expect(ours.length === 0, `${answer.message}\n${told}`).toBe(answer.isAccepted);
  const theirs = answer.fields.filter((field) => field !== '<nil>').map(steps);
  expect([...new Set(ours.map(({ pointer = '' }) => steps(pointer)))].sort(), told).toEqual(
    [...new Set(theirs)].sort(),
  );
  for (const { code, args } of ours) {
    if (code === 'rule-violated' && !answer.message.includes('Duplicate value'))
      expect(answer.message).toContain(args.message);
  }
}

const CREATED = Object.entries(RULE_CASES).flatMap(([name, { values }]) =>
  values.map((value) => ({ name, value, shown: JSON.stringify(value).slice(0, 60) })),
);
const CHANGED = Object.entries(CHANGE_CASES).flatMap(([name, { changes }]) =>
  changes.map(([before, after], index) => ({ name, before, after, index })),
);

it('takes the definitions', () => {
  expect(checkRules([], schemas, { definitions }).findings).toEqual([]);
});

describe.runIf(KUBECONFIG !== '')('the API server', () => {
  beforeAll(() => define(DEFINITIONS), 120_000);

  it.each(CREATED)('judges $name: $shown', async ({ name, value }) => {
    const object = of('Voyage', { [name]: value });
    agree(await tryCreate(object, 'voyages', true), refused(object));
  });

  it.each(CHANGED)('judges the change of $name $index', async ({ name, before, after, index }) => {
    const metadata = { name: `${name.toLowerCase()}-${index}` };
    const old = of('Passage', { [name]: before }, metadata);
    const path = `${collection(old, 'passages', true)}/${metadata.name}`;
    await ask('DELETE', path);
    const made = await apply(old, 'passages', true, false);
    expect(made.isAccepted, made.message).toBe(true);
    const { resourceVersion } = made.body['metadata'] as { readonly resourceVersion: string };
    const object = of('Passage', { [name]: after }, { ...metadata, resourceVersion });
    const answer = await ask('PUT', `${path}?dryRun=All&fieldValidation=Strict`, object);
    agree(answer, refused(object, old));
  });
});
