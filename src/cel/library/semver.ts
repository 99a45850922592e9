import { Comparable } from '#cel/values/equal.ts';
import { CelError, type Value } from '#cel/values/value.ts';
import { reads } from './cost.ts';
import * as is from './guards.ts';
import { type Library, overload } from './overload.ts';

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library */

export class Semver extends Comparable {
  readonly typeName = 'kubernetes.Semver';
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  readonly preRelease: readonly string[];
  constructor(numbers: Semver['numbers'], preRelease: readonly string[]) {
    super();
    this.numbers = numbers;
    this.preRelease = preRelease;
  }
  equals(other: Comparable): boolean {
    return other instanceof Semver && order(this, other) === 0;
  }
}

const NUMBER = '(0|[1-9]\\d*)';
const FORM = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`);
const MAX = 2n ** 64n - 1n;

function parseSemver(text: string): Semver | undefined {
  const match = text.length > 1_000 ? null : FORM.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '', pre, build] = match;
  const preRelease = pre?.split('.') ?? [];
  if (preRelease.some((part) => part === '' || /^0\d+$/.test(part)) || build?.split('.').includes(''))
    return undefined;
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const;
  return numbers.some((number) => number > MAX) ? undefined : new Semver(numbers, preRelease);
}

/** `v1.2` is `1.2.0`, and `1.02.3` is `1.2.3`. */
function parseLoosely(text: string): Semver | undefined {
  const [first = '', second, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [
    first,
    ...(second === undefined ? [] : [second]),
    ...(rest.length === 0 ? [] : [rest.join('.')]),
  ];
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) return undefined;
  const plain = parts.map((part) =>
    part.length > 1 ? part.replace(/^0+(?=\d)/, '').replace(/^0+(?=\D)/, '0') : part,
  );
  while (plain.length < 3) plain.push('0');
  return parseSemver(plain.join('.'));
}

/** What is wrong with a version, in the words of the API server's library as far as they matter. */
function problemOf(text: string): CelError {
  if (text === '') return new CelError('Version string empty');
  const parts = text.split('.');
  if (parts.length < 3) return new CelError('No Major.Minor.Patch elements found');
  for (const [index, name] of ['major', 'minor', 'patch'].entries()) {
    const part = (index === 2 ? parts[2]?.split(/[-+]/)[0] : parts[index]) ?? '';
    if (!/^\d*$/.test(part))
      return new CelError(`Invalid character(s) found in ${name} number ${JSON.stringify(part)}`);
    if (/^0\d/.test(part))
      return new CelError(
        `${name.charAt(0).toUpperCase()}${name.slice(1)} number must not contain leading zeroes ${JSON.stringify(part)}`,
      );
  }
  return new CelError('Invalid semantic version');
}

const sign = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0);

/** A version before its release, part by part; numbers come before words. */
function orderOfPart(one: string, other: string): number {
  const isNumber = /^\d+$/.test(one);
  if (isNumber !== /^\d+$/.test(other)) return isNumber ? -1 : 1;
  if (isNumber) return sign(BigInt(one), BigInt(other));
  return one < other ? -1 : one > other ? 1 : 0;
}

function order(one: Semver, other: Semver): number {
  for (const [index, number] of one.numbers.entries()) {
    const compared = sign(number, other.numbers[index] ?? 0n);
    if (compared !== 0) return compared;
  }
  const [left, right] = [one.preRelease, other.preRelease];
  if (left.length === 0 || right.length === 0) return Math.sign(right.length - left.length);
  for (const [index, part] of left.entries()) {
    const counterpart = right[index];
    if (counterpart === undefined) return 1;
    const compared = orderOfPart(part, counterpart);
    if (compared !== 0) return compared;
  }
  return Math.sign(left.length - right.length);
}

const semver = (value: Value): value is Semver => value instanceof Semver;
const read = (text: string, loose: boolean): Semver | undefined =>
  loose ? parseLoosely(text) : parseSemver(text);

const numberOf = (value: Semver, index: 0 | 1 | 2): Value => {
  const number = value.numbers[index];
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : number;
};

export const SEMVER: Library = {
  name: 'semver',
  overloads: [
    overload('semver(string): Semver', [is.text], (text) => parseSemver(text) ?? problemOf(text), reads(1)),
    overload(
      'semver(string, bool): Semver',
      [is.text, is.bool],
      (text, loose) => read(text, loose) ?? problemOf(text),
      reads(1),
    ),
    overload('isSemver(string): bool', [is.text], (text) => parseSemver(text) !== undefined, reads(1)),
    overload(
      'isSemver(string, bool): bool',
      [is.text, is.bool],
      (text, loose) => read(text, loose) !== undefined,
      reads(1),
    ),
    overload('Semver.isGreaterThan(Semver): bool', [semver, semver], (one, other) => order(one, other) > 0),
    overload('Semver.isLessThan(Semver): bool', [semver, semver], (one, other) => order(one, other) < 0),
    overload('Semver.compareTo(Semver): int', [semver, semver], order),
    overload('Semver.major(): int', [semver], (value) => numberOf(value, 0)),
    overload('Semver.minor(): int', [semver], (value) => numberOf(value, 1)),
    overload('Semver.patch(): int', [semver], (value) => numberOf(value, 2)),
  ],
};
