import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plimsoll, workspace } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = workspace();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);
const append = (file: string, text: string) => fs.appendFileSync(at(file), text);

interface Row {
  readonly path: string;
  readonly how: string;
  readonly sides: readonly {
    environment: string;
    value?: unknown;
    origin?: { file: string; line: number };
  }[];
}
async function rows(...names: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  const { code, out } = await plimsoll(folder, ['compare', ...names, '--format', 'json']);
  expect(code).toBe(0);
  const { differences }: { differences: readonly Row[] } = JSON.parse(out);
  return new Map(differences.map((row) => [row.path, row]));
}

describe('compare', () => {
  test('tells what each environment says, and in which line', async () => {
    const found = await rows('staging', 'production');
    expect(found.get('databases.bookings.tier')).toMatchObject({
      how: 'declared',
      sides: [
        { environment: 'staging', value: 'M10', origin: { file: 'environments/base.yaml' } },
        { environment: 'production', value: 'M30', origin: { file: 'environments/production.yaml' } },
      ],
    });
    expect(found.get('services.web.image')).toMatchObject({ how: 'release' });
    expect(found.has('product')).toBe(false);
    expect([...found.values()].filter(({ how }) => how === 'undeclared')).toEqual([]);
  });

  test('a thing that one has and the other says nothing of is not declared', async () => {
    append('environments/staging.yaml', '    tugs:\n      image: registry.tideline.example/tugs:1\n');
    expect((await rows('staging', 'production')).get('services.tugs')).toMatchObject({
      how: 'undeclared',
      sides: [{ environment: 'staging' }, { environment: 'production' }],
    });
  });

  test('an environment that takes a thing away has said so', async () => {
    const file = 'environments/staging.yaml';
    const text = fs.readFileSync(at(file), 'utf8');
    fs.writeFileSync(at(file), text.replace(/\n {4}reports:\n {6}image: [^\n]*/, '\n    reports: ~'));
    expect((await rows('staging', 'production')).get('services.reports')?.how).toBe('declared');
  });

  test.each([
    [['compare', 'staging'], /at least two/],
    [['compare', 'staging', 'staging'], /at least two/],
    [['compare', 'staging', 'prodction'], /did you mean production/],
    [['compare', 'staging', 'production', '--format', 'pdf'], /text, markdown, json/],
  ])('%j', async (typed, message) => {
    const { code, err } = await plimsoll(folder, typed);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });

  test('Markdown has a table, in which text of strangers is text', async () => {
    append('environments/staging.yaml', '    tugs:\n      image: "a|b`c"\n');
    const { out } = await plimsoll(folder, ['compare', 'staging', 'production', '--format', 'markdown']);
    expect(out).toContain('| | staging | production |');
    for (const line of out.split('\n').filter((one) => one.startsWith('|')))
      expect(line.replaceAll('\\|', '').split('|')).toHaveLength(5);
  });
});

describe('the move to composites in namespaces', () => {
  test('is refused as a change of what is there, and written where all is taken for new', async () => {
    await plimsoll(folder, ['synth', 'production']);
    const file = at('environments/production.yaml');
    fs.writeFileSync(
      file,
      fs.readFileSync(file, 'utf8').replace(/^spec:\n/m, 'spec:\n  crossplane: namespaced\n'),
    );
    expect((await plimsoll(folder, ['synth', 'production'])).code).toBe(1);
    expect((await plimsoll(folder, ['synth', 'production', '--fresh'])).code).toBe(0);
  });
});

describe('rehearse', () => {
  test('nothing breaks with the next Kubernetes', async () => {
    const { code, out } = await plimsoll(folder, ['rehearse', 'production', '--kubernetes', '1.35']);
    expect(code).toBe(0);
    expect(out).toContain('nothing found');
  });

  test('with one that is too old, rules use what it does not know', async () => {
    const typed = ['rehearse', 'production', '--kubernetes', '1.30', '--report', 'json=-'];
    const { code, out } = await plimsoll(folder, typed);
    const { findings } = JSON.parse(out);
    expect(code).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'rule-invalid' }));
  });

  test('an environment that cannot be rendered was not rehearsed, and that is never clean', async () => {
    const file = at('environments/production.yaml');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('tier: M30', 'tier: M33'));
    const { code, out } = await plimsoll(folder, ['rehearse', '--kubernetes', '1.35', '--report', 'json=-']);
    expect(code).toBe(2);
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({ code: 'environment-not-allowed-value' }),
    );
  });

  test('a provider that drops a field breaks whoever uses it, in his own line', async () => {
    const { group, kind, plural, versions } = JSON.parse(
      fs.readFileSync('imports/schemas/crds/sqs.aws.upbound.io/queue.json', 'utf8'),
    );
    const [{ schema }] = versions;
    delete schema.properties.spec.properties.forProvider.properties.visibilityTimeoutSeconds;
    const spec = {
      group,
      names: { kind, plural },
      scope: 'Cluster',
      versions: [{ name: 'v1beta1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    };
    const metadata = { name: `${plural}.${group}` };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata,
      spec,
    };
    fs.mkdirSync(at('next'));
    fs.writeFileSync(at('next/queues.yaml'), JSON.stringify(definition));
    const typed = ['rehearse', 'production', '--provider', at('next'), '--report', 'json=-'];
    const { code, out } = await plimsoll(folder, typed);
    const found: readonly { code: string; pointer?: string; origin?: { file: string } }[] =
      JSON.parse(out).findings;
    expect(code).toBe(1);
    expect(found).toContainEqual(
      expect.objectContaining({
        code: 'schema-unknown-field',
        pointer: '/spec/forProvider/visibilityTimeoutSeconds',
        origin: expect.objectContaining({ file: expect.stringMatching(/^environments\//) }),
      }),
    );
  });

  test.each([
    [['rehearse'], /--kubernetes VERSION/],
    [['rehearse', '--kubernetes', '9.9'], /no schemas of Kubernetes 9\.9/],
  ])('%j', async (typed, message) => {
    const { code, err } = await plimsoll(folder, typed);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });
});
