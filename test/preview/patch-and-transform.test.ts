import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runPatchAndTransform } from '#preview/patch-and-transform/function.ts';
import { answerTo, base, providerFields, queue, requestOf, toldBy } from './tideline.ts';

const redrive = {
  type: 'CombineFromComposite',
  toFieldPath: 'spec.forProvider.redrivePolicy',
  policy: { fromFieldPath: 'Required' },
  combine: {
    strategy: 'string',
    variables: [{ fromFieldPath: 'status.dlqArn' }, { fromFieldPath: 'spec.maxReceiveCount' }],
    string: { fmt: '{"deadLetterTargetArn":"%s","maxReceiveCount":%.0f}' },
  },
};

describe('a required source', () => {
  it('holds a new resource back, and the composite with it', () => {
    const response = answerTo(requestOf([redrive]));
    expect(response.desired).toEqual({
      composite: {
        ready: 'READY_FALSE',
        resource: { apiVersion: 'platform.tideline.example/v1alpha1', kind: 'XQueue' },
      },
    });
    expect(toldBy(response)).toEqual([
      'SEVERITY_WARNING: not adding new composed resource "queue" to desired state because "CombineFromComposite" patch at index 0 has \'policy.fromFieldPath: Required\': status: no such field',
    ]);
  });

  it('protects nothing that exists', () => {
    const observed = {
      composite: { resource: queue() },
      resources: { queue: { resource: { ...base, metadata: { name: 'voyage-events-x7k2p-a' } } } },
    };
    const response = answerTo(requestOf([redrive], { observed }));
    expect(response.desired?.resources?.['queue']?.resource).toEqual({
      ...base,
      metadata: { name: 'voyage-events-x7k2p-a' },
    });
    expect(toldBy(response)[0]).toMatch(/^SEVERITY_WARNING: .*ignoring 'policy.fromFieldPath: Required'/);
  });

  it('is used once it is there', () => {
    const observed = { composite: { resource: queue({}, { dlqArn: 'arn:aws:sqs:dlq' }) } };
    expect(providerFields(answerTo(requestOf([redrive], { observed })))).toEqual({
      redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:dlq","maxReceiveCount":5}',
    });
  });
});

describe('numbers', () => {
  const through = (...transforms: object[]) => {
    const observed = { composite: { resource: queue({ seconds: 1209600 }) } };
    const patch = { fromFieldPath: 'spec.seconds', toFieldPath: 'spec.forProvider.value', transforms };
    return providerFields(answerTo(requestOf([patch], { observed })));
  };
  const format = (fmt: string) => ({ type: 'string', string: { type: 'Format', fmt } });

  it('are float64, which %d does not print', () => {
    expect(through(format('%d'))).toEqual({ value: '%!d(float64=1.2096e+06)' });
    expect(through(format('%v'))).toEqual({ value: '1.2096e+06' });
    expect(through(format('%.0f'))).toEqual({ value: '1209600' });
    expect(through({ type: 'convert', convert: { toType: 'int64' } }, format('%d'))).toEqual({
      value: '1209600',
    });
  });

  it('multiply and clamp', () => {
    expect(through({ type: 'math', math: { type: 'Multiply', multiply: 2 } })).toEqual({ value: 2419200 });
    expect(through({ type: 'math', math: { type: 'ClampMax', clampMax: 86400 } })).toEqual({ value: 86400 });
  });
});

describe('a fatal error', () => {
  it('returns what came, and no result of this function', () => {
    const desired = {
      resources: { bucket: { resource: { apiVersion: 's3.aws.upbound.io/v1beta2', kind: 'Bucket' } } },
    };
    const patch = {
      fromFieldPath: 'spec.region',
      toFieldPath: 'spec.forProvider.zone',
      transforms: [{ type: 'map', map: { 'eu-central-1': 'a' } }],
    };
    const response = answerTo(requestOf([patch], { desired, context: { 'tideline.example/fleet': 7 } }));
    expect(response.desired).toEqual(desired);
    expect(response.context).toEqual({ 'tideline.example/fleet': 7 });
    expect(toldBy(response)).toEqual([
      'SEVERITY_FATAL: cannot render composed resource "queue" "FromCompositeFieldPath" patch at index 0: transform at index 0 returned error: map transform could not resolve: key eu-west-1 is not found in map',
    ]);
  });

  it.each([
    [{ fromFieldPath: '' }, 'resources[0].patches[0].fromFieldPath: Required value'],
    [{ type: 'FromFleet' }, 'resources[0].patches[0].type: Invalid value: "FromFleet"'],
    [
      { fromFieldPath: 'spec.a', policy: { toFieldPath: 'Merge' } },
      'policy.toFieldPathPolicy: Invalid value',
    ],
    [{ fromFieldPath: 'spec.a', transforms: [{ type: 'math' }] }, 'transforms[0].math: Required value'],
    [{ fromFieldPath: 'spec.a', toFieldPaths: 'x' }, 'v1beta1.ComposedPatch: unknown name "toFieldPaths"'],
    [{ fromFieldPath: 5 }, 'cannot unmarshal JSON number into Go value of type string'],
  ])('tells what is wrong with the patch %j', (patch, message) => {
    const [told] = toldBy(answerTo(requestOf([patch])));
    expect(told).toContain('SEVERITY_FATAL');
    expect(told).toContain(message);
  });

  it('may be the end of the process', () => {
    const regexp = { type: 'Regexp', regexp: { match: 'eu', group: -1 } };
    const patch = { fromFieldPath: 'spec.region', transforms: [{ type: 'string', string: regexp }] };
    expect(runPatchAndTransform(requestOf([patch]))).toEqual({
      crash: 'runtime error: index out of range [-1]',
    });
  });
});

