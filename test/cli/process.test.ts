import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';

const explained = (stdout: number | 'pipe') =>
  spawnSync(process.execPath, ['scripts/plimsoll.js', 'explain', 'rule-invalid'], {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
  });

describe('the real process', () => {
  test.skipIf(!fs.existsSync('/dev/full'))('what a full disk swallowed is told, and never a success', () => {
    const full = fs.openSync('/dev/full', 'w');
    const { status, stderr } = explained(full);
    fs.closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('cannot write: ENOSPC'),
    });
  });

  test('else it is what the command says', () => {
    expect(explained('pipe')).toMatchObject({ status: 0, stdout: expect.stringContaining('rule-invalid') });
  });
});
