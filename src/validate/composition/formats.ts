import type { Finding } from '#model/finding.ts';
import { Failure } from '#preview/failure.ts';
import { sprintf } from '#preview/go/format.ts';
import type { GoValue } from '#preview/go/value.ts';
import { numberOf } from '../schema/jsonSchema.ts';
import type { Values, ValueType } from './values.ts';

/**
 * Formats, judged by what they give. Go's Sprintf never fails: `%d` of a number, which reaches a function as a float,
 * silently writes `%!d(float64=5)` into a policy or a name. So each format is tried with samples of what may arrive.
 * https://pkg.go.dev/fmt#hdr-Format_errors
 */
export function formatProblems(format: string, arguments_: readonly Values[]): readonly Finding[] {
  // Whoever pads to a thousand characters means something else, and trying it would take long.
  if (format.length > LONGEST || /%[^a-zA-Z%]*[0-9]{4}/.test(format)) return [];
  const usual: readonly GoValue[] = arguments_.map((values) => samplesOf(values)[0] ?? SAMPLE_TEXT);
  const tries = arguments_.flatMap((values, index) =>
    samplesOf(values)
      .slice(1)
      .map((sample) => usual.with(index, sample)),
  );
  for (const samples of [usual, ...tries]) {
    const problem = problemWith(format, samples, arguments_);
    if (problem !== undefined) return [problem];
  }
  return jsonProblem(format, usual, arguments_);
}

const LONGEST = 20_000;
const SAMPLE_TEXT = 'tideline';
/** A number that %v writes as 1.2096e+06: two weeks in seconds. */
export const LARGE = 1_209_600;

const SAMPLES: Readonly<Record<ValueType, GoValue>> = {
  string: SAMPLE_TEXT,
  integer: LARGE,
  number: LARGE + 0.5,
  boolean: true,
  object: { berth: SAMPLE_TEXT },
  array: ['berth', SAMPLE_TEXT],
  null: null,
};

function samplesOf({ types, known, sample, schema }: Values): readonly GoValue[] {
  if (known !== undefined && known.length > 0) return known.slice(0, 8);
  if (sample !== undefined) return [sample];
  const most = schema === undefined ? undefined : numberOf(schema, 'maximum');
  return [...(types ?? [])].map((type) =>
    type === 'integer' && most !== undefined && most < LARGE ? most : SAMPLES[type],
  );
}

function problemWith(
  format: string,
  samples: readonly GoValue[],
  arguments_: readonly Values[],
): Finding | undefined {
  const text = rendered(format, samples);
  if (text === undefined) return undefined;
  const number = /%!([a-zA-Z])\(float64=[^)]*\)/.exec(text);
  if (number !== null) return numberByVerb(number[1] ?? '', number[0]);
  const exponent = samples.some((sample) => typeof sample === 'number')
    ? /[0-9](\.[0-9]+)?e\+[0-9]{2}/.exec(text)
    : null;
  const verb = /%[^a-zA-Z%]*([vgG])/.exec(format)?.[1];
  if (exponent !== null && verb !== undefined) return numberByVerb(verb, exponent[0]);
  const wrong = format.includes('%%!') ? null : /%!(?:[^(]?\([^)]*\)?)/.exec(text);
  const untyped = arguments_.some(({ types }) => types === undefined);
  // What may be anything is not judged by the type of its sample.
  if (wrong !== null && !(untyped && /%!.\(string=/.test(wrong[0]))) return badFormat(format, wrong[0]);
  const composite = /map\[berth:tideline\]|\[berth tideline\]/.exec(text);
  return composite === null || untyped ? undefined : badFormat(format, composite[0]);
}

const numberByVerb = (verb: string, result: string): Finding => ({
  code: 'composition-format-number',
  severity: 'error',
  args: { verb: `%${verb}`, result },
});

const badFormat = (format: string, result: string): Finding => ({
  code: 'composition-format',
  severity: 'error',
  args: { format: shortened(format), result },
});

/** A text that begins like an object or a list of JSON is meant for something that parses it. */
const LIKE_JSON = /^\s*(\{\s*("|\})|\[\s*[{"])/;

function jsonProblem(
  format: string,
  samples: readonly GoValue[],
  arguments_: readonly Values[],
): readonly Finding[] {
  const text = rendered(format, samples);
  // What may be anything was tried as text, whatever its verb.
  if (text === undefined || text.includes('%!') || !LIKE_JSON.test(text)) return [];
  if (isJson(text)) return [];
  // A text may itself be JSON, and stand without quotation marks. 1 is right in both places.
  const free = samples.map((sample, index) =>
    sample === SAMPLE_TEXT || arguments_[index]?.types === undefined ? '1' : sample,
  );
  return [jsonFinding(text, isJson(rendered(format, free) ?? ''))];
}

/** A literal text that is meant to be JSON and is none. */
export function literalJsonProblem(text: string): Finding | undefined {
  return !LIKE_JSON.test(text) || isJson(text) ? undefined : jsonFinding(text, false);
}

const jsonFinding = (text: string, isDoubtful: boolean): Finding => ({
  code: 'composition-json',
  severity: isDoubtful ? 'warning' : 'error',
  args: { result: shortened(text) },
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function rendered(format: string, samples: readonly GoValue[]): string | undefined {
  try {
    return sprintf(format, samples);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}...` : text);
