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

const MAX = 2n ** 64n - 1n;
/** Longer ones are no versions, whatever they are. */
const LONGEST = 1_000;

/** In the words of the API server's library: https://github.com/blang/semver/blob/v4.0.0/v4/semver.go */
function parseSemver(text: string): Semver | CelError {
  if (text === '') return new CelError('Version string empty');
  const [first, second, ...others] = text.split('.');
  if (first === undefined || second === undefined || others.length === 0 || text.length > LONGEST)
    return new CelError('No Major.Minor.Patch elements found');
  const rest = others.join('.');
  const [, last = '', pre, build] = /^([^+-]*)(?:-([^+]*))?(?:\+([\s\S]*))?$/.exec(rest) ?? [];
  const numbers: bigint[] = [];
  for (const [name, part] of [
    ['Major', first],
    ['Minor', second],
    ['Patch', last],
  ] as const) {
    const number = numberIn(name, part);
    if (number instanceof CelError) return number;
    numbers.push(number);
  }
  const preRelease = pre?.split('.') ?? [];
  const problem =
    firstProblem(preRelease, preReleaseProblem) ?? firstProblem(build?.split('.') ?? [], buildProblem);
  if (problem !== undefined) return new CelError(problem);
  const [major = 0n, minor = 0n, patch = 0n] = numbers;
  return new Semver([major, minor, patch], preRelease);
}

function numberIn(name: string, part: string): bigint | CelError {
  const shown = JSON.stringify(part);
  if (!/^\d*$/.test(part))
    return new CelError(`Invalid character(s) found in ${name.toLowerCase()} number ${shown}`);
  if (/^0\d/.test(part)) return new CelError(`${name} number must not contain leading zeroes ${shown}`);
  if (part === '') return new CelError(`strconv.ParseUint: parsing ${shown}: invalid syntax`);
  const number = BigInt(part);
  return number > MAX ? new CelError(`strconv.ParseUint: parsing ${shown}: value out of range`) : number;
}

function firstProblem(
  parts: readonly string[],
  problemOf: (part: string) => string | undefined,
): string | undefined {
  for (const part of parts) {
    const problem = problemOf(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function preReleaseProblem(part: string): string | undefined {
  if (part === '') return 'Prerelease is empty';
  if (/^0\d+$/.test(part))
    return `Numeric PreRelease version must not contain leading zeroes ${JSON.stringify(part)}`;
  if (/^[0-9A-Za-z-]*$/.test(part)) return undefined;
  return `Invalid character(s) found in prerelease ${JSON.stringify(part)}`;
}

function buildProblem(part: string): string | undefined {
  if (part === '') return 'Build meta data is empty';
  if (/^[0-9A-Za-z-]*$/.test(part)) return undefined;
  return `Invalid character(s) found in build meta data ${JSON.stringify(part)}`;
}

/** `v1.2` is `1.2.0`, and `1.02.3` is `1.2.3`. */
function normalised(text: string): string | CelError {
  const [first = '', second, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [
    first,
    ...(second === undefined ? [] : [second]),
    ...(rest.length === 0 ? [] : [rest.join('.')]),
  ];
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? ''))
    return new CelError('short version cannot contain PreRelease/Build meta data');
  const plain = parts.map((part) => {
    if (part.length < 2) return part;
    const bare = part.replace(/^0+/, '');
    return /^\d/.test(bare) ? bare : `0${bare}`;
  });
  while (plain.length < 3) plain.push('0');
  return plain.join('.');
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
function read(text: string, loose: boolean): Semver | CelError {
  const plain = loose ? normalised(text) : text;
  return plain instanceof CelError ? plain : parseSemver(plain);
}

const numberOf = (value: Semver, index: 0 | 1 | 2): Value => {
  const number = value.numbers[index];
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : number;
};

export const SEMVER: Library = {
  name: 'semver',
  overloads: [
    overload('semver(string): Semver', [is.text], (text) => read(text, false), reads(1)),
    overload('semver(string, bool): Semver', [is.text, is.bool], read, reads(1)),
    overload('isSemver(string): bool', [is.text], (text) => parseSemver(text) instanceof Semver, reads(1)),
    overload(
      'isSemver(string, bool): bool',
      [is.text, is.bool],
      (text, loose) => read(text, loose) instanceof Semver,
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
