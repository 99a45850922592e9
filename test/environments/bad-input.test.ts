import { describe, expect, test } from 'vitest';
import { environmentMessages } from '#report/messages/environment.ts';
import { ACKNOWLEDGE_INPUT } from './bad-acknowledge.ts';
import { CLUSTER_INPUT } from './bad-cluster.ts';
import { DATA_INPUT } from './bad-data.ts';
import { EXTENDS_INPUT } from './bad-extends.ts';
import { FIELD_INPUT } from './bad-fields.ts';
import { MEANING_INPUT } from './bad-meaning.ts';
import { YAML_INPUT } from './bad-yaml.ts';
import { brief, findingsIn, TIDELINE } from './tideline.ts';

const SETS = {
  YAML: YAML_INPUT,
  fields: FIELD_INPUT,
  meaning: MEANING_INPUT,
  extends: EXTENDS_INPUT,
  cluster: CLUSTER_INPUT,
  data: DATA_INPUT,
  acknowledge: ACKNOWLEDGE_INPUT,
};

test('the environment that the bad ones are made of has no findings', () => {
  expect(findingsIn(TIDELINE)).toEqual([]);
});

describe.each(Object.entries(SETS))('%s', (_, inputs) => {
  test.each(inputs)('$name', ({ text, others, expected }) => {
    const started = performance.now();
    expect(brief(findingsIn(text, others))).toEqual(expected);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

/** Codes whose cases stand in other tests: they need files that can't be read, or none. */
const ELSEWHERE = ['environment-none-found', 'environment-unreadable'];

test('every code has a case', () => {
  const seen = new Set(
    Object.values(SETS).flatMap((inputs) =>
      inputs.flatMap(({ expected }) => expected.map((one) => one.split(' ')[0])),
    ),
  );
  const missing = Object.keys(environmentMessages).filter(
    (code) => !seen.has(code) && !ELSEWHERE.includes(code),
  );
  expect(missing).toEqual([]);
});
