import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSourceFiles } from '#environments/files.ts';
import { environmentJsonSchema, environmentJsonSchemaText } from '#environments/json-schema.ts';
import { readEnvironments } from '#environments/read.ts';
import { edited, TIDELINE } from './tideline.ts';

const FOLDER = 'environments';
const FILES = ['base.yaml', 'production.yaml', 'staging.yaml'];

test('the sample environments have no findings', () => {
  const { value, findings } = readEnvironments(readSourceFiles(FOLDER));
  expect(findings).toEqual([]);
  expect(value?.map(({ environment }) => environment.metadata.name)).toEqual(['production', 'staging']);
});

test('a sample knows the file and line of each value', () => {
  const { value } = readEnvironments(readSourceFiles(FOLDER));
  const production = value?.[0];
  const line = (pointer: string) => {
    const place = production?.locate(pointer);
    return place && `${place.file} ${readFileSync(place.file, 'utf8').split('\n')[place.line - 1]?.trim()}`;
  };
  expect(line('/spec/databases/bookings/tier')).toBe('environments/production.yaml tier: M30');
  expect(line('/spec/databases/bookings/version')).toBe('environments/base.yaml version: "8.0"');
  expect(line('/spec/databases/bookings/nodes')).toBe('environments/production.yaml bookings:');
  expect(line('/spec/queues/invoices')).toBe('environments/base.yaml invoices:');
  expect(line('/spec/services/web/port')).toBe('environments/base.yaml port: 3000');
});

test('production images are digests', () => {
  const { value } = readEnvironments(readSourceFiles(FOLDER));
  const images = Object.values(value?.[0]?.environment.spec.services ?? {}).map(({ image }) => image);
  expect(images).toHaveLength(5);
  for (const image of images) expect(image).toMatch(/@sha256:[a-f0-9]{64}$/);
});

test('the committed schema for editors is current', () => {
  expect(readFileSync(`${FOLDER}/environment.schema.json`, 'utf8')).toBe(environmentJsonSchemaText());
});

test('the schema for editors is JSON Schema, draft 7 and 2020-12', () => {
  const { $schema: draft, ...schema } = environmentJsonSchema();
  expect(draft).toBe('http://json-schema.org/draft-07/schema#');
  expect(new Ajv().validateSchema(environmentJsonSchema())).toBe(true);
  expect(new Ajv2020().validateSchema(schema)).toBe(true);
});

const accepts = new Ajv({ strict: false }).compile(environmentJsonSchema());
const isAccepted = (text: string) => accepts(parse(text));

test.each(FILES)('the schema for editors accepts %s', (file) => {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
  expect(text.startsWith('# yaml-language-server: $schema=environment.schema.json\n')).toBe(true);
  expect(isAccepted(text)).toBe(true);
});

test('the schema for editors asks for what is required, unless a base may have it', () => {
  expect(isAccepted(TIDELINE)).toBe(true);
  const incomplete = edited('  topology: single\n', '');
  expect(isAccepted(incomplete)).toBe(false);
  expect(isAccepted(edited('spec:\n', 'extends: base.yaml\nspec:\n', incomplete))).toBe(true);
  expect(isAccepted(edited('kind: Environment', 'kind: EnvironmentBase', incomplete))).toBe(true);
});

test('the schema for editors knows unknown fields, everywhere', () => {
  for (const head of [
    'kind: Environment',
    'extends: base.yaml\nkind: Environment',
    'kind: EnvironmentBase',
  ]) {
    expect(isAccepted(edited('kind: Environment', head, edited('port: 3000', 'prot: 3000')))).toBe(false);
    expect(isAccepted(edited('kind: Environment', head, `${TIDELINE}ship: port\n`))).toBe(false);
  }
});

test('the schema for editors takes null for an entry only where something is inherited', () => {
  const removing = edited('    documents: {}\n', '    documents: null\n');
  expect(isAccepted(removing)).toBe(false);
  expect(isAccepted(edited('spec:\n', 'extends: base.yaml\nspec:\n', removing))).toBe(true);
});
