import { isRegexp } from '../go/regexp.ts';
import type { ConvertTransform, MatchPattern, MathTransform, StringTransform, Transform } from './input.ts';
import { at, firstOf, invalid, type Problem, required } from './problem.ts';

/** What is wrong with a transform before any value went through it. */
export function validateTransform(transform: Transform): Problem | undefined {
  const { type = '', math, map, match, string, convert } = transform;
  switch (type) {
    case 'math':
      return math === undefined ? unconfigured(type) : at('math', validateMath(math));
    case 'map':
      if (map === undefined) return unconfigured(type);
      return Object.keys(map).length === 0
        ? required('map.pairs', 'at least one pair must be specified if a map transform is specified')
        : undefined;
    case 'match':
      if (match === undefined) return unconfigured(type);
      return (match.patterns ?? []).length === 0
        ? required(
            'match.patterns',
            'at least one pattern must be specified if a match transform is specified',
          )
        : firstOf('match.patterns', match.patterns, validatePattern);
    case 'string':
      return string === undefined ? unconfigured(type) : at('string', validateString(string));
    case 'convert':
      return convert === undefined ? unconfigured(type) : at('convert', validateConvert(convert));
    default:
      return invalid('type', type, 'unknown transform type');
  }
}

const unconfigured = (type: string) => required(type, `given transform type ${type} requires configuration`);

function validateMath({ type = '', multiply, clampMin, clampMax }: MathTransform): Problem | undefined {
  const missing = (field: string, words: string) =>
    required(field, `must specify a value if a ${words} math transform is specified`);
  switch (type) {
    case 'Multiply':
      return multiply === undefined ? missing('multiply', 'multiply') : undefined;
    case 'ClampMin':
      return clampMin === undefined ? missing('clampMin', 'clamp min') : undefined;
    case 'ClampMax':
      return clampMax === undefined ? missing('clampMax', 'clamp max') : undefined;
    case '':
      return required('type', 'math transform type is required');
    default:
      return invalid('type', type, 'unknown math transform type');
  }
}

function validatePattern({ type = '', literal, regexp }: MatchPattern): Problem | undefined {
  switch (type) {
    case '':
    case 'literal':
      return literal === undefined
        ? required('literal', 'literal pattern type requires a literal')
        : undefined;
    case 'regexp':
      if (regexp === undefined) return required('regexp', 'regexp pattern type requires a regexp');
      return isRegexp(regexp) ? undefined : invalid('regexp', regexp, 'invalid regexp');
    default:
      return invalid('type', type, 'unknown pattern type');
  }
}

function validateString(transform: StringTransform): Problem | undefined {
  const { type = '', fmt, convert, trim, regexp, join, replace } = transform;
  switch (type) {
    case '':
      return required('type', 'string transform type is required');
    case 'Format':
      return fmt === undefined ? required('fmt', 'format transform requires a format') : undefined;
    case 'Convert':
      return convert === undefined
        ? required('convert', 'convert transform requires a conversion type')
        : undefined;
    case 'TrimPrefix':
    case 'TrimSuffix':
      return trim === undefined ? required('trim', 'trim transform requires a trim value') : undefined;
    case 'Regexp':
      return validateRegexp(regexp);
    case 'Join':
      return join === undefined ? required('join', 'join transform requires a join') : undefined;
    case 'Replace':
      if (replace === undefined) return required('replace', 'replace transform requires a replace');
      return (replace.search ?? '') === ''
        ? required('replace.search', 'replace transform requires a search')
        : undefined;
    default:
      return invalid('type', type, 'unknown string transform type');
  }
}

function validateRegexp(regexp: StringTransform['regexp']): Problem | undefined {
  if (regexp === undefined) return required('regexp', 'regexp transform requires a regexp');
  const { match = '' } = regexp;
  if (match === '') return required('regexp.match', 'regexp transform requires a match');
  return isRegexp(match) ? undefined : invalid('regexp.match', match, 'invalid regexp');
}

const FORMATS = new Set(['none', 'quantity', 'json']);
const TYPES = new Set(['string', 'bool', 'int', 'int64', 'float64', 'object', 'array']);

export function validateConvert({ toType = '', format = 'none' }: ConvertTransform): Problem | undefined {
  if (!FORMATS.has(format)) return invalid('format', format, 'invalid format');
  return TYPES.has(toType) ? undefined : invalid('toType', toType, 'invalid type');
}
