import type { SchemaCodes } from '#model/codes/schema.ts';
import type { Finding } from '#model/finding.ts';
import { isObject, keyword, schemasOf, textOf } from '../schema/jsonSchema.ts';
import { foundInWords, typeInWords, valueInWords } from '../schema/words.ts';

/**
 * kubeconform's output to findings. Input: the JSON of `-output json -verbose`. Its `validationErrors` name only
 * the outermost problem, so the tree of problems in `msg` is read; sentences that are not known become
 * `kubeconform-rejected`, never nothing.
 */

export interface KubeconformResult {
  readonly file: string;
  readonly status: 'valid' | 'invalid' | 'error';
  readonly message: string;
}

/** The results of a run; undefined where the output isn't kubeconform's. */
export function parseResults(output: string): readonly KubeconformResult[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    return undefined;
  }
  if (!isObject(parsed) || !Array.isArray(keyword(parsed, 'resources'))) return undefined;
  const results: KubeconformResult[] = [];
  for (const resource of schemasOf(parsed, 'resources')) {
    const file = textOf(resource, 'filename');
    const status = STATUS[textOf(resource, 'status') ?? ''];
    if (file === undefined || status === undefined) return undefined;
    results.push({ file, status, message: textOf(resource, 'msg') ?? '' });
  }
  return results;
}

const STATUS: Readonly<Record<string, KubeconformResult['status']>> = {
  statusValid: 'valid',
  statusInvalid: 'invalid',
  statusError: 'error',
};

/** Findings, with pointers, in the message of an invalid document; at least one. `secret` hides values. */
export function problemsIn(message: string, document: unknown, secret: boolean): readonly Finding[] {
  const problems = leaves(message).flatMap(({ pointer, sentence }) =>
    understand(sentence, pointer, valueAt(document, pointer), secret),
  );
  if (problems.length > 0) return problems;
  return [rejected(secret ? 'the document does not fit its schema' : message, '')];
}

interface Leaf {
  readonly pointer: string;
  readonly sentence: string;
}

/** The problems in the tree that are no mere headings of others. Depth shows as indentation, line ends as spaces. */
function leaves(message: string): readonly Leaf[] {
  const found: Leaf[] = [];
  let inside: number | undefined;
  for (const { indent, pointer, sentence } of entries(message.slice(0, LONGEST_MESSAGE))) {
    if (inside !== undefined && indent > inside) continue;
    inside = undefined;
    if (sentence === 'validation failed' || sentence === "'allOf' failed") continue;
    // What is wrong with each alternative is not what is wrong with the value.
    if (/^'(anyOf|oneOf|not)' failed/.test(sentence)) inside = indent;
    found.push({ pointer, sentence });
  }
  return found;
}

/** Beyond this the message is a document's own text, quoted; it must not make reading slow. */
const LONGEST_MESSAGE = 200_000;
const LONGEST_SENTENCE = 5_000;
const ENTRY = "- at '";

/** `- at 'POINTER': SENTENCE`, and how far it was indented. By hand, because values are quoted in it: linear. */
function* entries(message: string): Iterable<Leaf & { readonly indent: number }> {
  for (let start = message.indexOf(ENTRY); start !== -1; ) {
    const next = message.indexOf(ENTRY, start + ENTRY.length);
    let indent = 0;
    while (indent < 1_000 && message[start - indent - 1] === ' ') indent++;
    const text = message.slice(start + ENTRY.length, next === -1 ? undefined : next).trimEnd();
    const end = text.indexOf("': ");
    if (end !== -1) {
      const sentence = text.slice(end + 3, end + 3 + LONGEST_SENTENCE);
      yield { indent, pointer: text.slice(0, end), sentence };
    }
    start = next;
  }
}

const rejected = (message: string, pointer: string): Finding => ({
  code: 'kubeconform-rejected',
  severity: 'error',
  pointer,
  args: { message },
});

function understand(sentence: string, pointer: string, value: unknown, secret: boolean): readonly Finding[] {
  for (const [pattern, read] of SENTENCES) {
    const match = pattern.exec(sentence);
    const findings = match === null ? undefined : read(match, pointer, value, secret);
    if (findings !== undefined) return findings;
  }
  return [rejected(secret ? 'a value does not fit its schema' : sentence, pointer)];
}

type Reader = (
  match: RegExpExecArray,
  pointer: string,
  value: unknown,
  secret: boolean,
) => readonly Finding[] | undefined;

