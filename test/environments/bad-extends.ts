import type { BadInput } from './bad-input.ts';
import { edited, TIDELINE } from './tideline.ts';

const BASE = 'environments/base.yaml';
const base = (spec: string, head = '') =>
  `apiVersion: plimsoll.dev/v1alpha1\nkind: EnvironmentBase\n${head}spec:\n${spec}`;
const extending = (target: string, text = TIDELINE) => edited('spec:\n', `extends: ${target}\nspec:\n`, text);

/** With a range for Atlas that not every network suits. */
const peered = edited('7abb20e7b8 }', '7abb20e7b8, cidr: 10.40.128.0/21 }');

export const EXTENDS_INPUT: readonly BadInput[] = [
  {
    name: 'a file that is not there',
    text: extending('bsae.yaml'),
    others: { [BASE]: base('  stage: staging\n') },
    expected: [`environment-unused-base /kind ${BASE}:2:7`, 'environment-extends-missing /extends 5:10'],
  },
  {
    name: 'a file outside',
    text: extending('../base.yaml'),
    expected: ['environment-extends-outside /extends 5:10'],
  },
  {
    name: 'a file outside, in a roundabout way',
    text: extending('bases/../../base.yaml'),
    expected: ['environment-extends-outside /extends 5:10'],
  },
  {
    name: 'an absolute path',
    text: extending('/etc/base.yaml'),
    expected: ['environment-extends-outside /extends 5:10'],
  },
  { name: 'no path', text: extending('{}'), expected: ['environment-wrong-type /extends 5:10'] },
  { name: 'itself', text: extending('staging.yaml'), expected: ['environment-extends-cycle /extends 5:10'] },
  {
    name: 'a circle of bases',
    text: extending('base.yaml'),
    others: {
      [BASE]: base('  stage: staging\n', 'extends: bases/more.yaml\n'),
      'environments/bases/more.yaml': base('  stage: staging\n', 'extends: more.yaml\n'),
    },
    expected: [`environment-extends-cycle /extends environments/bases/more.yaml:3:10`],
  },
  {
    name: 'another environment',
    text: extending('production.yaml'),
    others: {
      'environments/production.yaml': edited('10.20.', '10.30.', edited('name: staging', 'name: production')),
    },
    expected: ['environment-extends-not-base /extends 5:10'],
  },
  {
    name: 'a chain of many files',
    text: extending('b1.yaml'),
    others: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `environments/b${index + 1}.yaml`,
        base('  stage: staging\n', index === 19 ? '' : `extends: b${index + 2}.yaml\n`),
      ]),
    ),
    expected: [
      'environment-too-large /extends environments/b15.yaml:3:10',
      'environment-too-large /extends environments/b16.yaml:3:10',
      'environment-too-large /extends environments/b17.yaml:3:10',
      'environment-too-large /extends environments/b18.yaml:3:10',
      'environment-too-large /extends environments/b19.yaml:3:10',
    ],
  },
  {
    name: 'a base that nobody extends is judged all the same',
    text: TIDELINE,
    others: { [BASE]: base('  stage: stging\n  ship: port\n') },
    expected: [
      `environment-unused-base /kind ${BASE}:2:7`,
      `environment-not-allowed-value /spec/stage ${BASE}:4:10`,
      `environment-unknown-field /spec/ship ${BASE}:5:3`,
    ],
  },
  {
    name: 'a base with a field that only environments have',
    text: extending('base.yaml'),
    others: { [BASE]: base('  stage: staging\n', 'ship: port\n') },
    expected: [`environment-unknown-field /ship ${BASE}:3:1`],
  },
  {
    name: 'a mistake of the base is told once, where it stands',
    text: extending('base.yaml', edited('  topology: single\n', '')),
    others: { [BASE]: base('  topology: sngle\n') },
    expected: [`environment-not-allowed-value /spec/topology ${BASE}:4:13`],
  },
  {
    name: 'a mistake that only the whole has stands where the value was set',
    text: extending('base.yaml', edited('  network:\n    cidr: 10.20.0.0/16\n', '  network:\n', peered)),
    others: { [BASE]: base('  network:\n    cidr: 10.40.0.0/16\n') },
    expected: [`environment-overlapping-cidr /spec/network/cidr ${BASE}:5:11`],
  },
  {
    name: 'null removes what others use',
    text: extending('base.yaml', edited('    documents: {}\n', '    documents: null\n')),
    others: { [BASE]: base('  buckets:\n    documents: {}\n') },
    expected: ['environment-dangling-use /spec/services/api/uses/documents 59:9'],
  },
  {
    name: 'null removes nothing',
    text: extending('base.yaml', edited('    documents: {}\n', '    documents: {}\n    papers: null\n')),
    others: { [BASE]: base('  buckets:\n    paper: {}\n') },
    expected: ['environment-nothing-to-remove /spec/buckets/papers 43:5'],
  },
  {
    name: 'a base that is no YAML leaves the environment judged by itself',
    text: extending('base.yaml', edited('port: 3000', 'port: ship', edited('  topology: single\n', ''))),
    others: { [BASE]: 'kind: [' },
    expected: [`environment-syntax  ${BASE}:1:8`, 'environment-wrong-type /spec/services/web/port 45:13'],
  },
  {
    name: 'two environments of one name',
    text: TIDELINE,
    others: { 'environments/stage.yaml': TIDELINE },
    expected: [
      'environment-duplicate-environment /metadata/name environments/stage.yaml:4:9',
      'environment-file-name /metadata/name environments/stage.yaml:4:9',
    ],
  },
  {
    name: 'two environments with one bucket',
    text: edited('documents: {}', 'documents: { name: tideline-documents }'),
    others: {
      'environments/production.yaml': edited(
        'name: staging',
        'name: production',
        edited('documents: {}', 'documents: { name: tideline-documents }'),
      ),
    },
    expected: ['environment-derived-name-taken /spec/buckets/documents environments/production.yaml:41:5'],
  },
];
