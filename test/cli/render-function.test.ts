import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type ComposeFunction,
  FunctionRunner,
  fromCompose,
  newGrpcServer,
  type RunFunctionResponse,
  Severity,
  Status,
} from '@crossplane-org/function-sdk-typescript';
import { type Server, ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plimsoll } from './terminal.ts';

/** A real function server, written with the functions' SDK: what it says arrives as Crossplane would take it. */

const folder = path.resolve(import.meta.dirname, '../fixtures/render');
const FILES = ['composite.yaml', 'composition.yaml', 'functions.yaml'];

/** How often it was called, and what it saw last. */
const seen: { calls: number; credentials: string; ports: readonly string[] } = {
  calls: 0,
  credentials: '',
  ports: [],
};

/** Gives the composite one bucket for each harbour that the cluster knows. */
const harbours: ComposeFunction = (request, response) => {
  seen.calls += 1;
  seen.credentials = String(request.credentials['harbour-master']?.credentialData?.data['token'] ?? '');
  const found = (request.requiredResources['harbours']?.items ?? []).map(
    ({ resource }): string => resource?.['metadata']?.name,
  );
  seen.ports = found;
  response.requirements = {
    extraResources: {},
    schemas: {},
    resources: {
      harbours: { apiVersion: 'v1', kind: 'ConfigMap', matchLabels: { labels: { kind: 'harbour' } } },
    },
  };
  for (const name of found)
    response.desired.resources[name] = {
      resource: { apiVersion: 's3.aws.upbound.io/v1beta2', kind: 'Bucket', spec: { forProvider: {} } },
      connectionDetails: {},
      ready: 1,
    };
  response.conditions = [
    {
      type: 'HarboursKnown',
      status: Status.STATUS_CONDITION_TRUE,
      reason: 'Charted',
      message: `${found.length}`,
      target: 1,
    },
  ];
  response.results = [{ severity: Severity.SEVERITY_WARNING, message: 'the tide is low' }];
  return response;
};

const silent = { info: () => {}, error: () => {}, warn: () => {}, debug: () => {} };

async function served(compose: ComposeFunction): Promise<{ server: Server; target: string }> {
  // The server takes a logger of pino, and uses these four of its methods.
  const logger = silent as never;
  const server = newGrpcServer(new FunctionRunner(fromCompose(compose), logger), logger);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { server, target: `127.0.0.1:${port}` };
}

let server: Server;
let target: string;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-function-'));
const extra = path.join(scratch, 'harbours.yaml');
const composition = path.join(scratch, 'composition.yaml');
const secret = path.join(scratch, 'secret.yaml');
const render = (...typed: readonly string[]) => plimsoll(folder, ['render', ...typed]);

beforeAll(async () => {
  ({ server, target } = await served(harbours));
  const harbour = (name: string, kind: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: sea, labels: {kind: ${kind}}}\n`;
  fs.writeFileSync(extra, [harbour('hamburg', 'harbour'), harbour('keel', 'ship')].join('---\n'));
  fs.writeFileSync(
    secret,
    'apiVersion: v1\nkind: Secret\nmetadata: {name: harbours, namespace: sea}\nstringData: {token: aye}\n',
  );
  const step = [
    '    - step: harbours',
    '      functionRef: { name: function-auto-ready }',
    '      credentials:',
    '        - { name: harbour-master, source: Secret, secretRef: { namespace: sea, name: harbours } }',
  ].join('\n');
  const text = fs.readFileSync(path.join(folder, 'composition.yaml'), 'utf8');
  fs.writeFileSync(composition, text.replace(/ {4}- step: ready\n(.*\n?)*/, `${step}\n`));
});

afterAll(() => {
  server.forceShutdown();
  fs.rmSync(scratch, { recursive: true, force: true });
});

const arguments_ = () => [
  'composite.yaml',
  composition,
  'functions.yaml',
  '-e',
  extra,
  '--function-credentials',
  secret,
];

describe('plimsoll render --function', () => {
  it('calls the function, gives it what it asks for, and takes what it says', async () => {
    const { code, out, err } = await render(
      ...arguments_(),
      '--function',
      `function-auto-ready=${target}`,
      '-r',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.match(/^kind: [^R].*/gm)).toEqual(['kind: XQueue', 'kind: Queue', 'kind: Bucket']);
    expect(out).toContain('type: HarboursKnown');
    expect(out).toContain('the tide is low');
    expect(seen.ports).toEqual(['hamburg']);
    expect(seen.credentials).toBe('aye');
  });

  it('calls an annotated function where its developer runs it', async () => {
    const functions = path.join(scratch, 'functions.yaml');
    const annotations = `  annotations:\n    render.crossplane.io/runtime: Development\n    render.crossplane.io/runtime-development-target: ${target}\n`;
    const text = fs.readFileSync(path.join(folder, 'functions.yaml'), 'utf8');
    fs.writeFileSync(
      functions,
      text.replace('  name: function-auto-ready\n', `  name: function-auto-ready\n${annotations}`),
    );
    const before = seen.calls;
    expect((await render('composite.yaml', composition, functions)).code).toBe(0);
    expect(seen.calls).toBeGreaterThan(before);
  });

  it('ends at a fatal result', async () => {
    const fatal = await served((_, response): RunFunctionResponse => {
      response.results = [{ severity: Severity.SEVERITY_FATAL, message: 'run aground' }];
      return response;
    });
    const { code, out, err } = await render(...FILES, '--function', `function-auto-ready=${fatal.target}`);
    fatal.server.forceShutdown();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[render-function-fatal]');
    expect(err).toContain('run aground');
  });

  it('gives up on a function that asks for ever more', async () => {
    let calls = 0;
    const greedy = await served((_, response) => {
      calls += 1;
      const more = { apiVersion: 'v1', kind: 'ConfigMap', matchName: `harbour-${calls}` };
      response.requirements = { extraResources: {}, schemas: {}, resources: { more } };
      return response;
    });
    const { code, err } = await render(...FILES, '--function', `function-auto-ready=${greedy.target}`);
    greedy.server.forceShutdown();
    expect(code).toBe(1);
    expect(err).toContain('[render-function-crashed]');
    expect(calls).toBeLessThan(10);
  });

  it('says that nobody answers, and stops waiting', async () => {
    const { code, err } = await render(
      ...FILES,
      '--function',
      'function-auto-ready=127.0.0.1:1',
      '--timeout',
      '2s',
    );
    expect(code).toBe(1);
    expect(err).toContain('[render-function-unreachable]');
  });

  it.each([
    ['--function', 'function-auto-ready'],
    ['--function', 'function-tides=127.0.0.1:9443'],
    ['--timeout', 'soon'],
  ])('says how to use it: %s %s', async (...typed) => {
    const { code, err } = await render(...FILES, ...typed);
    expect(code).toBe(2);
    expect(err.split('\n')).toHaveLength(2);
  });
});
