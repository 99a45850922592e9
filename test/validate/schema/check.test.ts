import { describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { KUBERNETES_VERSIONS, minorOf, withCrds } from '#validate/schema/store.ts';
import { corpusStore, store } from '../schemas.ts';

const schemas = corpusStore();
const check = (text: string, known = schemas) =>
  checkSchemas(readManifestText(text, 'ship.yaml').manifests, known);
const brief = ({ code, severity, pointer }: Finding) => `${severity} ${code} ${pointer}`;
const found = (text: string, known = schemas) => check(text, known).findings.map(brief);

const voyage = (spec: string) =>
  `apiVersion: shipping.tideline.example/v1\nkind: Voyage\nmetadata: { name: a, namespace: tideline }\nspec: { vessel: MV A, draught: 7, ${spec} }\n`;
const pod = (container: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, ${container} }] }\n`;

describe('null', () => {
  it('is absent where it is no value, so neither a type nor an unknown default', () => {
    expect(
      found(pod('image: null, resources: null, env: null, securityContext: { runAsUser: null }')),
    ).toEqual([]);
    expect(
      found(
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { b: null } }\ndata: { c: null }\n',
      ),
    ).toEqual([]);
    expect(found(voyage('status: null, ports: null, notes: { a: null, b: null, c: null, d: null }'))).toEqual(
      [],
    );
  });

  it('is missing where a field is required', () => {
    expect(found('apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: null }\n')).toEqual([
      'error schema-required /spec/containers',
    ]);
  });

  it('is a value where the schema says so, and never an item', () => {
    expect(found(voyage('holds: null'))).toEqual([]);
    expect(found(voyage('ports: [NLRTM, null]'))).toEqual(['error schema-type /spec/ports/1']);
  });

  it('does not meet the condition of an alternative', () => {
    expect(found(voyage('pilot: { name: null, radio: "16" }'))).toEqual([]);
    expect(found(voyage('pilot: { name: null }'))).toEqual(['error schema-alternatives /spec/pilot']);
  });
});

describe('numbers beyond 64 bits', () => {
  it('are numbers, quantities and anything, and no integers', () => {
    const at = (spec: string) => found(voyage(spec));
    expect(at('extra: { a: 9223372036854775808 }')).toEqual([]);
    expect(at('load: 9223372036854775807')).toEqual([]);
    expect(at('holds: 9223372036854775808')).toEqual(['error schema-type /spec/holds']);
    expect(at('load: -9223372036854775809')).toEqual(['error schema-type /spec/load']);
    expect(at('holds: 1e99')).toEqual(['error schema-type /spec/holds']);
    expect(found(pod('resources: { limits: { cpu: 123456789012345678901 } }'))).toEqual([]);
  });
});

describe('what Go decodes', () => {
  const secret = (data: string) =>
    found(`apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: ${data} }\n`);
  const lease = (time: string) =>
    found(
      `apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: { name: a }\nspec: { renewTime: "${time}" }\n`,
    );
  const made = (time: string) =>
    found(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, creationTimestamp: "${time}" }\n`);

  it('takes a list of small numbers for bytes, which is told of', () => {
    for (const data of ['[]', '[1, 255]', '[null]'])
      expect(secret(data)).toEqual(['warning schema-type /data/a']);
    for (const data of ['[256]', '[a]', '{}', '1'])
      expect(secret(data)).toEqual(['error schema-type /data/a']);
  });

  it('wants all six digits of a time in microseconds', () => {
    for (const time of ['2025-03-01T08:00:10.000000Z', '2025-03-01T8:00:10,000000+01:00'])
      expect(lease(time), time).toEqual([]);
    for (const time of ['2025-03-01T08:00:10Z', '2025-03-01T08:00:10.0Z', '2025-03-01T08:00:10.0000000Z', ''])
      expect(lease(time), time).toEqual(['error schema-format /spec/renewTime']);
  });

  it('reads times by its own layout', () => {
    for (const time of ['2025-03-01T08:00:10Z', '2025-03-01T8:00:10.5Z', '2025-03-01T08:00:10+24:00'])
      expect(made(time), time).toEqual([]);
    for (const time of [
      '2025-03-01t08:00:10Z',
      '2025-03-01T08:00:10z',
      '2025-03-01T24:00:10Z',
      '2025-02-30T08:00:10Z',
    ])
      expect(made(time), time).toEqual(['error schema-format /metadata/creationTimestamp']);
  });

  it('reads no quantity in spaces alone', () => {
    expect(found(pod('resources: { limits: { cpu: " 1 " } }'))).toEqual([]);
    expect(found(pod('resources: { limits: { cpu: " " } }'))).toEqual([
      'error schema-format /spec/containers/0/resources/limits/cpu',
    ]);
  });

  it('drops unknown fields of what may be one thing or another', () => {
    const crd = (schema: string) =>
      found(
        `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a.b.c }\nspec: { group: b.c, scope: Cluster, names: { kind: A, plural: a }, versions: [{ name: v1, schema: { openAPIV3Schema: { type: object, ${schema} } } }] }\n`,
      );
    const root = '/spec/versions/0/schema/openAPIV3Schema';
    expect(crd('additionalProperties: { type: string, tide: 1 }')).toEqual([
      `warning schema-unknown-field ${root}/additionalProperties/tide`,
    ]);
    expect(crd('tide: 1')).toEqual([`error schema-unknown-field ${root}/tide`]);
  });
});

