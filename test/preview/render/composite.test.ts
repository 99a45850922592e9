import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifestText } from '#manifests/read/read.ts';
import { type RenderInput, renderComposite } from '#preview/render/composite.ts';
import type { JsonObject } from '#preview/render/composition.ts';
import { renderedDocuments, yamlDocument } from '#preview/render/documents.ts';
import { unreadyText } from '#preview/render/ready.ts';

const objectsIn = (file: string) =>
  readManifestText(
    fs.readFileSync(new URL(`../../fixtures/render/${file}`, import.meta.url), 'utf8'),
    file,
  ).manifests.map(({ object }) => object);

const [composite = {}]: readonly JsonObject[] = objectsIn('composite.yaml');
const [composition = {}]: readonly JsonObject[] = objectsIn('composition.yaml');
const observed = objectsIn('observed.yaml');
const functions = ['function-patch-and-transform', 'function-auto-ready'].map((name) => ({
  name,
  package: `xpkg.crossplane.io/crossplane-contrib/${name}:v1`,
}));
const input: RenderInput = { composite, composition, functions };

const codes = (changed: Partial<RenderInput>) => {
  const { value, findings } = renderComposite({ ...input, ...changed });
  return { codes: findings.map(({ code }) => code), rendered: value !== undefined };
};

const pipelineOf = (...steps: object[]) => ({
  ...composition,
  spec: { ...(composition['spec'] as object), pipeline: steps },
});

describe('renderComposite', () => {
  it('shows what the first pass makes', () => {
    const { value, findings } = renderComposite(input);
    expect(findings).toEqual([]);
    expect(value?.resources.map(({ name, isReady }) => ({ name, isReady }))).toEqual([
      { name: 'dead-letter', isReady: false },
    ]);
    expect(value?.resources[0]?.object).toEqual({
      apiVersion: 'sqs.aws.upbound.io/v1beta1',
      kind: 'Queue',
      metadata: {
        annotations: { 'crossplane.io/composition-resource-name': 'dead-letter' },
        generateName: 'voyage-events-x7k2p-',
        labels: { 'crossplane.io/composite': 'voyage-events-x7k2p' },
        ownerReferences: [
          {
            apiVersion: 'platform.tideline.example/v1alpha1',
            blockOwnerDeletion: true,
            controller: true,
            kind: 'XQueue',
            name: 'voyage-events-x7k2p',
            uid: '',
          },
        ],
      },
      spec: {
        forProvider: { messageRetentionSeconds: 1209600, name: 'voyage-events-dlq', region: 'eu-west-1' },
      },
    });
    expect(value?.composite).toEqual({
      apiVersion: 'platform.tideline.example/v1alpha1',
      kind: 'XQueue',
      metadata: { name: 'voyage-events-x7k2p' },
      status: {
        conditions: [
          {
            lastTransitionTime: '2024-01-01T00:00:00Z',
            message: 'Unready resources: dead-letter',
            reason: 'Creating',
            status: 'False',
            type: 'Ready',
          },
        ],
      },
    });
  });

  it('takes what exists into account: name, readiness, status', () => {
    const { value } = renderComposite({ ...input, observed });
    expect(value?.resources[0]).toMatchObject({
      isReady: true,
      object: { metadata: { name: 'voyage-events-x7k2p-a' } },
    });
    expect(value?.composite['status']).toMatchObject({
      deadLetterQueueArn: 'arn:aws:sqs:eu-west-1:111122223333:voyage-events-dlq',
    });
    expect(value?.results).toMatchObject([{ step: 'resources', severity: 'SEVERITY_WARNING' }]);
  });

  it('is ready when all of its resources are', () => {
    const status = { deadLetterQueueArn: 'arn:aws:sqs:dlq' };
    const redrive = {
      apiVersion: 'sqs.aws.upbound.io/v1beta1',
      kind: 'QueueRedrivePolicy',
      metadata: { name: 'r', annotations: { 'crossplane.io/composition-resource-name': 'redrive' } },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    };
    const { value } = renderComposite({
      ...input,
      composite: { ...composite, status },
      observed: [...observed, redrive],
    });
    expect(value?.composite['status']).toMatchObject({
      conditions: [{ reason: 'Available', status: 'True' }],
    });
  });

  it('labels resources with the claim', () => {
    const spec = {
      ...(composite['spec'] as object),
      claimRef: { name: 'voyage-events', namespace: 'bookings' },
    };
    const { value } = renderComposite({ ...input, composite: { ...composite, spec } });
    expect(value?.resources[0]?.object['metadata']).toMatchObject({
      labels: {
        'crossplane.io/claim-name': 'voyage-events',
        'crossplane.io/claim-namespace': 'bookings',
        'crossplane.io/composite': 'voyage-events-x7k2p',
      },
    });
  });

  it('hands the context from step to step', () => {
    const { value } = renderComposite({
      ...input,
      context: {
        'tideline.example/fleet': 'north',
        'apiextensions.crossplane.io/environment': { fleet: 'north' },
      },
    });
    expect(value?.context).toMatchObject({
      'tideline.example/fleet': 'north',
      'apiextensions.crossplane.io/environment': { fleet: 'north', kind: 'Environment' },
    });
  });
});

