import { type Place, put } from '../places.ts';
import type { Random } from '../random.ts';
import type { MutationClass } from './class.ts';
import { mistyped } from './names.ts';

const textIn = ({ value }: Place): string => (typeof value === 'string' ? value : '');
const isText: MutationClass['fits'] = ({ value }) => typeof value === 'string';

/** Text that is empty, too long, in another case, with characters that may not be allowed. */
export const text: MutationClass = {
  name: 'text',
  fits: isText,
  mutate: (place, random) => {
    const old = textIn(place);
    const at = random.below(old.length + 1);
    const inserted = (part: string) => old.slice(0, at) + part + old.slice(at);
    const forms = [
      ...['', '', ' ', 'x'.repeat(16), 'x'.repeat(64), 'x'.repeat(254), 'x'.repeat(1025), old.repeat(20)],
      ...[
        old.toUpperCase(),
        old.charAt(0).toUpperCase() + old.slice(1),
        old.toLowerCase(),
        `${old} `,
        ` ${old}`,
      ],
      ...[
        `-${old}`,
        `${old}-`,
        `.${old}`,
        `${old}.`,
        `/${old}`,
        `${old}/`,
        `${old}\n`,
        `1${old}`,
        `${old}/..`,
      ],
      ...[' ', '_', 'ü', '/', '..', ':', '@', '$', '*', ',', '\u0000', '\t', '%', '='].map(inserted),
    ];
    put(place, random.pick(forms.filter((form) => form !== old)));
  },
};

const WORD = /^([A-Z][A-Za-z0-9]+|[A-Z][A-Z_]+)$/;

/** A word that looks as if only some were allowed. */
export const word: MutationClass = {
  name: 'word',
  fits: ({ value }) => typeof value === 'string' && WORD.test(value),
  mutate: (place, random, places) => {
    const old = textIn(place);
    const others = places.map(textIn).filter((other) => WORD.test(other));
    const forms = [
      ...[
        old.toLowerCase(),
        old.toUpperCase(),
        old.charAt(0).toLowerCase() + old.slice(1),
        'Unknown',
        'None',
        'All',
      ],
      ...[mistyped(old, random), mistyped(old, random), `${old}s`, random.pick(others), random.pick(others)],
    ];
    const changed = forms.filter((form) => form !== old);
    put(place, random.pick(changed));
  },
};

/** Text with digits or signs in it (times, addresses, sizes, references, patterns), with one of them wrong. */
export const format: MutationClass = {
  name: 'format',
  fits: ({ value }) => typeof value === 'string' && /[0-9:/.@+%*()[\]-]/.test(value) && value.length < 400,
  mutate: (place, random) => {
    const old = textIn(place);
    const signs = [...old.matchAll(/[^A-Za-z0-9]/g)].map(({ index }) => index);
    const numbers = [...old.matchAll(/[0-9]+/g)];
    const forms = [`${old}q`, old.slice(1), old.slice(0, -1), `${old}${old}`, [...old].reverse().join('')];
    if (signs.length > 0) {
      const at = random.pick(signs);
      const [before, sign, after] = [old.slice(0, at), old.charAt(at), old.slice(at + 1)];
      forms.push(
        before + after,
        before + sign + sign + after,
        `${before} ${after}`,
        before,
        after,
        `${before}_${after}`,
      );
      forms.push(`${before}${sign}`);
    }
    if (numbers.length > 0) {
      const [digits = '', at = 0] = ((match) => [match[0], match.index] as const)(random.pick(numbers));
      const put = (other: string) => old.slice(0, at) + other + old.slice(at + digits.length);
      forms.push(
        put('x'),
        put('999'),
        put(`-${digits}`),
        put(`0${digits}`),
        put(''),
        put(`${digits}.5`),
        put('0'),
      );
      forms.push(put(String(Number(digits) + 1)), put(`${digits}000`));
    }
    put(place, random.pick(forms.filter((form) => form !== old)));
  },
};

/** Text that stands twice in the document, changed in one place: a name that names nothing any more. */
export const reference: MutationClass = {
  name: 'reference',
  fits: isText,
  mutate: (place, random, places) => {
    const old = textIn(place);
    const named = places.filter(({ path }) => path.length > 1).map(textIn);
    if (old === '' || named.filter((name) => name === old).length < 2) return;
    const others = named.filter(
      (name) => name !== old && name !== '' && named.indexOf(name) !== named.lastIndexOf(name),
    );
    const forms = [
      `${old}-2`,
      old.slice(0, -1),
      `old-${old}`,
      ...(others.length > 0 ? [random.pick(others)] : []),
    ];
    put(place, random.pick(forms));
  },
};

/** A value that is as good as the one before: what people change on purpose. */
export const changed: MutationClass = {
  name: 'changed',
  fits: ({ value }) => ['boolean', 'number', 'string'].includes(typeof value),
  mutate: (place, random) => {
    const { value } = place;
    if (typeof value === 'boolean') put(place, !value);
    else if (typeof value === 'number') put(place, value + random.pick([1, 2, -1]));
    else put(place, gently(textIn(place), random));
  },
};

function gently(old: string, random: Random): string {
  const digits = [...old.matchAll(/[1-8]/g)];
  if (digits.length > 0 && random.below(3) > 0) {
    const { index, 0: digit } = random.pick(digits);
    return old.slice(0, index) + String(Number(digit) + 1) + old.slice(index + 1);
  }
  return random.pick([
    `${old}x`,
    `new-${old}`,
    old.replace(/[a-y]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
  ]);
}
