import fc from 'fast-check';
import { expect, it } from 'vitest';
import { serviceRange } from '#model/service-range.ts';

/** First 16 bits of every private network of /16: https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((second) => `10.${second}`),
  fc.integer({ min: 16, max: 31 }).map((second) => `172.${second}`),
  fc.constant('192.168'),
);

it('never meets the network', () => {
  fc.assert(
    fc.property(PRIVATE, fc.integer({ min: 16, max: 20 }), (network, prefix) => {
      expect(serviceRange(`${network}.0.0/${prefix}`).split('.').slice(0, 2).join('.')).not.toBe(network);
    }),
  );
});