const SENTENCES: readonly (readonly [RegExp, Reader])[] = [
  [
    /^additional properties (.*) not allowed$/,
    ([, names = ''], pointer) =>
      quoted(names).map((field) => ({
        code: 'schema-unknown-field',
        severity: 'error',
        pointer: below(pointer, field),
        args: { field },
      })),
  ],
  [
    /^missing propert(?:y|ies) (.*)$/,
    ([, names = ''], pointer) =>
      quoted(names).map((field) => ({
        code: 'schema-required',
        severity: 'error',
        pointer: below(pointer, field),
        args: { field },
      })),
  ],
  [
    /^got \w+, want ([\w ]+)$/,
    ([, want = ''], pointer, value, secret) => {
      const wanted = want.split(' or ').filter((type) => type !== 'null');
      const args = {
        expected: wanted.map(typeInWords).join(' or '),
        found: foundInWords(value, secret),
      };
      return [{ code: 'schema-type', severity: 'error', pointer, args }];
    },
  ],
  [
    / does not match pattern '(.*)'$/,
    ([, pattern = ''], pointer, value, secret) => [form(unquote(pattern), pointer, value, secret)],
  ],
  [
    /^value must be (?:one of )?(.*)$/,
    ([, values = ''], pointer, value, secret) => [
      {
        code: 'schema-enum',
        severity: 'error',
        pointer,
        args: {
          found: valueInWords(value, secret),
          allowed: quoted(values).filter((allowed) => allowed !== '<nil>'),
        },
      },
    ],
  ],
  [
    /^(min|max)(Length|Items|Properties): got ([\d,]+), want ([\d,]+)$/,
    ([, bound, what = '', found = '', limit = ''], pointer) => {
      const args = {
        what: what === 'Length' ? 'characters' : what === 'Items' ? 'items' : 'properties',
        found: grouped(found),
        bound: bound === 'min' ? 'least' : 'most',
        limit: grouped(limit),
      } as const;
      return [{ code: 'schema-size', severity: 'error', pointer, args }];
    },
  ],
  [
    /^(minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf): got .*, want (.*)$/,
    ([, name = '', limit = ''], pointer, value) => {
      const bound = BOUNDS[name];
      if (bound === undefined || typeof value !== 'number') return undefined;
      const args = { found: value, bound, limit: numberIn(limit) };
      return Number.isFinite(args.limit)
        ? [{ code: 'schema-range', severity: 'error', pointer, args }]
        : undefined;
    },
  ],
  [
    /^items at ([\d,]+) and ([\d,]+) are equal$/,
    ([, first = '', second = ''], pointer) => {
      const args = { keys: [], first: `${pointer}/${grouped(first)}` };
      return [
        { code: 'schema-duplicate-item', severity: 'error', pointer: `${pointer}/${grouped(second)}`, args },
      ];
    },
  ],
  [
    /^'(anyOf|oneOf|not)' failed(, subschemas)?/,
    ([, rule, several], pointer) => {
      if (rule !== 'anyOf' && rule !== 'oneOf' && rule !== 'not') return undefined;
      const matched = several === undefined ? (rule === 'not' ? 1 : 0) : 2;
      return [{ code: 'schema-alternatives', severity: 'error', pointer, args: { rule, matched } }];
    },
  ],
];

const BOUNDS: Readonly<Record<string, SchemaCodes['schema-range']['bound']>> = {
  minimum: 'least',
  maximum: 'most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
  multipleOf: 'a multiple of',
};

/** Patterns that convert.ts made of something else are called by that name again. */
function form(pattern: string, pointer: string, value: unknown, secret: boolean): Finding {
  const found = valueInWords(value, secret);
  const format =
    pattern.includes('[KMGTPE]i|[numkMGTPE]|') && !pattern.includes('%')
      ? 'quantity (such as 250m, 512Mi or 2)'
      : pattern.startsWith('^([A-Za-z0-9+/\\r\\n]{4})*')
        ? 'byte'
        : pattern.startsWith('^[0-9]{4}-(0[1-9]|1[0-2])-')
          ? 'date-time'
          : undefined;
  if (format === undefined) {
    return { code: 'schema-pattern', severity: 'error', pointer, args: { found, pattern } };
  }
  const args = { found: format === 'byte' ? 'this text' : found, format };
  return { code: 'schema-format', severity: 'error', pointer, args };
}

/** Names in quotation marks: `'a', 'b\'c'`; bare words (numbers, booleans) count too. */
const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/'((?:[^'\\]|\\.)*)'|[^\s,']+/g)].map(([whole, inner]) =>
    inner === undefined ? whole : unquote(inner),
  );

const unquote = (text: string) => text.replace(/\\(.)/g, '$1');

const below = (pointer: string, field: string) =>
  `${pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const grouped = (digits: string) => Number(digits.replaceAll(',', ''));

/** `2.147483647×10⁰⁹`, as kubeconform's printer writes large numbers, and plain ones. */
function numberIn(text: string): number {
  const [mantissa = '', exponent] = text.split('×10');
  const digits = [...(exponent ?? '')].map((c) =>
    '⁰¹²³⁴⁵⁶⁷⁸⁹'.includes(c) ? '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c) : c === '⁻' ? '-' : 'x',
  );
  return Number(`${mantissa.replaceAll(',', '')}${exponent === undefined ? '' : `e${digits.join('')}`}`);
}

function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
