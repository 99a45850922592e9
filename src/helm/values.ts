import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { patternOf } from '#validate/schema/pattern.ts';
import type { ChartFiles } from './archive.ts';

/** What a chart's schema has against values: where in them, and why. */
export interface ValuesProblem {
  readonly pointer: string;
  readonly problem: string;
}

/**
 * Values against the chart's own `values.schema.json`, as Helm judges them: with the chart's defaults below them.
 * Offline: a schema that points elsewhere is a problem, not a request.
 */
export function valuesProblems(
  files: ChartFiles,
  values: Readonly<Record<string, unknown>>,
): readonly ValuesProblem[] {
  const schemaText = textOf(files, 'values.schema.json');
  if (schemaText === undefined) return [];
  const schema = asMap(json(schemaText));
  if (schema === undefined) return [{ pointer: '', problem: 'its values.schema.json is not JSON' }];
  const validate = compiled(schema);
  if (typeof validate === 'string')
    return [{ pointer: '', problem: `its values.schema.json can't be used: ${validate}` }];
  const whole = merged(asMap(yaml(textOf(files, 'values.yaml') ?? '')) ?? {}, values);
  if (validate(whole)) return [];
  return (validate.errors ?? []).map(problemOf);
}

/** Schemas are foreign: patterns in linear time, nothing fetched, unknown keywords and formats passed over. */
const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  validateFormats: false,
  logger: false,
  code: {
    regExp: Object.assign(
      // Ajv takes patterns of one text for one.
      (source: string) => ({ test: (text: string) => matches(source, text), toString: () => source }),
      { code: 'undefined' },
    ),
  },
};

const matches = (source: string, text: string): boolean => patternOf(source)?.matches(text) ?? true;

type Map = Readonly<Record<string, unknown>>;

function compiled(schema: Map) {
  const { $schema: dialect, $id: _id, id: _old, ...rest } = schema;
  const newer = typeof dialect === 'string' && /20(19|20)/.test(dialect);
  try {
    return newer ? new Ajv2020(OPTIONS).compile(rest) : new Ajv(OPTIONS).compile(rest);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

function problemOf({ instancePath, keyword, message = '', params }: ErrorObject): ValuesProblem {
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    return {
      pointer: `${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      problem: `${name} is none of its values`,
    };
  }
  const allowed: unknown = keyword === 'enum' ? params['allowedValues'] : undefined;
  const place = instancePath === '' ? 'the values' : instancePath.slice(1).replaceAll('/', '.');
  return {
    pointer: instancePath,
    problem: `${place} ${message}${Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''}`,
  };
}

/** As Helm does it: maps are merged, all else is replaced, and null takes a default away. */
function merged(defaults: Map, values: Map): Map {
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(defaults)) result[key] = value;
  for (const [key, value] of Object.entries(values)) {
    const [below, above] = [asMap(result[key]), asMap(value)];
    if (value === null) delete result[key];
    else result[key] = above === undefined ? value : merged(below ?? {}, above);
  }
  return result;
}

const asMap = (value: unknown): Map | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

function textOf(files: ChartFiles, name: string): string | undefined {
  const bytes = files.get(name);
  return bytes && new TextDecoder().decode(bytes);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Helm says itself what is wrong with YAML that can't be read. */
function yaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
