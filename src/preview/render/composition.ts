import type { Checked, Finding } from '#model/finding.ts';

/** An object of JSON that nobody checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text of a field; empty where it is none. */
export function textOf(object: unknown, field: string): string {
  const value = isJsonObject(object) && Object.hasOwn(object, field) ? object[field] : undefined;
  return typeof value === 'string' ? value : '';
}

/** A field's own value. */
export const fieldOf = (object: unknown, field: string): unknown =>
  isJsonObject(object) && Object.hasOwn(object, field) ? object[field] : undefined;

/** A step of a composition's pipeline. */
export interface Step {
  readonly step: string;
  readonly functionName: string;
  readonly input: unknown;
  /** Names by which the function knows its credentials -> the Secrets that hold them. */
  readonly credentials: ReadonlyMap<string, SecretReference>;
}

interface SecretReference {
  readonly namespace: string;
  readonly name: string;
}

/** Steps of a composition; findings where it is none, has none, or is for another kind. */
export function readComposition(composition: JsonObject, composite: JsonObject): Checked<readonly Step[]> {
  const spec = fieldOf(composition, 'spec');
  const findings: Finding[] = [];
  const wrong = (expected: string, found: string) => {
    findings.push({ code: 'render-composition', severity: 'error', args: { expected, found } });
  };
  if (textOf(composition, 'kind') !== 'Composition') wrong('kind: Composition', textOf(composition, 'kind'));
  const wanted = fieldOf(spec, 'compositeTypeRef');
  if (
    textOf(wanted, 'apiVersion') !== textOf(composite, 'apiVersion') ||
    textOf(wanted, 'kind') !== textOf(composite, 'kind')
  ) {
    wrong(`a composition for ${kindText(composite)}`, `one for ${kindText(wanted)}`);
  }
  const mode = textOf(spec, 'mode');
  if (mode !== 'Pipeline') wrong('mode: Pipeline', mode === '' ? 'no mode' : `mode: ${mode}`);
  const pipeline = fieldOf(spec, 'pipeline');
  const steps = Array.isArray(pipeline) ? pipeline.map(stepOf) : [];
  if (steps.length === 0) wrong('a pipeline with steps', 'none');
  return { value: findings.length === 0 ? steps : undefined, findings };
}

const kindText = (object: unknown) =>
  `${textOf(object, 'apiVersion')} ${textOf(object, 'kind')}`.trim() || 'nothing';

const stepOf = (step: unknown): Step => ({
  step: textOf(step, 'step'),
  functionName: textOf(fieldOf(step, 'functionRef'), 'name'),
  input: fieldOf(step, 'input'),
  credentials: credentialsOf(fieldOf(step, 'credentials')),
});

const credentialsOf = (credentials: unknown): ReadonlyMap<string, SecretReference> =>
  new Map(
    (Array.isArray(credentials) ? credentials : [])
      .filter((credential) => textOf(credential, 'source') === 'Secret')
      .map((credential) => {
        const reference = fieldOf(credential, 'secretRef');
        return [
          textOf(credential, 'name'),
          { namespace: textOf(reference, 'namespace'), name: textOf(reference, 'name') },
        ];
      }),
  );
