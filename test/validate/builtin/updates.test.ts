import { expect, it } from 'vitest';
import { checkBuiltin } from '#validate/builtin/check.ts';

/** Changes of what is there: what may change, and what may not. */

type Fields = Readonly<Record<string, unknown>>;

const found = (object: Fields, former: Fields) =>
  checkBuiltin(
    [
      {
        object: object as never,
        file: 'ship.yaml',
        locate: () => ({ file: 'ship.yaml', line: 1, column: 1 }),
      },
    ],
    { previous: () => former },
  ).findings.map(({ code, pointer }) => `${code} ${pointer}`);

const claim = (spec: Fields) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'charts' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } }, ...spec },
});
const CHART = {
  dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'charts' },
};
const asking = (requests: Fields) => claim({ resources: { requests } });
const service = (port: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'berths' },
  spec: {
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: port,
    ports: [{ port: 443 }],
  },
});
const pod = (spec: Fields) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pilot' },
  spec: { containers: [{ name: 'pilot', image: 'pilot:1' }], ...spec },
});
const definition = (names: Fields, version = 'v1') => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'voyages.tideline.example' },
  spec: {
    group: 'tideline.example',
    scope: 'Namespaced',
    names: { kind: 'Voyage', plural: 'voyages', ...names },
    versions: [
      { name: version, served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
    ],
  },
});

it.each<readonly [string, Fields, Fields, readonly string[]]>([
  ['a claim grows', asking({ storage: '30Gi' }), claim({}), []],
  [
    'and never shrinks',
    asking({ storage: '10Gi' }),
    claim({}),
    ['builtin-forbidden /spec/resources/requests/storage'],
  ],
  [
    'and asks for nothing else later',
    asking({ storage: '20Gi', 'storage-too': '1Gi' }),
    claim({}),
    ['builtin-forbidden /spec/resources/requests/storage-too'],
  ],
  [
    'a class of its volume changes',
    claim({ volumeAttributesClassName: 'swift' }),
    claim({ volumeAttributesClassName: 'slow' }),
    [],
  ],
  ['a source goes', claim({}), claim(CHART), []],
  ['a source never comes', claim(CHART), claim({}), ['builtin-forbidden /spec/dataSource']],
  ['a source that is told again is the same', claim({ dataSourceRef: CHART.dataSource }), claim(CHART), []],
  ['a deadline comes nearer', pod({ activeDeadlineSeconds: 60 }), pod({ activeDeadlineSeconds: 90 }), []],
  [
    'a deadline never goes away',
    pod({}),
    pod({ activeDeadlineSeconds: 90 }),
    ['builtin-forbidden /spec/activeDeadlineSeconds'],
  ],
  ['a port of health checks stays', service(31_001), service(31_001), []],
  ['for ever', service(31_002), service(31_001), ['builtin-forbidden /spec/healthCheckNodePort']],
  ['a default is as good as what it stands for', pod({}), pod({ schedulerName: 'default-scheduler' }), []],
  [
    'and nothing else is',
    pod({}),
    pod({ schedulerName: 'tides' }),
    ['builtin-forbidden /spec/schedulerName'],
  ],
  [
    'gates go',
    pod({ schedulingGates: [{ name: 'tide' }] }),
    pod({ schedulingGates: [{ name: 'tide' }, { name: 'fog' }] }),
    [],
  ],
  [
    'and never come',
    pod({ schedulingGates: [{ name: 'tide' }, { name: 'fog' }] }),
    pod({ schedulingGates: [{ name: 'tide' }] }),
    ['builtin-forbidden /spec/schedulingGates/1'],
  ],
  ['a kind gets short names', definition({ shortNames: ['voy'] }), definition({}), []],
  ['and no other kind', definition({ kind: 'Trip' }), definition({}), ['builtin-forbidden /spec/names/kind']],
  [
    'and keeps the version in which objects are stored',
    definition({}, 'v2'),
    definition({}),
    ['builtin-stored-version /spec/versions'],
  ],
])('%s', (_, object, former, expected) => {
  expect(found(object, former)).toEqual(expected);
});