describe('findings', () => {
  const step = (name: string, more: object = {}) => ({ step: 'one', functionRef: { name }, ...more });

  it('name a function that is not there, and one that is not built in', () => {
    expect(codes({ composition: pipelineOf(step('function-auto-redy')) })).toEqual({
      codes: ['render-function-unknown'],
      rendered: false,
    });
    const kcl = {
      name: 'function-kcl',
      package: 'xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.6',
    };
    expect(codes({ composition: pipelineOf(step('function-kcl')), functions: [kcl] }).codes).toEqual([
      'render-function-unsupported',
    ]);
  });

  it('know a function by its package, whatever it is called', () => {
    const renamed = {
      name: 'ready',
      package: 'registry.tideline.example:5000/function-auto-ready@sha256:00',
    };
    expect(codes({ composition: pipelineOf(step('ready')), functions: [renamed] })).toEqual({
      codes: [],
      rendered: true,
    });
  });

  it('tell of a function that gives up or dies', () => {
    const [patchAndTransform] = functions;
    const fatal = pipelineOf(step(patchAndTransform?.name ?? '', { input: {} }));
    expect(codes({ composition: fatal }).codes).toEqual(['render-function-fatal']);
    const transforms = [{ type: 'string', string: { type: 'Regexp', regexp: { match: 'eu', group: -1 } } }];
    const template = {
      name: 'queue',
      base: { apiVersion: 'sqs.aws.upbound.io/v1beta1', kind: 'Queue' },
      patches: [{ fromFieldPath: 'spec.region', transforms }],
    };
    const crash = pipelineOf(step(patchAndTransform?.name ?? '', { input: { resources: [template] } }));
    expect(codes({ composition: crash }).codes).toEqual(['render-function-crashed']);
  });

  it('refuse a composition that is none, or is for another kind', () => {
    expect(codes({ composition: composite }).codes).toContain('render-composition');
    expect(codes({ composite: { ...composite, kind: 'XBucket' } })).toEqual({
      codes: ['render-composition'],
      rendered: false,
    });
  });

  it('count an observed resource without a name', () => {
    const nameless = { ...observed[0], metadata: { name: 'x' } };
    expect(codes({ observed: [nameless] })).toEqual({ codes: ['render-observed-unnamed'], rendered: true });
  });
});

describe('text', () => {
  it('names three resources at most', () => {
    expect(unreadyText(['b', 'a'])).toBe('Unready resources: a and b');
    expect(unreadyText(['c', 'b', 'a'])).toBe('Unready resources: a, b, and c');
    expect(unreadyText(['d', 'c', 'b', 'a', 'e'])).toBe('Unready resources: a, b, c, and 2 more');
  });

  it('quotes what YAML could misread', () => {
    const document = {
      z: ['True', '5', '2024-01-01T00:00:00Z', 'no', '', 'eu-west-1', 'a: b', '1.34'],
      a: 5,
    };
    expect(yamlDocument(document)).toBe(
      '---\na: 5\nz:\n- "True"\n- "5"\n- "2024-01-01T00:00:00Z"\n- "no"\n- ""\n- eu-west-1\n- \'a: b\'\n- "1.34"\n',
    );
  });

  it('shows results, context and the whole composite on request', () => {
    const { value } = renderComposite({ ...input, observed });
    if (value === undefined) throw new Error('nothing rendered');
    const kinds = (shown: object) =>
      renderedDocuments(value, composite, {
        fullComposite: false,
        results: false,
        context: false,
        ...shown,
      }).map((document) => document['kind']);
    expect(kinds({})).toEqual(['XQueue', 'Queue']);
    expect(kinds({ results: true, context: true })).toEqual(['XQueue', 'Queue', 'Result', 'Context']);
    const [whole] = renderedDocuments(value, composite, {
      fullComposite: true,
      results: false,
      context: false,
    });
    expect(whole).toMatchObject({ spec: composite['spec'], metadata: composite['metadata'] });
  });
});
