import type { Finding } from '#model/finding.ts';
import { pointerTo } from '#model/pointer.ts';
import { Failure } from '#preview/failure.ts';
import type { GoValue } from '#preview/go/value.ts';
import type { Transform } from '#preview/patch-and-transform/input.ts';
import { transformed } from '#preview/patch-and-transform/transform.ts';
import { formatProblems, LARGE } from './formats.ts';
import {
  ANYTHING,
  knownValues,
  shown,
  textValues,
  typeOfValue,
  typesInWords,
  type Values,
  type ValueType,
} from './values.ts';

/** What comes out of a patch's transforms, and what is wrong on the way; pointers start at the patch. */
export interface Transformed {
  readonly values: Values;
  readonly findings: readonly Finding[];
}

/** Where all values are known, each goes through the function's own transforms; otherwise their types do. */
export function afterTransforms(
  values: Values,
  transforms: readonly Transform[],
  source: string,
): Transformed {
  const findings: Finding[] = [];
  let here = values;
  for (const [index, transform] of transforms.entries()) {
    const step = after(here, transform, source);
    findings.push(...step.findings.map((finding) => placed(finding, index, transform)));
    here = step.values;
    // What follows would only complain of the same.
    if (step.findings.some(({ severity }) => severity === 'error')) return { values: ANYTHING, findings };
  }
  return { values: here, findings };
}

function placed(finding: Finding, index: number, { type = '', string }: Transform): Finding {
  const isFormat = type === 'string' && string?.fmt !== undefined;
  const at = pointerTo('transforms', index, ...(isFormat ? ['string', 'fmt'] : type === '' ? [] : [type]));
  return { ...finding, pointer: at };
}

function after(values: Values, transform: Transform, source: string): Transformed {
  const { type = '', map, string } = transform;
  const format = type === 'string' && string?.type === 'Format' ? string.fmt : undefined;
  if (format !== undefined) {
    const findings = formatProblems(format, [values]);
    if (findings.length > 0) return { values: textValues(), findings };
  }
  const unfit = inputProblem(values, transform);
  if (unfit?.severity === 'error') return { values: ANYTHING, findings: [unfit] };
  const doubts = unfit === undefined ? [] : [unfit];
  if (values.known !== undefined && unfit === undefined) return afterEach(values.known, transform, source);
  if (type === 'map' && map !== undefined) {
    const open: Finding = {
      code: 'composition-map-incomplete',
      severity: 'warning',
      args: { missing: [], source },
    };
    const isOpen = values.types?.has('string') === true;
    return { values: knownValues(Object.values(map)), findings: isOpen ? [...doubts, open] : doubts };
  }
  return { values: outcome(values, transform), findings: doubts };
}

/** Every known value, transformed. */
function afterEach(known: readonly GoValue[], transform: Transform, source: string): Transformed {
  const { type = '', match } = transform;
  const results: GoValue[] = [];
  const failed: { readonly value: GoValue; readonly problem: string }[] = [];
  for (const value of known) {
    try {
      const result = transformed(value, [transform]);
      if (result === null && match !== undefined) failed.push({ value, problem: 'no pattern matches it' });
      else results.push(result);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed.push({ value, problem: error.message.replace(/^transform at index 0 returned error: /, '') });
    }
  }
  const [first] = failed;
  if (first === undefined) return { values: knownValues(results), findings: [] };
  const finding: Finding =
    type === 'map'
      ? {
          code: 'composition-map-incomplete',
          severity: 'error',
          args: { missing: failed.map(({ value }) => shown(value)), source },
        }
      : {
          code: 'composition-transform-fails',
          severity: 'error',
          args: { transform: type, value: shown(first.value), problem: first.problem },
        };
  return { values: knownValues(results), findings: [finding] };
}

/** What a transform takes; undefined where it takes anything. */
function accepted({ type, string, match, convert }: Transform): readonly ValueType[] | undefined {
  switch (type) {
    case 'math':
      return ['integer', 'number'];
    case 'map':
      return ['string'];
    case 'match':
      return (match?.patterns ?? []).length > 0 ? ['string'] : undefined;
    case 'convert':
      return ['object', 'array'].includes(convert?.toType ?? '')
        ? ['string']
        : ['string', 'integer', 'number', 'boolean'];
    case 'string':
      return string?.type === 'Join' ? ['array'] : undefined;
    default:
      return undefined;
  }
}

function inputProblem({ types }: Values, transform: Transform): Finding | undefined {
  const takes = accepted(transform);
  if (types === undefined || takes === undefined) return undefined;
  const wrong = [...types].filter((type) => !takes.includes(type));
  if (wrong.length === 0) return undefined;
  return {
    code: 'composition-transform-input',
    severity: wrong.length === types.size ? 'error' : 'warning',
    args: { transform: transform.type ?? '', expected: typesInWords(takes), found: typesInWords(wrong) },
  };
}

const CONVERTED: Readonly<Record<string, ValueType>> = {
  string: 'string',
  bool: 'boolean',
  int: 'integer',
  int64: 'integer',
  float64: 'number',
  object: 'object',
  array: 'array',
};

/** What a transform gives for values that are not known one by one. */
function outcome(values: Values, transform: Transform): Values {
  const { type, math, match, convert } = transform;
  switch (type) {
    case 'string': {
      const isJson = transform.string?.type === 'Convert' && transform.string.convert === 'ToJson';
      return isJson ? { ...textValues(), sample: '{"berth":1}' } : textValues();
    }
    case 'convert': {
      const to = CONVERTED[convert?.toType ?? ''];
      if (to === undefined) return ANYTHING;
      // From here on it is no float any more.
      return { types: new Set([to]), ...(to === 'integer' ? { sample: BigInt(LARGE) } : {}) };
    }
    case 'match': {
      const results = (match?.patterns ?? []).map(({ result }) => result ?? null);
      if (match?.fallbackTo === 'Input') {
        const types = values.types && new Set([...values.types, ...results.map(typeOfValue)]);
        return { types };
      }
      // Without a fallback null is written; whether it ever comes to that, nobody can tell here.
      const fallback = match?.fallbackValue;
      return knownValues(fallback === undefined ? results : [...results, fallback]);
    }
    case 'math': {
      const isWhole = typeof values.sample === 'bigint' && math?.type === 'Multiply';
      const types = values.types ?? new Set<ValueType>(['integer', 'number']);
      return { types, ...(isWhole ? { sample: values.sample } : {}) };
    }
    default:
      return ANYTHING;
  }
}
