import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { plimsoll } from './terminal.ts';

const folder = path.resolve(import.meta.dirname, '../fixtures/render');
const render = (...typed: readonly string[]) => plimsoll(folder, ['render', ...typed]);
const FILES = ['composite.yaml', 'composition.yaml', 'functions.yaml'];

describe('plimsoll render', () => {
  it('prints documents to standard output, and nothing else', async () => {
    const { code, out, err } = await render(...FILES, '--observed-resources', 'observed.yaml');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.match(/^kind: .*/gm)).toEqual(['kind: XQueue', 'kind: Queue']);
    expect(out).toContain('  - lastTransitionTime: "2024-01-01T00:00:00Z"\n');
  });

  it('prints what was asked for besides', async () => {
    const { out } = await render(
      ...FILES,
      '--include-full-xr',
      '--include-function-results',
      '--include-context',
      '--context-values',
      'tideline.example/fleet="north"',
    );
    expect(out.match(/^kind: .*/gm)).toEqual([
      'kind: XQueue',
      'kind: Queue',
      'kind: Result',
      'kind: Context',
    ]);
    expect(out).toContain('  tideline.example/fleet: north\n');
    expect(out).toContain('  maxReceiveCount: 5\n');
  });

  it('tells findings on standard error', async () => {
    const { code, out, err } = await render('composite.yaml', 'composition.yaml', 'observed.yaml');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[render-function-unknown]');
  });

  it('could not check files that are not there, or hold several', async () => {
    expect((await render('absent.yaml', ...FILES.slice(1))).code).toBe(2);
    const { code, err } = await render('functions.yaml', ...FILES.slice(1));
    expect(code).toBe(2);
    expect(err).toContain('[render-input]');
  });

  it.each([
    [['composite.yaml']],
    [[...FILES, '--context-values', 'fleet']],
    [[...FILES, '--context-values', 'fleet=north']],
    [[...FILES, '--context-files', 'fleet=absent.json']],
  ])('says how to use it: %j', async (typed) => {
    const { code, err } = await render(...typed);
    expect(code).toBe(2);
    expect(err.split('\n')).toHaveLength(2);
  });
});
