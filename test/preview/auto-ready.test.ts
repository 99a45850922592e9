import { describe, expect, it } from 'vitest';
import { runAutoReady } from '#preview/auto-ready.ts';
import { base } from './tideline.ts';

const withReady = (status: string) => ({
  resource: { ...base, status: { conditions: [{ type: 'Ready', status }] } },
});

describe('runAutoReady', () => {
  it('says only what no function said, and only of resources that exist and are ready', () => {
    const desired = {
      composite: { resource: { kind: 'XQueue' } },
      resources: {
        ready: { resource: base },
        waiting: { resource: base },
        new: { resource: base },
        held: { resource: base, ready: 'READY_FALSE' as const },
        unspecified: { resource: base, ready: 'READY_UNSPECIFIED' as const },
      },
    };
    const observed = {
      resources: {
        ready: withReady('True'),
        waiting: withReady('False'),
        held: withReady('True'),
        unspecified: withReady('True'),
        gone: withReady('True'),
      },
    };
    const context = { 'tideline.example/fleet': 'north' };
    expect(runAutoReady({ observed, desired, context })).toEqual({
      context,
      desired: {
        composite: { resource: { kind: 'XQueue' } },
        resources: {
          ready: { resource: base, ready: 'READY_TRUE' },
          waiting: { resource: base },
          new: { resource: base },
          held: { resource: base, ready: 'READY_FALSE' },
          unspecified: { resource: base, ready: 'READY_TRUE' },
        },
      },
    });
  });
});
