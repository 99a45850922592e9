import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plimsoll, workspace } from './terminal.ts';

/** Whatever changes between two runs, the second tells exactly what it tells without a cache. */

let folder: string;
beforeAll(() => {
  folder = workspace();
  fs.cpSync('dist/staging', at('manifests/staging'), { recursive: true });
  for (const kind of ['good', 'bad'])
    fs.cpSync(`test/fixtures/manifests/${kind}`, at('manifests', kind), { recursive: true });
  write('manifests/harbour/accounts.yaml', accounts);
  write('manifests/harbour/namespace.yaml', namespace);
  write('manifests/harbour/definition.yaml', definition);
  write('manifests/harbour/ship.yaml', ship(3));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...parts: readonly string[]) => path.join(folder, ...parts);
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true });
  fs.writeFileSync(at(file), text);
};
const edit = (file: string, from: string | RegExp, to: string) => {
  const before = fs.readFileSync(at(file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  fs.writeFileSync(at(file), after);
};

const account = (name: string) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: harbour\n`;
const accounts = `${account('pilot')}---\n${account('crane')}---\n${account('tug')}`;
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: harbour\n  labels: { tier: quay }\n';
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ships.harbour.tideline.example }
spec:
  group: harbour.tideline.example
  scope: Namespaced
  names: { kind: Ship, plural: ships, singular: ship, listKind: ShipList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties: { masts: { type: integer } }
              x-kubernetes-validations: [{ rule: self.masts < 5, message: too many masts }]
`;
const ship = (masts: number) =>
  `apiVersion: harbour.tideline.example/v1\nkind: Ship\nmetadata: { name: aurora, namespace: harbour }\nspec: { masts: ${masts} }\n`;

const env = () => ({ LANG: 'C.UTF-8', PATH: process.env['PATH'], PLIMSOLL_CACHE: at('cache') });

async function run(...typed: readonly string[]) {
  const args = ['validate', at('manifests'), '--report', 'json=-', ...typed];
  const { code, out } = await plimsoll(folder, args, { env: env() });
  return { code, out };
}

/** A run with the cache as earlier ones left it, and again with what it left, against one without. */
async function expectSame(...typed: readonly string[]): Promise<string> {
  const alone = await run('--no-cache', ...typed);
  expect(await run(...typed)).toEqual(alone);
  expect(await run(...typed)).toEqual(alone);
  return alone.out;
}

const policies = () =>
  fs
    .readdirSync(at('policies'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.cases)\.yaml$/.test(file))
    .sort();
const cached = () => fs.readdirSync(at('cache/verdicts')).map((name) => at('cache/verdicts', name));

describe('with verdicts of earlier runs', () => {
  const changes: readonly (readonly [what: string, change: () => void, finds?: string])[] = [
    ['nothing', () => {}],
    [
      'an unknown field',
      () => edit('manifests/harbour/accounts.yaml', 'kind', 'wrong: 1\nkind'),
      'schema-unknown-field',
    ],
    ['lines before a finding', () => edit('manifests/harbour/accounts.yaml', /^/, '# first\n# second\n')],
    ['the finding mended', () => write('manifests/harbour/accounts.yaml', accounts)],
    [
      'the order of documents',
      () => write('manifests/harbour/accounts.yaml', `${account('tug')}---\n${account('pilot')}`),
    ],
    ['a rule broken', () => write('manifests/harbour/ship.yaml', ship(7)), 'too many masts'],
    ['the rule itself', () => edit('manifests/harbour/definition.yaml', '< 5', '< 9')],
    [
      'the type in a definition',
      () => edit('manifests/harbour/definition.yaml', 'masts: { type: integer }', 'masts: { type: string }'),
      'schema-type',
    ],
    ['no definition', () => fs.rmSync(at('manifests/harbour/definition.yaml')), 'schema-missing'],
    ['the definition again', () => write('manifests/harbour/definition.yaml', definition)],
    ['labels of a namespace', () => edit('manifests/harbour/namespace.yaml', 'tier: quay', 'tier: pier')],
    ['no namespace', () => fs.rmSync(at('manifests/harbour/namespace.yaml'))],
    ['the namespace again', () => write('manifests/harbour/namespace.yaml', namespace)],
    ['a file twice', () => write('manifests/more/accounts.yaml', accounts), 'manifest-duplicate'],
    ['a file with another name', () => fs.renameSync(at('manifests/more'), at('manifests/other'))],
    ['a file less', () => fs.rmSync(at('manifests/other'), { recursive: true })],
    [
      'a value that only code refuses',
      () => edit('manifests/good/workloads.yaml', /containerPort: \d+/, 'containerPort: 70000'),
    ],
    [
      'an image that policies refuse',
      () => edit('manifests/good/workloads.yaml', /image: \S+/, 'image: tideline/web:latest'),
    ],
    ['a document that is no YAML', () => write('manifests/harbour/broken.yaml', 'a: [\n'), 'manifest-syntax'],
    ['a policy less', () => fs.rmSync(at('policies', policies()[0] ?? ''))],
    [
      'a file that was cut in the cache',
      () => {
        for (const file of cached()) fs.truncateSync(file, 100);
      },
    ],
    [
      'another verdict in the cache',
      () => {
        for (const file of cached())
          fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('-', 'O'));
      },
    ],
    [
      'anything in the cache',
      () => {
        for (const file of cached()) fs.writeFileSync(file, Buffer.from([0, 10, 255, 10, 10, 32]));
      },
    ],
    ['no cache', () => fs.rmSync(at('cache'), { recursive: true })],
    [
      'a file where the cache should be',
      () => {
        fs.rmSync(at('cache'), { recursive: true });
        write('cache', 'not a folder');
      },
    ],
    ['a cache again', () => fs.rmSync(at('cache'))],
  ];

  it.each(changes.map(([what, change, finds = '']) => ({ what, change, finds })))(
    'tells the same after a change: $what',
    async ({ change, finds }) => {
      change();
      expect(await expectSame()).toContain(finds);
    },
    60_000,
  );

  it.each([
    [['--kubernetes-version', '1.30']],
    [['--checks', 'schema']],
    [['--checks', 'policy']],
    [['--skip-checks', 'graph,policy']],
    [['--policies', 'NAME']],
  ])(
    'tells the same with %j',
    async (typed) => {
      const [name = ''] = policies().flatMap(
        (file) =>
          /^kind: ValidatingAdmissionPolicy$[\s\S]*?^ {2}name: (\S+)$/m.exec(
            fs.readFileSync(at('policies', file), 'utf8'),
          )?.[1] ?? [],
      );
      await expectSame(...typed.map((word) => word.replace('NAME', name)));
    },
    60_000,
  );

  it("tells the same with the user's own schemas", async () => {
    fs.rmSync(at('manifests/harbour/definition.yaml'));
    write('own/definition.yaml', definition);
    await expectSame('--schemas', at('own'));
    edit('own/definition.yaml', 'type: integer', 'type: boolean');
    expect(await expectSame('--schemas', at('own'))).toContain('schema-type');
  }, 60_000);

  it('keeps a line for each file, and no more files than it may', async () => {
    await run();
    const lines = cached().flatMap((file) => fs.readFileSync(file, 'utf8').split('\n').slice(1));
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) expect(line).toMatch(/^[\w-]{43} [-@-_]+$/);
    for (let count = 0; count < 40; count++)
      write(`cache/verdicts/${String(count).padStart(43, 'x')}`, 'old');
    write('manifests/harbour/one-more.yaml', account('one-more'));
    await run();
    expect(cached().length).toBeLessThanOrEqual(24);
  }, 60_000);
});
