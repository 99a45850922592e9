import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refuseUnwritable, writeReportFile } from '#cli/report-file.ts';
import { UsageError } from '#cli/terminal.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-report-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a file for a report', () => {
  test('folders that are missing are made, and nothing is left beside it', () => {
    refuseUnwritable(at('reports/plimsoll.json'));
    writeReportFile(at('reports/plimsoll.json'), '{}');
    expect(fs.readdirSync(at('reports'))).toEqual(['plimsoll.json']);
  });

  test('a link stays a link, and what it names gets the report', () => {
    fs.writeFileSync(at('kept.html'), 'old');
    fs.symlinkSync('kept.html', at('latest.html'));
    refuseUnwritable(at('latest.html'));
    writeReportFile(at('latest.html'), 'new');
    expect(fs.lstatSync(at('latest.html')).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(at('kept.html'), 'utf8')).toBe('new');
  });

  test('a device is written to, and never replaced', () => {
    fs.symlinkSync('/dev/null', at('nothing'));
    refuseUnwritable(at('nothing'));
    writeReportFile(at('nothing'), 'report');
    expect(fs.statSync(at('nothing')).isCharacterDevice()).toBe(true);
  });

  test('a named pipe brings it to whoever reads', () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reader = fs.openSync(at('pipe'), fs.constants.O_RDWR);
    refuseUnwritable(at('pipe'));
    writeReportFile(at('pipe'), 'report');
    const read = Buffer.alloc(6);
    fs.readSync(reader, read);
    fs.closeSync(reader);
    expect(read.toString()).toBe('report');
    expect(fs.statSync(at('pipe')).isFIFO()).toBe(true);
  });

  test('a folder is refused, and so is what a full disk refuses, with the old report whole', () => {
    expect(() => refuseUnwritable(folder)).toThrow(UsageError);
    fs.writeFileSync(at('plimsoll.json'), 'old');
    vi.spyOn(fs, 'renameSync').mockImplementation(() => {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    });
    expect(() => writeReportFile(at('plimsoll.json'), 'new')).toThrow(UsageError);
    expect(fs.readFileSync(at('plimsoll.json'), 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['plimsoll.json']);
  });
});
