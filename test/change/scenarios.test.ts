import { expect, test } from 'vitest';
import { changesBetween } from '#change/changes.ts';
import { RISK_KINDS } from '#change/risk/rule.ts';
import { blockingIn, type ChangeSummary, summaryOf } from '#change/summary.ts';
import { changesText } from '#report/changes/text.ts';
import { ACTIONS } from '#report/changes/words.ts';
import { stateOf, store } from './sample.ts';
import { SCENARIOS } from './scenarios.ts';

/** `3 changed; downtime 1, cost 1; blocks MongoDatabase tideline/bookings` */
function classified(summary: ChangeSummary): string {
  const { counts, risks } = summary;
  return [
    ACTIONS.filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${action}`),
    RISK_KINDS.filter((kind) => risks[kind] > 0).map((kind) => `${kind} ${risks[kind]}`),
    blockingIn(summary).map(({ subject, action }) => `blocks ${action} ${subject.kind} ${subject.name}`),
  ]
    .filter((part) => part.length > 0)
    .map((part) => part.join(', '))
    .join('; ');
}

test.each(SCENARIOS)('$name', async ({ base, head, is, name }) => {
  const summary = summaryOf(changesBetween(stateOf(base), stateOf(head), store));
  const text = changesText([summary], { columns: 120, colour: false, unicode: false });
  // What people read, reviewed by eye: `npx vitest run test/change -u` after a change that is meant.
  await expect(text).toMatchFileSnapshot(`expected/${name.replaceAll(/[^a-z]+/gi, '-')}.txt`);
  expect(classified(summary)).toBe(is);
  // Every line that was edited leads; nothing is left to guess.
  expect(summary.causes.filter(({ path }) => path === '')).toEqual([]);
});

test('there are enough realistic changes', () => {
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(35);
});
