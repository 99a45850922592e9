import { expect, it } from 'vitest';
import { checkBuiltin } from '#validate/builtin/check.ts';

/** CustomResourceDefinitions: each case changes a version that is right, and names what must be found. */

const port = { type: 'string', maxLength: 5 };
const schema = (more: object = {}) => ({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        ship: { type: 'string', pattern: '^[A-Z]' },
        convoy: { type: 'integer' },
        crew: { type: 'object', additionalProperties: { type: 'string' } },
        ...more,
      },
    },
  },
});
const calls = (key: object, item: object = {}) => ({
  calls: {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['port'],
    items: { type: 'object', required: ['port'], properties: { port: key }, ...item },
  },
});
const scale = { specReplicasPath: '.spec.convoy', statusReplicasPath: '.status.convoy' };

const found = (version: object) => {
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'voyages.tideline.example' },
    spec: {
      group: 'tideline.example',
      scope: 'Namespaced',
      names: { kind: 'Voyage', plural: 'voyages' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema() }, ...version },
      ],
    },
  };
  const locate = () => ({ file: 'ship.yaml', line: 1, column: 1 });
  return checkBuiltin([{ object: object as never, file: 'ship.yaml', locate }]).findings.map(
    ({ code, pointer }) => `${code} ${pointer?.replace('/spec/versions/0', '')}`,
  );
};

const selecting = (...paths: readonly string[]) => ({
  selectableFields: paths.map((jsonPath) => ({ jsonPath })),
});
const withSchema = (more: object) => ({ schema: { openAPIV3Schema: schema(more) } });
const SPEC = '/schema/openAPIV3Schema/properties/spec/properties';

const ROWS: readonly (readonly [object, ...string[]])[] = [
  [{}],
  [{ name: '1v' }, 'builtin-invalid /name'],
  [selecting('.spec.ship', '.spec.convoy')],
  [selecting('.spec.shi'), 'builtin-invalid /selectableFields/0/jsonPath'],
  [selecting('..spec.ship'), 'builtin-invalid /selectableFields/0/jsonPath'],
  [selecting('spec.ship'), 'builtin-invalid /selectableFields/0/jsonPath'],
  [selecting('.spec.crew'), 'builtin-invalid /selectableFields/0/jsonPath'],
  [selecting('.metadata'), 'builtin-invalid /selectableFields/0/jsonPath'],
  [{ selectableFields: [{}] }, 'builtin-required /selectableFields/0/jsonPath'],
  [{ subresources: { scale } }],
  [{ subresources: { scale: { ...scale, labelSelectorPath: '.status.selector' } } }],
  [
    { subresources: { scale: { ...scale, labelSelectorPath: 'status.selector' } } },
    'builtin-invalid /subresources/scale/labelSelectorPath',
  ],
  [
    { subresources: { scale: { ...scale, specReplicasPath: '.' } } },
    'builtin-invalid /subresources/scale/specReplicasPath',
  ],
  [
    { subresources: { scale: { ...scale, statusReplicasPath: '' } } },
    'builtin-required /subresources/scale/statusReplicasPath',
  ],
  [{ deprecated: true, deprecationWarning: 'use v2' }],
  [{ deprecationWarning: 'use v2' }, 'builtin-forbidden /deprecationWarning'],
  [withSchema({ speed: { type: 'string', pattern: '^[0-9]+(kn)?$' } })],
  [withSchema({ speed: { type: 'string', pattern: '$?)nk(' } }), `builtin-invalid ${SPEC}/speed/pattern`],
  [withSchema(calls(port))],
  [
    withSchema(calls({ ...port, nullable: true })),
    `builtin-forbidden ${SPEC}/calls/items/properties/port/nullable`,
  ],
  [withSchema(calls(port, { nullable: true })), `builtin-forbidden ${SPEC}/calls/items/nullable`],
];

it.each(ROWS.map(([version, ...expected]) => ({ version, expected })))(
  '$version',
  ({ version, expected }) => {
    expect(found(version)).toEqual(expected);
  },
);
