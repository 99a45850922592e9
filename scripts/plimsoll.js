#!/usr/bin/env node
import module from 'node:module';
import v8 from 'node:v8';
import { build, isCurrent } from './build.js';

// Node 22 and newer keep compiled code between runs.
/** @type {{ enableCompileCache?: () => void }} */ (module).enableCompileCache?.();

// Most runs are over before V8's optimizing compiler has earned what it costs, a third of all CPU time: have it wait
// longer, and paste fewer functions into each other. The flags differ between versions; an unknown one is an error.
const major = Number(process.versions.node.split('.')[0]);
const patience = major === 20 ? '--interrupt-budget=300000' : '--invocation-count-for-turbofan=10000';
if ([20, 22, 24].includes(major)) {
  for (const flag of [patience, '--max-inlined-bytecode-size-cumulative=200']) v8.setFlagsFromString(flag);
}

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
