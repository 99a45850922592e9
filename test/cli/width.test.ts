import { expect, test } from 'vitest';
import { widthOf } from '#cli/width.ts';

test.each([
  ['a pipe', {}, undefined, 120],
  ['a pipe that was told', { COLUMNS: '60' }, undefined, 60],
  ['a terminal', {}, 83, 83],
  ['a terminal that was told', { COLUMNS: '60' }, 83, 60],
  ['a terminal that does not know', {}, 0, 120],
  ['nothing said', { COLUMNS: '' }, 83, 83],
  ['no number', { COLUMNS: 'wide' }, 83, 83],
  ['zero', { COLUMNS: '0' }, 83, 83],
  ['below zero', { COLUMNS: '-5' }, undefined, 120],
  ['more than any screen', { COLUMNS: '99999999999' }, undefined, 120],
])('%s', (_, env, terminal, columns) => {
  expect(widthOf(env, terminal)).toBe(columns);
});
