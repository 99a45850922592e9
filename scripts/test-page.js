import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { root } from './build.js';

/** Opens the HTML report in a real Chromium (CHROMIUM, or /usr/bin/chromium). Exits with 2 where there is none, and says so. */
const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (fs.existsSync(program)) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.page.config.ts'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM: program } },
  );
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(
    `test:page: NOT RUN, there is no Chromium at ${program}: install it, or set CHROMIUM\n`,
  );
  process.exitCode = 2;
}
