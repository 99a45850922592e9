import { expect, test } from 'vitest';
import { acknowledgedLines, acknowledgementOf } from '#model/acknowledgements.ts';
import type { Acknowledgement } from '#model/environment/acknowledge.ts';
import { sample } from './sample.ts';

const ENVIRONMENT = sample({});

const of = (resource: string, action: Acknowledgement['action'] = 'delete'): Acknowledgement => ({
  resource,
  action,
  reason: 'moved to the archive',
  until: '2026-12-31',
});

const acknowledging = (...acknowledge: readonly Acknowledgement[]) => ({
  ...ENVIRONMENT,
  spec: { ...ENVIRONMENT.spec, acknowledge: [...acknowledge] },
});

const bookings = { kind: 'MongoDatabase', namespace: 'tideline', name: 'bookings' };

test("a claim without a namespace is the product's", () => {
  const environment = acknowledging(of('MongoDatabase bookings'));
  expect(acknowledgementOf(environment, 'delete', bookings)?.resource).toBe('MongoDatabase bookings');
  expect(acknowledgementOf(environment, 'delete', { ...bookings, namespace: 'archive' })).toBeUndefined();
});

test('an acknowledgement is for one thing and one action', () => {
  const environment = acknowledging(of('MongoDatabase bookings'));
  expect(acknowledgementOf(environment, 'replace', bookings)).toBeUndefined();
  expect(acknowledgementOf(environment, 'delete', { ...bookings, name: 'voyages' })).toBeUndefined();
  expect(acknowledgementOf(environment, 'delete', { ...bookings, kind: 'ObjectBucket' })).toBeUndefined();
  expect(acknowledgementOf(ENVIRONMENT, 'delete', bookings)).toBeUndefined();
});

test('policies read a line for each', () => {
  const environment = acknowledging(
    of('MongoDatabase bookings', 'replace'),
    of('PersistentVolumeClaim archive/charts'),
    of('VPC tideline-old'),
  );
  expect(acknowledgedLines(environment)).toEqual([
    'MongoDatabase tideline/bookings',
    'PersistentVolumeClaim archive/charts',
    'VPC tideline-old',
  ]);
});
