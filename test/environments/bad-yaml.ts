import { type BadInput, change, whole } from './bad-input.ts';
import { TIDELINE } from './tideline.ts';

const bomb = [
  'a: &a [ship, ship, ship, ship, ship, ship, ship, ship, ship]',
  ...'bcdefgh'.split('').map((name, index) => {
    const alias = `*${'abcdefg'[index]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => alias).join(', ')}]`;
  }),
].join('\n');

export const YAML_INPUT: readonly BadInput[] = [
  whole('empty', '', `environment-empty-file  1:1`),
  whole('nothing but a comment', '# later\n', 'environment-empty-file  1:1'),
  whole('nothing but a document start', '---\n', 'environment-empty-file  1:1'),
  whole('a list', '- ship\n- port\n', 'environment-not-mapping  1:1'),
  whole('a sentence', 'Dear platform team, please', 'environment-not-mapping  1:1'),
  whole('no YAML', '{"ship": [}', 'environment-syntax  1:11'),
  whole('bytes of a picture', '\uFFFDPNG\r\n\u001A\n\u0000\u0000', 'environment-not-mapping  1:1'),
  whole('a directive', `%YAML 1.1\n---\n${TIDELINE}`, 'environment-directive  1:1'),
  whole('too deep', `ship: ${'['.repeat(100_000)}`, 'environment-too-large  1:71'),
  whole('too deep in blocks', `${'- '.repeat(50_000)}ship`, 'environment-too-large  1:131'),
  whole('too deep by aliases', deepAliases(), 'environment-too-large /k63/s 64:16'),
  whole('an alias bomb', bomb, 'environment-too-large /f/6 6:32'),
  whole('too many items', `ship: [${'1,'.repeat(1_001)}]`, 'environment-too-large /ship 1:7'),
  whole('too large', `# ${'x'.repeat(2 * 1024 * 1024)}`, 'environment-too-large  1:1'),
  change(
    'several documents',
    'kind: Environment\n',
    'kind: Environment\n---\nkind: Environment\n',
    'environment-several-documents  3:1',
  ),
  change('a tab', '  name: staging', '\tname: staging', 'environment-tab-indent  4:1'),
  change('an open list', '[a, b, c]', '[a, b, c', 'environment-syntax  18:3'),
  change(
    'a duplicate key',
    '  name: staging',
    '  name: staging\n  name: production',
    'environment-duplicate-key /metadata/name 5:3',
  ),
  change(
    'a duplicate key in other quotes',
    '  name: staging',
    '  name: staging\n  "name": production',
    'environment-duplicate-key /metadata/name 5:3',
  ),
  change(
    'a number as a key',
    '  stage: staging',
    '  stage: staging\n  1: ship',
    'environment-key-not-text /spec 8:3',
  ),
  change(
    'a list as a key',
    '  stage: staging',
    '  stage: staging\n  ? [ship]\n  : port',
    'environment-key-not-text /spec 8:5',
  ),
  change(
    'keys that touch prototypes',
    'documents: {}',
    'documents: {}\n    __proto__: {}\n    constructor: {}',
    'environment-reserved-key /spec/buckets/__proto__ 42:5',
    'environment-reserved-key /spec/buckets/constructor 43:5',
  ),
  change(
    'a merge key',
    '  stage: staging',
    '  stage: staging\n  <<: { ship: port }',
    'environment-merge-key /spec 8:3',
  ),
  change('a tag', 'stage: staging', 'stage: !secret staging', 'environment-tag  7:10'),
  change('a YAML 1.1 tag', 'stage: staging', 'stage: !!binary c2hpcA==', 'environment-tag  7:10'),
  change(
    'an unknown alias',
    'stage: staging\n  topology: single',
    'stage: &stage staging\n  topology: *stagge',
    'environment-unknown-alias /spec/topology 8:13',
  ),
  change(
    'an alias of itself',
    'documents: {}',
    'documents: &it\n      cors: [*it]',
    'environment-endless-alias /spec/buckets/documents/cors/0 42:14',
  ),
  ...['yes', 'off', '0644', '0o17', '1_000', '12:30', '5e12345', '1.30', '.inf', '12345678901234567890'].map(
    (word) =>
      change(
        `${word} where anything may stand`,
        '  services:',
        `  charts:\n    ship:\n      { repository: "https://charts.tideline.example", chart: ship, version: 1.0.0, namespace: ship, values: { word: ${word} } }\n  services:`,
        'environment-ambiguous-scalar /spec/charts/ship/values/word 44:118',
      ),
  ),
  change(
    'an octal number',
    'port: 3000',
    'port: 0755',
    'environment-ambiguous-scalar /spec/services/web/port 45:13',
  ),
  change(
    'a YAML 1.1 word where text is right',
    'port: 3000',
    'port: 3000\n      env: { DEBUG: on }',
    'environment-ambiguous-scalar /spec/services/web/env/DEBUG 46:21',
  ),
];

function deepAliases(): string {
  const lines = ['k0: &k0 [ship]'];
  for (let level = 1; level <= 70; level++) lines.push(`k${level}: &k${level} { s: *k${level - 1} }`);
  return lines.join('\n');
}
