import { expect, test } from 'vitest';
import { namesIn } from '#environments/described.ts';
import { readEnvironments } from '#environments/read.ts';

const named = (name: string, rest = '') => `kind: Environment\nmetadata: { name: ${name} }\n${rest}`;
const names = (...texts: readonly string[]) =>
  namesIn(texts.map((text, index) => ({ path: `environments/${index}.yaml`, text })));

test('says the names of environments, right or wrong, and none of bases', () => {
  const base = 'kind: EnvironmentBase\nspec: {}\n';
  const read = names(base, named('production'), named('staging', 'extends: gone.yaml\nspec: 7\n'));
  expect(read).toEqual(new Set(['production', 'staging']));
});

/** Whoever does not know the names keeps silent about what is gone, so something must say that files are broken. */
test.each([
  ['no YAML', { text: 'spec: [\n' }],
  ['no mapping', { text: '- production\n' }],
  ['without a kind', { text: 'metadata: {}\n' }],
  ['of another kind', { text: 'kind: Berth\n' }],
  ['without a name', { text: 'kind: Environment\n' }],
  ['with a name that is no text', { text: 'kind: Environment\nmetadata: { name: 7 }\n' }],
  ['empty', { text: '' }],
  ['only a comment', { text: '# later\n' }],
  ['with two documents', { text: 'kind: Environment\n---\nkind: Environment\n' }],
  ['not to be read', { unreadable: 'it is a link' }],
])('knows no names where a file is %s, which is an error', (_, file) => {
  const files = [
    { path: 'environments/production.yaml', text: named('production') },
    { path: 'environments/other.yaml', ...file },
  ];
  expect(namesIn(files)).toBeUndefined();
  const errors = readEnvironments(files).findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ origin }) => origin?.file)).toContain('environments/other.yaml');
});