describe('doubles in lists', () => {
  it('are a warning in Kubernetes’ own kinds, where only server-side apply refuses them', () => {
    expect(found(pod('ports: [{ containerPort: 80 }, { containerPort: 80, protocol: TCP }]'))).toEqual([
      'warning schema-duplicate-item /spec/containers/0/ports/1',
    ]);
    expect(found(pod('ports: [{ containerPort: 80 }, { containerPort: 80, protocol: UDP }]'))).toEqual([]);
  });
});

describe('quantities', () => {
  const limit = (value: string) => found(pod(`resources: { limits: { memory: ${value} } }`));
  it.each([
    '1',
    '1.5',
    '.5',
    '100m',
    '1Gi',
    '1e3',
    '1E3',
    '5E',
    '"+1"',
    '-1',
    '0',
    '1.',
    '12e6',
    '5Ei',
    '"2 "',
    'Gi',
  ])('take %s', (value) => expect(limit(value)).toEqual([]));
  it.each(['1GB', '"1 Gi"', '""', '1e', '1.5.2', '0x10Gi', 'yes', '{}', '1mi', '1Ki5'])(
    'refuse %s',
    (value) => expect(limit(value)).toHaveLength(1),
  );
});

describe('what the API server fills in or reads as empty', () => {
  it('is not missing in Kubernetes’ own types', () => {
    const binding = (roleRef: string) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: a }\nroleRef: { ${roleRef} }\n`;
    expect(found(binding('kind: Role, name: a'))).toEqual([]);
    expect(found(binding('kind: Role'))).toEqual(['error schema-required /roleRef/name']);
  });

  it('is null among their items, with a warning', () => {
    expect(found(pod('args: [a, null]'))).toEqual(['warning schema-type /spec/containers/0/args/1']);
    expect(found('apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [null] }\n')).toEqual(
      ['warning schema-type /spec/containers/0', 'error schema-required /spec/containers/0/name'],
    );
  });

  it('is a status that is written apart: what is wrong in it is no error', () => {
    const base = store();
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'buoys.tideline.example' },
      spec: {
        group: 'tideline.example',
        scope: 'Namespaced',
        names: { kind: 'Buoy', plural: 'buoys' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { status: { type: 'object', properties: { lit: { type: 'boolean' } } } },
              },
            },
          },
        ],
      },
    };
    const { crds } = crdsIn(readManifestText(JSON.stringify(crd), 'crd.json').manifests, base);
    const buoy = (status: string) =>
      found(
        `{ apiVersion: tideline.example/v1, kind: Buoy, metadata: { name: a }, status: { ${status} } }`,
        withCrds(base, crds),
      );
    expect(buoy('lit: 1')).toEqual(['warning schema-type /status/lit']);
    expect(buoy('bell: 1')).toEqual(['error schema-unknown-field /status/bell']);
  });
});

describe('unknown fields', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is one', (name) => {
    expect(found(pod(`"${name}": 1`))).toEqual([`error schema-unknown-field /spec/containers/0/${name}`]);
  });

  it('come with the field that was probably meant', () => {
    const meant = (field: string) => check(pod(`${field}: 1`)).findings.map(({ args }) => args);
    expect(meant('imagePullpolicy')).toEqual([{ field: 'imagePullpolicy', similar: 'imagePullPolicy' }]);
    expect(meant('iamge')).toEqual([{ field: 'iamge', similar: 'image' }]);
    expect(meant('gangplank')).toEqual([{ field: 'gangplank' }]);
  });

  it('are fields where the schema keeps unknown ones', () => {
    expect(found(voyage('extra: { a: { b: [1, null] } }'))).toEqual([]);
    expect(found(voyage('manifest: { apiVersion: v1, kind: A, metadata: { name: b }, c: 1 }'))).toEqual([]);
  });
});

describe('kinds', () => {
  const of = (apiVersion: string, kind: string, version = '1.34') =>
    check(`{ apiVersion: "${apiVersion}", kind: ${kind}, metadata: { name: a } }`, store(version));

  it('without a schema are findings and not covered', () => {
    const outcome = of('shipping.tideline.example/v1', 'Voyage');
    expect(outcome.findings.map(brief)).toEqual(['error schema-missing /kind']);
    expect(outcome.covered.size).toBe(0);
  });

  it('that are gone name their successor, by the version of Kubernetes', () => {
    expect(of('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema').findings).toMatchObject([
      {
        code: 'schema-version-removed',
        args: { removedIn: '1.32', successor: 'flowcontrol.apiserver.k8s.io/v1' },
      },
    ]);
    expect(of('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.30').findings).toMatchObject([
      { code: 'schema-version-deprecated', severity: 'warning', args: { removedIn: '1.32' } },
    ]);
  });

  it('that will go some day are mentioned', () => {
    const text = voyage('').replace('/v1', '/v1beta1');
    expect(found(text)).toEqual(['info schema-version-deprecated /apiVersion']);
  });

  it('of the whole cluster have no namespace', () => {
    expect(found('apiVersion: v1\nkind: Namespace\nmetadata: { name: a, namespace: b }\n')).toEqual([
      'warning schema-namespace-forbidden /metadata/namespace',
    ]);
  });

  it('are known in every version that is kept', () => {
    for (const version of KUBERNETES_VERSIONS)
      expect(of('apps/v1', 'Deployment', version).covered.size).toBe(1);
    expect(minorOf('v1.34.2-eks-abc')).toBe('1.34');
    expect(minorOf('1.12')).toBeUndefined();
    expect(minorOf('latest')).toBeUndefined();
  });
});

describe('foreign schemas', () => {
  const withSchema = (schema: object) => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'buoys.tideline.example' },
      spec: {
        group: 'tideline.example',
        scope: 'Namespaced',
        names: { kind: 'Buoy', plural: 'buoys' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    };
    const { crds, findings } = crdsIn(readManifestText(JSON.stringify(crd), 'crd.json').manifests, store());
    expect(findings).toEqual([]);
    return withCrds(store(), crds);
  };
  const buoy = (spec: string) =>
    `{ apiVersion: tideline.example/v1, kind: Buoy, metadata: { name: a }, spec: ${spec} }`;

  it('with a catastrophic pattern cost no more than others', () => {
    const known = withSchema({
      type: 'object',
      properties: { spec: { type: 'string', pattern: '^(a+)+$' } },
    });
    const started = process.cpuUsage().user;
    expect(found(buoy(`${'a'.repeat(20_000)}!`), known)).toEqual(['error schema-pattern /spec']);
    expect(process.cpuUsage().user - started).toBeLessThan(20_000_000);
  });

  it('with a pattern that is none can not be used silently', () => {
    const known = withSchema({ type: 'object', properties: { spec: { type: 'string', pattern: '(?=a)' } } });
    expect(found(buoy('a'), known)).toEqual(['error schema-unusable /spec']);
  });

  it('default before they ask for what is required', () => {
    const known = withSchema({
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          required: ['light'],
          properties: { light: { type: 'string', default: 'red' }, bell: { type: 'boolean' } },
          anyOf: [{ required: ['light'] }, { required: ['bell'] }],
        },
      },
    });
    expect(found(buoy('{}'), known)).toEqual([]);
  });

  it('replace the imported ones of their kind', () => {
    const known = withSchema({ type: 'object' });
    expect(found(buoy('{}'), known)).toEqual(['error schema-unknown-field /spec']);
  });
});

it('costs no more for a document full of unknown fields', () => {
  const fields = Array.from({ length: 50_000 }, (_, index) => `"imagePullPolcy${index}":1`).join(',');
  const started = process.cpuUsage().user;
  const { manifests } = readManifestText(
    `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a",${fields}}]}}`,
    'pod.json',
  );
  const { findings } = checkSchemas(manifests, schemas);
  expect(findings).toHaveLength(501);
  expect(findings.at(-1)).toMatchObject({ code: 'schema-more', args: { listed: 500, more: 49_500 } });
  expect(process.cpuUsage().user - started).toBeLessThan(25_000_000);
});