describe('connection details', () => {
  const input = {
    resources: [
      {
        name: 'queue',
        base,
        connectionDetails: [
          { name: 'url', type: 'FromFieldPath', fromFieldPath: 'status.atProvider.url' },
          { name: 'limits', type: 'FromFieldPath', fromFieldPath: 'status.atProvider.limits' },
          { name: 'secret', type: 'FromConnectionSecretKey', fromConnectionSecretKey: 'token' },
          { name: 'absent', type: 'FromConnectionSecretKey', fromConnectionSecretKey: 'constructor' },
        ],
      },
    ],
  };
  const observedWith = (composite: object) => ({
    composite: { resource: composite },
    resources: {
      queue: {
        resource: { ...base, status: { atProvider: { url: 'https://sqs', limits: { bytes: 262144 } } } },
        connectionDetails: { token: 'dG9rZW4=' },
      },
    },
  });
  const details = { url: 'aHR0cHM6Ly9zcXM=', limits: 'eyJieXRlcyI6MjYyMTQ0fQ==', secret: 'dG9rZW4=' };

  it('come from fields and from secrets', () => {
    const response = answerTo({ input, observed: observedWith(queue()) });
    expect(response.desired?.composite?.connectionDetails).toEqual(details);
    expect(Object.keys(response.desired?.resources ?? {})).toEqual(['queue']);
  });

  it('are a composed Secret too for Crossplane v2', () => {
    const response = answerTo({ input, observed: observedWith(queue({ crossplane: {} })) });
    expect(response.desired?.resources?.['voyage-events-x7k2p-connection-secret']).toEqual({
      ready: 'READY_TRUE',
      resource: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'voyage-events-x7k2p-connection' },
        type: 'connection.crossplane.io/v1alpha1',
        data: details,
      },
    });
  });
});

describe('hostile input', () => {
  it('never changes the request, and never throws', () => {
    const request = requestOf([{ fromFieldPath: 'spec', toFieldPath: 'spec.forProvider.__proto__.copy' }]);
    const before = JSON.stringify(request);
    expect(providerFields(answerTo(request))).toBeDefined();
    expect(JSON.stringify(request)).toBe(before);
    expect('copy' in {}).toBe(false);
  });

  it('is answered, whatever it is', () => {
    const input = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          resources: fc.array(
            fc.record({
              name: fc.constantFrom('queue', '', '__proto__'),
              base: fc.oneof(fc.constant(base), fc.jsonValue()),
              patches: fc.array(
                fc.record(
                  {
                    type: fc.constantFrom(
                      'FromCompositeFieldPath',
                      'ToCompositeFieldPath',
                      'ToEnvironmentFieldPath',
                    ),
                    fromFieldPath: fc.constantFrom(
                      'spec',
                      'spec.region',
                      'spec.none',
                      'metadata.name',
                      'spec[',
                    ),
                    toFieldPath: fc.constantFrom(
                      'spec',
                      'kind',
                      'metadata',
                      'spec.a[3].b',
                      'spec[*]',
                      'x.__proto__.y',
                    ),
                    policy: fc.record({
                      toFieldPath: fc.constantFrom('Replace', 'MergeObjects', 'AppendArray'),
                    }),
                  },
                  { requiredKeys: ['type'] },
                ),
              ),
            }),
          ),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(input, fc.jsonValue(), (hostile, spec) => {
        const outcome = runPatchAndTransform({
          input: hostile,
          observed: { composite: { resource: { ...queue(), spec } } },
        });
        expect('response' in outcome || 'crash' in outcome).toBe(true);
        expect(() => JSON.stringify(outcome)).not.toThrow();
      }),
    );
  });
});
