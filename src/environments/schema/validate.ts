import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { EnvironmentBaseFile, EnvironmentFile, Spec } from '#model/environment/environment.ts';

/**
 * The schema's judgement, from the one definition of the environment. `spec` is judged apart from the head,
 * because an environment's is judged after `extends` and a base's may be any part of one.
 */

/** What ajv objected to; `instancePath` is a pointer into the whole file. */
export type SchemaError = ErrorObject;

type Validator = 'environment' | 'base' | 'spec';

const SCHEMAS = {
  environment: {
    ...EnvironmentFile,
    properties: { ...EnvironmentFile.properties, spec: EnvironmentBaseFile.properties.spec },
  },
  base: EnvironmentBaseFile,
  spec: Spec,
};

/**
 * The definition is ours and a test proves that it is JSON Schema: proving it again, and polishing the code
 * that is made of it, would double the time to compile.
 */
const OPTIONS: Options = {
  allErrors: true,
  strict: true,
  verbose: true,
  useDefaults: true,
  messages: false,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
};

const compiled = new Map<Validator, ValidateFunction>();

/** Compiles at first use: `plimsoll --help` pays nothing. */
function validator(which: Validator): ValidateFunction {
  const known = compiled.get(which);
  if (known !== undefined) return known;
  const ajv = new Ajv(OPTIONS);
  const made = ajv.compile(SCHEMAS[which]);
  compiled.set(which, made);
  return made;
}

function judge(which: Validator, value: unknown, at: string): readonly SchemaError[] {
  const validate = validator(which);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({ ...error, instancePath: `${at}${error.instancePath}` }));
}

/** Everything but the inside of `spec`. */
export const judgeHead = (kind: 'environment' | 'base', file: unknown): readonly SchemaError[] =>
  judge(kind, file, '');

/** A complete `spec`. Fills in defaults: `spec` is changed. */
export const judgeSpec = (spec: unknown): readonly SchemaError[] => judge('spec', spec, '/spec');

/** A part of a `spec`: nothing is required. Fills in defaults: `spec` is changed. */
export const judgePartialSpec = (spec: unknown): readonly SchemaError[] =>
  judgeSpec(spec).filter((error) => error.keyword !== 'required');
