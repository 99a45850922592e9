#!/usr/bin/env node
import module from 'node:module';
import { build, isCurrent } from './build.js';

// Node 22 and newer keep compiled code between runs.
/** @type {{ enableCompileCache?: () => void }} */ (module).enableCompileCache?.();

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
