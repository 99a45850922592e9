import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './build.js';

/**
 * Makes the pictures of the HTML report in docs/images/: a repository with the sample environments, a change as somebody
 * would make it, the page in a real Chromium (CHROMIUM, or /usr/bin/chromium). Exits with 2 where there is none.
 */
const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (fs.existsSync(program)) await pictures();
else {
  process.stderr.write(`screenshots: there is no Chromium at ${program}: set CHROMIUM\n`);
  process.exitCode = 2;
}

async function pictures() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-pictures-'));
  try {
    for (const folder of ['environments', 'policies', 'dist'])
      fs.cpSync(path.join(root, folder), path.join(work, folder), { recursive: true });
    const git = (/** @type {string[]} */ ...words) =>
      execFileSync('git', ['-c', 'user.name=Tideline', '-c', 'user.email=fleet@tideline.example', ...words], {
        cwd: work,
      });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'As it is');
    const file = path.join(work, 'environments/production.yaml');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(
      file,
      text.replace('tier: M30\n', 'tier: M40\n').replace('min: 3, max: 12', 'min: 3, max: 8'),
    );
    const page = path.join(work, 'change.html');
    spawnSync(
      process.execPath,
      [
        path.join(root, 'scripts/plimsoll.js'),
        'diff',
        'production',
        '--base',
        'main',
        '--report',
        `html=${page}`,
      ],
      { cwd: work },
    );
    await shoot(page);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} page */
async function shoot(page) {
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1100, height: 720 }, colorScheme: 'light' });
    await tab.goto(`file://${page}`);
    await tab.screenshot({ path: path.join(root, 'docs/images/change.png') });
    const drawing = tab.locator('.drawing').first();
    await drawing.screenshot({ path: path.join(root, 'docs/images/architecture.png') });
  } finally {
    await browser.close();
  }
}
