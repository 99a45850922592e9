import { stringify } from 'yaml';
import type { JsonObject } from '../places.ts';
import { put } from '../places.ts';
import type { Random } from '../random.ts';
import type { MutationClass } from './class.ts';

/** Words that are text to who writes them, and something else to some readers of YAML. */
const PLAIN = [
  ...[
    'yes',
    'no',
    'on',
    'off',
    'y',
    'n',
    'Yes',
    'NO',
    'On',
    'true',
    'False',
    'TRUE',
    '~',
    'null',
    'Null',
    'NULL',
  ],
  ...[
    '0755',
    '0o755',
    '0x1F',
    '08',
    '010',
    '1e3',
    '1_000',
    '12:30:45',
    '1:30',
    '.inf',
    '-.Inf',
    '.nan',
    '+1',
    '-0',
  ],
  ...[
    '3.0',
    '1.',
    '.5',
    '2025-03-01',
    '2025-03-01T08:00:00Z',
    '<<',
    '=',
    '0b101',
    '1e400',
    '123456789012345678901',
  ],
];
/** Stands around what is written without quotation marks. */
export const MARK = 'PLAIN_SCALAR_HERE';

/** A value written without quotation marks. */
export const plainScalar: MutationClass = {
  name: 'YAML scalar',
  fits: ({ value }) => typeof value !== 'object' && value !== '',
  mutate: (place, random) =>
    put(place, `${MARK}${random.below(4) === 0 ? String(place.value) : random.pick(PLAIN)}${MARK}`),
};

/** A document as YAML, plain scalars without their quotation marks. */
export const yamlText = (document: JsonObject): string =>
  stringify(document, {
    version: '1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  }).replaceAll(new RegExp(`"?${MARK}(.*?)${MARK}"?`, 'g'), '$1');

/** Slips in the text itself: indentation, a line twice, a sign too few. */
export function slipped(lines: readonly string[], random: Random): readonly string[] {
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  const to = (...other: string[]) => [...lines.slice(0, at), ...other, ...lines.slice(at + 1)];
  const slips = [
    () => to(line, line),
    () => to(` ${line}`),
    () => to(`  ${line}`),
    () => to(line.replace(/^ {2}/, '')),
    () => to(line.replace(/^ {2}/, '\t')),
    () => to(line.replace(':', '')),
    () => to(line.replace(': ', ':')),
    () => to(line.replace('"', '')),
    () => to(line.replace('- ', '-')),
    () => to(line.replace('- ', '')),
    () => to(),
    () => to(`${line} # the tide waits for no one`),
    () => to(`${line}\r`),
    () => to(`${line} `, ''),
    () => to(line.replace(/: (.*)$/, ': &anchor $1')),
    () => to(line.replace(/: .*$/, ': *anchor')),
    () => to(line.replace(/: (.*)$/, ': !!str $1')),
    () => to(line.replace(/: "?([^"]*)"?$/, ': $1')),
    () => to(line.replace(/: "?([^"]*)"?$/, ": '$1'")),
    () => to(line.replace(/: "?([^"]*)"?$/, ': |\n $1')),
    () => to(line.replace(/: .*$/, ':')),
    () => to(line.replace(/: .*$/, ': [')),
    () => to(line.replace(/: .*$/, ': {}')),
  ];
  return random.pick(slips)();
}
