import { isJsonObject, type Json, put, remove } from '../places.ts';
import { type MutationClass, verbatim } from './class.ts';

const anywhere = () => true;

/** A value of another type. */
export const wrongType: MutationClass = {
  name: 'wrong type',
  fits: ({ value }) => value !== null,
  mutate: (place, random) => {
    const { value } = place;
    const others: Json[] = [
      true,
      false,
      7,
      1.5,
      'tide',
      'true',
      '7',
      [],
      {},
      ['tide'],
      { tide: 'high' },
      [7],
    ];
    if (typeof value === 'number' || typeof value === 'boolean')
      others.push(String(value), String(value), `${value} `);
    if (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))) others.push(Number(value));
    if (typeof value === 'object') others.push(JSON.stringify(value), Object.keys(value ?? {}));
    put(place, random.pick(others.filter((other) => kindOf(other) !== kindOf(value))));
  },
};

const kindOf = (value: Json) => (Array.isArray(value) ? 'list' : typeof value);

export const removed: MutationClass = { name: 'removed', fits: anywhere, mutate: remove };

export const nulled: MutationClass = {
  name: 'null',
  fits: ({ value }) => value !== null,
  mutate: (place) => put(place, null),
};

/** A list where one thing belongs, and the other way round; nothing in them. */
export const listOrScalar: MutationClass = {
  name: 'list or scalar',
  fits: anywhere,
  mutate: (place, random) => {
    const { value } = place;
    const others: Json[] = [[value], [value, value]];
    if (Array.isArray(value)) others.push([], [], value[0] ?? null, { items: value }, value.join(','));
    else if (isJsonObject(value)) {
      others.push({}, {}, Object.values(value)[0] ?? null);
      others.push(Object.entries(value).map(([name, inner]) => ({ name, value: inner })));
    } else others.push({ value }, { [String(value)]: value });
    put(place, structuredClone(random.pick(others)));
  },
};

const NUMBER_IN_TEXT = /^([0-9]+)(\.[0-9]+)?([A-Za-z%]*)$/;

/** A number out of bounds; numbers in text with their unit too. */
export const number: MutationClass = {
  name: 'number',
  fits: ({ value }) =>
    typeof value === 'number' ||
    (typeof value === 'string' && NUMBER_IN_TEXT.test(value) && value.length < 20),
  mutate: (place, random) => {
    const { value } = place;
    const [, digits = '', , unit = ''] = NUMBER_IN_TEXT.exec(String(value)) ?? [];
    const old = typeof value === 'number' ? value : Number(digits);
    const plain = [0, -1, -old, 1, old + 1, old - 1, old * 2, old * 1000, 65535, 65536, 2 ** 31 - 1, 2 ** 31];
    const odd = [
      ...['9223372036854775807', '9223372036854775808', '-9223372036854775809', '1.5', '0.1', '1e3', '1e99'],
      ...[`${old}.0`, '4294967296', '100000000000'],
    ];
    if (typeof value === 'number') put(place, random.pick<Json>([...plain, ...odd.map(verbatim)]));
    else put(place, random.pick([...plain, ...odd].map((one) => `${one}${unit}`)));
  },
};

/** A number written as text or with a sign, text as a number. */
export const intOrString: MutationClass = {
  name: 'int or string',
  fits: ({ value }) => typeof value === 'number' || (typeof value === 'string' && /^[0-9]+%?$/.test(value)),
  mutate: (place, random) => {
    const { value } = place;
    const digits = Number.parseInt(String(value), 10);
    const forms: Json[] = [
      `${digits}%`,
      `${digits}`,
      digits,
      `${digits + 100}%`,
      `-${digits}%`,
      '%',
      `${digits}.5%`,
    ];
    forms.push(
      'http',
      '',
      'HTTP',
      'a-name-that-is-too-long',
      `${digits} `,
      `+${digits}`,
      '0%',
      0,
      '65536',
      '--',
    );
    put(place, random.pick(forms.filter((form) => form !== value)));
  },
};
