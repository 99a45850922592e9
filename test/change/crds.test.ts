import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { changesBetween } from '#change/changes.ts';
import { risksOf } from '#change/risk/risk.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { store } from './sample.ts';

/** What an upgrade of a chart does to the kinds that it brings. */
const GAUGES = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gauges.tides.tideline.example }
spec:
  group: tides.tideline.example
  scope: Namespaced
  names: { kind: Gauge, listKind: GaugeList, plural: gauges, singular: gauge }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, required: [station], properties: { station: { type: string }, offset: { type: integer } } } } } } }
    - { name: v1beta1, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }
`;

const state = (text: string) => ({
  name: 'production',
  resources: readManifestText(text, 'gauges.yaml').manifests.map((manifest) => ({ manifest, late: [] })),
});

/** The risks of an edit: path in the CRD, new value; undefined takes it away. */
function risks(...edits: readonly (readonly [path: string, value: unknown])[]) {
  const object = parse(GAUGES);
  for (const [path, value] of edits) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const place = keys.reduce((here, key) => here[key], object);
    if (value === undefined && Array.isArray(place)) place.splice(Number(last), 1);
    else if (value === undefined) delete place[last];
    else place[last] = value;
  }
  const { changes } = changesBetween(state(GAUGES), state(stringify(object)), store);
  return changes
    .flatMap(risksOf)
    .map(({ kind, rule, isBlocking }) => `${kind} ${rule}${isBlocking ? ', blocks' : ''}`);
}

const V1 = 'spec.versions.0';
const SPEC = `${V1}.schema.openAPIV3Schema.properties.spec`;

test.each([
  ['nothing', [], []],
  ['a version that goes', [['spec.versions.1', undefined]], ['downtime crd-version-removed']],
  ['a version that is not served', [['spec.versions.1.served', false]], ['downtime crd-version-unserved']],
  [
    'another version that is stored',
    [
      [`${V1}.storage`, false],
      ['spec.versions.1.storage', true],
    ],
    ['downtime crd-storage-moved', 'downtime crd-storage-moved'],
  ],
  ['a field that goes', [[`${SPEC}.properties.offset`, undefined]], ['data-loss crd-field-removed']],
  ['all fields that go', [[`${SPEC}.properties`, undefined]], ['data-loss crd-field-removed']],
  ['a field that comes', [[`${SPEC}.properties.unit`, { type: 'string' }]], []],
  [
    'a field that is required',
    [[`${SPEC}.required`, ['station', 'offset']]],
    ['downtime crd-field-required'],
  ],
  ['a field that is not required any more', [[`${SPEC}.required`, undefined]], []],
  ['another type', [[`${SPEC}.properties.offset.type`, 'string']], ['downtime crd-field-narrowed']],
  ['fewer values', [[`${SPEC}.properties.station.enum`, ['dover']]], ['downtime crd-field-narrowed']],
  ['another scope', [['spec.scope', 'Cluster']], ['replacement crd-identity, blocks']],
] as const)('%s', (_, edits, expected) => {
  expect(risks(...edits)).toEqual(expected);
});

test('a CRD that goes, with every object of its kind', () => {
  const { changes } = changesBetween(state(GAUGES), state(''), store);
  expect(changes.flatMap(risksOf).map(({ kind, isBlocking }) => [kind, isBlocking])).toEqual([
    ['data-loss', true],
  ]);
});
