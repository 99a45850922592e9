import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contents, plimsoll } from './terminal.ts';

/** `npm run golden` rewrites the golden files. */
test('Online Boutique, eleven services of others, becomes what the golden files say', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-'));
  try {
    const output = path.join(folder, 'dist');
    const environments = path.resolve('examples/online-boutique/environments');
    const { code } = await plimsoll(process.cwd(), [
      'synth',
      '--environments',
      environments,
      '--output',
      output,
    ]);
    expect(code).toBe(0);
    const services = fs.readdirSync(path.join(output, 'demo')).filter((name) => name.startsWith('service-'));
    expect(services).toHaveLength(11);
    expect(contents(output)).toEqual(contents('test/golden/online-boutique'));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
