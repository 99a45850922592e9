#!/usr/bin/env node
import { build, isCurrent } from './build.js';

// In a clone the sources may have changed since `npm ci`: never run yesterday's code on today's environments.
if (!isCurrent()) {
  process.stderr.write('plimsoll: the sources are newer than lib/, building first\n');
  try {
    await build();
  } catch {
    // esbuild has told what is wrong, and where.
    process.stderr.write('plimsoll: the sources do not build, so nothing was checked\n');
    process.exit(2);
  }
}
const { run } = await import(new URL('../lib/plimsoll.js', import.meta.url).href);
await run();
