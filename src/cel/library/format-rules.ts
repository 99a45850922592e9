import { encode } from '#cel/values/text.ts';
import { moment, parseTimestamp } from '#cel/values/time.ts';
import { isError } from '#cel/values/value.ts';
import { parseUrl } from './url-parts.ts';

/** What names and other texts must look like, and the API server's words for what is wrong with them. */
export interface NamedFormat {
  readonly name: string;
  /** What is wrong; none where the text has the format. */
  readonly problems: (text: string) => readonly string[];
  /** What validating costs goes by it. */
  readonly patternLength: number;
}

interface Rule {
  readonly pattern: string;
  readonly message: string;
  readonly examples: readonly string[];
}

const LABEL: Rule = {
  pattern: '[a-z0-9]([-a-z0-9]*[a-z0-9])?',
  message:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  examples: ['my-name', '123-abc'],
};
const SUBDOMAIN: Rule = {
  pattern: '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*',
  message:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  examples: ['example.com'],
};
const RFC_1035: Rule = {
  pattern: '[a-z]([-a-z0-9]*[a-z0-9])?',
  message:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  examples: ['my-name', 'abc-123'],
};
const QUALIFIED: Rule = {
  pattern: '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]',
  message:
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  examples: ['MyName', 'my.name', '123-abc'],
};
const LABEL_VALUE: Rule = {
  pattern: '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?',
  message:
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  examples: ['MyValue', 'my_value', '12345'],
};

/** These patterns are simple enough for JavaScript, and texts are cut to the length that any of them allows. */
const LONGEST = 1_024;

const matches = ({ pattern }: Rule, text: string): boolean =>
  text.length <= LONGEST && new RegExp(`^${pattern}$`).test(text) && !text.endsWith('\n');

const broken = ({ pattern, message, examples }: Rule): string =>
  `${message} (e.g. ${examples.map((example) => `'${example}'`).join(' or ')}, regex used for validation is '${pattern}')`
    .replace(/(' or '[^']*') or /, '$1, or ')
    .replace(/\(e\.g\. ('[^']*') or ('[^']*'), or /, '(e.g. $1,  or $2,  or ')
    .replace(/\(e\.g\. ('[^']*') or /, '(e.g. $1,  or ');

const tooLong = (most: number): string => `must be no more than ${most} characters`;
const length = (text: string): number => encode(text).length;

function named(rule: Rule, most: number, text: string): string[] {
  const problems: string[] = [];
  if (length(text) > most) problems.push(tooLong(most));
  if (!matches(rule, text))
    problems.push(rule === LABEL && matches(SUBDOMAIN, text) ? 'must not contain dots' : broken(rule));
  return problems;
}

function qualified(text: string): string[] {
  const parts = text.split('/');
  if (parts.length > 2)
    return [
      `a qualified name ${broken(QUALIFIED)} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const problems: string[] = [];
  const [prefix = '', name = prefix] = parts;
  if (parts.length === 2) {
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...named(SUBDOMAIN, 253, prefix).map((problem) => `prefix part ${problem}`));
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (length(name) > 63) problems.push(`name part ${tooLong(63)}`);
  if (!matches(QUALIFIED, name)) problems.push(`name part ${broken(QUALIFIED)}`);
  return problems;
}

/** The API server takes two characters from a prefix's end, the dash among them. */
const masked = (text: string): string =>
  text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;

const rule = (name: string, patternLength: number, problems: NamedFormat['problems']): NamedFormat => ({
  name,
  problems,
  patternLength,
});

const unless = (holds: boolean, problem: string): readonly string[] => (holds ? [] : [problem]);

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return year !== undefined && moment(Number(year), Number(month), Number(day)) !== undefined;
}

function isDateTime(text: string): boolean {
  const made = parseTimestamp(text);
  return made !== undefined && !isError(made);
}

function uriProblems(text: string): readonly string[] {
  const parts = parseUrl(text);
  return typeof parts === 'string' ? [`parse ${JSON.stringify(text)}: ${parts}`] : [];
}

export const FORMATS: Readonly<Record<string, NamedFormat>> = {
  dns1123Label: rule('DNS1123Label', 30, (text) => named(LABEL, 63, text)),
  dns1123Subdomain: rule('DNS1123Subdomain', 60, (text) => named(SUBDOMAIN, 253, text)),
  dns1035Label: rule('DNS1035Label', 30, (text) => named(RFC_1035, 63, text)),
  qualifiedName: rule('QualifiedName', 60, qualified),
  dns1123LabelPrefix: rule('DNS1123LabelPrefix', 30, (text) => named(LABEL, 63, masked(text))),
  dns1123SubdomainPrefix: rule('DNS1123SubdomainPrefix', 60, (text) => named(SUBDOMAIN, 253, masked(text))),
  dns1035LabelPrefix: rule('DNS1035LabelPrefix', 30, (text) => named(RFC_1035, 63, masked(text))),
  labelValue: rule('LabelValue', 40, (text) => named(LABEL_VALUE, 63, text)),
  uri: rule('URI', 1103, uriProblems),
  uuid: rule('uuid', 70, (text) => unless(UUID.test(text), 'does not match the UUID format')),
  byte: rule('byte', 84, (text) => unless(text !== '' && BASE64.test(text), 'invalid base64')),
  date: rule('date', 70, (text) => unless(isDate(text), 'invalid date')),
  datetime: rule('datetime', 70, (text) => unless(isDateTime(text), 'invalid datetime')),
};
