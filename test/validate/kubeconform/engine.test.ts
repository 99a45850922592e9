import { describe, expect, it } from 'vitest';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { uncovered } from '#validate/coverage.ts';
import { checkWithKubeconform } from '#validate/kubeconform/engine.ts';
import type { KubeconformHost, ProgramRun } from '#validate/kubeconform/host.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../schemas.ts';

/** kubeconform itself is in corpus.test.ts; here a stand-in misbehaves. */

const schemas = store();
const manifests: readonly Manifest[] = readManifestText(
  [1, 2].map((n) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ports-${n} }\n`).join('---\n'),
  'ports.yaml',
).manifests;

const ended = (output: string, status = 0): ProgramRun => ({ status, output, errors: '' });
const result = (number: number, status: string, msg = '') => ({
  filename: `/tmp/x/documents/${number}.json`,
  status,
  msg,
});
const output = (...resources: readonly unknown[]) => JSON.stringify({ resources });
const valid = output(result(1, 'statusValid'), result(0, 'statusValid'));

function host(
  run: ProgramRun,
  more: Partial<KubeconformHost> & { readonly says?: string } = {},
): KubeconformHost {
  return {
    find: () => '/opt/kubeconform',
    run: (_, args) => (args[0] === '-v' ? ended(more.says ?? 'v0.8.0\n') : run),
    builtFrom: () => undefined,
    withFolder: (files, use) => {
      for (const [file] of files) expect(file).not.toMatch(/\.\.|^\//);
      return use('/tmp/x');
    },
    ...more,
  };
}

const check = (machine: KubeconformHost) => checkWithKubeconform(manifests, schemas, machine);
const codes = (machine: KubeconformHost) => check(machine).findings.map(({ code }) => code);

describe('the program', () => {
  it('covers what it gave a verdict on', () => {
    const outcome = check(host(ended(valid)));
    expect(outcome).toMatchObject({ check: 'schema', engine: 'kubeconform 0.8.0', findings: [] });
    expect(outcome.covered.size).toBe(2);
  });

  it.each<readonly [string, KubeconformHost, string]>([
    ['missing', host(ended(valid), { find: () => undefined }), 'kubeconform-missing'],
    ['too old', host(ended(valid), { says: 'v0.5.0' }), 'kubeconform-version'],
    ['no kubeconform', host(ended(valid), { says: 'GNU bash' }), 'kubeconform-failed'],
    ['crashed', host({ status: 2, output: '', errors: 'panic: x\n' }), 'kubeconform-failed'],
    [
      'stopped',
      host({ status: undefined, output: '', errors: '', problem: 'timeout' }),
      'kubeconform-failed',
    ],
    ['talking nonsense', host(ended('hello')), 'kubeconform-failed'],
    ['saying nothing', host(ended('{}')), 'kubeconform-failed'],
    ['of other results', host(ended(output({ filename: 'a', status: 'new' }))), 'kubeconform-failed'],
    ['about foreign files', host(ended(output(result(7, 'statusValid')))), 'kubeconform-failed'],
  ])('%s is one finding, and nothing is covered', (_, machine, code) => {
    expect(codes(machine)).toEqual([code]);
    expect(check(machine).covered.size).toBe(0);
  });

  it('is known by what Go wrote into it where it calls itself "development"', () => {
    const built = (version: string) => host(ended(valid), { says: 'development', builtFrom: () => version });
    expect(check(built('v0.8.0')).engine).toBe('kubeconform 0.8.0');
    expect(codes(built('v0.4.14'))).toEqual(['kubeconform-version']);
    expect(check(host(ended(valid), { says: 'development' })).engine).toBe('kubeconform development');
  });
});

describe('its results', () => {
  it('that are missing leave a document uncovered, which is a finding', () => {
    const outcome = check(host(ended(output(result(0, 'statusValid')))));
    expect(outcome.findings).toEqual([]);
    expect(uncovered(manifests, [outcome]).map(({ code, subject }) => [code, subject?.name])).toEqual([
      ['manifest-unchecked', 'ports-2'],
    ]);
  });

  it('that are errors are no verdict', () => {
    const outcome = check(
      host(ended(output(result(0, 'statusValid'), result(1, 'statusError', 'no schema')), 1)),
    );
    expect(outcome.findings).toMatchObject([{ code: 'kubeconform-failed', subject: { name: 'ports-2' } }]);
    expect(outcome.covered.size).toBe(1);
  });

  it('are never lost where their sentence is not known', () => {
    for (const msg of ['something new', " - at '/data': something new", '']) {
      const outcome = check(
        host(ended(output(result(0, 'statusValid'), result(1, 'statusInvalid', msg)), 1)),
      );
      expect(outcome.findings).toMatchObject([{ code: 'kubeconform-rejected', severity: 'error' }]);
    }
  });

  it('are read in linear time, whatever they quote', () => {
    const hostile = ` - at '/data': '${" - at 'x': ' does not match pattern '".repeat(20_000)}${' '.repeat(2_000_000)}`;
    const started = process.cpuUsage().user;
    check(host(ended(output(result(0, 'statusInvalid', hostile), result(1, 'statusValid')), 1)));
    expect(process.cpuUsage().user - started).toBeLessThan(20_000_000);
  });
});

it('writes no file whose name a foreign CRD chose', () => {
  const text = (apiVersion: string, kind: string) =>
    readManifestText(JSON.stringify({ apiVersion, kind, metadata: { name: 'a' } }), 'a.json').manifests;
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a' },
    spec: {
      group: '../../etc',
      scope: 'Cluster',
      names: { kind: '../passwd', plural: 'a' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  };
  const { crds } = crdsIn(readManifestText(JSON.stringify(crd), 'crd.json').manifests, schemas);
  expect(crds).toHaveLength(1);
  const found = checkWithKubeconform(
    text('../../etc/v1', '../passwd'),
    withCrds(schemas, crds),
    host(ended(output())),
  );
  expect(found.covered.size).toBe(0);
});
